"""Thickness or mass of a layer of which the other and the voids are known.

Voids are all that is neither electrolyte nor active material: pores, and the room of
what is too little to be described, as binder or carbon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any

from aslb.errors import InputError
from aslb.parameters.composition.sections import Voids
from aslb.parameters.quantity import Quantity, derive

WORD = "voids_percent"
FOLLOWING = {"thickness_um": "areal_mass_mg_cm2", "areal_mass_mg_cm2": "thickness_um"}
"""Words of a layer that may follow from voids, and the one that is then needed."""


FIELD: Field = fields(Voids)[0]
"""What a file may say of a layer in the place of its thickness or its mass."""


def left_out(where: str, table: Mapping[str, Any]) -> set[str]:
    """Words that a layer's table may leave out, since its voids are given."""
    if WORD not in table:
        return set()
    if all(word in table for word in FOLLOWING):
        raise InputError(
            f"{where}.{WORD}: follows from {' and '.join(FOLLOWING)}; accepted: two of "
            "the three"
        )
    return {word for word, other in FOLLOWING.items() if other in table}


def electrolyte_volume(fraction: Quantity, density: Quantity) -> Quantity:
    """Volume of electrolyte per mass of a separator [m3.kg-1]."""
    return derive(
        "m3.kg-1",
        "mass fraction of electrolyte over its density",
        lambda fraction, density: fraction / density,
        fraction=fraction,
        density=density,
    )


def composite_volume(
    fraction: Quantity, active: Quantity, catholyte: Quantity
) -> Quantity:
    """Volume of both solids per mass of a composite cathode [m3.kg-1].

    Parameters
    ----------
    fraction : Quantity
        Mass fraction of active material.
    active, catholyte : Quantity
        Densities [kg.m-3].
    """
    return derive(
        "m3.kg-1",
        "mass fractions of both solids over their densities",
        lambda fraction, active, catholyte: (
            fraction / active + (1 - fraction) / catholyte
        ),
        fraction=fraction,
        active=active,
        catholyte=catholyte,
    )


def thickness_of(mass: Quantity, volume: Quantity, voids: Quantity) -> Quantity:
    """Thickness of a layer [m].

    Parameters
    ----------
    mass : Quantity
        Areal mass [kg.m-2].
    volume : Quantity
        Volume of solids per mass [m3.kg-1].
    voids : Quantity
        Share of the layer's volume.
    """
    return derive(
        "m",
        "areal mass, densities of the solids and voids",
        lambda mass, volume, voids: mass * volume / (1 - voids),
        mass=mass,
        volume=volume,
        voids=voids,
    )


def mass_of(thickness: Quantity, volume: Quantity, voids: Quantity) -> Quantity:
    """Areal mass of a layer [kg.m-2].

    Parameters
    ----------
    thickness : Quantity
        Of the layer [m].
    volume : Quantity
        Volume of solids per mass [m3.kg-1].
    voids : Quantity
        Share of the layer's volume.
    """
    return derive(
        "kg.m-2",
        "thickness, densities of the solids and voids",
        lambda thickness, volume, voids: thickness * (1 - voids) / volume,
        thickness=thickness,
        volume=volume,
        voids=voids,
    )


def completed(numbers: Mapping[str, Quantity], volume: Quantity) -> dict[str, Quantity]:
    """A layer's quantities by field, with what follows from voids in their place."""
    if FIELD.name not in numbers:
        return dict(numbers)
    rest = {name: item for name, item in numbers.items() if name != FIELD.name}
    voids = numbers[FIELD.name]
    if "areal_mass" in rest:
        return {**rest, "thickness": thickness_of(rest["areal_mass"], volume, voids)}
    return {**rest, "areal_mass": mass_of(rest["thickness"], volume, voids)}
