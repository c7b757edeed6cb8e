"""Currents of a cell with lithium, beside the one at which lithium shorts."""

from __future__ import annotations

from collections.abc import Sequence

from aslb.experiments.output.figure_style import rate_label
from aslb.parameters.cells.cao2021.printed import paper_numbers
from aslb.parameters.composition.anode import ANODES
from aslb.parameters.materials.constants import CAO2021


def on_lithium(anode: str, one_c: float, c_rates: Sequence[float]) -> str:
    """What currents are beside the critical current density of the reference paper.

    Parameters
    ----------
    anode : str
        As for `aslb.energy_density`; of "as-built" nothing is said.
    one_c : float
        Current density at 1C [A.m-2].
    c_rates : sequence of float
        Rates of discharge [h-1].

    Returns
    -------
    str
        A sentence, or nothing.
    """
    if anode != ANODES[1]:
        return ""
    printed = paper_numbers()["li_symmetric_cell"]
    critical = printed["critical_current_density_mA_cm2"]["thin"]
    currents = [0.1 * one_c * c_rate for c_rate in c_rates]  # mA/cm2
    each = [
        f"{current:.3g} mA/cm2 at {rate_label(c_rate)}"
        for current, c_rate in zip(currents, c_rates, strict=True)
    ]
    above = sum(current >= critical for current in currents)
    return (
        f"Lithium: the discharge is {', '.join(each)}; {above} of {len(each)} rates "
        f"reach the {critical:g} mA/cm2 at which symmetric cells of lithium and "
        f"Li6PS5Cl shorted ({CAO2021}, {printed['where']}), and no short circuit is "
        "modelled."
    )
