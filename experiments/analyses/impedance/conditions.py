"""What a spectrum is asked at: frequencies, states of charge and temperatures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from aslb.errors import InputError

FREQUENCIES = np.logspace(6, -3, 64)
"""Usual frequencies, from 1 MHz to 1 mHz [Hz]."""

COLDEST, HOTTEST = 200.0, 500.0  # K


def checked_frequencies(frequencies: Any = None) -> np.ndarray:
    """Frequencies, if they are all positive and rise or fall throughout [Hz].

    Raises
    ------
    InputError
        If they are not.
    """
    if frequencies is None:
        return FREQUENCIES
    found = _numbers("frequencies", frequencies)
    bad = found[~(np.isfinite(found) & (found > 0))]
    if bad.size:
        raise InputError(f"frequency {bad[0]:g} Hz; accepted: positive numbers")
    steps = np.diff(found)
    if not ((steps > 0).all() or (steps < 0).all()):
        before = int(np.flatnonzero(np.sign(steps) != np.sign(steps[0] or 1))[0])
        raise InputError(
            f"frequency {found[before + 1]:g} Hz after {found[before]:g} Hz; accepted: "
            "all rising or all falling, none twice"
        )
    return found


def checked_states(soc: Any) -> np.ndarray:
    """States of charge, each from 0 to 1.

    Raises
    ------
    InputError
        If one is not.
    """
    return _within("state of charge", soc, 0.0, 1.0, "")


def checked_temperatures(temperature: Any) -> np.ndarray:
    """Temperatures that a cell may have [K].

    Raises
    ------
    InputError
        If one is not.
    """
    return _within("temperature", temperature, COLDEST, HOTTEST, " K")


def _within(what: str, given: Any, low: float, high: float, unit: str) -> np.ndarray:
    found = _numbers(what, given)
    for n, value in enumerate(found):
        if not low <= value <= high:
            raise InputError(
                f"{what} {value:g}{unit}; accepted: {low:g} to {high:g}{unit}"
            )
        if value in found[:n]:
            raise InputError(f"{what} {value:g}{unit} twice; accepted: once")
    return found


def _numbers(what: str, given: Any) -> np.ndarray:
    listed = [*given] if isinstance(given, Iterable) else [given]
    try:
        found = np.array(listed, float)
    except (TypeError, ValueError):
        raise InputError(f"{what}: {given!r}; accepted: numbers") from None
    if found.ndim != 1 or not found.size:
        raise InputError(f"{what}: none; accepted: one or more numbers")
    return found
