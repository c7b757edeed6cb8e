"""A cell drawn from the ranges of all that it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

import numpy as np

from aslb.parameters.composition.composition import CURRENT, Composition
from aslb.parameters.composition.layers import CATHOLYTE, CONDUCTOR
from aslb.parameters.quantity import Quantity, recomputed

SEPARATOR = "Separator porosity"
MOST_TRIES = 100
DECADE = 10.0  # a range so wide is drawn from in its logarithm


class Drawn(NamedTuple):
    """A cell within its ranges.

    Parameters
    ----------
    values : dict of str to float
        Plain numbers that differ from those of the cell, by PyBaMM name.
    inputs : dict of str to float
        What was drawn: by PyBaMM name, or as ``cathode.areal_mass`` for what is in no
        equation itself.
    """

    values: dict[str, float]
    inputs: dict[str, float]


def drawn(cell: Composition, rng: np.random.Generator) -> Drawn:
    """A cell in which each quantity with a range lies anywhere in it.

    Evenly, or evenly in its logarithm if the range spans a decade. What is derived
    follows; what several quantities are derived from is drawn once. A cell whose solids
    have no room is drawn again.

    Raises
    ------
    RuntimeError
        If none of many had room: the ranges contradict each other.
    """
    known = {
        name: item
        for name, item in cell.quantities().items()
        if isinstance(item.value, int | float) and name != CURRENT
    }
    names = _names(cell, known)
    for _ in range(MOST_TRIES):
        found: dict[int, tuple[Quantity, float]] = {}

        def of(item: Quantity, found=found) -> float:
            if id(item) not in found:
                found[id(item)] = (item, _anywhere(item, rng))
            return found[id(item)][1]

        values = {name: recomputed(item, (), of) for name, item in known.items()}
        if values[CONDUCTOR] + values[CATHOLYTE] <= 1 and values[SEPARATOR] <= 1:
            changed = {n: x for n, x in values.items() if x != known[n].number}
            inputs = {
                names.get(at, item.source): value
                for at, (item, value) in found.items()
                if item.lower < item.upper
            }
            return Drawn(changed, inputs)
    raise RuntimeError(f"no room in {MOST_TRIES} draws of '{cell.name}'")


def _anywhere(item: Quantity, rng: np.random.Generator) -> float:
    if not item.lower < item.upper:
        return item.number
    share = rng.random()
    if item.lower > 0 and item.upper / item.lower >= DECADE:
        return float(item.lower * (item.upper / item.lower) ** share)
    return float(item.lower + (item.upper - item.lower) * share)


def _names(cell: Composition, known: Mapping[str, Quantity]) -> dict[int, str]:
    """Names of quantities that are not derived, by their identity."""
    names = dict(_fields(cell, ""))
    return {**names, **{id(item): name for name, item in known.items()}}


def _fields(item: Any, where: str) -> Iterator[tuple[int, str]]:
    """Fields of sections that are quantities, by identity, as ``cathode.thickness``."""
    for field in fields(item):
        held = getattr(item, field.name)
        if isinstance(held, Quantity):
            yield id(held), f"{where}{field.name}"
        elif is_dataclass(held):
            yield from _fields(held, f"{where}{field.name}.")
