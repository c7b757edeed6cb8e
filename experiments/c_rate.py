"""C-rates as they are spoken, and as numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aslb.errors import InputError, about
from aslb.parameters.given import real, whole

SPOKEN = "C/20, 0.5C, 1C or 0.05"
"""How a rate may be written."""

BLOCKS = "accepted: a list of [c_rate, cycles], as [[0.05, 3], [0.1, 5]]"


def rate_of(said: Any) -> Any:
    """A rate [h-1] from how it is spoken; what is no text stays as it is.

    Parameters
    ----------
    said : str or float
        As "C/20", "0.5C", "1C" or "0.05"; or a number.

    Returns
    -------
    float
        Rate [h-1].

    Raises
    ------
    InputError
        If a text is no rate.

    Examples
    --------
    >>> rate_of("C/20")
    0.05
    """
    if not isinstance(said, str):
        return said
    text = said.strip().upper()
    try:
        if text.startswith("C/"):
            return 1 / float(text[2:])
        return float(text.removesuffix("C"))
    except (ValueError, ZeroDivisionError):
        raise InputError(f"{said!r} is not a C-rate; accepted: {SPOKEN}") from None


def rates_of(said: Any) -> Any:
    """One rate or several [h-1], each of which may be spoken."""
    if isinstance(said, str):
        return rate_of(said)
    return [rate_of(one) for one in said] if isinstance(said, list | tuple) else said


def pairs_of(rates: Any) -> list[Any]:
    """Pairs of a rate and a number of cycles, whatever these are."""
    if isinstance(rates, str) or not isinstance(rates, Iterable):
        raise InputError(f"{rates!r}; {BLOCKS}")
    pairs = [*rates]
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise InputError(f"{pair!r}; {BLOCKS}")
    if not pairs:
        raise InputError(f"{rates!r}; {BLOCKS}")
    return pairs


def blocks_of(rates: Any) -> list[tuple[Any, int]]:
    """Rates [h-1] of a rate test, and how many cycles at each.

    Parameters
    ----------
    rates : iterable of (float, str or None, int)
        As for `aslb.experiments.rate_test`.

    Raises
    ------
    InputError
        If it is anything else.
    """
    with about("rates"):
        pairs = pairs_of(rates)
    return [(_rate(rate_of(said)), _cycles(count)) for said, count in pairs]


def _rate(rate: Any) -> float | None:
    with about("C-rate"):
        return None if rate is None else real(rate, SPOKEN)


def _cycles(count: Any) -> int:
    with about("cycles"):
        return whole(count)
