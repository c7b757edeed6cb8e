"""Stepped plating and stripping of symmetric cells."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pybamm

from aslb.errors import InputError

DENSITIES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)  # A/m2, of figure S14
CHARGE = 1.0  # A.h/m2


def plating_steps(
    area: float,
    densities: Iterable[float] = DENSITIES,
    charge: float = CHARGE,
    rest: float = 5.0,
) -> pybamm.Experiment:
    """One charge to and fro at rising current densities, with rests between.

    Parameters
    ----------
    area : float
        Area of the cell [m2].
    densities : iterable of float, optional
        Current densities [A.m-2]; by default those of the reference paper's figure S14,
        0.1 to 0.6 mA/cm2.
    charge : float, optional
        Charge per area of each step [A.h.m-2]; by default 0.1 mAh/cm2.
    rest : float, optional
        Time between steps [min].

    Returns
    -------
    pybamm.Experiment
        A cycle for each density: two steps and two rests.

    Raises
    ------
    InputError
        If a number is not positive.
    """
    densities = [*densities]
    if not densities:
        raise InputError("no current density; accepted: one or more")
    for what, value in (
        ("area", area),
        ("charge", charge),
        ("rest", rest),
        *(("current density", density) for density in densities),
    ):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{what} {value:g}; accepted: a positive number")
    pause = f"Rest for {rest:g} minutes"
    return pybamm.Experiment(
        [
            _there_and_back(area * density, charge / density, pause)
            for density in densities
        ]
    )


def _there_and_back(current: float, hours: float, pause: str) -> Any:
    """A cycle of two steps at a current [A], for some hours each."""
    there, back = (
        pybamm.step.current(sign * current, duration=3600 * hours) for sign in (1, -1)
    )
    return there, pause, back, pause
