"""Protocols of the reference paper, as plain PyBaMM experiments.

A C-rate counts in nominal capacities per hour, and the parameter sets of `aslb` set the
nominal capacity to 200 mAh per gram of LCO, so that 1C is the paper's 1C.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pybamm

from aslb.errors import InputError
from aslb.experiments.limited_voltage import LimitedVoltage

UPPER_CUTOFF = 4.2  # V vs In-Li
LOWER_CUTOFF = 2.5  # V vs In-Li
HOLD = 1.0  # h
SETTLING = 10.0  # s
FORMATION = ((1 / 20, 3),)  # as the rate test of the reference paper begins
RATE_TEST = ((1 / 20, 3), (1 / 10, 5), (1 / 5, 5), (1 / 2, 5), (1.0, 5), (1 / 20, 5))
C_RATE = "c_rate"
"""The `pybamm.InputParameter` that stands for a rate that is yet to be chosen."""

HOLD_H = "hold_h"
"""Name under which a study varies the duration of every hold [h]."""
SETTLING_TAG = "settling"
"""Tag of the first seconds of a charge, which are no hold."""

LONGEST = 1e4  # h, of a step whose rate is not known yet


def cccv(
    c_rate: float | None = None,
    *,
    upper_cutoff: float = UPPER_CUTOFF,
    lower_cutoff: float = LOWER_CUTOFF,
    hold: float = HOLD,
    settling: float = SETTLING,
    cycles: int = 1,
) -> pybamm.Experiment:
    """Charge, hold and discharge.

    Parameters
    ----------
    c_rate : float, optional
        Charge and discharge rate [h-1]; 1C is 200 mA per gram of LCO. Without one the
        rate is the input ``c_rate``: a study varies it, and
        ``simulation.solve(inputs={"c_rate": 0.5})`` sets it.
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V].
    hold : float, optional
        Duration of the hold at the upper cut-off [h], in which the current never
        exceeds that of the charge.
    settling : float, optional
        Time after which the upper cut-off is first looked at [s]. Until then a charge
        that would exceed it is held there; 0 looks at once.
    cycles : int, optional
        How often.

    Returns
    -------
    pybamm.Experiment
        `cycles` cycles of four steps each.

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
        settling=settling,
    )


def rate_test(
    rates: Sequence[tuple[float | None, int]] = RATE_TEST,
    *,
    upper_cutoff: float = UPPER_CUTOFF,
    lower_cutoff: float = LOWER_CUTOFF,
    hold: float = HOLD,
    settling: float = SETTLING,
) -> pybamm.Experiment:
    """Charge, hold and discharge at several rates in a row.

    Parameters
    ----------
    rates : sequence of (float or None, int), optional
        Rate [h-1] and number of cycles at it; None is the input ``c_rate``. By default
        that of the paper [1]_.
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V].
    hold, settling : float, optional
        As for `cccv`.

    Returns
    -------
    pybamm.Experiment
        Cycles of four steps each: the first seconds of the charge, the charge, the
        hold and the discharge.

    Raises
    ------
    InputError
        If no cell could follow the protocol.

    References
    ----------
    .. [1] D. Cao et al., Adv. Mater. 2021, 2105505, doi:10.1002/adma.202105505.
    """
    check_protocol(
        rates,
        upper_cutoff=upper_cutoff,
        lower_cutoff=lower_cutoff,
        hold=hold,
        settling=settling,
    )
    cycles: list[Any] = [
        (
            *charged(c_rate, upper_cutoff, hold=hold, settling=settling),
            constant_current(c_rate, "discharge", lower_cutoff),
        )
        for c_rate, count in rates
        for _ in range(count)
    ]
    return pybamm.Experiment(cycles)


def formation(
    *, upper_cutoff: float = UPPER_CUTOFF, lower_cutoff: float = LOWER_CUTOFF
) -> pybamm.Experiment:
    """The cycles that make a cell a formed one: three at C/20, as in the paper.

    Parameters
    ----------
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V].

    Returns
    -------
    pybamm.Experiment
        As of `rate_test`.
    """
    return rate_test(FORMATION, upper_cutoff=upper_cutoff, lower_cutoff=lower_cutoff)


def charged(
    c_rate: float | None, upper_cutoff: float, *, hold: float, settling: float
) -> tuple[Any, ...]:
    """Steps of a charge, as a cycler runs it.

    Parameters
    ----------
    c_rate : float or None
        Rate [h-1]; None is the input ``c_rate``.
    upper_cutoff : float
        Voltage that ends the charge and is held [V].
    hold : float
        Duration of the hold [h].
    settling : float
        Time before the cut-off is looked at [s].

    Returns
    -------
    tuple of pybamm.step.BaseStep
        The steps.
    """
    limit = pybamm.InputParameter(C_RATE) if c_rate is None else c_rate
    first = (
        [LimitedVoltage(upper_cutoff, limit, duration=settling, tags=SETTLING_TAG)]
        if settling
        else []
    )
    return (
        *first,
        constant_current(c_rate, "charge", upper_cutoff),
        LimitedVoltage(upper_cutoff, limit, duration=3600 * hold),
    )


def constant_current(c_rate: float | None, direction: str, cutoff: float) -> Any:
    """A charge or a discharge until a voltage.

    Parameters
    ----------
    c_rate : float or None
        Rate [h-1]; None is the input ``c_rate``.
    direction : str
        "charge" or "discharge".
    cutoff : float
        Voltage that ends it [V].

    Returns
    -------
    pybamm.step.CRate
        The step.
    """
    sign = 1 if direction == "discharge" else -1
    if c_rate is not None:
        volts = np.format_float_positional(cutoff, trim="0")  # PyBaMM reads no 1e-3
        return pybamm.step.c_rate(sign * c_rate, termination=f"{volts} V")
    # PyBaMM cannot tell the direction of a rate that it does not know
    end = pybamm.step.VoltageTermination(cutoff, "<" if sign > 0 else ">")
    rate = sign * pybamm.InputParameter(C_RATE)
    return pybamm.step.c_rate(rate, termination=end, duration=3600 * LONGEST)


def check_protocol(
    rates: Iterable[tuple[float | None, int]],
    *,
    upper_cutoff: float,
    lower_cutoff: float,
    hold: float,
    settling: float = SETTLING,
) -> None:
    """Refuse what no cell could follow, without making an experiment of it.

    Parameters
    ----------
    rates, upper_cutoff, lower_cutoff, hold, settling
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
    if not (math.isfinite(settling) and settling >= 0):
        raise InputError(
            f"settling of {settling:g} s; accepted: a positive number of seconds, or 0"
        )
    for c_rate, count in rates:
        if c_rate is not None and not (math.isfinite(c_rate) and c_rate > 0):
            raise InputError(f"C-rate {c_rate:g}; accepted: a positive number, as 0.05")
        if count < 1:
            at = "" if c_rate is None else f" at {c_rate:g}C"
            raise InputError(f"{count} cycles{at}; accepted: 1 or more")


def cycling(n: int, c_rate: float, **protocol: float) -> pybamm.Experiment:
    """Repeated charge, hold and discharge at one rate.

    Parameters
    ----------
    n : int
        Number of cycles.
    c_rate : float
        Charge and discharge rate [h-1].
    **protocol : float
        `upper_cutoff`, `lower_cutoff`, `hold` and `settling`, as for `cccv`.

    Returns
    -------
    pybamm.Experiment
        `n` cycles of four steps each.

    Raises
    ------
    InputError
        If no cell could follow the protocol.
    """
    return rate_test(((c_rate, n),), **protocol)
