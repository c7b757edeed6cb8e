"""Checks of the voltage window against the capacities."""

from __future__ import annotations

from typing import Any

import pybamm

from aslb.experiments.cathode_window import (
    potential,
    theoretical_capacity,
    window_capacity,
)
from aslb.experiments.paper_check import Check
from aslb.experiments.printed import printed
from aslb.parameters import indium_lithium
from aslb.parameters.quantity import Interval, computed


def window_checks(paper: dict[str, Any], cell: pybamm.ParameterValues) -> list[Check]:
    """Checks of the voltage window against the capacities.

    Parameters
    ----------
    paper : dict
        From `aslb.experiments.paper.paper_numbers`.
    cell : pybamm.ParameterValues
        For the open-circuit potential of LCO.

    Returns
    -------
    list of Check
        Both readings of the window.
    """
    protocol = paper["protocol"]
    upper = protocol["upper_cutoff_V_vs_InLi"]
    lower = protocol["lower_cutoff_V_vs_InLi"]
    plateau = indium_lithium.PLATEAU.number
    rates = paper["rate_capability_mAh_g"]["cell-3"]
    seen = [
        paper["first_cycle_at_C20"]["discharge_capacity_mAh_g"]["cell-3"],
        rates["C/20"],
    ]
    capacity = Interval(sum(seen) / 2, min(seen) - 0.5, max(seen) + 0.5)
    checks = []
    for name, shift, reason in (
        (
            "against In–Li",
            plateau,
            "an active fraction below 1 (next row) keeps the window literal",
        ),
        (
            "were it against Li/Li⁺",
            0.0,
            "too little even with all LCO reached: not this reading",
        ),
    ):
        full = window_capacity(
            cell, lower["experimental_section"] + shift, upper + shift
        )
        checks.append(
            Check(
                f"Capacity at open circuit in the window {name}",
                f"{lower['experimental_section']} to {upper} V; {seen[0]} to {seen[1]} "
                "mAh/g",
                capacity,
                Interval(full, full, full),
                "mAh/g",
                f"the window {name}" if shift else "not adopted",
                reason,
            )
        )
    literal = window_capacity(
        cell, lower["experimental_section"] + plateau, upper + plateau
    )
    return [
        *checks,
        Check(
            "Fraction of the LCO that is reached, if the window is literal",
            f"{seen[0]} to {seen[1]} mAh/g",
            None,
            computed(lambda mah_g: mah_g / literal, capacity),
            "1",
            "an explicit active fraction, calibrated",
            "the other reading: all LCO reached, and an effective upper end near "
            f"{_end(cell, capacity.value):.2f} V vs Li/Li⁺; the mean voltage behind E2 "
            "speaks for it",
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
