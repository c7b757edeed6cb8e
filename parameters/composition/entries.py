"""Entries of a cell's design: a section's field, and all that is composed from it.

A parameter of PyBaMM changes alone. An entry changes a section, and the cell is
composed again: a layer keeps its composition unless the entry is the composition, so
that masses and volumes follow thickness, and the current of 1C the active mass.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from aslb.parameters.composition.composition import CURRENT, HOUR, Composition
from aslb.parameters.composition.layers import CONDUCTOR
from aslb.parameters.materials.active_material import STOICHIOMETRY
from aslb.parameters.quantity import derive

SEPARATOR = "Separator thickness [m]"
CATHODE = "Positive electrode thickness [m]"
CAPACITY = "cathode.areal_capacity"


class Entry(NamedTuple):
    """An entry of a design.

    Parameters
    ----------
    parameter : str
        The PyBaMM parameter that it settles: no two entries may vary the same one.
    unit : str
        SI unit; empty if there is none.
    about : str
        What it is, and what stays or follows.
    """

    parameter: str
    unit: str
    about: str


ENTRIES = {
    "separator.thickness": Entry(SEPARATOR, "m", "the density stays"),
    "separator.areal_mass": Entry(
        SEPARATOR, "kg.m-2", "the thickness follows, at the same density"
    ),
    "cathode.stoichiometry_as_assembled": Entry(
        STOICHIOMETRY, "", "lithium per site; the initial concentration follows"
    ),
    "foil.lithium_to_indium": Entry(
        "Negative electrode lithium-to-host ratio as assembled",
        "",
        "lithium per host atom as assembled; the mass of the foil follows",
    ),
    "conditions.temperature": Entry(
        "Ambient temperature [K]", "K", "ambient and initial temperature"
    ),
    "conditions.area": Entry(
        "Electrode height [m]", "m2", "a square; the current of 1C follows"
    ),
    "conditions.one_C": Entry(
        "Nominal cell capacity [A.h]",
        "A.kg-1",
        "current of 1C per mass of active material",
    ),
    "cathode.active_mass_fraction": Entry(
        CONDUCTOR,
        "",
        "of active material in the composite; thickness and voids stay, masses follow",
    ),
    "cathode.thickness": Entry(
        CATHODE, "m", "the composition stays, masses and the current of 1C follow"
    ),
    "cathode.areal_mass": Entry(
        CATHODE,
        "kg.m-2",
        "of the composite; the composition stays, thickness and 1C follow",
    ),
    CAPACITY: Entry(
        CATHODE,
        "A.h.m-2",
        "one hour of 1C per area; the composition stays, thickness and mass follow",
    ),
}
"""Entries by section and field, in the order in which a cell is changed."""


def read(cell: Composition, name: str) -> Any:
    """Value of an entry in a composition; None if that has none."""
    if name == CAPACITY:
        return _areal_capacity(cell)
    section, field = name.split(".")
    value = getattr(getattr(cell, section), field)
    if value is None:  # what the cathode does not say, its material does
        return cell.cathode.active_material.parameters.get(ENTRIES[name].parameter)
    return value


def remade(cell: Any, entries: Mapping[str, Any]) -> Any:
    """A composition, `plain` or not, with other SI values of entries, in any order."""
    for name in ENTRIES:
        if name in entries:
            cell = _changed(cell, name, entries[name])
    return cell


def _changed(cell: Composition, name: str, value: Any) -> Composition:
    if name == CAPACITY:
        name, value = "cathode.areal_mass", _mass_of_capacity(cell, value)
    section, field = name.split(".")
    layer = getattr(cell, section)
    if hasattr(layer, f"with_{field}"):
        layer = getattr(layer, f"with_{field}")(value)
    else:
        layer = replace(layer, **{field: value})
    return replace(cell, **{section: layer})


def _areal_capacity(cell: Composition) -> Any:
    return derive(
        "A.h.m-2",
        "capacity at 1C",
        lambda one_c, hour, mass, fraction: one_c * hour * mass * fraction,
        one_c=cell.conditions.one_C,
        hour=HOUR,
        mass=cell.cathode.areal_mass,
        fraction=cell.cathode.active_mass_fraction,
    )


def _mass_of_capacity(cell: Composition, capacity: Any) -> Any:
    return derive(
        "kg.m-2",
        "mass of composite that gives a capacity at 1C",
        lambda capacity, hour, one_c, fraction: capacity / (one_c * hour * fraction),
        capacity=capacity,
        hour=HOUR,
        one_c=cell.conditions.one_C,
        fraction=cell.cathode.active_mass_fraction,
    )


def following(cell: Composition, entries: Iterable[str]) -> tuple[str, ...]:
    """PyBaMM names of what changes with entries of a `plain` cell, at any value.

    All but `CURRENT`, which a protocol replaces.
    """
    # no factor is a product of others, so that nothing cancels
    moved = {
        name: read(cell, name) * (1 - 0.01 * math.sqrt(at)) or 0.01
        for at, name in enumerate(entries, 2)
    }
    before: Mapping[str, Any] = cell.quantities()
    after: Mapping[str, Any] = remade(cell, moved).quantities()
    return tuple(
        name
        for name, value in after.items()
        if isinstance(value, int | float)
        and not math.isclose(value, before[name], rel_tol=1e-9)
        and name != CURRENT
    )
