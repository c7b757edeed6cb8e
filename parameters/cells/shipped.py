"""The cells that ship with the package."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from aslb.parameters.cells import asano2018
from aslb.parameters.cells.cao2021 import cell, fit
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured


class Shipped(NamedTuple):
    """What composes a cell, and gives its fit and what was measured on it."""

    composition: Callable[[], Composition]
    fit: Callable[[], Fit | None] = lambda: None
    measured: Callable[[], Measured | None] = lambda: None


def _of_cao(composition: Callable[[], Composition], number: str) -> Shipped:
    return Shipped(composition, partial(fit.fit, number), partial(fit.measured, number))


SHIPPED = {
    "Cao2021_thick_sulfide": _of_cao(cell.thick_sulfide_composition, "cell-1"),
    "Cao2021_thick_halide": _of_cao(cell.thick_halide_composition, "cell-2"),
    "Cao2021_thin_halide": _of_cao(cell.thin_halide_composition, "cell-3"),
    "Asano2018_chloride": Shipped(asano2018.composition),
}
"""Cells by name."""
