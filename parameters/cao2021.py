"""The three cells of the reference paper, each a step from the one before.

D. Cao et al., "Amphipathic Binder Integrating Ultrathin and Highly Ion-Conductive
Sulfide Membrane for Cell-Level High-Energy-Density All-Solid-State Batteries",
Adv. Mater. 2021, 2105505, doi:10.1002/adma.202105505.

======================  ==============  =========  ======================
Parameter set           Paper           Separator  Catholyte
======================  ==============  =========  ======================
Cao2021_thick_sulfide   cell-1, fig 6A  pellet     Li6PS5Cl
Cao2021_thick_halide    cell-2, fig 6B  pellet     Li3InCl6
Cao2021_thin_halide     cell-3, fig 6C  membrane   Li3InCl6
======================  ==============  =========  ======================
"""

from __future__ import annotations

import math
from typing import Any

import pybamm

from aslb.parameters import indium_lithium
from aslb.parameters.layers import composite_cathode, separator
from aslb.parameters.quantity import CAO2021, Quantity, values
from aslb.parameters.solid_electrolytes import (
    HALIDE,
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    SolidElectrolyte,
)

ONE_C = 200.0  # A/kg of LCO: the paper's 1C
LCO_MASS_FRACTION = 0.80
DIE_AREA = math.pi / 4 * 12.7e-3**2  # m2

REFERENCE_TEMPERATURE = Quantity(
    303.15, "measured", f"{CAO2021}, temperature of the printed conductivities"
)
AMBIENT_TEMPERATURE = Quantity(
    298.15, "assumed", f"{CAO2021} says 'room temperature'", 293.15, 303.15
)
COMPOSITE_AREAL_MASS = Quantity(
    0.1984, "measured", f"{CAO2021}, experimental: 19.84 mg/cm2", 0.19, 0.21
)
MEMBRANE_THICKNESS = Quantity(
    47e-6, "measured", f"{CAO2021}, experimental", 45e-6, 52e-6
)
PELLET_THICKNESS = Quantity(
    976e-6, "measured", f"{CAO2021}, experimental", 970e-6, 990e-6
)
# Literal voltage window: 172-178 mAh/g then means that not all of the LCO is reached
ACTIVE_FRACTION = Quantity(
    0.70, "assumed", "to be calibrated; 172-178 mAh/g up to 4.82 V vs Li", 0.60, 0.85
)

_C20_CURRENT = ONE_C / 20 * COMPOSITE_AREAL_MASS.number * LCO_MASS_FRACTION  # A/m2


def _area_resistance(
    electrolyte: SolidElectrolyte, thickness: Quantity, temperature: float
) -> float:
    """Ohmic area resistance of a layer [Ohm.m2] at a temperature [K]."""
    reference = REFERENCE_TEMPERATURE.number
    E_a = electrolyte.activation_energy.number
    R = float(pybamm.constants.R.value)
    sigma = (
        electrolyte.conductivity.number
        * (reference / temperature)
        * math.exp(-E_a / R * (1 / temperature - 1 / reference))
    )
    return thickness.number / sigma


FOIL_CONTACT_300_MPA = Quantity(
    5e-4,
    "assumed",
    "half of the usual 10 Ohm.cm2 of In-Li|sulfide; the kinetics hold the other half",
    1.5e-4,
    1.5e-3,
)


def _foil_contact_100_mpa() -> Quantity:
    """Contact of a foil pressed at 100 MPa, from the shift of the first charge."""
    temperature = AMBIENT_TEMPERATURE.number
    shift = 20e-3 / _C20_CURRENT  # of cell-3 below cell-2
    separators = _area_resistance(
        SULFIDE_PELLET, PELLET_THICKNESS, temperature
    ) - _area_resistance(SULFIDE_MEMBRANE, MEMBRANE_THICKNESS, temperature)
    return Quantity(
        FOIL_CONTACT_300_MPA.number + shift - separators,
        "derived",
        f"{CAO2021} fig 6D: 20 mV between cell-2 and cell-3 at C/20, less what the "
        "separators explain; In-Li pressed at 100 instead of 300 MPa",
        0.0,
        1.2e-2,
    )


def _cathode(catholyte: SolidElectrolyte, thickness: Quantity) -> dict[str, Quantity]:
    return composite_cathode(
        catholyte,
        thickness=thickness,
        areal_mass=COMPOSITE_AREAL_MASS,
        active_mass_fraction=LCO_MASS_FRACTION,
        active_fraction=ACTIVE_FRACTION,
    )


def _halide_cathode() -> dict[str, Quantity]:
    thickness = Quantity(55e-6, "measured", f"{CAO2021}, SEM", 53e-6, 57e-6)
    return {
        **_cathode(HALIDE, thickness),
        "Positive electrode interphase resistance [Ohm.m2]": Quantity(
            0.0, "assumed", "LCO|Li3InCl6 is stable in the window", 0.0, 1e-2
        ),
        "Separator-catholyte junction resistance [Ohm.m2]": Quantity(
            1e-3, "assumed", "fresh; see doi:10.1002/aenm.202203673", 2e-4, 5e-3
        ),
    }


def _sulfide_cathode() -> dict[str, Quantity]:
    thickness = Quantity(
        63e-6, "assumed", "same mass ratio and porosity as with halide", 58e-6, 66e-6
    )
    cathode = _cathode(SULFIDE_PELLET, thickness)
    # 55 mV between cell-1 and cell-2 at C/20, spread over the particles' surface
    surface_per_area = (
        3
        * cathode["Positive electrode conductor volume fraction"].number
        * ACTIVE_FRACTION.number
        / cathode["Positive particle radius [m]"].number
        * thickness.number
    )
    return {
        **cathode,
        "Positive electrode interphase resistance [Ohm.m2]": Quantity(
            55e-3 / _C20_CURRENT * surface_per_area,
            "derived",
            f"{CAO2021} fig 6D: 55 mV between cell-1 and cell-2 at C/20, times the "
            "particles' surface per area of cell",
            0.0,
            2.0,
        ),
        "Separator-catholyte junction resistance [Ohm.m2]": Quantity(
            0.0, "setting", "sulfide on sulfide: no junction"
        ),
    }


def _membrane() -> dict[str, Quantity]:
    areal_mass = Quantity(
        0.079, "measured", f"{CAO2021}, experimental: 7.9 mg/cm2", 0.077, 0.081
    )
    return separator(
        SULFIDE_MEMBRANE, MEMBRANE_THICKNESS, areal_mass, electrolyte_mass_fraction=0.98
    )


def _pellet() -> dict[str, Quantity]:
    areal_mass = Quantity(
        1.587, "measured", f"{CAO2021}, experimental: 158.7 mg/cm2", 1.55, 1.62
    )
    return separator(SULFIDE_PELLET, PELLET_THICKNESS, areal_mass)


def _foil(contact: Quantity) -> dict[str, Quantity]:
    return {
        **indium_lithium.foil(
            thickness=Quantity(30e-6, "measured", f"{CAO2021}, experimental"),
            ratio_as_assembled=Quantity(
                0.10,
                "assumed",
                "not stated; on the plateau through a cycle",
                0.02,
                0.46,
            ),
        ),
        "Exchange-current density for lithium metal electrode [A.m-2]": Quantity(
            51.0,
            "assumed",
            "half of the usual 10 Ohm.cm2 of In-Li|sulfide, as RT/(F j0)",
            17.0,
            170.0,
        ),
        "Negative electrode interface resistance [Ohm.m2]": contact,
    }


def _test_conditions(areal_mass: float) -> dict[str, Quantity]:
    side = math.sqrt(DIE_AREA)
    plateau = indium_lithium.PLATEAU
    lower, upper = 2.5, 4.2  # V vs In-Li
    lower_source = f"{CAO2021}, experimental; its results text says 2.0 V"
    capacity = ONE_C * areal_mass * DIE_AREA
    area_source = "square of the area of the 12.7 mm die"
    return {
        "Electrode height [m]": Quantity(side, "derived", area_source),
        "Electrode width [m]": Quantity(side, "derived", area_source),
        "Nominal cell capacity [A.h]": Quantity(
            capacity, "derived", "1C is 200 mA per gram of LCO"
        ),
        # As assembled the cell is discharged, so that a plain simulation charges it
        "Current function [A]": Quantity(-capacity, "setting", "charge at 1C"),
        "Lower voltage cut-off [V]": Quantity(lower, "setting", lower_source, 2.0, 2.5),
        "Upper voltage cut-off [V]": Quantity(
            upper, "setting", f"{CAO2021}, experimental"
        ),
        # PyBaMM finds lithiations from these with the cathode's potential alone, so
        # they are against Li/Li+
        "Open-circuit voltage at 0% SOC [V]": Quantity(
            lower + plateau, "derived", "lower cut-off plus the In-Li plateau"
        ),
        "Open-circuit voltage at 100% SOC [V]": Quantity(
            upper + plateau, "derived", "upper cut-off plus the In-Li plateau"
        ),
        "Ambient temperature [K]": AMBIENT_TEMPERATURE,
        "Initial temperature [K]": AMBIENT_TEMPERATURE,
        "Reference temperature [K]": REFERENCE_TEMPERATURE,
        "Number of electrodes connected in parallel to make a cell": Quantity(
            1.0, "setting", "one cell"
        ),
        "Number of cells connected in series to make a battery": Quantity(
            1.0, "setting", "one cell"
        ),
        "Lithium metal partial molar volume [m3.mol-1]": Quantity(
            1.3e-5, "literature", "molar volume of lithium; enters no equation here"
        ),
    }


def _quantities(*parts: dict[str, Quantity]) -> dict[str, Quantity]:
    cell: dict[str, Quantity] = {}
    for part in parts:
        cell.update(part)
    areal_mass = cell["Positive electrode active material areal mass [kg.m-2]"].number
    cell.update(_test_conditions(areal_mass))
    sto = cell["Positive electrode stoichiometry as assembled"].number
    c_max = cell["Maximum concentration in positive electrode [mol.m-3]"].number
    cell["Initial concentration in positive electrode [mol.m-3]"] = Quantity(
        sto * c_max, "derived", "stoichiometry as assembled"
    )
    return cell


def quantities(name: str) -> dict[str, Quantity]:
    """Every quantity of a reference cell, with its provenance.

    Parameters
    ----------
    name : str
        "Cao2021_thick_sulfide", "Cao2021_thick_halide" or "Cao2021_thin_halide".

    Returns
    -------
    dict of str to Quantity
        Quantities by PyBaMM name.

    Raises
    ------
    KeyError
        If there is no such cell.
    """
    return CELLS[name]()


CELLS = {
    "Cao2021_thick_sulfide": lambda: _quantities(
        _pellet(), _sulfide_cathode(), _foil(_foil_contact_100_mpa())
    ),
    "Cao2021_thick_halide": lambda: _quantities(
        _pellet(), _halide_cathode(), _foil(_foil_contact_100_mpa())
    ),
    "Cao2021_thin_halide": lambda: _quantities(
        _membrane(), _halide_cathode(), _foil(FOIL_CONTACT_300_MPA)
    ),
}


def _parameter_set(name: str) -> dict[str, Any]:
    return {"chemistry": "lithium_ion", **values(quantities(name))}


def thick_sulfide() -> dict[str, Any]:
    """Cell-1 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li6PS5Cl cathode."""
    return _parameter_set("Cao2021_thick_sulfide")


def thick_halide() -> dict[str, Any]:
    """Cell-2 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li3InCl6 cathode."""
    return _parameter_set("Cao2021_thick_halide")


def thin_halide() -> dict[str, Any]:
    """Cell-3 of Cao et al. 2021: 47 µm membrane, LCO + Li3InCl6 cathode."""
    return _parameter_set("Cao2021_thin_halide")
