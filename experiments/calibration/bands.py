"""Bands on any study: the same points for samples of a calibrated cell."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pybamm
import xarray as xr
from scipy.stats import norm

from aslb.errors import InputError
from aslb.experiments.calibration.posterior import LEVELS
from aslb.experiments.calibration.unknowns import those_of, unknowns_of, values_at
from aslb.experiments.study.definition import Study
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.composition import CURRENT
from aslb.parameters.composition.fit import MODEL_ERROR, Fit, offset_at
from aslb.parameters.quantity import Quantity, recomputed

QUANTILES = norm.ppf((np.arange(25) + 0.5) / 25)
"""Of the standard normal distribution, each as likely: of an error."""


def fit_of(cell: Cell) -> Fit:
    """The fit that a cell carries, of whose samples bands are made.

    Raises
    ------
    InputError
        If there is none.
    """
    if cell.fit is None:
        raise InputError(
            f"bands need a calibration, which '{cell.name}' does not have; accepted: "
            "a cell that was fitted, as Cao2021_thin_halide or one from aslb calibrate"
        )
    return cell.fit


def sample(cell: Cell, number: int, seed: int) -> list[dict[str, float]]:
    """Random sets of parameters of a calibrated cell, by name.

    What the fit says follows its posterior. What the cell has of its own is spread
    evenly over its range, in its logarithm if that spans decades, or computed again if
    it follows from what is drawn: a contact that makes up a measured shift is less
    where a pellet is more. A fitted value of its own, and one that was chosen, stays.
    """
    fit = fit_of(cell)
    known = cell.quantities
    loose = [n for n in those_of(known, fit.own) if known[n].kind != "fitted"]
    following = [name for name in loose if known[name].kind == "derived"]
    unknowns = unknowns_of(known, [name for name in loose if name not in following])
    # another stream than that of what cells share
    own = np.random.default_rng([seed, 1])
    drawn = own.random((number, len(unknowns)))
    sets = []
    shared = fit.draws.drop(columns=[*fit.own], errors="ignore").filter(fit.names)
    rows = _rows(shared, number, seed).to_numpy()
    for common, row in zip(rows, drawn, strict=True):
        values = dict(zip(shared.columns, map(float, common), strict=True))
        values |= values_at(unknowns, row)
        given = partial(_given, [(known[k], value) for k, value in values.items()], own)
        values |= {name: float(recomputed(known[name], given)) for name in following}
        sets.append(values)
    return sets


def _given(
    drawn: Sequence[tuple[Quantity, float]], own: np.random.Generator, item: Quantity
) -> float | None:
    """Value of a quantity that was drawn, or is now; None if it is computed."""
    for other, value in drawn:
        if other is item or other == item:
            return value
    return None if item.formula else own.uniform(item.lower, item.upper)


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
    # a current follows from what a cell holds, but the protocol sets it
    names = [name for name in points[0] if name != CURRENT]
    vary = {name: [float(point[name]) for point in points] for name in names}
    study = Study(cell, experiment, vary, method="list", **settings)
    data = study.run(executor=executor)
    if (data.reason == "interrupted").any():
        raise KeyboardInterrupt
    return data


def _rows(draws: pd.DataFrame, number: int, seed: int) -> pd.DataFrame:
    """Random rows of draws; the same seed takes the same, and more begin alike."""
    order = np.random.default_rng(seed).permutation(len(draws))
    times = -(-number // len(draws))  # with more than there are they come again
    return draws.iloc[np.tile(order, times)[:number]].reset_index(drop=True)


class Samples(NamedTuple):
    """What a calibrated cell gives for samples, over all readings of its data.

    Parameters
    ----------
    data : list of xarray.Dataset
        A study of listed points for each reading: each sample at each of the points.
    draws : list of pandas.DataFrame
        What draws of the posterior say besides: a row a sample.
    counts : list of int
        Samples of each reading.
    """

    data: list[xr.Dataset]
    draws: list[pd.DataFrame]
    counts: list[int]

    def of(self, quantity: str) -> np.ndarray:
        """A quantity: samples, points, and what it has besides."""
        parts = [
            one[quantity].values.reshape(count, -1, *one[quantity].shape[1:])
            for one, count in zip(self.data, self.counts, strict=True)
        ]
        return np.concatenate(parts)

    def offsets(self, c_rates: npt.ArrayLike) -> np.ndarray:
        """What capacities at rates [h-1] are off by: samples and rates [mAh/g].

        At a rate that was measured it is what the data say of it. At any other it is
        random, as far as the model is off at those.
        """
        rng = np.random.default_rng(len(self.draws))
        columns = []
        for c_rate in np.atleast_1d(c_rates):
            name, parts = offset_at(c_rate), []
            for draws in self.draws:
                if name in draws:
                    parts.append(draws[name])
                else:
                    normal = rng.standard_normal(len(draws))
                    parts.append(draws[MODEL_ERROR] * normal)
            columns.append(np.concatenate(parts))
        return np.array(columns).T

    def medians(self, samples: np.ndarray) -> np.ndarray:
        """Lowest and highest of the medians of each reading, of samples in order."""
        parts = np.split(samples, np.cumsum(self.counts)[:-1])
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="All-NaN")
            found = [np.nanmedian(part, axis=0) for part in parts]
            return np.array([np.nanmin(found, axis=0), np.nanmax(found, axis=0)])


def sampled(
    cell: Cell,
    run: Callable[[Cell, Sequence[Mapping[str, float]]], xr.Dataset],
    number: int,
    seed: int,
    points: Sequence[Mapping[str, float]] = ({},),
) -> Samples:
    """Samples of a calibrated cell, each at every point of a study.

    They are shared out to the readings of its data as these are likely. What a point
    says stands in the place of what a sample would.

    Parameters
    ----------
    cell : Cell
        The cell, which carries a fit.
    run : callable
        Gives the study of a reading of the cell at listed values by name, with the
        dimension `point`; no two of them are the same.
    number : int
        How many samples.
    seed : int
        Of the samples.
    points : sequence of mapping, optional
        Values that vary besides, by name; as built, if there are none.

    Raises
    ------
    InputError
        If the cell has no fit.
    """
    fit_of(cell)
    readings = cell.readings()
    counts = _shared_out(number, [weight for _, weight in readings])
    data, draws, kept = [], [], []
    for turn, ((reading, _), count) in enumerate(zip(readings, counts, strict=True)):
        if not count:
            continue
        sets = [
            {**values, **point}
            for values in sample(reading, count, seed + turn)
            for point in points
        ]
        data.append(each_once(partial(run, reading), sets))
        draws.append(_rows(fit_of(reading).draws, count, seed + turn))
        kept.append(count)
    return Samples(data, draws, kept)


def each_once(
    run: Callable[[Sequence[Mapping[str, float]]], xr.Dataset],
    sets: Sequence[Mapping[str, float]],
) -> xr.Dataset:
    """A study of listed points of which some come again, as draws of a chain do.

    Each is solved once.
    """
    keys = [tuple(one.values()) for one in sets]
    distinct = dict(zip(keys, sets, strict=True))
    place = {key: k for k, key in enumerate(distinct)}
    return run([*distinct.values()]).isel(point=[place[key] for key in keys])


def _shared_out(number: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers as close to shares as their sum allows (largest remainders)."""
    exact = number * np.array(weights) / sum(weights)
    counts = np.floor(exact).astype(int)
    for at in np.argsort(counts - exact)[: number - counts.sum()]:
        counts[at] += 1
    return [int(count) for count in counts]


def ends_of(samples: np.ndarray) -> np.ndarray:
    """Lower and upper ends of 90 % bands of samples; an end is never negative.

    Parameters
    ----------
    samples : numpy.ndarray
        What is known of each along the first axis; NaN where it is not known.

    Returns
    -------
    numpy.ndarray
        All lower ends, and all upper ends.
    """
    lower, _, upper = quantiles_of(samples)
    return np.array([np.maximum(lower, 0), np.maximum(upper, 0)])


def quantiles_of(samples: np.ndarray, error: float = 0.0) -> np.ndarray:
    """Lower ends, medians and upper ends of 90 % bands, as for `ends_of`.

    With the standard error of what is measured in the same unit, which is normal about
    each sample.
    """
    grid = QUANTILES if error else np.zeros(1)
    aside = error * grid.reshape(-1, *[1] * samples.ndim)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="All-NaN slice")
        return np.nanquantile(samples + aside, LEVELS, axis=(0, 1))


def band(like: xr.DataArray, ends: np.ndarray, of: str = "") -> dict[str, xr.DataArray]:
    """Lower and upper ends of a band, with dimensions and attributes of a variable.

    They are called as it is, with "_lower" and "_upper"; those `of` "median", the
    lowest and highest of the medians of readings, with "_median_lower" and so on.
    """
    name = "_".join(filter(None, (str(like.name), of)))
    lower, upper = (like.copy(data=end) for end in ends)
    return {f"{name}_lower": lower, f"{name}_upper": upper}


def behind(fits: Iterable[Fit], samples: int) -> dict[str, Any]:
    """What bands rest on, for attributes: samples, and the largest error [mAh/g]."""
    return {"samples": samples, "model_error": max(fit.model_error for fit in fits)}
