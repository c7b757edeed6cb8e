"""Bands on any study: the same points for samples of a calibrated cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
import pybamm
import xarray as xr

from aslb.experiments.calibration.samples import fit_of, sample_weights
from aslb.experiments.study.definition import Study
from aslb.parameters.composition.cell import Cell

LEVELS = (2.5, 97.5)  # %, the ends of a band


def solved(
    cell: Cell,
    experiment: pybamm.Experiment,
    points: Sequence[Mapping[str, float]],
    *,
    executor: Executor | None = None,
    **settings: Any,
) -> xr.Dataset:
    """A study of listed points, each a set of values.

    Parameters
    ----------
    cell : Cell
        The cell.
    experiment : pybamm.Experiment
        What is done to it.
    points : sequence of mapping of str to float
        Values by name, the same names at every point.
    executor : concurrent.futures.Executor, optional
        Where to run.
    **settings
        As for `Study`.

    Returns
    -------
    xarray.Dataset
        As from `Study.run`, with the dimension `point`.

    Raises
    ------
    KeyboardInterrupt
        At an interruption: what is missing would pass for what could not be solved.
    """
    vary = {name: [float(point[name]) for point in points] for name in points[0]}
    study = Study(cell, experiment, vary, method="list", **settings)
    data = study.run(executor=executor)
    if (data.reason == "interrupted").any():
        raise KeyboardInterrupt
    return data


def weights_of(
    cells: Sequence[Cell],
    number: int,
    seed: int,
    model: str,
    executor: Executor | None = None,
) -> list[np.ndarray]:
    """Weights of the samples of each cell; cells may share a fit.

    Parameters
    ----------
    cells : sequence of Cell
        Cells that carry fits.
    number, seed, model, executor
        As for `aslb.experiments.calibration.samples.sample_weights`.

    Returns
    -------
    list of numpy.ndarray
        One a cell.
    """
    known: dict[tuple[str, ...], np.ndarray] = {}
    weights = []
    for fit in [fit_of(cell) for cell in cells]:
        key = (fit.cell.hash, fit.fitted_to, repr(fit.position), repr(fit.covariance))
        if key not in known:
            known[key] = sample_weights(fit, number, seed, model, executor)
        weights.append(known[key])
    return weights


def effective_number(weights: np.ndarray) -> float:
    """How many samples of equal weight would say as much.

    Parameters
    ----------
    weights : numpy.ndarray
        Weight of each sample.

    Returns
    -------
    float
        The number; 0 if no sample counts.

    References
    ----------
    .. [1] L. Kish, Survey Sampling, Wiley 1965.
    """
    total = float(weights.sum())
    return total**2 / float((weights**2).sum()) if total > 0 else 0.0


def weighted_band(numbers: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Ends of the 95 % band of weighted samples.

    Parameters
    ----------
    numbers : numpy.ndarray
        One value for each sample; NaN where it is unknown.
    weights : numpy.ndarray
        Weight of each sample.

    Returns
    -------
    tuple of float
        Lower and upper end; NaN if nothing is known.
    """
    known = np.isfinite(numbers) & (weights > 0)
    if not known.any():
        return np.nan, np.nan
    low, high = np.quantile(
        numbers[known],
        np.array(LEVELS) / 100,
        weights=weights[known],
        method="inverted_cdf",
    )
    return float(low), float(high)


def ends_of(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Bands of samples along the first axis: all lower ends, and all upper ends."""
    return np.apply_along_axis(weighted_band, 0, values, weights)


def band(name: str, like: xr.DataArray, ends: np.ndarray) -> dict[str, xr.DataArray]:
    """Lower and upper ends of a band, with dimensions and attributes of a variable."""
    lower, upper = (like.copy(data=end) for end in ends)
    return {f"{name}_lower": lower, f"{name}_upper": upper}


def behind(weights: Sequence[np.ndarray]) -> dict[str, Any]:
    """What bands rest on, for attributes: samples, and how many they amount to."""
    return {
        "samples": len(weights[0]),
        "effective_samples": min(map(effective_number, weights)),
    }
