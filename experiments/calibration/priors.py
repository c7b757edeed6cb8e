"""What is known of unknowns before any data, beyond the range of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pybamm

from aslb.errors import InputError
from aslb.experiments.calibration.unknowns import Unknown
from aslb.parameters.composition.cell import Cell
from aslb.parameters.materials.active_material import RADIUS, REFERENCE_CURRENT
from aslb.parameters.materials.charge_transfer import spread

EXCHANGE_CURRENTS = ("published", "wide")
"""What is known of the exchange-current density: charge transfer that others have
measured, or no more than the range."""


def surface_of(cell: Cell) -> float:
    """Surface of all active material per area of a cell, as spheres [m2.m-2]."""
    known = cell.numbers
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
        "median": thermal / (resistance.median * surface_of(cell)),
        "factor": resistance.factor,
    }
    return [
        replace(one, **known) if one.name == REFERENCE_CURRENT else one
        for one in unknowns
    ]
