"""What is done to a cell: protocols, studies and their figures."""

from aslb.errors import InputError
from aslb.experiments.analyses.energy.study import energy_density
from aslb.experiments.analyses.rate.study import rate
from aslb.experiments.analyses.thickness.study import thickness
from aslb.experiments.protocols import cccv, cycling, rate_test
from aslb.experiments.study.definition import Study
from aslb.experiments.study.results import export_study, open_study
from aslb.experiments.study.run import sweep
from aslb.experiments.validation.cao2021.energies import energy_against_paper

__all__ = [
    "InputError",
    "Study",
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
