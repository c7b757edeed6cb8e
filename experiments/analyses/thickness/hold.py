"""How much the hold at the upper cut-off brings, at two thicknesses."""

from __future__ import annotations

import math

import numpy as np
import xarray as xr

from aslb.experiments.analyses.thickness.conditions import (
    NAME,
    WITH_LOSSES,
    Conditions,
)
from aslb.experiments.protocols import C_RATE, HOLD_H
from aslb.parameters.composition.cell import Cell

HOLDS = (0.25, 0.5, 1.0, 2.0, 5.0)  # h
AS_BUILT, THICKEST = "as built", "thickest"


def hold_study(
    cell: Cell,
    thickest: float,
    c_rates: np.ndarray,
    holds: np.ndarray,
    conditions: Conditions,
) -> xr.Dataset:
    """Capacity against the hold at the thickness as built and at the thickest.

    Parameters
    ----------
    cell : Cell
        The cell.
    thickest : float
        Largest thickness of the study [m].
    c_rates : numpy.ndarray
        Rates [h-1].
    holds : numpy.ndarray
        Durations of the hold [h].
    conditions : Conditions
        How the cell is cycled otherwise; its formation has the usual hold.

    Returns
    -------
    xarray.Dataset
        `hold_capacity` [mAh/g], `hold_status` and `hold_reason` over `hold_h`, `at` and
        `c_rate`, with `at_thickness` [m] along `at`.
    """
    at = {AS_BUILT: cell.numbers.get(NAME, math.nan), THICKEST: thickest}
    if not at[AS_BUILT] < thickest:  # there is but one to tell of
        del at[AS_BUILT]
    # what is kept is what the main study keeps, so that one built model serves both
    data = conditions.solved(
        cell,
        {NAME: [*at.values()], HOLD_H: holds, C_RATE: c_rates},
        kept=WITH_LOSSES,
    )
    names = {"discharge_capacity": "hold_capacity"}
    names |= {name: f"hold_{name}" for name in ("status", "reason")}
    study = data[[*names]].rename({**names, NAME: "at"})
    study = study.assign_coords(
        at=[*at],
        at_thickness=("at", [*at.values()], {"units": "m", "long_name": NAME}),
    )
    return study.transpose(HOLD_H, "at", C_RATE)
