"""Printed numbers, with the rounding that printing did to them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Interval:
    """A number and the range in which it may lie.

    Parameters
    ----------
    value, lower, upper : float
        The number and its range.
    """

    value: float
    lower: float
    upper: float

    def meets(self, other: Interval) -> bool:
        """Whether the two ranges have a number in common."""
        # what only rounding of binary fractions keeps apart is not apart
        slack = 1e-9 * max(abs(self.value), abs(other.value))
        return self.lower <= other.upper + slack and other.lower <= self.upper + slack


def printed(value: float) -> Interval:
    """A number as printed: half a unit of its last digit either way.

    Parameters
    ----------
    value : float
        The number. Its last digit is that of its shortest decimal form, so that a
        zero at the end of a fraction widens the range rather than narrowing it.

    Returns
    -------
    Interval
        The numbers that print alike.
    """
    exponent = Decimal(repr(value)).as_tuple().exponent
    assert isinstance(exponent, int)
    half = 0.5 * 10.0 ** min(exponent, 0)
    return Interval(float(value), value - half, value + half)


def computed(formula: Callable[..., float], *inputs: Interval | float) -> Interval:
    """A number computed from others, with its range.

    Parameters
    ----------
    formula : callable
        Takes the inputs in order, and is monotone in each.
    *inputs : Interval or float
        Numbers with a range, or exact ones.

    Returns
    -------
    Interval
        The number, and its range over the corners of the ranges of the inputs.
    """
    ranges = [
        item if isinstance(item, Interval) else Interval(item, item, item)
        for item in inputs
    ]
    corners = itertools.product(*({item.lower, item.upper} for item in ranges))
    results = [formula(*corner) for corner in corners]
    value = formula(*(item.value for item in ranges))
    if not math.isfinite(value):
        raise ValueError(f"{formula} of {inputs} is {value}")
    return Interval(value, min(value, *results), max(value, *results))
