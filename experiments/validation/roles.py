"""What the rows of the comparison are: put in, fitted, known or predicted."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

ROLES = {
    "input": "put into the parameters",
    "calibrated": "the parameters were fitted to it or to another capacity of the cell "
    "at its rate, or what the cell weighs was solved from it: agreement says nothing",
    "after unblinding": "calibrated as well, after it had been predicted blind",
    "known": "nothing was fitted to it, but it was at hand when the voltage window was "
    "chosen, and it rests on a fitted capacity: no blind test",
    "predicted": "none of these",
}
"""Each role and what it means."""

Key = tuple[str, float, str]
"""Quantity, rate [h-1] and unit."""


def role_of(key: Key, fitted: Collection[Key], blind: Collection[float]) -> str:
    """The role of a quantity of a cell, by what the cell was fitted to.

    Nothing ages, so that all capacities at a rate are one number of the model: where
    one of them was fitted, none is predicted.

    Parameters
    ----------
    key : tuple of str, float, str
        The quantity.
    fitted : collection of tuple
        What the cell was fitted to.
    blind : collection of float
        Rates [h-1] of the capacities among them that had been predicted blind before.

    Returns
    -------
    str
        One of `ROLES`.
    """
    _, c_rate, unit = key
    if (c_rate, unit) not in {one[1:] for one in fitted}:
        return "predicted"
    return "after unblinding" if unit == "mAh/g" and c_rate in blind else "calibrated"


def explained(table: pd.DataFrame) -> dict[str, str]:
    """What the roles in a table mean, of those that it has."""
    return {role: what for role, what in ROLES.items() if role in {*table["role"]}}
