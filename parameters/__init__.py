"""What a cell is made of: materials, layers and cells, each value with its source."""

import aslb.models  # noqa: F401  # so that a start voltage of a cell is against its foil
from aslb.parameters.quantity import Quantity, values

__all__ = ["Quantity", "values"]
