"""Entries of a cell's design, and all that has to change with each of them.

A parameter of PyBaMM changes alone. An entry carries others with it: a layer keeps its
composition unless the entry is the composition, so that masses and volumes follow
thickness, and the current of 1C follows the mass of active material.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from aslb.parameters.materials.lithium_metal import MOLAR_MASS as LITHIUM

Numbers = Mapping[str, Any]
"""Plain numbers of a cell by PyBaMM name, or arrays of them, in SI units."""

SEPARATOR = "Separator thickness [m]"
SEPARATOR_DENSITY = "Separator density [kg.m-3]"
CATHODE = "Positive electrode thickness [m]"
DENSITY = "Positive electrode density [kg.m-3]"
ACTIVE_MASS = "Positive electrode active material areal mass [kg.m-2]"
CONDUCTOR = "Positive electrode conductor volume fraction"
CATHOLYTE = "Positive electrode porosity"
CAPACITY = "Nominal cell capacity [A.h]"
HEIGHT, WIDTH = "Electrode height [m]", "Electrode width [m]"
STOICHIOMETRY = "Positive electrode stoichiometry as assembled"
INITIAL_LITHIUM = "Initial concentration in positive electrode [mol.m-3]"
SITES = "Maximum concentration in positive electrode [mol.m-3]"
RATIO = "Negative electrode lithium-to-host ratio as assembled"
HOST = "Negative electrode host concentration [mol.m-3]"
FOIL_DENSITY = "Negative electrode density [kg.m-3]"
AMBIENT, INITIAL = "Ambient temperature [K]", "Initial temperature [K]"


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
        Its value in a cell.
    change : callable
        Parameters that change, from the numbers of the cell and a new value.
    """

    parameter: str
    unit: str
    about: str
    read: Callable[[Numbers], Any]
    change: Callable[[Numbers, Any], dict[str, Any]]


def _area(cell: Numbers) -> Any:
    return cell[HEIGHT] * cell[WIDTH]


def _with_area(cell: Numbers, area: Any) -> dict[str, Any]:
    ratio = area / _area(cell)
    return {
        HEIGHT: cell[HEIGHT] * ratio**0.5,
        WIDTH: cell[WIDTH] * ratio**0.5,
        CAPACITY: cell[CAPACITY] * ratio,
    }


def _with_cathode(cell: Numbers, thickness: Any) -> dict[str, Any]:
    ratio = thickness / cell[CATHODE]
    return {
        CATHODE: thickness,
        ACTIVE_MASS: cell[ACTIVE_MASS] * ratio,
        CAPACITY: cell[CAPACITY] * ratio,
    }


def _active_mass_fraction(cell: Numbers) -> Any:
    return cell[ACTIVE_MASS] / (cell[DENSITY] * cell[CATHODE])


def _with_active_mass_fraction(cell: Numbers, fraction: Any) -> dict[str, Any]:
    # densities of the solids themselves, from what they weigh and the room they take
    active = cell[ACTIVE_MASS] / (cell[CATHODE] * cell[CONDUCTOR])
    catholyte = cell[DENSITY] * (1 - _active_mass_fraction(cell)) / cell[CATHOLYTE]
    solids = cell[CONDUCTOR] + cell[CATHOLYTE]
    density = solids / (fraction / active + (1 - fraction) / catholyte)
    active_mass = fraction * density * cell[CATHODE]
    return {
        DENSITY: density,
        ACTIVE_MASS: active_mass,
        CONDUCTOR: fraction * density / active,
        CATHOLYTE: (1 - fraction) * density / catholyte,
        CAPACITY: cell[CAPACITY] * active_mass / cell[ACTIVE_MASS],
    }


def _with_lithium(cell: Numbers, ratio: Any) -> dict[str, Any]:
    lithium = (ratio - cell[RATIO]) * cell[HOST] * LITHIUM.number
    return {RATIO: ratio, FOIL_DENSITY: cell[FOIL_DENSITY] + lithium}


ENTRIES = {
    "separator.areal_mass": Entry(
        SEPARATOR,
        "kg.m-2",
        "the thickness follows, at the same density",
        lambda cell: cell[SEPARATOR_DENSITY] * cell[SEPARATOR],
        lambda cell, mass: {SEPARATOR: mass / cell[SEPARATOR_DENSITY]},
    ),
    "cathode.stoichiometry_as_assembled": Entry(
        STOICHIOMETRY,
        "",
        "lithium per site; the initial concentration follows",
        lambda cell: cell[STOICHIOMETRY],
        lambda cell, x: {STOICHIOMETRY: x, INITIAL_LITHIUM: x * cell[SITES]},
    ),
    "foil.lithium_to_indium": Entry(
        RATIO,
        "",
        "lithium per host atom as assembled; the mass of the foil follows",
        lambda cell: cell[RATIO],
        _with_lithium,
    ),
    "conditions.temperature": Entry(
        AMBIENT,
        "K",
        "ambient and initial temperature",
        lambda cell: cell[AMBIENT],
        lambda cell, temperature: {AMBIENT: temperature, INITIAL: temperature},
    ),
    "conditions.area": Entry(
        HEIGHT, "m2", "a square; the current of 1C follows", _area, _with_area
    ),
    "conditions.one_C": Entry(
        CAPACITY,
        "A.kg-1",
        "current of 1C per mass of active material",
        lambda cell: cell[CAPACITY] / (cell[ACTIVE_MASS] * _area(cell)),
        lambda cell, one_c: {CAPACITY: one_c * cell[ACTIVE_MASS] * _area(cell)},
    ),
    "cathode.active_mass_fraction": Entry(
        CONDUCTOR,
        "",
        "of active material in the composite; thickness and voids stay, masses follow",
        _active_mass_fraction,
        _with_active_mass_fraction,
    ),
    "cathode.thickness": Entry(
        CATHODE,
        "m",
        "the composition stays, masses and the current of 1C follow",
        lambda cell: cell[CATHODE],
        _with_cathode,
    ),
    "cathode.areal_mass": Entry(
        CATHODE,
        "kg.m-2",
        "of the composite; the composition stays, thickness and 1C follow",
        lambda cell: cell[DENSITY] * cell[CATHODE],
        lambda cell, mass: _with_cathode(cell, mass / cell[DENSITY]),
    ),
    "cathode.areal_capacity": Entry(
        CATHODE,
        "A.h.m-2",
        "one hour of 1C per area; the composition stays, thickness and mass follow",
        lambda cell: cell[CAPACITY] / _area(cell),
        lambda cell, capacity: _with_cathode(
            cell, cell[CATHODE] * capacity * _area(cell) / cell[CAPACITY]
        ),
    ),
}
"""Entries by name, in the order in which a cell is changed: composition first."""
