"""Bands on any study: the same points for samples of a calibrated cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
import pybamm
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.calibration.each import Failure
from aslb.experiments.calibration.observables import observables, observe_each
from aslb.experiments.calibration.posterior import posterior_of
from aslb.experiments.calibration.unknowns import those_of, unknowns_of, values_at
from aslb.experiments.study.definition import Study
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import Fit

LEVELS = (0.025, 0.975)  # the ends of a band


def fit_of(cell: Cell) -> Fit:
    """The fit that a cell carries."""
    if cell.fit is None:
        raise InputError(
            f"bands need a calibration, which '{cell.name}' does not have; accepted: "
            "a cell that was fitted, as Cao2021_thin_halide or one from aslb calibrate"
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
    loose = [n for n in fit.own if cell.quantities[n].kind != "fitted"]
    unknowns = unknowns_of(cell.quantities, those_of(cell.quantities, loose))
    # another stream than that of what cells share
    drawn = np.random.default_rng([seed, 1]).random((number, len(unknowns)))
    return [
        {name: value for name, value in common.items() if name not in fit.own}
        | values_at(unknowns, row)
        for common, row in zip(shared, drawn, strict=True)
    ]


def sample_weights(
    fit: Fit, number: int, seed: int, model: str, executor: Executor | None = None
) -> np.ndarray:
    """Weight of each sample: how well the data bear it, against what was drawn.

    The samples come from a Gaussian around the optimum, cut off at the ranges. Where
    the model is not linear that Gaussian and the data disagree, and the weights make up
    for it. They are at most 1, and 0 where the cell could not be solved.
    """
    around = posterior_of(fit)
    sets = around.sample(number, seed)
    _, measured, spread = observables(fit.data)
    modelled = observe_each(fit.cell, fit.data, model, sets, "weights", executor)
    exponents = np.full(number, -np.inf)
    for k, numbers in enumerate(modelled):
        if not isinstance(numbers, Failure):
            cost = float((((numbers - measured) / spread) ** 2).sum())
            exponents[k] = (around.distance(sets[k]) - cost) / 2
    if not np.isfinite(exponents).any():
        return np.zeros(number)
    return np.exp(exponents - exponents.max())


def weights_of(
    cells: Sequence[Cell],
    number: int,
    seed: int,
    model: str,
    executor: Executor | None = None,
) -> list[np.ndarray]:
    """Weights of the samples of each cell; a fit that cells share is solved once."""
    known: dict[tuple[str, ...], np.ndarray] = {}
    weights = []
    for fit in [fit_of(cell) for cell in cells]:
        key = (fit.cell.hash, fit.fitted_to, repr(fit.position), repr(fit.covariance))
        if key not in known:
            known[key] = sample_weights(fit, number, seed, model, executor)
        weights.append(known[key])
    return weights


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


def effective_number(weights: np.ndarray) -> float:
    """How many samples of equal weight would say as much; 0 if no sample counts.

    References
    ----------
    .. [1] L. Kish, Survey Sampling, Wiley 1965.
    """
    total = float(weights.sum())
    return total**2 / float((weights**2).sum()) if total > 0 else 0.0


def weighted_band(numbers: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Ends of the 95 % band of weighted samples, of those that are known."""
    known = np.isfinite(numbers) & (weights > 0)
    if not known.any():
        return np.nan, np.nan
    low, high = np.quantile(
        numbers[known], LEVELS, weights=weights[known], method="inverted_cdf"
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
