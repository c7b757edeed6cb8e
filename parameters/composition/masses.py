"""What a cell weighs and how much room it takes, layer by layer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import pybamm

from aslb.errors import InputError, about
from aslb.parameters import values
from aslb.parameters.composition.layers import ACTIVE_MASS
from aslb.parameters.given import is_number, real
from aslb.parameters.materials import current_collectors

COMPONENTS = ("cathode", "membrane", "anode", "current collectors", "casing")
BOUNDARIES = tuple("+".join(COMPONENTS[: n + 1]) for n in range(len(COMPONENTS)))
"""What is counted: each boundary includes the one before it."""

LAYERS = {
    "cathode": ("Positive electrode",),
    "membrane": ("Separator",),
    "anode": ("Negative electrode",),
    "current collectors": ("Positive current collector", "Negative current collector"),
}


class Casing(NamedTuple):
    """Pouch, tabs and seams, as shares of the mass and volume of all that is inside.

    The defaults are assumed, for a pouch of tens of layers; a laboratory cell in steel
    has many times more.
    """

    mass: float = 0.05
    volume: float = 0.10


class Layer(NamedTuple):
    """A component as it is assembled."""

    areal_mass: float  # per area of cell [kg.m-2]
    thickness: float  # volume per area of cell [m]


def layers(
    cell: pybamm.ParameterValues,
    separator_thickness: float | None = None,
    casing: Casing | tuple[float, float] = Casing(),  # noqa: B008, it is immutable
) -> dict[str, Layer]:
    """Mass and thickness of each component of a cell, one of each layer.

    Parameters
    ----------
    cell : pybamm.ParameterValues
        Densities and thicknesses. A cell that names no current collectors gets those
        of `aslb.parameters.materials.current_collectors`.
    separator_thickness : float, optional
        Another thickness of the separator, at the same density [m].
    casing : Casing or tuple of float, optional
        Mass and volume added by the casing.

    Returns
    -------
    dict of str to Layer
        In the order of `COMPONENTS`.

    Raises
    ------
    InputError
        If the casing is negative, or a density or thickness is not a plain number.
    """
    casing = _casing(casing)
    for share in casing:
        if not (math.isfinite(share) and share >= 0):
            raise InputError(f"casing share {share:g}; accepted: 0 or more, as 0.05")
    known = {**values(current_collectors.FOILS), **cell}
    if separator_thickness is not None:
        known["Separator thickness [m]"] = separator_thickness

    def number(name: str) -> float:
        value: Any = known.get(name)
        if not is_number(value):
            raise InputError(
                f"'{name}' is {value}; accepted: a plain number, for the cell's mass"
            )
        return float(value)

    counted = {}
    for component, names in LAYERS.items():
        thicknesses = [number(f"{name} thickness [m]") for name in names]
        densities = [number(f"{name} density [kg.m-3]") for name in names]
        counted[component] = Layer(
            sum(a * b for a, b in zip(densities, thicknesses, strict=True)),
            sum(thicknesses),
        )
    inside = [sum(column) for column in zip(*counted.values(), strict=True)]
    counted["casing"] = Layer(inside[0] * casing.mass, inside[1] * casing.volume)
    return counted


def _casing(given: Any) -> Casing:
    with about("casing"):
        if not isinstance(given, list | tuple) or len(given) != 2:
            raise InputError(f"{given!r}; accepted: two shares, as (0.05, 0.1)")
        return Casing(*map(real, given))


def within(counted: dict[str, Layer], boundary: str) -> Layer:
    """Mass and thickness of everything inside a boundary.

    Parameters
    ----------
    counted : dict of str to Layer
        From `layers`.
    boundary : str
        One of `BOUNDARIES`.
    """
    inside = [counted[part] for part in check_boundary(boundary).split("+")]
    return Layer(sum(layer.areal_mass for layer in inside), sum(t for _, t in inside))


def check_boundary(boundary: str) -> str:
    """The boundary itself, if there is one of that name."""
    if boundary not in BOUNDARIES:
        raise InputError(
            f"unknown boundary '{boundary}'; accepted: {', '.join(BOUNDARIES)}"
        )
    return boundary


def active_mass(cell: Mapping[str, Any]) -> float:
    """Mass of active material in a cell, by its values [kg]; A.h over it is mAh/g."""
    area = cell["Electrode height [m]"] * cell["Electrode width [m]"]
    return float(cell[ACTIVE_MASS] * area)
