"""What is done to a cell: protocols, studies and their figures."""

from aslb.experiments.errors import InputError
from aslb.experiments.protocols import cccv, cycling, rate_test
from aslb.experiments.rate import rate
from aslb.experiments.thickness import thickness

__all__ = ["InputError", "cccv", "cycling", "rate", "rate_test", "thickness"]
