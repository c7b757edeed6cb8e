"""Readings of the paper: its voltage window, and how lithium diffuses in its LiCoO2.

The paper leaves both open. Each pair of them has a calibration of its own, in
``calibrations/``; the first of each is the default (docs/readings.md says why).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, NamedTuple

from aslb.errors import InputError
from aslb.parameters.composition.fit import fitted_quantity
from aslb.parameters.materials.lithium_cobalt_oxide import (
    LCO,
    LCO_LOG_LINEAR,
    LCO_TWO_SIZES,
)
from aslb.parameters.quantity import Quantity

WINDOWS = ("narrow", "literal", "lithium-rich foil")
"""Readings of "4.2 V": an effective end at 3.85 V against In-Li; 4.2 V against In-Li as
printed; and 4.2 V against a foil that holds more lithium than LiIn."""

FORMS = {
    "two levels": LCO,
    "log-linear": LCO_LOG_LINEAR,
    "two sizes": LCO_TWO_SIZES,
}
"""Active material with each form of diffusion."""


class Reading(NamedTuple):
    """One way to understand the paper.

    Parameters
    ----------
    window : str, optional
        One of `WINDOWS`.
    form : str, optional
        One of `FORMS`.
    """

    window: str = WINDOWS[0]
    form: str = next(iter(FORMS))

    @property
    def words(self) -> str:
        """What follows a cell's name, as ':literal:log-linear'; nothing by default."""
        default = Reading()
        said = [w for w, usual in zip(self, default, strict=True) if w != usual]
        return "".join(f":{word}" for word in said)


DEFAULT = Reading()
READINGS = [Reading(window, form) for window, form in product(WINDOWS, FORMS)]


def reading_of(words: Sequence[str]) -> Reading:
    """The reading that words say, of window and form in any order.

    Raises
    ------
    InputError
        If a word is none of these, or contradicts another.
    """
    reading = DEFAULT
    said: set[str] = set()
    for word in words:
        field = "window" if word in WINDOWS else "form"
        if word not in (*WINDOWS, *FORMS):
            raise InputError(
                f"reading '{word}'; accepted: {', '.join((*WINDOWS, *FORMS))}"
            )
        if field in said:
            raise InputError(f"reading '{word}': a second {field}; accepted: one")
        said.add(field)
        reading = reading._replace(**{field: word})
    return reading


def file_name(reading: Reading) -> str:
    """Name of a reading's calibration in ``calibrations/``."""
    return "_".join(word.replace(" ", "-") for word in reading) + ".json"


@cache
def calibration(reading: Reading = DEFAULT) -> dict[str, Any]:
    """What was fitted in a reading, by cell of the paper; empty if nothing was."""
    folder = files("aslb.parameters.cells.cao2021") / "calibrations"
    file = folder / file_name(reading)
    return json.loads(file.read_text()) if file.is_file() else {}


def calibrated(
    name: str, quantity: Quantity, reading: Reading, cell: str = "shared"
) -> Quantity:
    """A quantity with the value that was fitted in a reading, if one was.

    To the data that cells share, or to those of "cell-1" or "cell-2" alone.
    """
    found = calibration(reading).get(cell, {})
    if name not in found.get("values", {}):
        return quantity
    return fitted_quantity(quantity, found["values"][name], found["fitted_to"])
