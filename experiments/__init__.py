"""What is done to a cell: protocols, studies and their figures."""

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
    "export_study",
    "open_study",
    "rate",
    "rate_test",
    "sweep",
    "thickness",
]
