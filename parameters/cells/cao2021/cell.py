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

What the paper prints is read from ``printed.yaml``; ranges are judged here.
"""

from __future__ import annotations

from typing import Any

from aslb.parameters.cells.cao2021.derivations import (
    AMBIENT_TEMPERATURE,
    COMPOSITE_AREAL_MASS,
    DIE_AREA,
    FOIL_CONTACT_300_MPA,
    GEOMETRY,
    LCO_MASS_FRACTION,
    MEMBRANE_THICKNESS,
    ONE_C,
    PELLET_THICKNESS,
    REFERENCE_TEMPERATURE,
    foil_contact_100_mpa,
    sulfide_interphase,
)
from aslb.parameters.cells.cao2021.fit import calibrated
from aslb.parameters.cells.cao2021.printed import printed, quantity
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.sections import (
    Cathode,
    Conditions,
    Foil,
    Interfaces,
    Separator,
)
from aslb.parameters.materials.constants import CAO2021
from aslb.parameters.materials.lithium_cobalt_oxide import LCO
from aslb.parameters.materials.solid_electrolytes import (
    HALIDE,
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    SolidElectrolyte,
)
from aslb.parameters.quantity import Quantity

LITHIATED = "Positive particle lithiated diffusivity [m2.s-1]"
TRANSITION = "Positive particle diffusivity transition"
ACTIVE = "Positive electrode active fraction"
# Literal voltage window: 172-178 mAh/g then means that not all of the LCO is reached
ACTIVE_RANGE = Quantity(
    0.70, "1", "assumed", "172-178 mAh/g up to 4.82 V vs Li", 0.40, 0.85
)
ACTIVE_FRACTION = calibrated(ACTIVE, ACTIVE_RANGE)
SULFIDE_ACTIVE_FRACTION = calibrated(ACTIVE, ACTIVE_RANGE, "cell-1")
HALIDE_JUNCTION = Quantity(
    1e-3,
    "Ohm.m2",
    "assumed",
    "fresh; it grows, see doi:10.1002/aenm.202203673",
    2e-4,
    5e-3,
)
MEMBRANE = Separator(
    SULFIDE_MEMBRANE,
    MEMBRANE_THICKNESS,
    quantity(
        *(GEOMETRY, "thin_membrane", "areal_mass_mg_cm2"),
        unit="mg.cm-2",
        si="kg.m-2",
        where="experimental: 7.9 mg/cm2",
        bounds=(0.077, 0.081),
    ),
    Quantity(
        1 - printed("materials", "binder", "mass_fraction_in_membrane"),
        "1",
        "measured",
        f"{CAO2021}, experimental: 2 wt% ethyl cellulose",
    ),
)
PELLET = Separator(
    SULFIDE_PELLET,
    PELLET_THICKNESS,
    quantity(
        *(GEOMETRY, "thick_pellet", "areal_mass_mg_cm2"),
        unit="mg.cm-2",
        si="kg.m-2",
        where="experimental: 158.7 mg/cm2",
        bounds=(1.55, 1.62),
    ),
    Quantity(1.0, "1", "setting", "no binder"),
)
CONDITIONS = Conditions(
    DIE_AREA,
    ONE_C,
    # against the foil; the paper's results text says 2.0 V
    lower_cutoff=quantity(
        *("protocol", "lower_cutoff_V_vs_InLi", "experimental_section"),
        si="V",
        unit="V",
        bounds=(printed("protocol", "lower_cutoff_V_vs_InLi", "results_text"), 2.5),
        kind="setting",
    ),
    upper_cutoff=quantity(
        *("protocol", "upper_cutoff_V_vs_InLi"), unit="V", si="V", kind="setting"
    ),
    temperature=AMBIENT_TEMPERATURE,
    reference_temperature=REFERENCE_TEMPERATURE,
)
FOIL = Foil(
    quantity(GEOMETRY, "eis_indium_foil", "thickness_um", unit="um", si="m"),
    Quantity(
        51.0,
        "A.m-2",
        "assumed",
        "half of the usual 10 Ohm.cm2 of In-Li|sulfide, as RT/(F j0)",
        17.0,
        170.0,
    ),
    Quantity(
        0.10, "1", "assumed", "not stated; on the plateau through a cycle", 0.02, 0.46
    ),
)


def _cathode(
    catholyte: SolidElectrolyte, thickness: Quantity, active_fraction: Quantity
) -> Cathode:
    return Cathode(
        LCO,
        catholyte,
        thickness,
        COMPOSITE_AREAL_MASS,
        LCO_MASS_FRACTION,
        active_fraction,
        particle_lithiated_diffusivity=calibrated(LITHIATED, LCO.parameters[LITHIATED]),
        particle_diffusivity_transition=calibrated(
            TRANSITION, LCO.parameters[TRANSITION]
        ),
    )


HALIDE_CATHODE = _cathode(
    HALIDE,
    quantity(
        *(GEOMETRY, "cathode_thickness_um"),
        unit="um",
        si="m",
        where="SEM",
        bounds=(53e-6, 57e-6),
    ),
    ACTIVE_FRACTION,
)


def _halide_cell(separator: Separator, contact: Quantity) -> Composition:
    stable = Quantity(
        0.0, "Ohm.m2", "assumed", "LCO|Li3InCl6 is stable in the window", 0.0, 1e-2
    )
    interfaces = Interfaces(contact, HALIDE_JUNCTION, stable)
    return Composition(
        separator, HALIDE_CATHODE, FOIL, interfaces, CONDITIONS, citations=(BIBTEX,)
    )


def thin_halide_composition() -> Composition:
    """Cell-3: membrane, and halide as catholyte."""
    return _halide_cell(MEMBRANE, FOIL_CONTACT_300_MPA)


def thick_halide_composition() -> Composition:
    """Cell-2: pellet, and halide as catholyte."""
    return _halide_cell(PELLET, foil_contact_100_mpa())


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
    thickness = Quantity(
        63e-6,
        "m",
        "assumed",
        "same mass ratio and porosity as with halide",
        58e-6,
        66e-6,
    )
    cathode = _cathode(SULFIDE_PELLET, thickness, active_fraction)
    interfaces = Interfaces(
        foil_contact_100_mpa(),
        Quantity(0.0, "Ohm.m2", "setting", "sulfide on sulfide: no junction"),
        sulfide_interphase(cathode, HALIDE_CATHODE, HALIDE_JUNCTION),
    )
    return Composition(
        PELLET, cathode, FOIL, interfaces, CONDITIONS, citations=(BIBTEX,)
    )


def thick_sulfide() -> dict[str, Any]:
    """Cell-1 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li6PS5Cl cathode."""
    return thick_sulfide_composition().parameter_set()


def thick_halide() -> dict[str, Any]:
    """Cell-2 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li3InCl6 cathode."""
    return thick_halide_composition().parameter_set()


def thin_halide() -> dict[str, Any]:
    """Cell-3 of Cao et al. 2021: 47 µm membrane, LCO + Li3InCl6 cathode."""
    return thin_halide_composition().parameter_set()


BIBTEX = """@article{Cao2021,
  author = {Cao, Daxian and others},
  title = {{Amphipathic Binder Integrating Ultrathin and Highly Ion-Conductive Sulfide
            Membrane for Cell-Level High-Energy-Density All-Solid-State Batteries}},
  journal = {Advanced Materials},
  year = {2021},
  pages = {2105505},
  doi = {10.1002/adma.202105505}
}"""
