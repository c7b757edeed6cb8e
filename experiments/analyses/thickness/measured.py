"""What was measured on cells, at the thickness that each was built with."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import xarray as xr

from aslb.experiments.analyses.thickness.conditions import NAME
from aslb.experiments.protocols import C_RATE
from aslb.parameters.composition.cell import Cell


def measured_points(cells: Iterable[Cell], c_rates: Iterable[float]) -> xr.Dataset:
    """Measured capacities at the rates of a study.

    Parameters
    ----------
    cells : iterable of Cell
        The cells; those of which nothing is known at these rates are left out.
    c_rates : iterable of float
        The rates [h-1].

    Returns
    -------
    xarray.Dataset
        `measured_capacity` [mAh/g] over `measured_cell` and `c_rate`, NaN where it is
        not known, and `measured_thickness` [m]; empty if there is no cell.
    """
    c_rates = [*c_rates]
    found = [(cell, _capacities(cell, c_rates)) for cell in cells]
    known = [(cell, row) for cell, row in found if np.isfinite(row).any()]
    if not known:
        return xr.Dataset()
    unit = {"units": "mAh/g", "long_name": "Measured discharge capacity"}
    built = {"units": "m", "long_name": "Separator thickness of the measured cell"}
    built_with = [cell.numbers.get(NAME, math.nan) for cell, _ in known]
    capacities = [row for _, row in known]
    return xr.Dataset(
        {
            "measured_capacity": (["measured_cell", C_RATE], capacities, unit),
            "measured_thickness": ("measured_cell", built_with, built),
        },
        {"measured_cell": [cell.name for cell, _ in known], C_RATE: c_rates},
    )


def _capacities(cell: Cell, c_rates: list[float]) -> list[float]:
    """Capacity of the first block at each rate [mAh/g]: the recovery comes last."""
    if cell.measured is None:
        return [math.nan] * len(c_rates)
    blocks = [*zip(cell.measured.c_rates, cell.measured.capacities, strict=True)]
    return [
        next((q for rate, q in blocks if math.isclose(rate, c_rate)), math.nan)
        for c_rate in c_rates
    ]
