"""Entries of a cell's design: a section's field, and all that is composed from it.

A parameter of PyBaMM changes alone. An entry changes a section, and the cell is
composed again: a layer keeps its composition unless the entry is the composition, so
that masses and volumes follow thickness, and the current of 1C the active mass.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from aslb.parameters.composition.composition import CURRENT, HOUR, Composition
from aslb.parameters.composition.layers import CONDUCTOR
from aslb.parameters.composition.sections import Cathode, Separator
from aslb.parameters.materials.active_material import STOICHIOMETRY
from aslb.parameters.quantity import derive

SEPARATOR = "Separator thickness [m]"
CATHODE = "Positive electrode thickness [m]"


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
    read : callable
        Its value in a composition; None if that has none.
    change : callable
        The composition with another value of it.
    """

    parameter: str
    unit: str
    about: str
    read: Callable[[Composition], Any]
    change: Callable[[Composition, Any], Composition]


def _field(section: str, field: str) -> tuple[Any, Any]:
    """How a field of a section is read and changed."""

    def change(cell: Composition, value: Any) -> Composition:
        changed = replace(getattr(cell, section), **{field: value})
        return replace(cell, **{section: changed})

    return lambda cell: getattr(getattr(cell, section), field), change


def _layer(section: str, change: Any) -> Callable[[Composition, Any], Composition]:
    """How a layer is made anew."""
    return lambda cell, value: replace(
        cell, **{section: change(getattr(cell, section), value)}
    )


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


def _with_areal_capacity(cell: Composition, capacity: Any) -> Composition:
    mass = derive(
        "kg.m-2",
        "mass of composite that gives a capacity at 1C",
        lambda capacity, hour, one_c, fraction: capacity / (one_c * hour * fraction),
        capacity=capacity,
        hour=HOUR,
        one_c=cell.conditions.one_C,
        fraction=cell.cathode.active_mass_fraction,
    )
    return replace(cell, cathode=cell.cathode.with_areal_mass(mass))


def _stoichiometry(cell: Composition) -> Any:
    own, usual = cell.cathode.stoichiometry_as_assembled, cell.cathode.active_material
    return usual.parameters[STOICHIOMETRY] if own is None else own


ENTRIES = {
    "separator.thickness": Entry(
        SEPARATOR,
        "m",
        "the density stays",
        lambda cell: cell.separator.thickness,
        _layer("separator", Separator.with_thickness),
    ),
    "separator.areal_mass": Entry(
        SEPARATOR,
        "kg.m-2",
        "the thickness follows, at the same density",
        lambda cell: cell.separator.areal_mass,
        _layer("separator", Separator.with_areal_mass),
    ),
    "cathode.stoichiometry_as_assembled": Entry(
        STOICHIOMETRY,
        "",
        "lithium per site; the initial concentration follows",
        _stoichiometry,
        _field("cathode", "stoichiometry_as_assembled")[1],
    ),
    "foil.lithium_to_indium": Entry(
        "Negative electrode lithium-to-host ratio as assembled",
        "",
        "lithium per host atom as assembled; the mass of the foil follows",
        *_field("foil", "lithium_to_indium"),
    ),
    "conditions.temperature": Entry(
        "Ambient temperature [K]",
        "K",
        "ambient and initial temperature",
        *_field("conditions", "temperature"),
    ),
    "conditions.area": Entry(
        "Electrode height [m]",
        "m2",
        "a square; the current of 1C follows",
        *_field("conditions", "area"),
    ),
    "conditions.one_C": Entry(
        "Nominal cell capacity [A.h]",
        "A.kg-1",
        "current of 1C per mass of active material",
        *_field("conditions", "one_C"),
    ),
    "cathode.active_mass_fraction": Entry(
        CONDUCTOR,
        "",
        "of active material in the composite; thickness and voids stay, masses follow",
        lambda cell: cell.cathode.active_mass_fraction,
        _layer("cathode", Cathode.with_active_mass_fraction),
    ),
    "cathode.thickness": Entry(
        CATHODE,
        "m",
        "the composition stays, masses and the current of 1C follow",
        lambda cell: cell.cathode.thickness,
        _layer("cathode", Cathode.with_thickness),
    ),
    "cathode.areal_mass": Entry(
        CATHODE,
        "kg.m-2",
        "of the composite; the composition stays, thickness and 1C follow",
        lambda cell: cell.cathode.areal_mass,
        _layer("cathode", Cathode.with_areal_mass),
    ),
    "cathode.areal_capacity": Entry(
        CATHODE,
        "A.h.m-2",
        "one hour of 1C per area; the composition stays, thickness and mass follow",
        _areal_capacity,
        _with_areal_capacity,
    ),
}
"""Entries by name, in the order in which a cell is changed: composition first."""


def remade(cell: Composition, entries: Mapping[str, Any]) -> Composition:
    """A composition with other values of entries.

    Parameters
    ----------
    cell : Composition
        As it is, or `plain`.
    entries : mapping of str to Quantity or float
        Values in SI units by key of `ENTRIES`, in any order.
    """
    for name, entry in ENTRIES.items():
        if name in entries:
            cell = entry.change(cell, entries[name])
    return cell


def following(cell: Composition, entries: Iterable[str]) -> tuple[str, ...]:
    """PyBaMM names of what changes with entries, whatever their values.

    Parameters
    ----------
    cell : Composition
        Of `plain` sections.
    entries : iterable of str
        Keys of `ENTRIES`.

    Returns
    -------
    tuple of str
        All but `CURRENT`, which a protocol replaces.
    """
    # no factor is a product of others, so that nothing cancels
    moved = {
        name: ENTRIES[name].read(cell) * (1 - 0.01 * math.sqrt(at)) or 0.01
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
