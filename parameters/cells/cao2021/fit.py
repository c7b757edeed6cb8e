"""Values that were fitted to the reference cells."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from aslb.parameters.quantity import Quantity

CALIBRATION = "calibration.json"
"""Written by ``aslb calibrate``, and shipped with the package."""


@cache
def calibration() -> dict[str, Any]:
    """Contents of the calibration that ships with the package.

    Returns
    -------
    dict
        Values found, where they lie in their ranges, and their covariance.
    """
    return json.loads(
        (files("aslb.parameters.cells.cao2021") / CALIBRATION).read_text()
    )


def calibrated(name: str, quantity: Quantity, cell: str = "cell-3") -> Quantity:
    """A quantity with its fitted value.

    Parameters
    ----------
    name : str
        PyBaMM name.
    quantity : Quantity
        What is known without the fit: unit, and the range within which it was sought.
    cell : str, optional
        Cell of the reference paper to whose data it was fitted.

    Returns
    -------
    Quantity
        The fitted value, within the range of `quantity`.
    """
    fit = calibration()[cell]
    return replace(
        quantity,
        value=fit["values"][name],
        kind="fitted",
        source=f"`aslb calibrate`, within the range of: {quantity.source}",
        fitted_to=fit["fitted_to"],
    )
