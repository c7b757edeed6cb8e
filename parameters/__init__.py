"""What a cell is made of: materials, layers and cells, each value with its source."""

from aslb.parameters.quantity import Quantity, values

__all__ = ["Quantity", "values"]
