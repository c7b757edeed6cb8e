"""The cells that ship with the package."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from aslb.errors import InputError
from aslb.parameters.cells import asano2018
from aslb.parameters.cells.cao2021 import cell, fit
from aslb.parameters.cells.cao2021.readings import (
    DATA,
    calibration,
    reading_of,
    weights,
)
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured


class Shipped(NamedTuple):
    """What composes a cell, and gives its fit and what was measured on it.

    `readings` has names of the same cell in every reading, and how likely each is.
    """

    composition: Callable[[], Composition]
    fit: Callable[[], Fit | None] = lambda: None
    measured: Callable[[], Measured | None] = lambda: None
    readings: Callable[[], Mapping[str, float]] = dict


def _of_cao(name: str, composition: Callable[..., Composition], number: str) -> Any:
    def of(words: Sequence[str]) -> Shipped:
        reading = reading_of(words)

        def readings() -> dict[str, float]:
            if not set(words) <= set(DATA):
                return {}  # one was chosen
            known = weights(reading.data)
            return {name + one.every_word: worth for one, worth in known.items()}

        if not calibration(reading):
            warnings.warn(
                f"reading '{', '.join(reading)}' is not calibrated: its values are the "
                "literature's; `aslb calibrate` calibrates it",
                stacklevel=2,
            )
        return Shipped(
            partial(composition, reading),
            partial(fit.fit, number, reading),
            partial(fit.measured, number),
            readings,
        )

    return of


def _asano(words: Sequence[str]) -> Shipped:
    if words:
        raise InputError(f"reading '{words[0]}'; accepted: none for this cell")
    return Shipped(asano2018.composition)


SHIPPED: dict[str, Callable[[Sequence[str]], Shipped]] = {
    "Cao2021_thick_sulfide": _of_cao(
        "Cao2021_thick_sulfide", cell.thick_sulfide_composition, "cell-1"
    ),
    "Cao2021_thick_halide": _of_cao(
        "Cao2021_thick_halide", cell.thick_halide_composition, "cell-2"
    ),
    "Cao2021_thin_halide": _of_cao(
        "Cao2021_thin_halide", cell.thin_halide_composition, "cell-3"
    ),
    "Asano2018_chloride": _asano,
}
"""Cells by name, of the words that may follow it, as in
``"Cao2021_thin_halide:literal:log-linear"``."""
