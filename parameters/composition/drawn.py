"""A cell of which every number lies anywhere in its range.

What is measured, assumed or known from literature is drawn, each quantity once however
often it is used, and the cell is composed again of what was drawn, so that what is
derived follows. Functions, settings and what no range is known of stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from typing import Any

import numpy as np

from aslb.errors import InputError
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.layers import COMPOSITE
from aslb.parameters.quantity import Quantity, plain, recomputed
from aslb.parameters.ranges import Unknown, has_range, unknown

ATTEMPTS = 1000


@dataclass(frozen=True)
class Drawn:
    """A cell drawn from its ranges.

    Parameters
    ----------
    inputs : mapping of str to float
        What was drawn, in SI units, by section and field, as ``cathode.areal_mass``, or
        by PyBaMM name where a material or usual practice says it. What a field is
        derived from comes after the field's name: ``cathode.thickness.voids``.
    values : mapping of str to float
        Plain numbers by PyBaMM name that differ from the central cell's.
    """

    inputs: Mapping[str, float]
    values: Mapping[str, float]


def ranges(cell: Cell) -> dict[str, Unknown]:
    """What can be drawn of a cell, by the readable name of `Drawn`."""
    return {name: unknown(name, item) for name, item in _drawable(cell).items()}


def drawn(cell: Cell, rng: np.random.Generator) -> Drawn:
    """A cell drawn from the ranges of its quantities.

    Each is uniform in its range, or in its logarithm if that spans a factor of ten. A
    cell that cannot be, as one whose solids have no room, is drawn again.

    Parameters
    ----------
    cell : Cell
        One with sections.
    rng : numpy.random.Generator
        Where chance comes from; the same state gives the same cell.

    Raises
    ------
    InputError
        If a cell has no sections, or none of a thousand that were drawn can be.
    """
    drawable = _drawable(cell)
    for _ in range(ATTEMPTS):
        inputs = {
            name: unknown(name, item).value(rng.random())
            for name, item in drawable.items()
        }
        known = {id(item): inputs[name] for name, item in drawable.items()}
        try:
            return Drawn(inputs, _differing(cell, known))
        except InputError as error:
            reason = error
    raise InputError(
        f"none of {ATTEMPTS} cells drawn of '{cell.name}' can be: {reason}"
    )


def _differing(cell: Cell, known: Mapping[int, float]) -> dict[str, float]:
    """Numbers of a cell composed of what was drawn, by the identity of quantities."""
    central = cell.numbers

    def given(item: Quantity) -> Any:
        if id(item) in known:
            return known[id(item)]
        computed = item.formula is not None and isinstance(item.value, int | float)
        return None if computed else item.value

    value = partial(recomputed, given=given)
    sections = plain(cell.state.composition, value)
    composed = {**sections.quantities(), **cell.state.replaced}
    numbers = {name: plain(item, value) for name, item in composed.items()}
    return {
        name: float(number)
        for name, number in numbers.items()
        if name in central and number != central[name]
    }


def _drawable(cell: Cell) -> dict[str, Quantity]:
    """Quantities to draw by readable name: those that reach the cell's numbers."""
    reached = {id(x) for item in cell.quantities.values() for x in _leaves(item)}
    replaced = cell.state.replaced
    named = [
        *_named("", cell.state.composition),
        *_named("", COMPOSITE),
        *_named("", replaced),
    ]
    found: dict[int, tuple[str, Quantity]] = {}
    for name, item in named:
        if id(item) in reached and has_range(item):
            known, _ = found.get(id(item), (name, item))
            # what a field is derived from may be a field itself
            found[id(item)] = (min(known, name, key=len), item)
    return dict(found.values())


def _leaves(item: Quantity) -> Iterator[Quantity]:
    """What a quantity is computed from in the end; itself, if it is not."""
    if item.formula is None:
        yield item
    for each in item.inputs.values():
        yield from _leaves(each)


def _named(where: str, item: Any) -> Iterator[tuple[str, Quantity]]:
    """Quantities that are not derived, with their readable names."""
    if isinstance(item, Quantity) and item.formula is None:
        yield where, item
    elif isinstance(item, Quantity):
        for name, each in item.inputs.items():
            yield from _named(f"{where}.{name}", each)
    elif isinstance(item, Mapping):
        for name, each in item.items():
            yield from _named(name, each)
    elif is_dataclass(item) and not isinstance(item, type):
        for field in fields(item):
            inner = f"{where}.{field.name}".removeprefix(".")
            yield from _named(inner, getattr(item, field.name))
