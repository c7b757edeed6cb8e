"""Bands on a study: the same study for samples of the cell's uncertain parameters."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
import xarray as xr

from aslb.experiments.calibrate import observables, observe
from aslb.experiments.calibration_data import reference_data
from aslb.experiments.errors import InputError
from aslb.experiments.execute import execute
from aslb.experiments.protocols import rate_test
from aslb.experiments.simulate import (
    CELLS,
    RunResult,
    active_mass,
    cutoffs,
    pack,
    parameter_values,
    run,
)
from aslb.experiments.thickness import NAME, THIN_LIMIT
from aslb.experiments.uncertainty import (
    effective_number,
    reference_posterior,
    sample,
    weighted_band,
)

CALIBRATED = "Cao2021_thin_halide"


def sample_weights(
    samples: int, seed: int, model: str, executor: Executor | None = None
) -> np.ndarray:
    """Weight of each sample: how well cell-3's data bear it, against what was drawn.

    The samples come from a Gaussian around the optimum. Where the model is not linear
    that Gaussian and the data disagree, and the weights make up for it.

    Parameters
    ----------
    samples, seed : int
        As for `aslb.experiments.uncertainty.sample`.
    model : str
        Name of the model.
    executor : concurrent.futures.Executor, optional
        Where to run.

    Returns
    -------
    numpy.ndarray
        One weight for each sample, at most 1; 0 where the cell could not be solved.
    """
    around, data = reference_posterior(), reference_data()
    sets = around.sample(samples, seed)
    _, measured, spread = observables(data)
    limits = cutoffs(CALIBRATED, None, None)
    names = [unknown.name for unknown in around.unknowns]
    packed = pack(CALIBRATED, rate_test(data.distinct, **limits), model, names)
    mass = active_mass(parameter_values(CALIBRATED))
    exponents = np.full(samples, -np.inf)

    def collect(k: int, modelled: np.ndarray | None, failure: str) -> None:
        if modelled is not None:
            cost = float((((modelled - measured) / spread) ** 2).sum())
            exponents[k] = (around.distance(sets[k]) - cost) / 2

    execute(
        observe,
        [(packed, data, mass, values) for values in sets],
        collect,
        executor=executor,
        description="weights",
    )
    if not np.isfinite(exponents).any():
        return np.zeros(samples)
    return np.exp(exponents - exponents.max())


def add_rate_bands(
    study: xr.Dataset, samples: int, seed: int = 0, executor: Executor | None = None
) -> xr.Dataset:
    """A rate test with the 95 % band of its discharge capacities.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.rate`, of reference cells.
    samples, seed : int
        Number of samples, and their seed.
    executor : concurrent.futures.Executor, optional
        Where to run.

    Returns
    -------
    xarray.Dataset
        With `discharge_capacity_lower` and `discharge_capacity_upper`, and in its
        attributes `effective_samples`: to how many equally likely samples they amount.

    Raises
    ------
    InputError
        If a cell has no calibration to draw from.
    """
    cells = [_reference(str(cell)) for cell in study.cell.values]
    weights = sample_weights(samples, seed, study.attrs["model"], executor)
    blocks, columns = _blocks(study.c_rate.values)
    capacity = np.full((len(cells), study.cycle.size, samples), np.nan)
    tasks: list[tuple[Any, ...]] = []
    owners: list[tuple[int, int]] = []
    for row, cell in enumerate(cells):
        sets = sample(cell, samples, seed)
        limits = {
            end: float(study[end][row]) for end in ("upper_cutoff", "lower_cutoff")
        }
        experiment = rate_test(blocks, **limits, hold=study.attrs["hold"])
        packed = pack(cell, experiment, study.attrs["model"], list(sets[0]))
        tasks += [(packed, values) for values in sets]
        owners += [(row, k) for k in range(samples)]

    def collect(index: int, result: RunResult | None, failure: str) -> None:
        row, k = owners[index]
        if result is not None and not result.failure:
            mass = active_mass(parameter_values(cells[row]))
            solved = [cycle.discharge.total / mass for cycle in result.cycles]
            capacity[row, :, k] = [solved[column] for column in columns]

    execute(run, tasks, collect, executor=executor, description="samples")
    return _with_band(study, "discharge_capacity", capacity, weights)


def add_thickness_bands(
    study: xr.Dataset, samples: int, seed: int = 0, executor: Executor | None = None
) -> xr.Dataset:
    """A thickness study with the 95 % bands of capacity and critical thickness.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.thickness`, of a reference cell.
    samples, seed : int
        Number of samples, and their seed.
    executor : concurrent.futures.Executor, optional
        Where to run.

    Returns
    -------
    xarray.Dataset
        With `..._lower` and `..._upper` of `discharge_capacity` and of
        `critical_thickness`. The latter is interpolated in each sample; a sample whose
        critical thickness lies beyond the range counts with the end of the range.

    Raises
    ------
    InputError
        If the cell has no calibration to draw from.
    """
    cell = _reference(study.attrs["cell"])
    weights = sample_weights(samples, seed, study.attrs["model"], executor)
    layers = study.thickness.values
    grid = [THIN_LIMIT, *layers]
    limits = {end: study.attrs[end] for end in ("upper_cutoff", "lower_cutoff")}
    sets = [
        {k: v for k, v in values.items() if k != NAME}
        for values in sample(cell, samples, seed)
    ]
    mass = active_mass(parameter_values(cell))
    capacity = np.full((len(grid), study.c_rate.size, samples), np.nan)
    tasks: list[tuple[Any, ...]] = []
    places: list[tuple[int, int, int]] = []
    for column, c_rate in enumerate(study.c_rate.values):
        experiment = rate_test([(float(c_rate), 1)], **limits, hold=study.attrs["hold"])
        packed = pack(cell, experiment, study.attrs["model"], [NAME, *sets[0]])
        for k, values in enumerate(sets):
            for row, layer in enumerate(grid):
                tasks.append((packed, {**values, NAME: layer}))
                places.append((row, column, k))

    def collect(index: int, result: RunResult | None, failure: str) -> None:
        if result is not None and not result.failure:
            capacity[places[index]] = result.cycles[0].discharge.total / mass

    execute(run, tasks, collect, executor=executor, description="samples")
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = capacity[1:] / capacity[0]
    critical = np.array(
        [
            [
                _crossing(layers, relative[:, column, k], study.attrs["fraction"])
                for k in range(samples)
            ]
            for column in range(study.c_rate.size)
        ]
    )
    study = _with_band(study, "discharge_capacity", capacity[1:], weights)
    return _with_band(study, "critical_thickness", critical, weights)


def _crossing(layers: np.ndarray, relative: np.ndarray, fraction: float) -> float:
    """Thickness where a falling curve meets a fraction, or the end of the range."""
    if not np.isfinite(relative).all():
        return np.nan
    below = np.flatnonzero(relative < fraction)
    if len(below) == 0:
        return float(layers[-1])
    end = below[0]
    if end == 0:
        return float(layers[0])
    share = (relative[end - 1] - fraction) / (relative[end - 1] - relative[end])
    return float(layers[end - 1] * (layers[end] / layers[end - 1]) ** share)


def _blocks(
    c_rates: Sequence[float] | np.ndarray,
) -> tuple[list[tuple[float, int]], list[int]]:
    """Two cycles for each block at one rate, and which stands for each cycle."""
    blocks: list[tuple[float, int]] = []
    columns = []
    for k, c_rate in enumerate(c_rates):
        if k == 0 or c_rate != c_rates[k - 1]:
            blocks.append((float(c_rate), 2))
            columns.append(2 * (len(blocks) - 1))
        else:
            columns.append(2 * (len(blocks) - 1) + 1)
    return blocks, columns


def _reference(cell: str) -> str:
    if cell not in CELLS:
        raise InputError(
            f"bands need a calibration, which '{cell}' does not have; accepted: "
            + ", ".join(CELLS)
        )
    return cell


def _with_band(
    study: xr.Dataset, name: str, values: np.ndarray, weights: np.ndarray
) -> xr.Dataset:
    """Add the ends of the band of samples along the last axis."""
    flat = values.reshape(-1, values.shape[-1])
    ends = np.array([weighted_band(row, weights) for row in flat])
    shape = values.shape[:-1]
    study.attrs["effective_samples"] = effective_number(weights)
    for k, end in enumerate(("lower", "upper")):
        study[f"{name}_{end}"] = (
            study[name].dims,
            ends[:, k].reshape(shape),
            study[name].attrs,
        )
    return study
