"""Layers of the cell, from what is weighed and measured when it is made."""

from __future__ import annotations

from dataclasses import replace

import pybamm

from aslb.parameters.materials import lithium_cobalt_oxide
from aslb.parameters.materials.solid_electrolytes import SolidElectrolyte
from aslb.parameters.quantity import Quantity, derive


def separator(
    electrolyte: SolidElectrolyte,
    thickness: Quantity,
    areal_mass: Quantity,
    electrolyte_mass_fraction: Quantity,
) -> dict[str, Quantity]:
    """A separator of one solid electrolyte.

    Parameters
    ----------
    electrolyte : SolidElectrolyte
        The layer as measured: its conductivity already counts pores and binder.
    thickness : Quantity
        Thickness [m].
    areal_mass : Quantity
        Mass per area [kg.m-2].
    electrolyte_mass_fraction : Quantity
        Mass fraction of the electrolyte; the rest is binder.

    Returns
    -------
    dict of str to Quantity
        Quantities by PyBaMM name.

    Raises
    ------
    ValueError
        If the electrolyte would take more room than there is.
    """
    filled = derive(
        "1",
        "volume fraction of electrolyte, from areal mass, density and thickness; does "
        "not enter the conductivity, which is that of the layer",
        lambda mass, fraction, density, thickness: (
            mass * fraction / (density * thickness)
        ),
        mass=areal_mass,
        fraction=electrolyte_mass_fraction,
        density=electrolyte.density,
        thickness=thickness,
    )
    _check_room("separator", filled)
    return {
        "Separator thickness [m]": thickness,
        "Separator density [kg.m-3]": _density(areal_mass, thickness),
        "Separator porosity": filled,
        "Separator electrolyte conductivity [S.m-1]": electrolyte.conductivity,
        "Separator electrolyte conductivity activation energy [J.mol-1]": (
            electrolyte.activation_energy
        ),
        "Initial concentration in electrolyte [mol.m-3]": (
            electrolyte.lithium_concentration
        ),
    }


def composite_cathode(
    catholyte: SolidElectrolyte,
    thickness: Quantity,
    areal_mass: Quantity,
    active_mass_fraction: Quantity,
    active_fraction: Quantity,
) -> dict[str, Quantity]:
    """A pressed mixture of LCO and catholyte, without carbon.

    Parameters
    ----------
    catholyte : SolidElectrolyte
        The electrolyte between the particles.
    thickness : Quantity
        Thickness [m].
    areal_mass : Quantity
        Mass of the composite per area [kg.m-2].
    active_mass_fraction : Quantity
        Mass fraction of LCO.
    active_fraction : Quantity
        Fraction of the LCO that ions reach [-].

    Returns
    -------
    dict of str to Quantity
        Quantities by PyBaMM name.

    Raises
    ------
    ValueError
        If the solids would take more room than there is.
    """
    active_mass = derive(
        "kg.m-2",
        "areal mass of the composite and mass fraction of LCO",
        lambda mass, fraction: mass * fraction,
        mass=areal_mass,
        fraction=active_mass_fraction,
    )
    conductor = derive(
        "1",
        "all LCO: areal mass, density and thickness",
        lambda mass, density, thickness: mass / (density * thickness),
        mass=active_mass,
        density=lithium_cobalt_oxide.DENSITY,
        thickness=thickness,
    )
    electrolyte = derive(
        "1",
        "volume fraction of catholyte: areal mass, mass fraction, density, thickness",
        lambda mass, fraction, density, thickness: (
            mass * (1 - fraction) / (density * thickness)
        ),
        mass=areal_mass,
        fraction=active_mass_fraction,
        density=catholyte.density,
        thickness=thickness,
    )
    _check_room("cathode", conductor, electrolyte)
    active = derive(
        "1",
        "LCO that ions reach: conductor volume fraction times active fraction",
        lambda conductor, fraction: conductor * fraction,
        conductor=conductor,
        fraction=active_fraction,
    )
    # a symbol, so that the active fraction can be varied by its own name
    symbol = pybamm.Parameter(
        "Positive electrode conductor volume fraction"
    ) * pybamm.Parameter("Positive electrode active fraction")
    return {
        **lithium_cobalt_oxide.active_material(),
        "Positive electrode thickness [m]": thickness,
        "Positive electrode density [kg.m-3]": _density(areal_mass, thickness),
        "Positive electrode active material areal mass [kg.m-2]": active_mass,
        "Positive electrode conductor volume fraction": conductor,
        "Positive electrode active fraction": active_fraction,
        "Positive electrode active material volume fraction": replace(
            active, value=symbol
        ),
        "Positive electrode porosity": electrolyte,
        "Positive electrode Bruggeman coefficient (electrolyte)": Quantity(
            2.0, "1", "assumed", "pressed composites fit 1.8 to 3", 1.8, 3.0
        ),
        "Positive electrode Bruggeman coefficient (electrode)": Quantity(
            1.5, "1", "assumed", "Bruggeman's value for packed spheres", 1.5, 3.0
        ),
        "Catholyte conductivity [S.m-1]": catholyte.conductivity,
        "Catholyte conductivity activation energy [J.mol-1]": (
            catholyte.activation_energy
        ),
    }


def _density(areal_mass: Quantity, thickness: Quantity) -> Quantity:
    return derive(
        "kg.m-3",
        "areal mass over thickness, everything in the layer included",
        lambda mass, thickness: mass / thickness,
        mass=areal_mass,
        thickness=thickness,
    )


def _check_room(layer: str, *fractions: Quantity) -> None:
    filled = sum(fraction.number for fraction in fractions)
    if filled > 1:
        raise ValueError(
            f"the solids fill {filled:.3f} of the volume of the {layer}; accepted: at "
            "most 1 (see areal mass, mass fraction, densities and thickness)"
        )
