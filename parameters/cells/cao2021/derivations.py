"""What the reference cells have in common, as the paper prints it or as derived."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from aslb.parameters.cells.cao2021.printed import printed, quantity
from aslb.parameters.composition.layers import COMPOSITE, composite_cathode
from aslb.parameters.composition.sections import Cathode
from aslb.parameters.materials.active_material import RADIUS
from aslb.parameters.materials.constants import CAO2021, GAS
from aslb.parameters.materials.solid_electrolytes import (
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    SolidElectrolyte,
)
from aslb.parameters.quantity import Quantity, derive

GEOMETRY = "geometry_and_loading"

REFERENCE_TEMPERATURE = quantity(
    *("transport", "thin", "T_C"),
    unit="C",
    si="K",
    where="fig 5: temperature of the conductivities",
)
AMBIENT_TEMPERATURE = Quantity(
    298.15, "K", "assumed", f"{CAO2021} says 'room temperature'", 293.15, 303.15
)
DIE_AREA = derive(
    "m2",
    "12.7 mm die",
    lambda diameter: math.pi / 4 * diameter**2,
    diameter=quantity(GEOMETRY, "die_diameter_mm", unit="mm", si="m"),
)
COMPOSITE_AREAL_MASS = quantity(
    *(GEOMETRY, "cathode_composite_loading_mg_cm2"),
    unit="mg.cm-2",
    si="kg.m-2",
    where="experimental: 19.84 mg/cm2",
    bounds=(0.19, 0.21),
)
LCO_MASS_FRACTION = quantity(
    *(GEOMETRY, "lco_to_halide_mass_ratio", 0),
    unit="%",
    where="experimental: LCO to halide 80:20",
    bounds=(0.79, 0.81),
)
ONE_C = Quantity(
    printed("protocol", "one_C_mA_per_g_active", unit="mA.g-1", si="A.kg-1"),
    "A.kg-1",
    "setting",
    f"{CAO2021}: 1C is 200 mA per g of LCO",
)
MEMBRANE_THICKNESS = quantity(
    *(GEOMETRY, "thin_membrane", "thickness_um"),
    unit="um",
    si="m",
    bounds=(45e-6, 52e-6),
)
PELLET_THICKNESS = quantity(
    *(GEOMETRY, "thick_pellet", "thickness_um"),
    unit="um",
    si="m",
    bounds=(970e-6, 990e-6),
)
FOIL_CONTACT_300_MPA = Quantity(
    5e-4,
    "Ohm.m2",
    "assumed",
    "half of the usual 10 Ohm.cm2 of In-Li|sulfide; the kinetics hold the other half",
    1.5e-4,
    1.5e-3,
)
CURRENT_C20 = derive(
    "A.m-2",
    "current of the first charge, C/20",
    lambda one_c, twentieth, mass, fraction: one_c * twentieth * mass * fraction,
    one_c=ONE_C,
    twentieth=Quantity(1 / 20, "1", "setting", "C/20"),
    mass=COMPOSITE_AREAL_MASS,
    fraction=LCO_MASS_FRACTION,
)


def _shift(which: str, lower: float, upper: float) -> Quantity:
    """How far first charges are apart at C/20 [V]."""
    return quantity(
        *("first_cycle_at_C20", "charge_potential_shift_mV", which),
        unit="mV",
        si="V",
        where="fig 6D",
        bounds=(lower, upper),
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


def _catholyte_resistance(cathode: Cathode) -> Quantity:
    """Mean area resistance of the catholyte when the reaction is uniform, L/(3κ)."""
    return derive(
        "Ohm.m2",
        "a third of thickness over effective conductivity",
        lambda layer, filled, exponent: layer / (3 * filled**exponent),
        layer=_area_resistance(cathode.catholyte, cathode.thickness),
        filled=composite_cathode(cathode)["Positive electrode porosity"],
        exponent=COMPOSITE["Positive electrode Bruggeman coefficient (electrolyte)"],
    )


def foil_contact_100_mpa() -> Quantity:
    """Contact of a foil pressed at 100 MPa, from the shift of the first charge."""
    contact = derive(
        "Ohm.m2",
        f"{CAO2021} fig 6D: 20 mV between cell-2 and cell-3 at C/20, less what the "
        "separators explain; In-Li pressed at 100 instead of 300 MPa",
        lambda contact, shift, current, pellet, membrane: (
            contact + shift / current - (pellet - membrane)
        ),
        contact=FOIL_CONTACT_300_MPA,
        shift=_shift("cell-3 below cell-2", 17e-3, 23e-3),
        current=CURRENT_C20,
        pellet=_area_resistance(SULFIDE_PELLET, PELLET_THICKNESS),
        membrane=_area_resistance(SULFIDE_MEMBRANE, MEMBRANE_THICKNESS),
    )
    return replace(contact, lower=max(contact.lower, 0.0))  # a resistance


def sulfide_interphase(
    sulfide: Cathode, halide: Cathode, junction: Quantity
) -> Quantity:
    """Interphase between LCO and sulfide, from the shift of the first charge.

    Parameters
    ----------
    sulfide, halide : Cathode
        Those of cell-1 and cell-2.
    junction : Quantity
        Resistance between separator and halide [Ohm.m2].
    """
    conductor = composite_cathode(sulfide)[
        "Positive electrode conductor volume fraction"
    ]
    return derive(
        "Ohm.m2",
        f"{CAO2021} fig 6D: 55 mV between cell-1 and cell-2 at C/20, and what "
        "halide and junction lose more than sulfide, times the surface of the "
        "particles per area of cell",
        lambda shift, current, halide, junction, sulfide, surface: (
            (shift / current + halide + junction - sulfide) * surface
        ),
        shift=_shift("cell-2 below cell-1", 48e-3, 63e-3),
        current=CURRENT_C20,
        halide=_catholyte_resistance(halide),
        junction=junction,
        sulfide=_catholyte_resistance(sulfide),
        surface=derive(
            "1",
            "surface of the particles that ions reach per area of cell",
            lambda conductor, active, radius, thickness: (
                3 * conductor * active / radius * thickness
            ),
            conductor=conductor,
            active=sulfide.active_fraction,
            radius=sulfide.active_material.parameters[RADIUS],
            thickness=sulfide.thickness,
        ),
    )
