"""Numbers that a user gives: any number counts, also one of numpy; else one line."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

from aslb.errors import InputError

LARGEST = 1e30  # of any number: products of several stay finite


def is_number(value: Any) -> bool:
    """Whether something is a real number, be it Python's or numpy's."""
    return isinstance(value, Real) and not isinstance(value, bool)


def real(value: Any, accepted: str = "a number") -> float:
    """A number, finite or not; one of Python stays as it is."""
    if not is_number(value):
        raise InputError(f"{value!r}; accepted: {accepted}")
    return value if isinstance(value, int | float) else float(value)


def number(value: Any) -> float:
    """A finite number, or one line about what it is instead."""
    try:
        value = float(real(value))
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise InputError(f"{value:g}; accepted: a finite number")
    if abs(value) > LARGEST:
        raise InputError(f"{value:g}; accepted: {-LARGEST:g} to {LARGEST:g}")
    return value


def share(what: str, value: Any) -> float:
    """A share that is neither nothing nor all, or one line about what it is instead."""
    if not is_number(value) or not 0 < value < 1:
        raise InputError(f"{what} {value!r}; accepted: between 0 and 1")
    return value


def whole(value: Any) -> int:
    """A whole number, or one line about what it is instead."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise InputError(f"{value!r}; accepted: a whole number")
    return int(value)


def count(value: Any, least: int, most: int) -> int:
    """A whole number in a range, or one line about what it is instead."""
    found = whole(value)
    if not least <= found <= most:
        raise InputError(f"{found}; accepted: {least} to {most}")
    return found
