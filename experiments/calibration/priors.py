"""What is known of unknowns before any data, beyond the range of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pybamm

from aslb.errors import InputError
from aslb.experiments.calibration.unknowns import Unknown, unknowns_of
from aslb.parameters.composition.cell import Cell
from aslb.parameters.materials.active_material import RADIUS, REFERENCE_CURRENT
from aslb.parameters.materials.charge_transfer import spread

CATHOLYTE = "Catholyte conductivity [S.m-1]"
LABORATORIES = 1.95
"""Factor by which one electrolyte's conductivity spreads between laboratories: eight of
them measured 0.44 to 2.98 mS/cm of one batch (S. Ohno et al. 2020,
doi:10.1021/acsenergylett.9b02764, seen in a digest; the range of eight is 2.85 standard
deviations)."""

EXCHANGE_CURRENTS = ("published", "wide")
"""What is known of the exchange-current density: charge transfer that others have
measured, or no more than the range."""


def known_of(
    cell: Cell, names: Sequence[str], exchange_current: str = EXCHANGE_CURRENTS[0]
) -> list[Unknown]:
    """Unknowns of a cell by name, with all that is known of each before any data.

    That is its range; of the exchange-current density what `with_exchange_current`
    knows; and of a catholyte whose conductivity was measured that value, with the
    spread between laboratories.

    Raises
    ------
    InputError
        If a name is no parameter of the cell with a range, or there is no such
        knowledge of the exchange current.
    """
    known = cell.quantities
    unknowns = [
        replace(one, median=known[one.name].number, factor=LABORATORIES)
        if one.name == CATHOLYTE and known[one.name].kind == "measured"
        else one
        for one in unknowns_of(known, names)
    ]
    return with_exchange_current(unknowns, cell, exchange_current)


def surface_in(known: Mapping[str, float]) -> float:
    """Surface of all active material per area of a cell, as spheres [m2.m-2].

    Of its numbers by PyBaMM name.
    """
    return (
        3
        * known["Positive electrode conductor volume fraction"]
        / known[RADIUS]
        * known["Positive electrode thickness [m]"]
    )


def with_exchange_current(
    unknowns: Sequence[Unknown], cell: Cell, how: str
) -> list[Unknown]:
    """Unknowns, the exchange-current density with what is known of it.

    "published" is the spread of charge-transfer resistances R of other electrodes, as
    j0 = R_gas·T/(F·R·surface) at small currents and half lithiation, on all the surface
    that the active material of the cell would have as spheres.

    Raises
    ------
    InputError
        If there is no such knowledge.
    """
    if how not in EXCHANGE_CURRENTS:
        raise InputError(
            f"exchange current '{how}'; accepted: {', '.join(EXCHANGE_CURRENTS)}"
        )
    if how == "wide":
        return list(unknowns)
    resistance = spread()
    temperature = cell.numbers["Ambient temperature [K]"]
    thermal = pybamm.constants.R.value * temperature / pybamm.constants.F.value
    known = {
        "median": thermal / (resistance.median * surface_in(cell.numbers)),
        "factor": resistance.factor,
    }
    return [
        replace(one, **known) if one.name == REFERENCE_CURRENT else one
        for one in unknowns
    ]
