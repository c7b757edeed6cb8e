"""Printed numbers, with the rounding that printing did to them."""

from __future__ import annotations

from decimal import Decimal

from aslb.parameters.quantity import Interval


def printed(value: float) -> Interval:
    """A number as printed: half a unit of its last digit either way.

    Parameters
    ----------
    value : float
        The number. Its last digit is that of its shortest decimal form, so that a
        zero at the end of a fraction widens the range rather than narrowing it.

    Returns
    -------
    Interval
        The numbers that print alike.
    """
    exponent = Decimal(repr(value)).as_tuple().exponent
    assert isinstance(exponent, int)
    half = 0.5 * 10.0 ** min(exponent, 0)
    return Interval(float(value), value - half, value + half)


def between(*values: float) -> Interval:
    """The mean of numbers as printed, and the range that they span."""
    ranges = [printed(value) for value in values]
    return Interval(
        sum(values) / len(values),
        min(item.lower for item in ranges),
        max(item.upper for item in ranges),
    )
