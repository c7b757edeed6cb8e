"""Numbers drawn or searched in the range in which a quantity may lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aslb.parameters.quantity import Quantity


@dataclass(frozen=True)
class Unknown:
    """A parameter by its name, and the range in which it may lie."""

    name: str
    lower: float
    upper: float
    logarithmic: bool

    def value(self, unit: float) -> float:
        """Value at a position from 0 to 1 in the range."""
        if self.logarithmic:
            value = self.lower * (self.upper / self.lower) ** unit
        else:
            value = self.lower + (self.upper - self.lower) * unit
        return float(min(max(value, self.lower), self.upper))

    def unit(self, value: float) -> float:
        """Position in the range, from 0 to 1, of a value."""
        if self.logarithmic:
            return float(np.log(value / self.lower) / np.log(self.upper / self.lower))
        return float((value - self.lower) / (self.upper - self.lower))


def has_range(quantity: Quantity) -> bool:
    """Whether a quantity is a plain number that may lie elsewhere."""
    plain = isinstance(quantity.value, int | float)
    return plain and quantity.lower < quantity.upper


def unknown(name: str, quantity: Quantity) -> Unknown:
    """A quantity's range, searched in its logarithm if it spans a factor of ten."""
    lower, upper = quantity.lower, quantity.upper
    return Unknown(name, lower, upper, lower > 0 and upper / lower >= 10)
