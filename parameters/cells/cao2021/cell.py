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

What the paper prints is in ``printed.yaml``, and its ranges in ``quantities.yaml``;
``readings.py`` has the ways to understand it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Any

from aslb.parameters.cells.cao2021.derivations import (
    foil_contact_100_mpa,
    sulfide_exchange_current,
    sulfide_interphase,
)
from aslb.parameters.cells.cao2021.fit import CONTACT
from aslb.parameters.cells.cao2021.printed import quantity
from aslb.parameters.cells.cao2021.readings import (
    DEFAULT,
    FORMS,
    Reading,
    calibrated,
)
from aslb.parameters.composition import sections
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.fit import fitted_quantity
from aslb.parameters.composition.layers import COMPOSITE, REPLACED
from aslb.parameters.materials.solid_electrolytes import (
    HALIDE,
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    SolidElectrolyte,
)
from aslb.parameters.quantity import Quantity, derive

ACTIVE = "Positive electrode active fraction"
OXIDATION = "Catholyte oxidation capacity [A.h.m-2]"
OHMIC_SHARE = "ohmic share of the shift"
BIBTEX = (files(__package__) / "paper.bib").read_text("utf-8").strip()

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


def _conditions(window: str) -> sections.Conditions:
    upper = "narrow upper cut-off" if window == "narrow" else "upper cut-off"
    return sections.Conditions(
        derive(
            "m2",
            "12.7 mm die",
            lambda diameter: math.pi / 4 * diameter**2,
            diameter=quantity("die diameter"),
        ),
        quantity("1C"),
        quantity("lower cut-off"),
        quantity(upper),
        quantity("temperature"),
        quantity("reference temperature"),
    )


def _foil(window: str) -> sections.Foil:
    rich = "rich lithium to indium" if window == "lithium-rich foil" else ""
    return sections.Foil(
        quantity("foil thickness"),
        quantity("foil exchange current"),
        quantity(rich or "lithium to indium"),
    )


def _cathode(
    catholyte: SolidElectrolyte,
    thickness: str,
    reading: Reading,
    shared: Mapping[str, float] | None = None,
) -> sections.Cathode:
    """A cathode with what was fitted, or with values in the place of that."""
    oxide = FORMS[reading.form]
    usual = {**COMPOSITE, **oxide.parameters}
    fitted = {
        field: _known(name, usual[name], reading, given=shared)
        for field, name in REPLACED.items()
        if name in usual
    }
    return sections.Cathode(
        oxide,
        catholyte,
        quantity(thickness),
        quantity("composite areal mass"),
        quantity("LCO mass fraction"),
        _known(ACTIVE, quantity("active fraction"), reading, given=shared),
        **{field: item for field, item in fitted.items() if item.kind == "fitted"},
    )


def _known(
    name: str,
    known: Quantity,
    reading: Reading,
    cell: str = "shared",
    given: Mapping[str, float] | None = None,
) -> Quantity:
    """A quantity as fitted, or with a value that is given in the place of that."""
    if given and name in given:
        return fitted_quantity(known, given[name], "data in hand")
    return calibrated(name, known, reading, cell)


def _halide_cathode(
    reading: Reading, shared: Mapping[str, float] | None = None
) -> sections.Cathode:
    return _cathode(HALIDE, "halide cathode thickness", reading, shared=shared)


def _composition(
    separator: sections.Separator,
    cathode: sections.Cathode,
    interfaces: sections.Interfaces,
    window: str,
) -> Composition:
    return Composition(
        separator,
        cathode,
        _foil(window),
        interfaces,
        _conditions(window),
        citations=(BIBTEX,),
    )


def _halide_interfaces(
    contact: Quantity, reading: Reading, cell: str
) -> sections.Interfaces:
    return sections.Interfaces(
        contact,
        quantity("halide junction"),
        quantity("halide interphase"),
        calibrated(OXIDATION, quantity("catholyte oxidation"), reading, cell),
    )


def thin_halide_composition(reading: Reading = DEFAULT) -> Composition:
    """Cell-3: membrane, and halide as catholyte."""
    interfaces = _halide_interfaces(
        quantity("foil contact at 300 MPa"), reading, "cell-3"
    )
    return _composition(MEMBRANE, _halide_cathode(reading), interfaces, reading.window)


def thick_halide_composition(reading: Reading = DEFAULT) -> Composition:
    """Cell-2: pellet, and halide as catholyte."""
    contact = calibrated(CONTACT, foil_contact_100_mpa(), reading)
    interfaces = _halide_interfaces(contact, reading, "cell-2")
    return _composition(PELLET, _halide_cathode(reading), interfaces, reading.window)


def thick_sulfide_composition(
    reading: Reading = DEFAULT,
    own: Mapping[str, float] | None = None,
    shared: Mapping[str, float] | None = None,
) -> Composition:
    """Cell-1: pellet, and sulfide as catholyte.

    Of the paper's shift of 55 mV against cell-2 a share is ohmic, an interphase, and
    the rest slower charge transfer; both follow the active fraction.

    Parameters
    ----------
    reading : Reading, optional
        How the paper is understood.
    own : mapping of str to float, optional
        Values of `ACTIVE`, `OHMIC_SHARE` and `OXIDATION` in the place of those fitted.
    shared : mapping of str to float, optional
        Values of what cells share, by PyBaMM name, in the place of those fitted.
    """

    def known(name: str, quantity: Quantity) -> Quantity:
        return _known(name, quantity, reading, "cell-1", own)

    cathode = replace(
        _cathode(SULFIDE_PELLET, "sulfide cathode thickness", reading, shared=shared),
        active_fraction=known(ACTIVE, quantity("active fraction")),
    )
    halide, junction = _halide_cathode(reading, shared), quantity("halide junction")
    share = known(OHMIC_SHARE, quantity("ohmic share"))
    followed = (cathode, halide, junction, share)
    interfaces = sections.Interfaces(
        _known(CONTACT, foil_contact_100_mpa(), reading, given=shared),
        quantity("sulfide junction"),
        _as_sure(sulfide_interphase(*followed), share),
        known(OXIDATION, quantity("catholyte oxidation")),
    )
    slow = _as_sure(sulfide_exchange_current(*followed), share)
    cathode = replace(cathode, reference_exchange_current_density=slow)
    return _composition(PELLET, cathode, interfaces, reading.window)


def _as_sure(follows: Quantity, share: Quantity) -> Quantity:
    """What follows from a share that was fitted is fitted as well."""
    if share.kind != "fitted":
        return follows
    return fitted_quantity(follows, follows.number, share.fitted_to)


def thick_sulfide() -> dict[str, Any]:
    """Cell-1 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li6PS5Cl cathode."""
    return thick_sulfide_composition().parameter_set()


def thick_halide() -> dict[str, Any]:
    """Cell-2 of Cao et al. 2021: 976 µm Li6PS5Cl pellet, LCO + Li3InCl6 cathode."""
    return thick_halide_composition().parameter_set()


def thin_halide() -> dict[str, Any]:
    """Cell-3 of Cao et al. 2021: 47 µm membrane, LCO + Li3InCl6 cathode."""
    return thin_halide_composition().parameter_set()
