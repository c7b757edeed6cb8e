"""Protocols of the reference paper, as plain PyBaMM experiments.

A C-rate counts in nominal capacities per hour, and the parameter sets of `aslb` set the
nominal capacity to 200 mAh per gram of LCO, so that 1C is the paper's 1C.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pybamm

from aslb.errors import InputError, about
from aslb.experiments.c_rate import blocks_of
from aslb.experiments.regulated_charge import LONGEST, RegulatedCharge
from aslb.experiments.within_cutoffs import WithinCutoffs
from aslb.parameters.composition.names import RANGES
from aslb.parameters.given import real

UPPER_CUTOFF = 3.85  # V vs In-Li, the default reading of the printed 4.2 V
LOWER_CUTOFF = 2.5  # V vs In-Li
USUAL = {"upper_cutoff": UPPER_CUTOFF, "lower_cutoff": LOWER_CUTOFF}
HOLD = 1.0  # h
FORMATION = ((1 / 20, 3),)  # as the rate test of the reference paper begins
RATE_TEST = ((1 / 20, 3), (1 / 10, 5), (1 / 5, 5), (1 / 2, 5), (1.0, 5), (1 / 20, 5))
CUTOFFS = (-1.0, 6.0)  # V, as in a cell file
C_RATE = "c_rate"
"""The `pybamm.InputParameter` that stands for a rate that is yet to be chosen."""

HOLD_H = "hold_h"
"""Name under which a study varies the duration of every hold [h]."""


def cccv(
    c_rate: float | str | None = None,
    *,
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    cycles: int = 1,
) -> WithinCutoffs:
    """Charge, hold and discharge.

    Parameters
    ----------
    c_rate : float or str, optional
        Charge and discharge rate [h-1], or as it is spoken, "C/20"; 1C is the nominal
        capacity in an hour. Without one the rate is the input ``c_rate``: a study
        varies it, and ``simulation.solve(inputs={"c_rate": 0.5})`` sets it.
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V]. One that is not given is that of each
        cell in a `Study`; plain PyBaMM has 3.85 V and 2.5 V, as the cells of Cao 2021.
    hold : float, optional
        Time at the upper cut-off [h]: see `RegulatedCharge`.
    cycles : int, optional
        How often.

    Returns
    -------
    WithinCutoffs
        `cycles` cycles of two steps each, a `pybamm.Experiment`.

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
    rates: Sequence[tuple[float | str | None, int]] = RATE_TEST,
    *,
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
) -> WithinCutoffs:
    """Charge, hold and discharge at several rates in a row.

    Parameters
    ----------
    rates : sequence of (float, str or None, int), optional
        Rate [h-1], or as "C/20", and number of cycles at it; None is the input
        ``c_rate``. By default that of the paper [1]_.
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V], as for `cccv`.
    hold : float, optional
        Time at the upper cut-off [h].

    Returns
    -------
    WithinCutoffs
        Cycles of two steps each: the charge with its hold, and the discharge.

    Raises
    ------
    InputError
        If no cell could follow the protocol.

    References
    ----------
    .. [1] D. Cao et al., Adv. Mater. 2021, 2105505, doi:10.1002/adma.202105505.
    """
    blocks = blocks_of(rates)
    given = given_cutoffs(upper_cutoff, lower_cutoff)
    return WithinCutoffs(partial(_cycles, blocks, hold), USUAL, given)


def _cycles(
    blocks: Sequence[tuple[float | None, int]], hold: float, **cutoffs: float
) -> list[Any]:
    """The cycles of a rate test between two cut-offs."""
    check_protocol(blocks, hold=hold, **cutoffs)
    return [
        (
            charge(c_rate, cutoffs["upper_cutoff"], hold),
            discharge(c_rate, cutoffs["lower_cutoff"]),
        )
        for c_rate, count in blocks
        for _ in range(count)
    ]


def formation(
    *, upper_cutoff: float | None = None, lower_cutoff: float | None = None
) -> WithinCutoffs:
    """The cycles that make a cell a formed one: three at C/20, as in the paper.

    Parameters
    ----------
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V], as for `cccv`.

    Returns
    -------
    WithinCutoffs
        As of `rate_test`.
    """
    return rate_test(FORMATION, upper_cutoff=upper_cutoff, lower_cutoff=lower_cutoff)


def charge(c_rate: float | None, cutoff: float, hold: float = HOLD) -> Any:
    """A charge with its hold.

    Parameters
    ----------
    c_rate : float or None
        Rate [h-1]; None is the input ``c_rate``.
    cutoff : float
        Voltage that is held [V].
    hold : float, optional
        Time at it [h].

    Returns
    -------
    RegulatedCharge
        The step.
    """
    rate = pybamm.InputParameter(C_RATE) if c_rate is None else c_rate
    return RegulatedCharge(cutoff, rate, hold)


def discharge(c_rate: float | None, cutoff: float) -> Any:
    """A discharge until a voltage.

    Parameters
    ----------
    c_rate : float or None
        Rate [h-1]; None is the input ``c_rate``.
    cutoff : float
        Voltage that ends it [V].

    Returns
    -------
    pybamm.step.CRate
        The step.
    """
    if c_rate is not None:
        volts = np.format_float_positional(cutoff, trim="0")  # PyBaMM reads no 1e-3
        return pybamm.step.c_rate(c_rate, termination=f"{volts} V")
    # PyBaMM cannot tell the direction of a rate that it does not know
    end = pybamm.step.VoltageTermination(cutoff, "<")
    rate = pybamm.InputParameter(C_RATE)
    return pybamm.step.c_rate(rate, termination=end, duration=3600 * LONGEST)


def given_cutoffs(
    upper_cutoff: float | None, lower_cutoff: float | None
) -> dict[str, float]:
    """Cut-offs that were asked for, for every cell; the others are each cell's own."""
    ends = {"upper_cutoff": upper_cutoff, "lower_cutoff": lower_cutoff}
    return {end: value for end, value in ends.items() if value is not None}


def check_protocol(
    rates: Iterable[tuple[float | None, int]],
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
    ends = {"upper cut-off": upper_cutoff, "lower cut-off": lower_cutoff}
    for name, value in ends.items():
        with about(name):
            real(value, "a number of volts")
    with about("hold"):
        real(hold, "a number of hours")
    if not lower_cutoff < upper_cutoff:
        raise InputError(
            f"lower cut-off {lower_cutoff:g} V is not below upper cut-off "
            f"{upper_cutoff:g} V"
        )
    for end, cutoff in (("lower", lower_cutoff), ("upper", upper_cutoff)):
        if not CUTOFFS[0] <= cutoff <= CUTOFFS[1]:
            raise InputError(
                f"{end} cut-off {cutoff:g} V; accepted: {CUTOFFS[0]:g} to "
                f"{CUTOFFS[1]:g} V"
            )
    longest, rate_range = RANGES["h"][1], RANGES["h-1"]
    if not 0 < hold <= longest:
        raise InputError(
            f"hold of {hold:g} h; accepted: a positive number of hours, at most "
            f"{longest:g}"
        )
    for c_rate, count in rates:
        if c_rate is not None and not rate_range[0] <= c_rate <= rate_range[1]:
            raise InputError(
                f"C-rate {c_rate:g}; accepted: a positive number, as 0.05, from "
                f"{rate_range[0]:g} to {rate_range[1]:g}"
            )
        if count < 1:
            at = "" if c_rate is None else f" at {c_rate:g}C"
            raise InputError(f"{count} cycles{at}; accepted: 1 or more")


def cycling(n: int, c_rate: float | str, **protocol: float) -> WithinCutoffs:
    """Repeated charge, hold and discharge at one rate.

    Parameters
    ----------
    n : int
        Number of cycles.
    c_rate : float or str
        Charge and discharge rate [h-1], or as "C/20".
    **protocol : float
        `upper_cutoff`, `lower_cutoff` and `hold`, as for `cccv`.

    Returns
    -------
    pybamm.Experiment
        `n` cycles of two steps each.

    Raises
    ------
    InputError
        If no cell could follow the protocol.
    """
    return rate_test(((c_rate, n),), **protocol)
