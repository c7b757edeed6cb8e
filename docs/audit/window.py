"""Checks of the voltage window against the capacities."""

from __future__ import annotations

from typing import Any

import pybamm
from scipy.optimize import brentq

from aslb.experiments.validation.cao2021.arithmetic import (
    mean_potential,
    potential,
    theoretical_capacity,
)
from aslb.parameters.materials import indium_lithium
from aslb.parameters.quantity import Interval, computed
from audit.check import Check
from audit.printed import between, printed

EDGE = 1e-4  # stoichiometries this close to 0 and 1 are not looked at


def stoichiometry(cell: pybamm.ParameterValues, at: float) -> float:
    """Lithiation at which the open-circuit potential is a given one.

    Parameters
    ----------
    cell : pybamm.ParameterValues
        The cell; its potential falls with x.
    at : float
        Potential against Li/Li⁺ [V].

    Returns
    -------
    float
        Lithiation x [-], at most that of the cell as assembled.
    """
    highest = float(cell["Positive electrode stoichiometry as assembled"])
    low, high = potential(cell, [EDGE, highest])
    if at >= low:
        return 0.0
    if at <= high:
        return highest
    return float(
        brentq(lambda sto: potential(cell, sto)[0] - at, EDGE, highest, xtol=1e-9)
    )


def window_capacity(cell: pybamm.ParameterValues, lower: float, upper: float) -> float:
    """Capacity between two open-circuit potentials, with all of the material reached.

    Parameters
    ----------
    cell : pybamm.ParameterValues
        The cell.
    lower, upper : float
        Potentials against Li/Li⁺ [V].

    Returns
    -------
    float
        Capacity [mAh/g].
    """
    span = stoichiometry(cell, lower) - stoichiometry(cell, upper)
    return span * theoretical_capacity(cell)


def mean_of_window(paper: dict[str, Any], cell: pybamm.ParameterValues) -> float:
    """Mean open-circuit potential over the literal window [V vs Li/Li+]."""
    protocol, plateau = paper["protocol"], indium_lithium.PLATEAU.number
    low = stoichiometry(cell, protocol["upper_cutoff_V_vs_InLi"] + plateau)
    bottom = protocol["lower_cutoff_V_vs_InLi"]["experimental_section"]
    return mean_potential(cell, low, stoichiometry(cell, bottom + plateau))


def window_checks(paper: dict[str, Any], cell: pybamm.ParameterValues) -> list[Check]:
    """Checks of the voltage window against the capacities."""
    protocol = paper["protocol"]
    upper = protocol["upper_cutoff_V_vs_InLi"]
    charged = float(cell["Upper voltage cut-off [V]"])
    lower = protocol["lower_cutoff_V_vs_InLi"]
    plateau = indium_lithium.PLATEAU.number
    rates = paper["rate_capability_mAh_g"]["cell-3"]
    seen = [
        paper["first_cycle_at_C20"]["discharge_capacity_mAh_g"]["cell-3"],
        rates["C/20"],
    ]
    capacity = between(*seen)
    literal, against_lithium = (
        window_capacity(cell, lower["experimental_section"] + shift, upper + shift)
        for shift in (plateau, 0.0)
    )
    return [
        *(
            Check(
                f"Capacity at open circuit in the window {name}",
                f"{lower['experimental_section']} to {upper} V; {seen[0]} to {seen[1]} "
                "mAh/g",
                capacity,
                Interval(full, full, full),
                "mAh/g",
                adopted,
                reason,
            )
            for name, full, adopted, reason in (
                (
                    "against In–Li",
                    literal,
                    f"against In–Li, but to {charged:g} V by default",
                    "an active fraction below 1 (next row) would keep the window "
                    "literal",
                ),
                (
                    "were it against Li/Li⁺",
                    against_lithium,
                    "not adopted",
                    "too little even with all LCO reached: not this reading",
                ),
            )
        ),
        Check(
            "Fraction of the LCO that is reached, if the window is literal",
            f"{seen[0]} to {seen[1]} mAh/g",
            None,
            computed(lambda mah_g: mah_g / literal, capacity),
            "1",
            "the reading `:literal`, its active fraction calibrated",
            "the default is the other reading: all LCO reached, and an effective upper "
            f"end near {_end(cell, capacity.value):.2f} V vs Li/Li⁺; the mean voltage "
            "behind E2 speaks for it",
        ),
        Check(
            "Lower cut-off",
            f"{lower['experimental_section']} V (experimental), "
            f"{lower['results_text']} V (results)",
            printed(lower["experimental_section"]),
            printed(lower["results_text"]),
            "V vs In–Li",
            f"{lower['experimental_section']} V; a parameter",
            "both lie below the plateau of LCO, where hardly any capacity is left",
        ),
    ]


def _end(cell: pybamm.ParameterValues, capacity: float) -> float:
    """Potential [V vs Li/Li+] at which all LCO has given a capacity [mAh/g]."""
    highest = cell["Positive electrode stoichiometry as assembled"]
    return float(potential(cell, highest - capacity / theoretical_capacity(cell))[0])
