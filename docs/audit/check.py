"""One check of the reference paper's numbers against each other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from aslb.parameters import Quantity
from aslb.parameters.quantity import Interval, computed


@dataclass(frozen=True)
class Check:
    """A number recomputed from other printed numbers, beside the one printed.

    Parameters
    ----------
    name : str
        What is checked.
    printed : str
        What the paper prints, with units.
    claimed : Interval or None
        The printed number to compare with, or the range in which the recomputed one
        would make sense; None where nothing can be compared.
    recomputed : Interval
        The number that follows from the others.
    unit : str
        Of both.
    adopted : str
        What the parameter sets take.
    reason : str
        Why.
    """

    name: str
    printed: str
    claimed: Interval | None
    recomputed: Interval
    unit: str
    adopted: str
    reason: str

    @property
    def verdict(self) -> str:
        """Whether the ranges that rounding leaves meet: 'yes', 'no' or 'untestable'."""
        if self.claimed is None:
            return "untestable"
        return "yes" if self.recomputed.meets(self.claimed) else "no"

    @property
    def difference(self) -> float:
        """Recomputed over claimed less one [-]; NaN where that says nothing."""
        if self.claimed is None or not self.claimed.value:
            return math.nan
        return self.recomputed.value / self.claimed.value - 1


def known(quantity: Quantity, scale: float = 1.0) -> Interval:
    """A parameter with its range, in another unit.

    Parameters
    ----------
    quantity : Quantity
        A plain number.
    scale : float, optional
        Of the other unit, per SI unit.

    Returns
    -------
    Interval
        The number and its range.
    """
    return computed(lambda number: scale * number, quantity.interval)
