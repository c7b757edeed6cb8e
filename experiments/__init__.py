"""What is done to a cell: protocols, studies and their figures."""

from aslb.experiments.energy_against_paper import energy_against_paper
from aslb.experiments.energy_density import energy_density
from aslb.experiments.errors import InputError
from aslb.experiments.protocols import cccv, cycling, rate_test
from aslb.experiments.rate import rate
from aslb.experiments.study_dataset import export_study, open_study
from aslb.experiments.sweep import sweep
from aslb.experiments.thickness import thickness

__all__ = [
    "InputError",
    "cccv",
    "cycling",
    "energy_against_paper",
    "energy_density",
    "export_study",
    "open_study",
    "rate",
    "rate_test",
    "sweep",
    "thickness",
]
