"""What is derived of the reference cells: current, and resistances of interfaces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aslb.parameters.cells.cao2021.printed import quantity
from aslb.parameters.composition.layers import COMPOSITE, CONDUCTOR, composite_cathode
from aslb.parameters.composition.sections import Cathode
from aslb.parameters.materials.active_material import RADIUS, REFERENCE_CURRENT
from aslb.parameters.materials.constants import CAO2021, FARADAY, GAS
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
    """Contact of a foil pressed at 100 MPa, from the shift of the first charge.

    Its range is that of the shift as read; the separators and the other contact, which
    it makes up for, stay at their values.
    """
    shift, current = quantity("cell-3 below cell-2"), _current_at_c20()
    contact = derive(
        "Ohm.m2",
        f"{CAO2021} fig 6D: 20 mV between cell-2 and cell-3 at C/20, less what the "
        "separators explain; In-Li pressed at 100 instead of 300 MPa",
        lambda contact, shift, current, pellet, membrane: (
            contact + shift / current - (pellet - membrane)
        ),
        contact=quantity("foil contact at 300 MPa"),
        shift=shift,
        current=current,
        pellet=_area_resistance(SULFIDE_PELLET, quantity("pellet thickness")),
        membrane=_area_resistance(SULFIDE_MEMBRANE, quantity("membrane thickness")),
    )
    ends = [
        contact.number + (end - shift.number) / current.number
        for end in (shift.lower, shift.upper)
    ]
    return replace(contact, lower=ends[0], upper=ends[1])


def _surface(cathode: Cathode) -> Quantity:
    """Surface of the particles that ions reach, per area of cell [-]."""
    return derive(
        "1",
        "surface of the particles that ions reach per area of cell",
        lambda conductor, active, radius, thickness: (
            3 * conductor * active / radius * thickness
        ),
        conductor=composite_cathode(cathode)[CONDUCTOR],
        active=cathode.active_fraction,
        radius=cathode.active_material.parameters[RADIUS],
        thickness=cathode.thickness,
    )


def _sulfide_drop(sulfide: Cathode, halide: Cathode, junction: Quantity) -> Quantity:
    """What the surface of LCO in sulfide drops more than in halide, at C/20 [V]."""
    return derive(
        "V",
        f"{CAO2021} fig 6D: 55 mV between cell-1 and cell-2 at C/20, and what halide "
        "and junction lose more than sulfide",
        lambda shift, current, halide, junction, sulfide: (
            shift + current * (halide + junction - sulfide)
        ),
        shift=quantity("cell-2 below cell-1"),
        current=_current_at_c20(),
        halide=_catholyte_resistance(halide),
        junction=junction,
        sulfide=_catholyte_resistance(sulfide),
    )


def sulfide_interphase(
    sulfide: Cathode, halide: Cathode, junction: Quantity, share: Quantity
) -> Quantity:
    """Interphase between LCO and sulfide: the ohmic share of its drop.

    Parameters
    ----------
    sulfide, halide : Cathode
        Those of cell-1 and cell-2.
    junction : Quantity
        Resistance between separator and halide [Ohm.m2].
    share : Quantity
        Ohmic share of the drop, from 0 to 1.
    """
    return derive(
        "Ohm.m2",
        "ohmic share of the drop between LCO and sulfide at C/20, times the surface of "
        "the particles per area of cell",
        lambda share, drop, current, surface: share * drop / current * surface,
        share=share,
        drop=_sulfide_drop(sulfide, halide, junction),
        current=_current_at_c20(),
        surface=_surface(sulfide),
    )


def sulfide_exchange_current(
    sulfide: Cathode, halide: Cathode, junction: Quantity, share: Quantity
) -> Quantity:
    """Exchange-current density of LCO in sulfide: the rest of the drop is kinetic.

    At half lithiation and C/20, with symmetric Butler-Volmer kinetics: the
    overpotential is that in halide and the rest of the drop.

    Parameters
    ----------
    sulfide, halide, junction, share
        As for `sulfide_interphase`.
    """
    return derive(
        "A.m-2",
        "what is not ohmic of the drop between LCO and sulfide at C/20, as slower "
        "charge transfer than in halide",
        _slower_exchange_current,
        share=share,
        drop=_sulfide_drop(sulfide, halide, junction),
        current=_current_at_c20(),
        surface=_surface(sulfide),
        halide_surface=_surface(halide),
        halide_exchange_current=halide_exchange_current(halide),
        temperature=quantity("temperature"),
        gas=GAS,
        faraday=FARADAY,
    )


def halide_exchange_current(halide: Cathode) -> Quantity:
    """Exchange-current density of LCO in halide, fitted or assumed [A.m-2]."""
    own = halide.reference_exchange_current_density
    return halide.active_material.parameters[REFERENCE_CURRENT] if own is None else own


def _slower_exchange_current(
    share,
    drop,
    current,
    surface,
    halide_surface,
    halide_exchange_current,
    temperature,
    gas,
    faraday,
):
    twice_thermal = 2 * gas * temperature / faraday
    in_halide = twice_thermal * np.arcsinh(
        current / halide_surface / (2 * halide_exchange_current)
    )
    overpotential = in_halide + (1 - share) * drop
    return current / surface / (2 * np.sinh(overpotential / twice_thermal))
