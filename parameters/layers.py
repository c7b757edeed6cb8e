"""Layers of the cell, from what is weighed and measured when it is made."""

from __future__ import annotations

import pybamm

from aslb.parameters import lithium_cobalt_oxide
from aslb.parameters.quantity import Quantity
from aslb.parameters.solid_electrolytes import SolidElectrolyte


def separator(
    electrolyte: SolidElectrolyte,
    thickness: Quantity,
    areal_mass: Quantity,
    electrolyte_mass_fraction: float = 1.0,
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
    electrolyte_mass_fraction : float, optional
        Mass fraction of the electrolyte; the rest is binder.

    Returns
    -------
    dict of str to Quantity
        Quantities by PyBaMM name.
    """
    return {
        "Separator thickness [m]": thickness,
        "Separator density [kg.m-3]": Quantity(
            areal_mass.number / thickness.number,
            "derived",
            "areal mass over thickness, pores and binder included",
        ),
        "Separator porosity": Quantity(
            areal_mass.number
            * electrolyte_mass_fraction
            / (electrolyte.density.number * thickness.number),
            "derived",
            "volume fraction of sulfide, from areal mass, density and thickness; "
            "does not enter the conductivity, which is that of the layer",
            0.0,
            1.0,
        ),
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
    active_mass_fraction: float,
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
    active_mass_fraction : float
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
    active_mass = areal_mass.number * active_mass_fraction
    catholyte_mass = areal_mass.number - active_mass
    lco = active_mass / (lithium_cobalt_oxide.DENSITY.number * thickness.number)
    electrolyte = catholyte_mass / (catholyte.density.number * thickness.number)
    if lco + electrolyte > 1:
        raise ValueError(
            f"the solids fill {lco + electrolyte:.3f} of the cathode's volume; "
            "areal mass, densities and thickness must leave at most 1"
        )
    weighed = "areal mass, mass ratio, density and thickness"
    return {
        **lithium_cobalt_oxide.active_material(),
        "Positive electrode thickness [m]": thickness,
        "Positive electrode density [kg.m-3]": Quantity(
            areal_mass.number / thickness.number,
            "derived",
            "areal mass of the composite over thickness, pores included",
        ),
        "Positive electrode active material areal mass [kg.m-2]": Quantity(
            active_mass, "derived", "areal mass of the composite and mass ratio"
        ),
        "Positive electrode conductor volume fraction": Quantity(
            lco, "derived", f"all LCO: {weighed}", 0.0, 1.0
        ),
        "Positive electrode active fraction": active_fraction,
        "Positive electrode active material volume fraction": Quantity(
            # a symbol, so that the active fraction can be varied by its own name
            pybamm.Parameter("Positive electrode conductor volume fraction")
            * pybamm.Parameter("Positive electrode active fraction"),
            "derived",
            "LCO that ions reach: conductor volume fraction times active fraction",
        ),
        "Positive electrode porosity": Quantity(
            electrolyte, "derived", f"volume fraction of catholyte: {weighed}", 0.0, 1.0
        ),
        "Positive electrode Bruggeman coefficient (electrolyte)": Quantity(
            2.0, "assumed", "pressed composites fit 1.8 to 3", 1.8, 3.0
        ),
        "Positive electrode Bruggeman coefficient (electrode)": Quantity(
            1.5, "assumed", "Bruggeman's value for packed spheres", 1.5, 3.0
        ),
        "Catholyte conductivity [S.m-1]": catholyte.conductivity,
        "Catholyte conductivity activation energy [J.mol-1]": (
            catholyte.activation_energy
        ),
    }
