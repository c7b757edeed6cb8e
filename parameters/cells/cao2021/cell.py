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

What the paper prints is in ``printed.yaml``, and its ranges in ``quantities.yaml``.
"""

from __future__ import annotations

import math
from importlib.resources import files
from typing import Any

from aslb.parameters.cells.cao2021.derivations import (
    foil_contact_100_mpa,
    sulfide_interphase,
)
from aslb.parameters.cells.cao2021.fit import calibrated
from aslb.parameters.cells.cao2021.printed import quantity
from aslb.parameters.composition import sections
from aslb.parameters.composition.composition import Composition
from aslb.parameters.materials.lithium_cobalt_oxide import LCO
from aslb.parameters.materials.solid_electrolytes import (
    HALIDE,
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    SolidElectrolyte,
)
from aslb.parameters.quantity import Quantity, derive

LITHIATED = "Positive particle lithiated diffusivity [m2.s-1]"
TRANSITION = "Positive particle diffusivity transition"
ACTIVE = "Positive electrode active fraction"
BIBTEX = (files(__package__) / "paper.bib").read_text().strip()

BINDER = quantity("membrane binder")
MEMBRANE = sections.Separator(
    SULFIDE_MEMBRANE,
    quantity("membrane thickness"),
    quantity("membrane areal mass"),
    Quantity(1 - BINDER.number, BINDER.unit, BINDER.kind, BINDER.source),
)
PELLET = sections.Separator(
    SULFIDE_PELLET,
    quantity("pellet thickness"),
    quantity("pellet areal mass"),
    quantity("pellet electrolyte"),
)
FOIL = sections.Foil(
    quantity("foil thickness"),
    quantity("foil exchange current"),
    quantity("lithium to indium"),
)
CONDITIONS = sections.Conditions(
    derive(
        "m2",
        "12.7 mm die",
        lambda diameter: math.pi / 4 * diameter**2,
        diameter=quantity("die diameter"),
    ),
    quantity("1C"),
    quantity("lower cut-off"),
    quantity("upper cut-off"),
    quantity("temperature"),
    quantity("reference temperature"),
)
SULFIDE_ACTIVE_FRACTION = calibrated(ACTIVE, quantity("active fraction"), "cell-1")
HALIDE_JUNCTION = quantity("halide junction")
OXIDATION = quantity("catholyte oxidation")


def _cathode(
    catholyte: SolidElectrolyte, thickness: Quantity, active_fraction: Quantity
) -> sections.Cathode:
    return sections.Cathode(
        LCO,
        catholyte,
        thickness,
        quantity("composite areal mass"),
        quantity("LCO mass fraction"),
        active_fraction,
        particle_lithiated_diffusivity=calibrated(LITHIATED, LCO.parameters[LITHIATED]),
        particle_diffusivity_transition=calibrated(
            TRANSITION, LCO.parameters[TRANSITION]
        ),
    )


HALIDE_CATHODE = _cathode(
    HALIDE,
    quantity("halide cathode thickness"),
    calibrated(ACTIVE, quantity("active fraction")),
)


def _composition(
    separator: sections.Separator,
    cathode: sections.Cathode,
    interfaces: sections.Interfaces,
) -> Composition:
    return Composition(
        separator, cathode, FOIL, interfaces, CONDITIONS, citations=(BIBTEX,)
    )


def _halide_interfaces(contact: Quantity) -> sections.Interfaces:
    return sections.Interfaces(
        contact, HALIDE_JUNCTION, quantity("halide interphase"), OXIDATION
    )


def thin_halide_composition() -> Composition:
    """Cell-3: membrane, and halide as catholyte."""
    interfaces = _halide_interfaces(quantity("foil contact at 300 MPa"))
    return _composition(MEMBRANE, HALIDE_CATHODE, interfaces)


def thick_halide_composition() -> Composition:
    """Cell-2: pellet, and halide as catholyte."""
    interfaces = _halide_interfaces(foil_contact_100_mpa())
    return _composition(PELLET, HALIDE_CATHODE, interfaces)


def thick_sulfide_composition(
    active_fraction: Quantity = SULFIDE_ACTIVE_FRACTION,
) -> Composition:
    """Cell-1: pellet, and sulfide as catholyte.

    Parameters
    ----------
    active_fraction : Quantity, optional
        Fraction of the LCO that ions reach, which the interphase follows: its
        resistance per area of cell is what the paper's shift of 55 mV says.
    """
    thickness = quantity("sulfide cathode thickness")
    cathode = _cathode(SULFIDE_PELLET, thickness, active_fraction)
    interfaces = sections.Interfaces(
        foil_contact_100_mpa(),
        quantity("sulfide junction"),
        sulfide_interphase(cathode, HALIDE_CATHODE, HALIDE_JUNCTION),
        OXIDATION,
    )
    return _composition(PELLET, cathode, interfaces)


def thick_sulfide() -> dict[str, Any]:
    """Cell-1 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li6PS5Cl cathode."""
    return thick_sulfide_composition().parameter_set()


def thick_halide() -> dict[str, Any]:
    """Cell-2 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li3InCl6 cathode."""
    return thick_halide_composition().parameter_set()


def thin_halide() -> dict[str, Any]:
    """Cell-3 of Cao et al. 2021: 47 µm membrane, LCO + Li3InCl6 cathode."""
    return thin_halide_composition().parameter_set()
