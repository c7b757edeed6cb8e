"""Bands on a thickness study: the same study of samples of the cell."""

from __future__ import annotations

from concurrent.futures import Executor
from itertools import product
from typing import Any

import numpy as np
import xarray as xr

from aslb.experiments.analyses.thickness.critical import critical_thickness, narrowed
from aslb.experiments.analyses.thickness.study import NAME, THIN_LIMIT
from aslb.experiments.calibration.bands import (
    band,
    behind,
    ends_of,
    fit_of,
    sample,
    solved,
)
from aslb.experiments.protocols import C_RATE, cccv
from aslb.parameters.composition.cell import Cell


def with_bands(
    study: xr.Dataset,
    cell: Any,
    samples: int,
    seed: int = 0,
    executor: Executor | None = None,
) -> xr.Dataset:
    """A thickness study with the 95 % bands of capacity and critical thickness.

    Of its cell, which carries a calibration. The critical thickness of each sample is
    found as that of the cell is, with further points where it lies, so that a coarse
    grid moves neither of them. One beyond the range counts with the end of the range.
    The model error of the fit widens the bands of the capacity.
    """
    cell = Cell.of(cell)
    fit = fit_of(cell)
    limits = {n: study.attrs[n] for n in ("upper_cutoff", "lower_cutoff", "hold")}
    sets = sample(cell, samples, seed)
    layers, rates = study.thickness.values, study.c_rate.values

    def capacity(points: list[tuple[int, float, float]]) -> np.ndarray:
        """At pairs of thickness and rate, each of a sample."""
        data = solved(
            cell,
            cccv(**limits),
            [{**sets[k], NAME: layer, C_RATE: rate} for k, layer, rate in points],
            quantities=["discharge_capacity"],
            model=study.attrs["model"],
            executor=executor,
        )
        return data.discharge_capacity.values

    every = capacity([*product(range(samples), (THIN_LIMIT, *layers), rates)])
    every = every.reshape(samples, 1 + len(layers), len(rates))
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = every[:, 1:] / every[:, :1]

    def relative_at(points: list[tuple[float, float]]) -> np.ndarray:
        """At pairs of thickness and column, which is a rate of a sample."""
        columns = [(t, *divmod(int(column), len(rates))) for t, column in points]
        found = capacity([(k, t, rates[n]) for t, k, n in columns])
        return found / [every[k, 0, n] for _, k, n in columns]

    fraction = study.attrs["fraction"]
    columns = np.moveaxis(relative, 0, 1).reshape(len(layers), -1)
    rough = [critical_thickness(layers, c, fraction, beyond=True) for c in columns.T]
    # those at an end lie beyond it, and where one is NaN a point failed
    inside = [k for k, t in enumerate(rough) if layers[0] < t < layers[-1]]
    critical = np.array(rough)
    critical[inside] = narrowed(
        relative_at, layers, np.array(inside), columns[:, inside], fraction
    )
    critical = critical.reshape(samples, len(rates))
    found = {
        "discharge_capacity": ends_of(every[:, 1:], fit.model_error),
        "critical_thickness": ends_of(critical),
    }
    for name, ends in found.items():
        study = study.assign(band(name, study[name], ends))  # a new one
    return study.assign_attrs(behind([fit], samples))
