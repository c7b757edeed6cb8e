"""Sections of a cell: what is weighed, measured and chosen when one is made.

Each is an immutable object of quantities in SI units, and its fields are the words of a
cell file: `thickness` is written there as `thickness_um`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from aslb.parameters.materials import indium_lithium, lithium_metal
from aslb.parameters.materials.active_material import DIFFUSIVITY as PARTICLE
from aslb.parameters.materials.active_material import (
    RADIUS,
    REFERENCE_CURRENT,
    STOICHIOMETRY,
    ActiveMaterial,
)
from aslb.parameters.materials.solid_electrolytes import (
    SolidElectrolyte,
    lithium_concentration,
)
from aslb.parameters.quantity import Quantity, derive


def number(word: str, si: str, low: float, high: float, about: str, **how: Any) -> Any:
    """A field that holds a quantity.

    Parameters
    ----------
    word : str
        What a cell file calls it, ending in the file's unit.
    si : str
        Unit of the quantity; empty if there is none.
    low, high : float
        What a cell file may say, in the file's unit.
    about : str
        What it is.
    **how : Any
        Of `dataclasses.field`.
    """
    said = {"word": word, "si": si, "low": low, "high": high, "about": about}
    return dataclasses.field(metadata=said, **how)


def replaced(word: str, si: str, low: float, high: float, parameter: str) -> Any:
    """A field that replaces a quantity that the composite has anyway."""
    field = number(word, si, low, high, parameter, default=None)
    field.metadata = {**field.metadata, "parameter": parameter}
    return field


@dataclass(frozen=True)
class Separator:
    """The layer between foil and cathode, of one electrolyte as measured as a layer.

    Its conductivity already counts pores and binder.
    """

    electrolyte: SolidElectrolyte
    thickness: Quantity = number("thickness_um", "m", 0.1, 5000, "thickness")
    areal_mass: Quantity = number(
        "areal_mass_mg_cm2", "kg.m-2", 1e-3, 2000, "mass per area"
    )
    electrolyte_mass_fraction: Quantity = number(
        "electrolyte_mass_percent", "", 1, 100, "the rest is binder"
    )

    def with_thickness(self, thickness: Quantity) -> Separator:
        """The same layer, thicker or thinner: its mass follows."""
        return _scaled(self, thickness)

    def with_areal_mass(self, mass: Quantity) -> Separator:
        """More or less of the same layer: its thickness follows."""
        return _scaled(self, _thickness(self, mass))


@dataclass(frozen=True)
class Cathode:
    """A pressed mixture of active material and catholyte, without carbon.

    What comes after `active_fraction` replaces what the active material or usual
    practice says, and may be left out.
    """

    active_material: ActiveMaterial
    catholyte: SolidElectrolyte
    thickness: Quantity = number("thickness_um", "m", 1, 1000, "thickness")
    areal_mass: Quantity = number(
        "areal_mass_mg_cm2", "kg.m-2", 0.1, 1000, "of the composite"
    )
    active_mass_fraction: Quantity = number(
        "active_mass_percent", "", 1, 99, "mass fraction of active material"
    )
    active_fraction: Quantity = number(
        "active_fraction", "", 0.01, 1, "of the active material, reached by ions"
    )
    particle_radius: Quantity | None = replaced(
        "particle_radius_um", "m", 0.01, 100, RADIUS
    )
    particle_diffusivity: Quantity | None = replaced(
        "particle_diffusivity_m2_s", "m2.s-1", 1e-20, 1e-8, PARTICLE
    )
    particle_lithiated_diffusivity: Quantity | None = replaced(
        "particle_lithiated_diffusivity_m2_s",
        "m2.s-1",
        1e-20,
        1e-8,
        "Positive particle lithiated diffusivity [m2.s-1]",
    )
    particle_delithiated_diffusivity: Quantity | None = replaced(
        "particle_delithiated_diffusivity_m2_s",
        "m2.s-1",
        1e-20,
        1e-8,
        "Positive particle delithiated diffusivity [m2.s-1]",
    )
    particle_diffusivity_transition: Quantity | None = replaced(
        "particle_diffusivity_transition",
        "",
        0,
        1,
        "Positive particle diffusivity transition",
    )
    reference_exchange_current_density: Quantity | None = replaced(
        "reference_exchange_current_density_A_m2",
        "A.m-2",
        1e-4,
        1e4,
        REFERENCE_CURRENT,
    )
    bruggeman_coefficient_electrolyte: Quantity | None = replaced(
        "bruggeman_coefficient_electrolyte",
        "",
        0,
        10,
        "Positive electrode Bruggeman coefficient (electrolyte)",
    )
    bruggeman_coefficient_electrode: Quantity | None = replaced(
        "bruggeman_coefficient_electrode",
        "",
        0,
        10,
        "Positive electrode Bruggeman coefficient (electrode)",
    )
    stoichiometry_as_assembled: Quantity | None = replaced(
        "stoichiometry_as_assembled", "", 0.01, 1, STOICHIOMETRY
    )

    def with_thickness(self, thickness: Quantity) -> Cathode:
        """The same mixture, thicker or thinner: its mass follows."""
        return _scaled(self, thickness)

    def with_areal_mass(self, mass: Quantity) -> Cathode:
        """More or less of the same mixture: its thickness follows."""
        return _scaled(self, _thickness(self, mass))

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


def _scaled(layer: Any, thickness: Quantity) -> Any:
    mass = derive(
        "kg.m-2",
        "another thickness of the same layer",
        lambda mass, was, now: mass * now / was,
        mass=layer.areal_mass,
        was=layer.thickness,
        now=thickness,
    )
    return dataclasses.replace(layer, thickness=thickness, areal_mass=mass)


def _thickness(layer: Any, mass: Quantity) -> Any:
    """Thickness of another mass of a layer [m]."""
    return derive(
        "m",
        "another mass of the same layer",
        lambda thickness, was, now: thickness * now / was,
        thickness=layer.thickness,
        was=layer.areal_mass,
        now=mass,
    )


@dataclass(frozen=True)
class Foil:
    """The negative electrode: indium-lithium, or lithium without a ratio."""

    thickness: Quantity = number(
        "thickness_um", "m", 0.1, 5000, "thickness as assembled"
    )
    exchange_current_density: Quantity = number(
        "exchange_current_density_A_m2", "A.m-2", 1e-3, 1e5, "of the foil"
    )
    lithium_to_indium: Quantity | None = number(
        "lithium_to_indium", "", 0, 4, "Li per In as assembled", default=None
    )

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
    """Interface resistances, each per area of the interface itself."""

    foil: Quantity = number("foil_ohm_cm2", "Ohm.m2", 0, 1e5, "foil|separator")
    junction: Quantity = number(
        "junction_ohm_cm2", "Ohm.m2", 0, 1e5, "separator|catholyte"
    )
    interphase: Quantity = number(
        "interphase_ohm_cm2", "Ohm.m2", 0, 1e7, "per area of particle"
    )


@dataclass(frozen=True)
class Conditions:
    """How the cell is tested; cut-offs are against the foil."""

    area: Quantity = number("area_cm2", "m2", 1e-4, 1e6, "area of the cell")
    one_C: Quantity = number(
        "one_C_mA_g", "A.kg-1", 1, 1000, "current of 1C per mass of active material"
    )
    lower_cutoff: Quantity = number("lower_cutoff_V", "V", -1, 6, "against the foil")
    upper_cutoff: Quantity = number("upper_cutoff_V", "V", -1, 6, "against the foil")
    temperature: Quantity = number("temperature_C", "K", -100, 300, "of the cell")
    reference_temperature: Quantity = number(
        "reference_temperature_C", "K", -100, 300, "of the conductivities"
    )


@dataclass(frozen=True)
class Electrolyte:
    """A solid electrolyte of one's own, as a cell file describes it."""

    density: Quantity = number(
        "density_g_cm3", "kg.m-3", 0.5, 10, "density of the solid"
    )
    conductivity: Quantity = number(
        "conductivity_mS_cm", "S.m-1", 1e-4, 100, "when dense"
    )
    activation_energy: Quantity = number(
        "activation_energy_eV", "J.mol-1", 0, 2, "of conductivity times T"
    )
    molar_mass: Quantity = number(
        "molar_mass_g_mol", "kg.mol-1", 10, 2000, "of the formula unit"
    )
    lithium_per_formula: Quantity = number(
        "lithium_per_formula", "", 1e-3, 100, "lithium atoms in it"
    )

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
