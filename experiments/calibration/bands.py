"""Bands on any study: the same points for samples of a calibrated cell."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
import pybamm
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.calibration.posterior import INTERVAL, posterior_of
from aslb.experiments.calibration.unknowns import those_of, unknowns_of, values_at
from aslb.experiments.study.definition import Study
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import Fit

LEVELS = (0.025, 0.5, 0.975)  # lower end, middle and upper end of a band


def fit_of(cell: Cell) -> Fit:
    """The fit that a cell carries, of whose samples bands are made.

    Raises
    ------
    InputError
        If there is none, or its bands miss data that it was fitted to.
    """
    if cell.fit is None:
        raise InputError(
            f"bands need a calibration, which '{cell.name}' does not have; accepted: "
            "a cell that was fitted, as Cao2021_thin_halide or one from aslb calibrate"
        )
    if cell.fit.missed:
        raise InputError(
            f"the bands of '{cell.name}' miss what it was fitted to, "
            f"{', '.join(cell.fit.missed)}; accepted: a cell whose fit holds its data"
        )
    return cell.fit


def sample(cell: Cell, number: int, seed: int) -> list[dict[str, float]]:
    """Random sets of parameters of a calibrated cell, by name.

    What the fit says follows its posterior; what the cell has of its own is spread
    evenly over its range, in its logarithm if that spans decades. A fitted value of its
    own, and one that was chosen, stays.
    """
    fit = fit_of(cell)
    shared = posterior_of(fit).sample(number, seed)
    known = cell.quantities
    loose = [n for n in those_of(known, fit.own) if known[n].kind != "fitted"]
    unknowns = unknowns_of(known, loose)
    # another stream than that of what cells share
    drawn = np.random.default_rng([seed, 1]).random((number, len(unknowns)))
    return [
        {name: value for name, value in common.items() if name not in fit.own}
        | values_at(unknowns, row)
        for common, row in zip(shared, drawn, strict=True)
    ]


def solved(
    cell: Cell,
    experiment: pybamm.Experiment,
    points: Sequence[Mapping[str, float]],
    *,
    executor: Executor | None = None,
    **settings: Any,
) -> xr.Dataset:
    """A study of listed points, each a set of values of the same names.

    An interruption raises `KeyboardInterrupt`: what is missing would pass for what
    could not be solved.
    """
    vary = {name: [float(point[name]) for point in points] for name in points[0]}
    study = Study(cell, experiment, vary, method="list", **settings)
    data = study.run(executor=executor)
    if (data.reason == "interrupted").any():
        raise KeyboardInterrupt
    return data


def ends_of(samples: np.ndarray, error: float = 0.0) -> np.ndarray:
    """Lower and upper ends of 95 % bands of samples along the first axis.

    The quantiles of those that are known, with the model error added in quadrature to
    the distance of each from the median; an end is never negative.

    Parameters
    ----------
    samples : numpy.ndarray
        What the model gives for each sample; NaN where it is not known.
    error : float, optional
        Standard error of the model, in the same unit: that of the fit for a capacity in
        mAh/g. What is proportional to the capacity, as an energy, has the same relative
        error; an efficiency or a critical thickness has none.

    Returns
    -------
    numpy.ndarray
        All lower ends, and all upper ends.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="All-NaN slice")
        low, median, high = np.nanquantile(samples, LEVELS, axis=0)
    lower = median - np.hypot(median - low, INTERVAL * error)
    upper = median + np.hypot(high - median, INTERVAL * error)
    return np.array([np.maximum(lower, 0), upper])


def band(name: str, like: xr.DataArray, ends: np.ndarray) -> dict[str, xr.DataArray]:
    """Lower and upper ends of a band, with dimensions and attributes of a variable."""
    lower, upper = (like.copy(data=end) for end in ends)
    return {f"{name}_lower": lower, f"{name}_upper": upper}


def behind(fits: Iterable[Fit], samples: int) -> dict[str, Any]:
    """What bands rest on, for attributes: samples, and the largest error [mAh/g]."""
    return {"samples": samples, "model_error": max(fit.model_error for fit in fits)}
