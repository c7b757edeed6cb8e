"""C-rates as they are spoken, and as numbers."""

from __future__ import annotations

from typing import Any

from aslb.errors import InputError

SPOKEN = "C/20, 0.5C, 1C or 0.05"
"""How a rate may be written."""


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
