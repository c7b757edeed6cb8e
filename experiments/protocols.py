"""Protocols of the reference paper, as plain PyBaMM experiments.

A C-rate counts in nominal capacities per hour, and the parameter sets of `aslb` set the
nominal capacity to 200 mAh per gram of LCO, so that 1C is the paper's 1C.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pybamm

from aslb.errors import InputError

UPPER_CUTOFF = 4.2  # V vs In-Li
LOWER_CUTOFF = 2.5  # V vs In-Li
HOLD = 1.0  # h
RATE_TEST = ((1 / 20, 3), (1 / 10, 5), (1 / 5, 5), (1 / 2, 5), (1.0, 5), (1 / 20, 5))


def cccv(
    c_rate: float,
    *,
    upper_cutoff: float = UPPER_CUTOFF,
    lower_cutoff: float = LOWER_CUTOFF,
    hold: float = HOLD,
    cycles: int = 1,
) -> pybamm.Experiment:
    """Charge, hold and discharge.

    Parameters
    ----------
    c_rate : float
        Charge and discharge rate [h-1]; 1C is 200 mA per gram of LCO.
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V].
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
    cycles : int, optional
        How often.

    Returns
    -------
    pybamm.Experiment
        `cycles` cycles of three steps each.

    Raises
    ------
    InputError
        If no cell could follow the protocol.
    """
    return rate_test(
        ((c_rate, cycles),),
        upper_cutoff=upper_cutoff,
        lower_cutoff=lower_cutoff,
        hold=hold,
    )


def rate_test(
    rates: Sequence[tuple[float, int]] = RATE_TEST,
    *,
    upper_cutoff: float = UPPER_CUTOFF,
    lower_cutoff: float = LOWER_CUTOFF,
    hold: float = HOLD,
) -> pybamm.Experiment:
    """Cycles at one rate after the other; by default the paper's rate test.

    Parameters
    ----------
    rates : sequence of (float, int), optional
        Rate [h-1] and number of cycles at it.
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V].
    hold : float, optional
        Duration of the hold at the upper cut-off [h].

    Returns
    -------
    pybamm.Experiment
        Cycles of three steps each: charge, hold, discharge.

    Raises
    ------
    InputError
        If no cell could follow the protocol.

    References
    ----------
    .. [1] D. Cao et al., Adv. Mater. 2021, 2105505, doi:10.1002/adma.202105505.
    """
    check_protocol(
        rates, upper_cutoff=upper_cutoff, lower_cutoff=lower_cutoff, hold=hold
    )
    cycles: list[Any] = [
        (
            pybamm.step.c_rate(-c_rate, termination=f"{upper_cutoff} V"),
            pybamm.step.voltage(upper_cutoff, duration=3600 * hold),
            pybamm.step.c_rate(c_rate, termination=f"{lower_cutoff} V"),
        )
        for c_rate, count in rates
        for _ in range(count)
    ]
    return pybamm.Experiment(cycles)


def check_protocol(
    rates: Sequence[tuple[float, int]],
    *,
    upper_cutoff: float,
    lower_cutoff: float,
    hold: float,
) -> None:
    """Refuse what no cell could follow, without making an experiment of it.

    Parameters
    ----------
    rates, upper_cutoff, lower_cutoff, hold
        As for `rate_test`.

    Raises
    ------
    InputError
        Naming what is wrong.
    """
    if not lower_cutoff < upper_cutoff:
        raise InputError(
            f"lower cut-off {lower_cutoff:g} V is not below upper cut-off "
            f"{upper_cutoff:g} V"
        )
    if not (math.isfinite(hold) and hold > 0):
        raise InputError(f"hold of {hold:g} h; accepted: a positive number of hours")
    for c_rate, count in rates:
        if not (math.isfinite(c_rate) and c_rate > 0):
            raise InputError(f"C-rate {c_rate:g}; accepted: a positive number, as 0.05")
        if count < 1:
            raise InputError(f"{count} cycles at {c_rate:g}C; accepted: 1 or more")


def cycling(n: int, c_rate: float, **protocol: float) -> pybamm.Experiment:
    """Repeated charge, hold and discharge at one rate.

    Parameters
    ----------
    n : int
        Number of cycles.
    c_rate : float
        Charge and discharge rate [h-1].
    **protocol : float
        `upper_cutoff`, `lower_cutoff` and `hold`, as for `cccv`.

    Returns
    -------
    pybamm.Experiment
        `n` cycles of three steps each.

    Raises
    ------
    InputError
        If no cell could follow the protocol.
    """
    return rate_test(((c_rate, n),), **protocol)
