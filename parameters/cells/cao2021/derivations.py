"""What is derived of the reference cells: current, and resistances of interfaces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aslb.parameters.cells.cao2021.printed import quantity
from aslb.parameters.composition.layers import COMPOSITE, CONDUCTOR, composite_cathode
from aslb.parameters.composition.sections import Cathode
from aslb.parameters.materials.active_material import RADIUS
from aslb.parameters.materials.constants import CAO2021, GAS
from aslb.parameters.materials.solid_electrolytes import (
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    SolidElectrolyte,
)
from aslb.parameters.quantity import Quantity, derive


def _current_at_c20() -> Quantity:
    return derive(
        "A.m-2",
        "current of the first charge, C/20",
        lambda one_c, twentieth, mass, fraction: one_c * twentieth * mass * fraction,
        one_c=quantity("1C"),
        twentieth=Quantity(1 / 20, "1", "setting", "C/20"),
        mass=quantity("composite areal mass"),
        fraction=quantity("LCO mass fraction"),
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
        reference=quantity("reference temperature"),
        ambient=quantity("temperature"),
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
        contact=quantity("foil contact at 300 MPa"),
        shift=quantity("cell-3 below cell-2"),
        current=_current_at_c20(),
        pellet=_area_resistance(SULFIDE_PELLET, quantity("pellet thickness")),
        membrane=_area_resistance(SULFIDE_MEMBRANE, quantity("membrane thickness")),
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
    surface = derive(
        "1",
        "surface of the particles that ions reach per area of cell",
        lambda conductor, active, radius, thickness: (
            3 * conductor * active / radius * thickness
        ),
        conductor=composite_cathode(sulfide)[CONDUCTOR],
        active=sulfide.active_fraction,
        radius=sulfide.active_material.parameters[RADIUS],
        thickness=sulfide.thickness,
    )
    return derive(
        "Ohm.m2",
        f"{CAO2021} fig 6D: 55 mV between cell-1 and cell-2 at C/20, and what "
        "halide and junction lose more than sulfide, times the surface of the "
        "particles per area of cell",
        lambda shift, current, halide, junction, sulfide, surface: (
            (shift / current + halide + junction - sulfide) * surface
        ),
        shift=quantity("cell-2 below cell-1"),
        current=_current_at_c20(),
        halide=_catholyte_resistance(halide),
        junction=junction,
        sulfide=_catholyte_resistance(sulfide),
        surface=surface,
    )
