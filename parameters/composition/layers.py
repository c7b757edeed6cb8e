"""Quantities of the layers, from what is weighed and measured when they are made."""

from __future__ import annotations

import dataclasses
from typing import Any

import pybamm

from aslb.errors import InputError
from aslb.parameters.composition.sections import Cathode, Separator
from aslb.parameters.materials.active_material import (
    DIFFUSIVITY,
    RADIUS,
    REFERENCE_CURRENT,
    STOICHIOMETRY,
)
from aslb.parameters.quantity import Quantity, derive, plain
from aslb.parameters.tables import literature

ACTIVE_MASS = "Positive electrode active material areal mass [kg.m-2]"
CONDUCTOR = "Positive electrode conductor volume fraction"
CATHOLYTE = "Positive electrode porosity"
COMPOSITE = literature("Composite cathode")

REPLACED = {
    "particle_radius": RADIUS,
    "particle_diffusivity": DIFFUSIVITY,
    "particle_lithiated_diffusivity": (
        "Positive particle lithiated diffusivity [m2.s-1]"
    ),
    "particle_delithiated_diffusivity": (
        "Positive particle delithiated diffusivity [m2.s-1]"
    ),
    "particle_diffusivity_transition": "Positive particle diffusivity transition",
    "particle_diffusivity_at_three_quarters": (
        "Positive particle diffusivity at three quarters [m2.s-1]"
    ),
    "particle_diffusivity_slope": "Positive particle diffusivity slope",
    "particle_uniform_diffusivity": "Positive particle uniform diffusivity [m2.s-1]",
    "particle_size_ratio": "Positive particle size ratio",
    "large_particle_volume_fraction": (
        "Positive electrode large-particle volume fraction"
    ),
    "reference_exchange_current_density": REFERENCE_CURRENT,
    "bruggeman_coefficient_electrolyte": (
        "Positive electrode Bruggeman coefficient (electrolyte)"
    ),
    "bruggeman_coefficient_electrode": (
        "Positive electrode Bruggeman coefficient (electrode)"
    ),
    "stoichiometry_as_assembled": STOICHIOMETRY,
}
"""Optional fields of a cathode, and the quantities that they replace."""


def separator(layer: Separator) -> dict[str, Quantity]:
    """Quantities of a separator by PyBaMM name."""
    electrolyte = layer.electrolyte
    filled = derive(
        "1",
        "volume fraction of electrolyte, from areal mass, density and thickness; does "
        "not enter the conductivity, which is that of the layer",
        lambda mass, fraction, density, thickness: (
            mass * fraction / (density * thickness)
        ),
        mass=layer.areal_mass,
        fraction=layer.electrolyte_mass_fraction,
        density=electrolyte.density,
        thickness=layer.thickness,
    )
    _check_room("separator", filled)
    return {
        "Separator thickness [m]": layer.thickness,
        "Separator density [kg.m-3]": _density(layer),
        "Separator porosity": filled,
        "Separator electrolyte conductivity [S.m-1]": electrolyte.conductivity,
        "Separator electrolyte conductivity activation energy [J.mol-1]": (
            electrolyte.activation_energy
        ),
        "Initial concentration in electrolyte [mol.m-3]": (
            electrolyte.lithium_concentration
        ),
    }


def composite_cathode(layer: Cathode) -> dict[str, Quantity]:
    """Quantities of a composite cathode by PyBaMM name."""
    oxide, catholyte = layer.active_material, layer.catholyte
    active_mass = derive(
        "kg.m-2",
        f"areal mass of the composite and mass fraction of {oxide.name}",
        lambda mass, fraction: mass * fraction,
        mass=layer.areal_mass,
        fraction=layer.active_mass_fraction,
    )
    conductor = derive(
        "1",
        f"all {oxide.name}: areal mass, density and thickness",
        lambda mass, density, thickness: mass / (density * thickness),
        mass=active_mass,
        density=oxide.density,
        thickness=layer.thickness,
    )
    electrolyte = derive(
        "1",
        "volume fraction of catholyte: areal mass, mass fraction, density, thickness",
        lambda mass, fraction, density, thickness: (
            mass * (1 - fraction) / (density * thickness)
        ),
        mass=layer.areal_mass,
        fraction=layer.active_mass_fraction,
        density=catholyte.density,
        thickness=layer.thickness,
    )
    _check_room("cathode", conductor, electrolyte)
    return {
        **oxide.parameters,
        "Positive electrode thickness [m]": layer.thickness,
        "Positive electrode density [kg.m-3]": _density(layer),
        ACTIVE_MASS: active_mass,
        CONDUCTOR: conductor,
        "Positive electrode active fraction": layer.active_fraction,
        "Positive electrode active material volume fraction": _active(
            oxide.name, conductor, layer.active_fraction
        ),
        CATHOLYTE: electrolyte,
        **COMPOSITE,
        "Catholyte conductivity [S.m-1]": catholyte.conductivity,
        "Catholyte conductivity activation energy [J.mol-1]": (
            catholyte.activation_energy
        ),
        **_replaced(layer),
    }


def _replaced(layer: Cathode) -> dict[str, Quantity]:
    """What a cathode says in the place of its material or of usual practice."""
    usual = {**COMPOSITE, **layer.active_material.parameters}
    said = {}
    for field, parameter in REPLACED.items():
        value = getattr(layer, field)
        if value is None:
            continue
        if parameter not in usual:
            word = Cathode.__dataclass_fields__[field].metadata["word"]
            raise InputError(
                f"cathode.{word}: {layer.active_material.name} has no such quantity; "
                "accepted: to leave it out"
            )
        said[parameter] = value
    return said


def _active(name: str, conductor: Quantity, fraction: Quantity) -> Any:
    """Volume of active material that ions reach, as a symbol of its factors."""
    # a symbol, so that the active fraction can be varied by its own name
    symbol = pybamm.Parameter(CONDUCTOR) * pybamm.Parameter(
        "Positive electrode active fraction"
    )
    if not isinstance(conductor, Quantity):
        return symbol
    active = derive(
        "1",
        f"{name} that ions reach: conductor volume fraction times active fraction",
        lambda conductor, fraction: conductor * fraction,
        conductor=conductor,
        fraction=fraction,
    )
    return dataclasses.replace(active, value=symbol)


def _density(layer: Separator | Cathode) -> Quantity:
    return derive(
        "kg.m-3",
        "areal mass over thickness, everything in the layer included",
        lambda mass, thickness: mass / thickness,
        mass=layer.areal_mass,
        thickness=layer.thickness,
    )


def _check_room(layer: str, *fractions: Quantity) -> None:
    filled = sum(plain(fraction) for fraction in fractions)
    if filled > 1:
        raise InputError(
            f"the solids fill {filled:.3f} of the volume of the {layer}; accepted: at "
            "most 1 (see areal mass, mass fraction, densities and thickness)"
        )
