"""What no other point of a study beats in both of two quantities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from aslb.experiments.protocols import C_RATE


def pareto_front(first: npt.ArrayLike, second: npt.ArrayLike) -> np.ndarray:
    """Which points are dominated by no other, more of either being better.

    A point dominates another if it is as good in both quantities and better in one.
    """
    points = pd.DataFrame({"first": np.ravel(first), "second": np.ravel(second)})
    known = points.dropna()
    best = known.groupby("first").second.max().sort_index(ascending=False)
    beyond = best.cummax().shift(fill_value=-np.inf)
    front = best[best > beyond]
    on_front = known.second == known["first"].map(front)
    return on_front.reindex(points.index, fill_value=False).to_numpy()


def capacity_retention(study: xr.Dataset) -> xr.DataArray:
    """Discharge capacity over that at the lowest rate, all else equal.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.open_study`: a grid with `c_rate` and discharge capacity.

    Returns
    -------
    xarray.DataArray
        The fraction [-], at all rates above the lowest; NaN where nothing was
        delivered at the lowest.
    """
    ordered = study.discharge_capacity.sortby(C_RATE)
    slowest = ordered.isel({C_RATE: 0}, drop=True)
    return (ordered / slowest.where(slowest > 0)).isel({C_RATE: slice(1, None)})
