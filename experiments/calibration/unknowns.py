"""What may be fitted to a rate test, and where it may lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import truncnorm

from aslb.errors import InputError
from aslb.parameters.quantity import Quantities

UNKNOWNS = (
    "Positive electrode active fraction",
    "Positive particle lithiated diffusivity [m2.s-1]",
    "Positive particle diffusivity transition",
    "Positive electrode reference exchange-current density [A.m-2]",
    "Positive particle diffusivity at three quarters [m2.s-1]",
    "Positive particle diffusivity slope",
    "Positive particle uniform diffusivity [m2.s-1]",
    "Positive particle size ratio",
    "Positive electrode large-particle volume fraction",
)
"""What the rate test of a cell can tell apart; see ``docs/calibration.md``.

Those that a cell has count: each form of diffusion has its own.
"""

NUISANCES = (
    "Positive particle delithiated diffusivity [m2.s-1]",
    "Positive electrode Bruggeman coefficient (electrolyte)",
    "Positive electrode Bruggeman coefficient (electrode)",
    "Positive electrode lithiated conductivity [S.m-1]",
    "Catholyte conductivity [S.m-1]",
    "Separator-catholyte junction resistance [Ohm.m2]",
    "Negative electrode interface resistance [Ohm.m2]",
    "Exchange-current density for lithium metal electrode [A.m-2]",
    "Separator electrolyte conductivity [S.m-1]",
    "Ambient temperature [K]",
)
"""What stays at its value in the fit, and in its range in the uncertainty."""


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
            found = self.median * self.factor ** truncnorm.ppf(units, *self._cut)
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
            return float(truncnorm.cdf(at, *self._cut))
        if self.logarithmic:
            return float(np.log(value / self.lower) / np.log(self.upper / self.lower))
        return float((value - self.lower) / (self.upper - self.lower))

    @property
    def _cut(self) -> np.ndarray:
        """Ends of the range in standard deviations of the logarithm."""
        ends = np.array([self.lower, self.upper])
        return np.log(ends / self.median) / np.log(self.factor)


def unknowns_of(quantities: Quantities, names: Sequence[str]) -> list[Unknown]:
    """Unknowns whose ranges are those of a cell's provenance.

    Ranges of ten and more are searched in their logarithm.
    """
    found = []
    for name in names:
        if name not in quantities:
            raise InputError(f"unknown '{name}' is no parameter of the cell")
        if not those_of(quantities, [name]):
            raise InputError(f"unknown '{name}' has no range to search")
        lower, upper = quantities[name].lower, quantities[name].upper
        found.append(Unknown(name, lower, upper, lower > 0 and upper / lower >= 10))
    return found


def those_of(quantities: Quantities, names: Iterable[str]) -> list[str]:
    """Names that a cell has, with a range; another material has others."""
    return [
        name
        for name in names
        if name in quantities
        and isinstance(quantities[name].value, int | float)
        and quantities[name].lower < quantities[name].upper
    ]


def names_of(place: int, names: Sequence[str], only: Mapping[str, int]) -> list[str]:
    """Names that the cell in a place has: all but those that another has alone."""
    return [name for name in names if only.get(name, place) == place]


def values_at(unknowns: Sequence[Unknown], position: Iterable[float]) -> dict:
    """Values by name, of positions from 0 to 1 in each range."""
    return {
        unknown.name: unknown.value(float(unit))
        for unknown, unit in zip(unknowns, position, strict=True)
    }
