"""The cells that ship with the package."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from aslb.errors import InputError
from aslb.parameters.cells import (
    asano2018,
    cao2026,
    kato2018,
    li3ycl6_60c,
    zhou_halide,
)
from aslb.parameters.cells.cao2021 import cell, fit
from aslb.parameters.cells.cao2021.readings import (
    DATA,
    calibration,
    reading_of,
    weights,
)
from aslb.parameters.cells.paper_file import PaperCell
from aslb.parameters.cells.schlautmann2023 import cell as schlautmann2023
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured
from aslb.parameters.quantity import Quantities


class Shipped(NamedTuple):
    """What composes a cell, and gives its fit and what was measured on it.

    `readings` has names of the same cell in every reading, and how likely each is;
    `replaced` are quantities in the place of those that are composed.
    """

    composition: Callable[[], Composition]
    fit: Callable[[], Fit | None] = lambda: None
    measured: Callable[[], Measured | None] = lambda: None
    readings: Callable[[], Mapping[str, float]] = dict
    replaced: Callable[[], Quantities] = dict


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


def _in_one_reading(shipped: Callable[[], Shipped]) -> Any:
    def of(words: Sequence[str]) -> Shipped:
        if words:
            raise InputError(f"reading '{words[0]}'; accepted: none for this cell")
        return shipped()

    return of


def _composed(composition: Callable[[], Composition]) -> Any:
    return _in_one_reading(lambda: Shipped(composition))


def _of_paper(paper_cell: Callable[[], PaperCell]) -> Any:
    def shipped() -> Shipped:
        found = paper_cell()
        return Shipped(lambda: found.composition, replaced=lambda: found.replaced)

    return _in_one_reading(shipped)


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
    **{
        name: _of_paper(found)
        for paper in (asano2018, cao2026, zhou_halide, li3ycl6_60c, kato2018)
        for name, found in paper.CELLS.items()
    },
    **{name: _composed(found) for name, found in schlautmann2023.CELLS.items()},
}
"""Cells by name, of the words that may follow it, as in
``"Cao2021_thin_halide:literal:log-linear"``."""
