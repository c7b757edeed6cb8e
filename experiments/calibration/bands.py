"""Bands on a study: the same study for samples of the cell's uncertain parameters."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import Any

import numpy as np
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.analyses.thickness.study import NAME, THIN_LIMIT
from aslb.experiments.calibration.data import reference_data
from aslb.experiments.calibration.fit import observables, observe
from aslb.experiments.calibration.samples import (
    effective_number,
    reference_posterior,
    sample,
    weighted_band,
)
from aslb.experiments.engine.cycle import CyclePlan, CycleRun
from aslb.experiments.engine.execute import execute
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.simulate import (
    CELLS,
    active_mass,
    cutoffs,
    pack,
    parameter_values,
)
from aslb.experiments.engine.worker import Group, solve_cycles
from aslb.experiments.protocols import rate_test

CALIBRATED = "Cao2021_thin_halide"
KEPT = Outputs(("discharge_capacity",))


def sample_weights(
    samples: int, seed: int, model: str, executor: Executor | None = None
) -> np.ndarray:
    """Weight of each sample: how well cell-3's data bear it, against what was drawn.

    The samples come from a Gaussian around the optimum. Where the model is not linear
    that Gaussian and the data disagree, and the weights make up for it.

    Parameters
    ----------
    samples, seed : int
        As for `aslb.experiments.calibration.samples.sample`.
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
    c_rates = tuple(study.c_rate.values.tolist())
    capacity = np.full((len(cells), study.cycle.size, samples), np.nan)
    tasks: list[tuple[Any, ...]] = []
    owners: list[tuple[int, int]] = []
    for row, cell in enumerate(cells):
        sets = sample(cell, samples, seed)
        limits = {
            end: float(study[end][row]) for end in ("upper_cutoff", "lower_cutoff")
        }
        packed = _packed(cell, study, limits, sets[0])
        tasks += [(packed, values, c_rates) for values in sets]
        owners += [(row, k) for k in range(samples)]

    def collect(index: int, run: CycleRun | None, failure: str) -> None:
        row, k = owners[index]
        if run is not None and not run.failure:
            mass = active_mass(parameter_values(cells[row]))
            capacity[row, :, k] = [cycle.discharge[0] / mass for cycle in run.cycles]

    execute(solve_cycles, tasks, collect, executor=executor, description="samples")
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
    packed = _packed(cell, study, limits, {**sets[0], NAME: THIN_LIMIT})
    for column, c_rate in enumerate(study.c_rate.values):
        for k, values in enumerate(sets):
            for row, layer in enumerate(grid):
                tasks.append((packed, {**values, NAME: layer}, (float(c_rate),)))
                places.append((row, column, k))

    def collect(index: int, run: CycleRun | None, failure: str) -> None:
        if run is not None and not run.failure:
            capacity[places[index]] = run.cycles[0].discharge[0] / mass

    execute(solve_cycles, tasks, collect, executor=executor, description="samples")
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


def _packed(
    cell: str,
    study: xr.Dataset,
    limits: Mapping[str, float],
    inputs: Mapping[str, float],
) -> bytes:
    """The cell and protocol of a study, with what the samples set as inputs."""
    values = parameter_values(cell).copy()
    values.update(inputs)
    plan = CyclePlan(**limits, hold=study.attrs["hold"], outputs=KEPT)
    return Group(values, study.attrs["model"], tuple(inputs), plan).pack()


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
