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
from dataclasses import replace
from typing import Any

import numpy as np

from aslb.parameters.cells.cao2021.fit import calibrated
from aslb.parameters.composition.conditions import conditions
from aslb.parameters.composition.layers import composite_cathode, separator
from aslb.parameters.materials import (
    current_collectors,
    indium_lithium,
    lithium_cobalt_oxide,
)
from aslb.parameters.materials.constants import GAS
from aslb.parameters.materials.solid_electrolytes import (
    HALIDE,
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    SolidElectrolyte,
)
from aslb.parameters.quantity import CAO2021, Quantity, derive, values

REFERENCE_TEMPERATURE = Quantity(
    303.15, "K", "measured", f"{CAO2021}, fig 5: temperature of the conductivities"
)
AMBIENT_TEMPERATURE = Quantity(
    298.15, "K", "assumed", f"{CAO2021} says 'room temperature'", 293.15, 303.15
)
DIE_AREA = derive(
    "m2",
    "12.7 mm die",
    lambda diameter: math.pi / 4 * diameter**2,
    diameter=Quantity(12.7e-3, "m", "measured", f"{CAO2021}, experimental"),
)
COMPOSITE_AREAL_MASS = Quantity(
    0.1984,
    "kg.m-2",
    "measured",
    f"{CAO2021}, experimental: 19.84 mg/cm2",
    0.19,
    0.21,
)
LCO_MASS_FRACTION = Quantity(
    0.80, "1", "measured", f"{CAO2021}, experimental: LCO to halide 80:20", 0.79, 0.81
)
ONE_C = Quantity(200.0, "A.h.kg-1", "setting", f"{CAO2021}: 1C is 200 mA per g of LCO")
MEMBRANE_THICKNESS = Quantity(
    47e-6, "m", "measured", f"{CAO2021}, experimental", 45e-6, 52e-6
)
PELLET_THICKNESS = Quantity(
    976e-6, "m", "measured", f"{CAO2021}, experimental", 970e-6, 990e-6
)
# Literal voltage window: 172-178 mAh/g then means that not all of the LCO is reached
_ACTIVE = "Positive electrode active fraction"
_ACTIVE_RANGE = Quantity(
    0.70, "1", "assumed", "172-178 mAh/g up to 4.82 V vs Li", 0.40, 0.85
)
ACTIVE_FRACTION = calibrated(_ACTIVE, _ACTIVE_RANGE)
SULFIDE_ACTIVE_FRACTION = calibrated(_ACTIVE, _ACTIVE_RANGE, "cell-1")
FOIL_CONTACT_300_MPA = Quantity(
    5e-4,
    "Ohm.m2",
    "assumed",
    "half of the usual 10 Ohm.cm2 of In-Li|sulfide; the kinetics hold the other half",
    1.5e-4,
    1.5e-3,
)


def _area_resistance(layer: SolidElectrolyte, thickness: Quantity) -> Quantity:
    """Ohmic area resistance of a dense layer at the temperature of the cell."""
    return derive(
        "Ohm.m2",
        "thickness over conductivity at the temperature of the cell",
        lambda thickness, sigma, energy, reference, ambient, gas: (
            thickness
            * (ambient / reference)
            / sigma
            * np.exp(energy / gas * (1 / ambient - 1 / reference))
        ),
        thickness=thickness,
        sigma=layer.conductivity,
        energy=layer.activation_energy,
        reference=REFERENCE_TEMPERATURE,
        ambient=AMBIENT_TEMPERATURE,
        gas=GAS,
    )


def _catholyte_resistance(
    electrolyte: SolidElectrolyte, cathode: dict[str, Quantity]
) -> Quantity:
    """Mean area resistance of the catholyte when the reaction is uniform, L/(3κ)."""
    return derive(
        "Ohm.m2",
        "a third of thickness over effective conductivity",
        lambda layer, filled, exponent: layer / (3 * filled**exponent),
        layer=_area_resistance(
            electrolyte, cathode["Positive electrode thickness [m]"]
        ),
        filled=cathode["Positive electrode porosity"],
        exponent=cathode["Positive electrode Bruggeman coefficient (electrolyte)"],
    )


def _current_c20() -> Quantity:
    return derive(
        "A.m-2",
        "current of the first charge, C/20",
        lambda one_c, hours, mass, fraction: one_c / hours * mass * fraction,
        one_c=ONE_C,
        hours=Quantity(20.0, "h", "setting", "C/20"),
        mass=COMPOSITE_AREAL_MASS,
        fraction=LCO_MASS_FRACTION,
    )


def _foil_contact_100_mpa() -> Quantity:
    """Contact of a foil pressed at 100 MPa, from the shift of the first charge."""
    contact = derive(
        "Ohm.m2",
        f"{CAO2021} fig 6D: 20 mV between cell-2 and cell-3 at C/20, less what the "
        "separators explain; In-Li pressed at 100 instead of 300 MPa",
        lambda contact, shift, current, pellet, membrane: (
            contact + shift / current - (pellet - membrane)
        ),
        contact=FOIL_CONTACT_300_MPA,
        shift=Quantity(20e-3, "V", "measured", f"{CAO2021}, fig 6D", 17e-3, 23e-3),
        current=_current_c20(),
        pellet=_area_resistance(SULFIDE_PELLET, PELLET_THICKNESS),
        membrane=_area_resistance(SULFIDE_MEMBRANE, MEMBRANE_THICKNESS),
    )
    return replace(contact, lower=max(contact.lower, 0.0))  # a resistance


def _cathode(
    catholyte: SolidElectrolyte, thickness: Quantity, active_fraction: Quantity
) -> dict[str, Quantity]:
    return composite_cathode(
        catholyte,
        thickness=thickness,
        areal_mass=COMPOSITE_AREAL_MASS,
        active_mass_fraction=LCO_MASS_FRACTION,
        active_fraction=active_fraction,
    )


def _halide_cathode() -> dict[str, Quantity]:
    thickness = Quantity(55e-6, "m", "measured", f"{CAO2021}, SEM", 53e-6, 57e-6)
    return {
        **_cathode(HALIDE, thickness, ACTIVE_FRACTION),
        "Positive electrode interphase resistance [Ohm.m2]": Quantity(
            0.0, "Ohm.m2", "assumed", "LCO|Li3InCl6 is stable in the window", 0.0, 1e-2
        ),
        "Separator-catholyte junction resistance [Ohm.m2]": Quantity(
            1e-3,
            "Ohm.m2",
            "assumed",
            "fresh; it grows, see doi:10.1002/aenm.202203673",
            2e-4,
            5e-3,
        ),
    }


def _sulfide_cathode(active_fraction: Quantity) -> dict[str, Quantity]:
    thickness = Quantity(
        63e-6,
        "m",
        "assumed",
        "same mass ratio and porosity as with halide",
        58e-6,
        66e-6,
    )
    cathode = _cathode(SULFIDE_PELLET, thickness, active_fraction)
    halide = _halide_cathode()
    return {
        **cathode,
        "Positive electrode interphase resistance [Ohm.m2]": derive(
            "Ohm.m2",
            f"{CAO2021} fig 6D: 55 mV between cell-1 and cell-2 at C/20, and what "
            "halide and junction lose more than sulfide, times the surface of the "
            "particles per area of cell",
            lambda shift, current, halide, junction, sulfide, surface: (
                (shift / current + halide + junction - sulfide) * surface
            ),
            shift=Quantity(55e-3, "V", "measured", f"{CAO2021}, fig 6D", 48e-3, 63e-3),
            current=_current_c20(),
            halide=_catholyte_resistance(HALIDE, halide),
            junction=halide["Separator-catholyte junction resistance [Ohm.m2]"],
            sulfide=_catholyte_resistance(SULFIDE_PELLET, cathode),
            surface=derive(
                "1",
                "surface of the particles that ions reach per area of cell",
                lambda conductor, active, radius, thickness: (
                    3 * conductor * active / radius * thickness
                ),
                conductor=cathode["Positive electrode conductor volume fraction"],
                active=active_fraction,
                radius=cathode["Positive particle radius [m]"],
                thickness=thickness,
            ),
        ),
        "Separator-catholyte junction resistance [Ohm.m2]": Quantity(
            0.0, "Ohm.m2", "setting", "sulfide on sulfide: no junction"
        ),
    }


def _membrane() -> dict[str, Quantity]:
    return separator(
        SULFIDE_MEMBRANE,
        MEMBRANE_THICKNESS,
        areal_mass=Quantity(
            0.079,
            "kg.m-2",
            "measured",
            f"{CAO2021}, experimental: 7.9 mg/cm2",
            0.077,
            0.081,
        ),
        electrolyte_mass_fraction=Quantity(
            0.98, "1", "measured", f"{CAO2021}, experimental: 2 wt% ethyl cellulose"
        ),
    )


def _pellet() -> dict[str, Quantity]:
    return separator(
        SULFIDE_PELLET,
        PELLET_THICKNESS,
        areal_mass=Quantity(
            1.587,
            "kg.m-2",
            "measured",
            f"{CAO2021}, experimental: 158.7 mg/cm2",
            1.55,
            1.62,
        ),
        electrolyte_mass_fraction=Quantity(1.0, "1", "setting", "no binder"),
    )


def _foil(contact: Quantity) -> dict[str, Quantity]:
    return {
        **indium_lithium.foil(
            thickness=Quantity(30e-6, "m", "measured", f"{CAO2021}, experimental"),
            ratio_as_assembled=Quantity(
                0.10,
                "1",
                "assumed",
                "not stated; on the plateau through a cycle",
                0.02,
                0.46,
            ),
        ),
        "Exchange-current density for lithium metal electrode [A.m-2]": Quantity(
            51.0,
            "A.m-2",
            "assumed",
            "half of the usual 10 Ohm.cm2 of In-Li|sulfide, as RT/(F j0)",
            17.0,
            170.0,
        ),
        "Negative electrode interface resistance [Ohm.m2]": contact,
    }


def _cell(*parts: dict[str, Quantity]) -> dict[str, Quantity]:
    cell: dict[str, Quantity] = {}
    for part in (*parts, current_collectors.foils()):
        cell.update(part)
    cell.update(
        conditions(
            cell,
            area=DIE_AREA,
            one_c=ONE_C,
            # against the foil; the paper's results text says 2.0 V
            lower_cutoff=Quantity(
                2.5, "V", "setting", f"{CAO2021}, experimental", 2.0, 2.5
            ),
            upper_cutoff=Quantity(4.2, "V", "setting", f"{CAO2021}, experimental"),
            plateau=indium_lithium.PLATEAU,
            ambient=AMBIENT_TEMPERATURE,
            reference=REFERENCE_TEMPERATURE,
        )
    )
    return cell


def thick_sulfide_quantities(
    active_fraction: Quantity = SULFIDE_ACTIVE_FRACTION,
) -> dict[str, Quantity]:
    """Quantities of cell-1: pellet, and sulfide as catholyte.

    Parameters
    ----------
    active_fraction : Quantity, optional
        Fraction of the LCO that ions reach, which the interphase follows: its
        resistance per area of cell is what the paper's shift of 55 mV says.
    """
    return _cell(
        _pellet(),
        _sulfide_cathode(active_fraction),
        _foil(_foil_contact_100_mpa()),
    )


def thick_halide_quantities() -> dict[str, Quantity]:
    """Quantities of cell-2: pellet, and halide as catholyte."""
    return _cell(_pellet(), _halide_cathode(), _foil(_foil_contact_100_mpa()))


def thin_halide_quantities() -> dict[str, Quantity]:
    """Quantities of cell-3: membrane, and halide as catholyte."""
    return _cell(_membrane(), _halide_cathode(), _foil(FOIL_CONTACT_300_MPA))


def _parameter_set(quantities: dict[str, Quantity]) -> dict[str, Any]:
    return {
        "chemistry": "lithium_ion",
        **values(quantities),
        "citations": [BIBTEX, *lithium_cobalt_oxide.CITATIONS],
    }


def thick_sulfide() -> dict[str, Any]:
    """Cell-1 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li6PS5Cl cathode."""
    return _parameter_set(thick_sulfide_quantities())


def thick_halide() -> dict[str, Any]:
    """Cell-2 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li3InCl6 cathode."""
    return _parameter_set(thick_halide_quantities())


def thin_halide() -> dict[str, Any]:
    """Cell-3 of Cao et al. 2021: 47 µm membrane, LCO + Li3InCl6 cathode."""
    return _parameter_set(thin_halide_quantities())


BIBTEX = """@article{Cao2021,
  author = {Cao, Daxian and others},
  title = {{Amphipathic Binder Integrating Ultrathin and Highly Ion-Conductive Sulfide
            Membrane for Cell-Level High-Energy-Density All-Solid-State Batteries}},
  journal = {Advanced Materials},
  year = {2021},
  pages = {2105505},
  doi = {10.1002/adma.202105505}
}"""
