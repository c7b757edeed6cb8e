"""What is known of numbers that are drawn or searched: their ranges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from aslb.parameters.quantity import Quantity


@dataclass(frozen=True)
class Unknown:
    """A parameter by its PyBaMM name, and what is known of it before any data.

    Parameters
    ----------
    name : str
        Its name.
    lower, upper : float
        The range in which it may lie.
    logarithmic : bool
        Whether every decade of the range is as likely, instead of every value.
    median, factor : float, optional
        Of a log-normal distribution, cut off at the range, in the place of either: two
        thirds lie between the median over the factor and the median times it.
    """

    name: str
    lower: float
    upper: float
    logarithmic: bool
    median: float | None = None
    factor: float = 1.0

    def values(self, units: npt.ArrayLike) -> np.ndarray:
        """Values that lie at shares from 0 to 1 of what is known before any data."""
        if self.median is not None:
            found = self.median * self.factor ** self.deviations(units)
        elif self.logarithmic:
            found = self.lower * (self.upper / self.lower) ** np.asarray(units)
        else:
            found = self.lower + (self.upper - self.lower) * np.asarray(units)
        return np.clip(found, self.lower, self.upper)

    def value(self, unit: float) -> float:
        """The value at one share."""
        return float(self.values(unit))

    def unit(self, value: float) -> float:
        """The share, from 0 to 1, at which a value lies."""
        if self.median is not None:
            at = np.log(value / self.median) / np.log(self.factor)
            lower, upper = self._cut
            return float((ndtr(at) - lower) / (upper - lower))
        if self.logarithmic:
            return float(np.log(value / self.lower) / np.log(self.upper / self.lower))
        return float((value - self.lower) / (self.upper - self.lower))

    def deviations(self, units: npt.ArrayLike) -> np.ndarray:
        """Values, or their logarithms, in standard deviations around the middle."""
        if self.median is None:
            return np.sqrt(12) * (np.asarray(units) - 0.5)
        lower, upper = self._cut
        return ndtri(lower + (upper - lower) * np.asarray(units))

    @property
    def _cut(self) -> np.ndarray:
        """Shares of the whole log-normal distribution below the ends of the range."""
        ends = np.array([self.lower, self.upper])
        return ndtr(np.log(ends / self.median) / np.log(self.factor))


def has_range(quantity: Quantity) -> bool:
    """Whether a quantity is a plain number that may lie elsewhere."""
    plain = isinstance(quantity.value, int | float)
    return plain and quantity.lower < quantity.upper


def unknown(name: str, quantity: Quantity) -> Unknown:
    """A quantity's range, searched in its logarithm if it spans a factor of ten."""
    lower, upper = quantity.lower, quantity.upper
    return Unknown(name, lower, upper, lower > 0 and upper / lower >= 10)
