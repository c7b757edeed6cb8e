"""Sections of a cell: what is weighed, measured and chosen when one is made.

Each is an immutable object of quantities in SI units, and its fields are the words of a
cell file: `thickness` is written there as `thickness_um`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from aslb.parameters.materials import indium_lithium, lithium_metal
from aslb.parameters.materials.active_material import ActiveMaterial
from aslb.parameters.materials.solid_electrolytes import (
    SolidElectrolyte,
    lithium_concentration,
)
from aslb.parameters.quantity import Quantity, derive
from aslb.parameters.units import si_unit, split_word


def number(word: str, low: float, high: float, **how: Any) -> Any:
    """A field that holds a quantity.

    Parameters
    ----------
    word : str
        What a cell file calls it, ending in the file's unit.
    low, high : float
        What a cell file may say, in the file's unit.
    **how : Any
        Of `dataclasses.field`.
    """
    unit = split_word(word)[1]
    said = {"word": word, "unit": unit, "si": si_unit(unit), "low": low, "high": high}
    return dataclasses.field(metadata=said, **how)


def optional(word: str, low: float, high: float) -> Any:
    """A field that may be left out."""
    return number(word, low, high, default=None)


NO_OXIDATION = Quantity(0.0, "A.h.m-2", "assumed", "no oxidation, unless stated")


class _Layer:
    """What can be made thicker or thinner, of the same composition."""

    def with_thickness(self: Any, thickness: Quantity) -> Any:
        """The same layer, thicker or thinner: its mass follows."""
        mass = derive(
            "kg.m-2",
            "another thickness of the same layer",
            lambda mass, was, now: mass * now / was,
            mass=self.areal_mass,
            was=self.thickness,
            now=thickness,
        )
        return dataclasses.replace(self, thickness=thickness, areal_mass=mass)

    def with_areal_mass(self: Any, mass: Quantity) -> Any:
        """More or less of the same layer: its thickness follows."""
        thickness = derive(
            "m",
            "another mass of the same layer",
            lambda thickness, was, now: thickness * now / was,
            thickness=self.thickness,
            was=self.areal_mass,
            now=mass,
        )
        return self.with_thickness(thickness)


@dataclass(frozen=True)
class Voids:
    """What a file may say of a layer in the place of its thickness or its mass."""

    voids: Quantity | None = optional("voids_percent", 0, 95)


@dataclass(frozen=True)
class Separator(_Layer):
    """The layer between foil and cathode, of one electrolyte as measured as a layer.

    Its conductivity already counts pores and binder.
    """

    electrolyte: SolidElectrolyte
    thickness: Quantity = number("thickness_um", 0.1, 5000)
    areal_mass: Quantity = number("areal_mass_mg_cm2", 1e-3, 2000)
    # the rest is binder
    electrolyte_mass_fraction: Quantity = number("electrolyte_mass_percent", 1, 100)


@dataclass(frozen=True)
class Cathode(_Layer):
    """A pressed mixture of active material and catholyte, without carbon.

    What comes after `active_fraction` replaces what the active material or usual
    practice says, and may be left out.
    """

    active_material: ActiveMaterial
    catholyte: SolidElectrolyte
    thickness: Quantity = number("thickness_um", 1, 1000)
    # of the composite, and the mass fraction of active material in it
    areal_mass: Quantity = number("areal_mass_mg_cm2", 0.1, 1000)
    active_mass_fraction: Quantity = number("active_mass_percent", 1, 99)
    # of the active material, reached by ions
    active_fraction: Quantity = number("active_fraction", 0.01, 1)

    particle_radius: Quantity | None = optional("particle_radius_um", 0.01, 100)
    particle_diffusivity: Quantity | None = optional(
        "particle_diffusivity_m2_s", 1e-20, 1e-8
    )
    particle_lithiated_diffusivity: Quantity | None = optional(
        "particle_lithiated_diffusivity_m2_s", 1e-20, 1e-8
    )
    particle_delithiated_diffusivity: Quantity | None = optional(
        "particle_delithiated_diffusivity_m2_s", 1e-20, 1e-8
    )
    particle_diffusivity_transition: Quantity | None = optional(
        "particle_diffusivity_transition", 0, 1
    )
    particle_diffusivity_at_three_quarters: Quantity | None = optional(
        "particle_diffusivity_at_three_quarters_m2_s", 1e-20, 1e-8
    )
    particle_diffusivity_slope: Quantity | None = optional(
        "particle_diffusivity_slope", 0, 10
    )
    particle_uniform_diffusivity: Quantity | None = optional(
        "particle_uniform_diffusivity_m2_s", 1e-20, 1e-8
    )
    # radius of the larger over that of the smaller particles
    particle_size_ratio: Quantity | None = optional("particle_size_ratio", 1, 100)
    large_particle_volume_fraction: Quantity | None = optional(
        "large_particle_volume_fraction", 0, 1
    )
    reference_exchange_current_density: Quantity | None = optional(
        "reference_exchange_current_density_A_m2", 1e-4, 1e4
    )
    bruggeman_coefficient_electrolyte: Quantity | None = optional(
        "bruggeman_coefficient_electrolyte", 0, 10
    )
    bruggeman_coefficient_electrode: Quantity | None = optional(
        "bruggeman_coefficient_electrode", 0, 10
    )
    stoichiometry_as_assembled: Quantity | None = optional(
        "stoichiometry_as_assembled", 0.01, 1
    )

    def with_active_mass_fraction(self, fraction: Quantity) -> Cathode:
        """Another mixture in the same thickness, with the same voids."""
        mass = derive(
            "kg.m-2",
            "another mixture of the same volume of solids",
            lambda mass, was, now, active, catholyte: (
                mass
                * (was / active + (1 - was) / catholyte)
                / (now / active + (1 - now) / catholyte)
            ),
            mass=self.areal_mass,
            was=self.active_mass_fraction,
            now=fraction,
            active=self.active_material.density,
            catholyte=self.catholyte.density,
        )
        return dataclasses.replace(self, areal_mass=mass, active_mass_fraction=fraction)


@dataclass(frozen=True)
class Foil:
    """The negative electrode: indium-lithium, or lithium without a ratio."""

    thickness: Quantity = number("thickness_um", 0.1, 5000)
    exchange_current_density: Quantity = number(
        "exchange_current_density_A_m2", 1e-3, 1e5
    )
    lithium_to_indium: Quantity | None = optional("lithium_to_indium", 0, 4)

    @property
    def plateau(self) -> Quantity:
        """Potential against Li/Li⁺ [V]."""
        return (
            lithium_metal.PLATEAU
            if self.lithium_to_indium is None
            else indium_lithium.PLATEAU
        )


@dataclass(frozen=True)
class Interfaces:
    """Resistances of foil|separator, separator|catholyte and of the particles' surface.

    Each is per area of the interface itself, as is the charge that oxidises catholyte
    at the particles when it is first charged.
    """

    foil: Quantity = number("foil_ohm_cm2", 0, 1e5)
    junction: Quantity = number("junction_ohm_cm2", 0, 1e5)
    interphase: Quantity = number("interphase_ohm_cm2", 0, 1e7)
    oxidation: Quantity = number(
        "catholyte_oxidation_mAh_m2", 0, 1e4, default=NO_OXIDATION
    )


@dataclass(frozen=True)
class Conditions:
    """How the cell is tested.

    1C is per mass of active material, cut-offs are against the foil, and the reference
    temperature is that of the conductivities.
    """

    area: Quantity = number("area_cm2", 1e-4, 1e6)
    one_C: Quantity = number("one_C_mA_g", 1, 1000)
    lower_cutoff: Quantity = number("lower_cutoff_V", -1, 6)
    upper_cutoff: Quantity = number("upper_cutoff_V", -1, 6)
    temperature: Quantity = number("temperature_C", -100, 300)
    reference_temperature: Quantity = number("reference_temperature_C", -100, 300)


@dataclass(frozen=True)
class Electrolyte:
    """A solid electrolyte of one's own, when dense, as a cell file describes it."""

    density: Quantity = number("density_g_cm3", 0.5, 10)
    conductivity: Quantity = number("conductivity_mS_cm", 1e-4, 100)
    activation_energy: Quantity = number("activation_energy_eV", 0, 2)
    molar_mass: Quantity = number("molar_mass_g_mol", 10, 2000)
    lithium_per_formula: Quantity = number("lithium_per_formula", 1e-3, 100)

    def solid(self, name: str) -> SolidElectrolyte:
        """The electrolyte as a layer takes it."""
        return SolidElectrolyte(
            name,
            density=self.density,
            conductivity=self.conductivity,
            activation_energy=self.activation_energy,
            lithium_concentration=lithium_concentration(
                self.density, self.molar_mass, self.lithium_per_formula.number
            ),
        )


SECTIONS: dict[str, type] = {
    "electrolytes": Electrolyte,
    "separator": Separator,
    "cathode": Cathode,
    "foil": Foil,
    "interfaces": Interfaces,
    "conditions": Conditions,
}
"""Sections of a cell by name."""
