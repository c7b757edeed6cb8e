"""Readings of the paper: its voltage window, and how lithium diffuses in its LiCoO2.

The paper leaves both open. Each pair of them has a calibration of its own, in
``calibrations/``; the first of each is the default (docs/calibration.md says why).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.parameters.composition.fit import fitted_quantity
from aslb.parameters.materials.lithium_cobalt_oxide import (
    LCO,
    LCO_LOG_LINEAR,
    LCO_TWO_SIZES,
)
from aslb.parameters.quantity import Quantity

WINDOWS = {"narrow": 4, "literal": 2, "lithium-rich foil": 1}
"""Readings of "4.2 V", and the odds of each before any capacity, which we judge: an
effective end at 3.85 V against In-Li; 4.2 V against In-Li as printed; and 4.2 V against
a foil of more lithium than LiIn, against which the paper's energies speak."""

FORMS = {
    "two levels": LCO,
    "log-linear": LCO_LOG_LINEAR,
    "two sizes": LCO_TWO_SIZES,
}
"""Active material with each form of diffusion; all are as likely beforehand."""

DATA = ("shared", "cell-3 only")
"""What is fitted to: cell-3 and cell-2 together, or cell-3 alone."""


class Reading(NamedTuple):
    """One way to understand the paper.

    Parameters
    ----------
    window : str, optional
        One of `WINDOWS`.
    form : str, optional
        One of `FORMS`.
    data : str, optional
        One of `DATA`.
    """

    window: str = next(iter(WINDOWS))
    form: str = next(iter(FORMS))
    data: str = DATA[0]

    @property
    def words(self) -> str:
        """What follows a cell's name, as ':literal:log-linear'; nothing by default."""
        default = Reading()
        said = [w for w, usual in zip(self, default, strict=True) if w != usual]
        return "".join(f":{word}" for word in said)

    @property
    def every_word(self) -> str:
        """The same with every word said: this reading alone, and no mixture."""
        return "".join(f":{word}" for word in self)


AMBIENT = "Ambient temperature [K]"
REFERENCE = "Interface and particle reference temperature [K]"
DEFAULT = Reading()
READINGS = [Reading(window, form) for window, form in product(WINDOWS, FORMS)]


def reading_of(words: Sequence[str]) -> Reading:
    """The reading that words say, of window, form and data in any order.

    Raises
    ------
    InputError
        If a word is none of these, or contradicts another.
    """
    reading = DEFAULT
    said: set[str] = set()
    fields = {
        **dict.fromkeys(WINDOWS, "window"),
        **dict.fromkeys(FORMS, "form"),
        **dict.fromkeys(DATA, "data"),
    }
    for word in words:
        if word not in fields:
            raise InputError(f"reading '{word}'; accepted: {', '.join(fields)}")
        field = fields[word]
        if field in said:
            raise InputError(f"reading '{word}': a second {field}; accepted: one")
        said.add(field)
        reading = reading._replace(**{field: word})
    return reading


def file_name(reading: Reading) -> str:
    """Name of a reading's files in ``calibrations/``, without their ending."""
    return "_".join(word.replace(" ", "-") for word in reading[:2])


@cache
def calibration(reading: Reading = DEFAULT) -> dict[str, Any]:
    """What was fitted in a window and a form, by step; empty if nothing was."""
    file = _folder() / f"{file_name(reading)}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def draws(reading: Reading) -> pd.DataFrame:
    """Draws of a reading's posterior, as of `Fit`.

    They were drawn while electrolytes alone had activation energies: what a draw says
    of kinetics and diffusion holds at its own temperature.
    """
    name = f"{file_name(reading)}_{reading.data.replace(' ', '-')}.csv"
    with (_folder() / name).open(encoding="utf-8") as file:
        drawn = pd.read_csv(file)
    drawn.insert(list(drawn.columns).index(AMBIENT) + 1, REFERENCE, drawn[AMBIENT])
    return drawn


def weights(data: str = DATA[0]) -> dict[Reading, float]:
    """How likely each reading is after its data: evidence times odds; 1 in all."""
    found = {}
    for reading in READINGS:
        reading = reading._replace(data=data)
        posterior = calibration(reading).get(data, {}).get("posterior", {})
        if "evidence" in posterior:
            found[reading] = posterior["evidence"] + np.log(WINDOWS[reading.window])
    worth = np.exp(np.array([*found.values()]) - max(found.values(), default=0.0))
    return dict(zip(found, map(float, worth / worth.sum()), strict=True))


def _folder() -> Any:
    return files("aslb.parameters.cells.cao2021") / "calibrations"


def calibrated(
    name: str, quantity: Quantity, reading: Reading, cell: str = "shared"
) -> Quantity:
    """A quantity with the value that was fitted in a reading, if one was.

    To the data that cells share, or, once these were fitted, to those of "cell-1" or
    "cell-2" alone.
    """
    if cell != "shared" and reading.data != "shared":
        return quantity  # what cell-3 alone says knows no data of another
    found = calibration(reading).get(reading.data if cell == "shared" else cell, {})
    if name not in found.get("values", {}):
        return quantity
    return fitted_quantity(quantity, found["values"][name], found["fitted_to"])
