"""Bands on the points of a study: the same study for samples of calibrated cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.calibration.bands import (
    Samples,
    band,
    behind,
    ends_of,
    fit_of,
    sampled,
)
from aslb.experiments.engine.outputs import ENERGIES
from aslb.experiments.engine.steps import rates_of_cycles
from aslb.experiments.protocols import C_RATE
from aslb.experiments.study.definition import Study
from aslb.parameters.composition.cell import Cell

CAPACITY_OF = {
    "charge_capacity": "charge_capacity",
    "discharge_capacity": "discharge_capacity",
    "charge_energy": "charge_capacity",
    "discharge_energy": "discharge_capacity",
    **dict.fromkeys(ENERGIES, "discharge_capacity"),
}
"""Quantities that have bands, and the capacities that they are proportional to."""


def with_bands(
    data: xr.Dataset,
    study: Study,
    samples: int | None = None,
    seed: int = 0,
    *,
    out: Path | None = None,
    executor: Executor | None = None,
) -> xr.Dataset:
    """A study with 90 % bands of its capacities and energies.

    Every point is solved for samples of the calibration of its cell, shared out to the
    readings of its data; what varies in the study has its value there in the place of
    the sample's. That is `samples` times the work of the study.

    Parameters
    ----------
    data : xarray.Dataset
        What the study gave; it is not changed.
    study : Study
        The study.
    samples : int, optional
        How many; by default the `bands` of the study.
    seed : int, optional
        Of what is random.
    out : pathlib.Path, optional
        Folder for the samples, a store for each cell and number of samples: the same
        again goes on where it was. By default they are kept in memory only.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    xarray.Dataset
        The study, with lower and upper ends of each capacity and energy that it kept,
        and the lowest and highest of the medians of readings. The attributes say how
        many `samples` there are, and the largest `model_error` of the cells [mAh/g].

    Raises
    ------
    InputError
        If a cell has no fit, or the study keeps no capacity and no energy, or varies
        all that the fit speaks of.
    """
    samples = study.bands if samples is None else samples
    kept = check_bands(study, samples)
    if data.attrs.get("hash") != study.hash:
        raise InputError("bands: data of another study; accepted: what it gave itself")
    points = _points(data, study)
    ends = {name: np.full((4, len(points), _each(data, name)), np.nan) for name in kept}
    outputs = _outputs(study, kept)
    for number, source in enumerate(study.cells):
        here = (points["cell"] == source).to_numpy()
        folder = out / f"bands-{samples}-{number}" if out else None
        drawn = _sampled(
            study, source, points[here], outputs, samples, seed, folder, executor
        )
        rates = _rates(study, points[here])
        offsets = drawn.offsets(rates).reshape(samples, here.sum(), -1)
        for name, of in kept.items():
            values, capacity = (
                drawn.of(one).reshape(samples, here.sum(), -1) for one in (name, of)
            )
            each = values.shape[-1] // capacity.shape[-1]  # boundaries
            off = np.repeat(offsets, each, -1)
            if name != of:
                off = proportional(values, np.repeat(capacity, each, -1), off)
            real = values + off
            ends[name][:, here] = *ends_of(real), *drawn.medians(real)
    for name in kept:
        shape = (4, *data[name].shape)
        four = ends[name].reshape(shape)
        data = data.assign(
            {**band(data[name], four[:2]), **band(data[name], four[2:], "median")}
        )
    return data.assign_attrs(behind(map(fit_of, study.cells.values()), samples))


def check_bands(study: Study, samples: int) -> dict[str, str]:
    """What of a study has bands, and the capacity that each is proportional to.

    Raises
    ------
    InputError
        As `with_bands`.
    """
    if samples < 1:
        raise InputError(f"bands: {samples} samples; accepted: 1 or more")
    for source, cell in study.cells.items():
        fit = fit_of(cell)
        _, changes = study.inputs(study.points[0], source)
        if set(fit.names) <= {*changes, *fit.own}:
            raise InputError(
                f"bands: the study varies all that the fit of '{cell.name}' speaks of; "
                "accepted: a study that leaves some of it"
            )
    asked = (*study.outputs.quantities, *study.outputs.energies)
    kept = {name: of for name, of in CAPACITY_OF.items() if name in asked}
    if not kept:
        raise InputError(
            "bands: no capacity and no energy is kept; accepted: "
            f"{', '.join(CAPACITY_OF)}"
        )
    return kept


def proportional(
    values: np.ndarray, capacities: np.ndarray, offsets: np.ndarray
) -> np.ndarray:
    """What values that are proportional to a capacity are off by.

    They have its relative error.

    Parameters
    ----------
    values : numpy.ndarray
        What the model gives.
    capacities, offsets : numpy.ndarray
        The capacity that belongs to each, and what that is off by [mAh/g].

    Returns
    -------
    numpy.ndarray
        In the unit of the values; 0 where nothing is delivered.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(capacities > 0, values * offsets / capacities, 0.0)


def _points(data: xr.Dataset, study: Study) -> pd.DataFrame:
    """Cell and values of what varies, a row a point in the order of the data."""
    if data.status.dims:
        points = data.status.to_dataframe().reset_index()
    else:
        points = pd.DataFrame(index=[0])
    if "cell" not in points:
        points["cell"] = next(iter(study.cells))
    return points


def _each(data: xr.Dataset, name: str) -> int:
    """How many numbers of a name each point has."""
    return data[name].size // data.status.size


def _rates(study: Study, points: pd.DataFrame) -> np.ndarray:
    """Rate of each cycle of each point [h-1], one after another; NaN if it has none."""
    known = rates_of_cycles(next(iter(study.experiments.values())))
    rows = []
    for c_rate in points.get(C_RATE, np.full(len(points), np.nan)):
        rows += [float(c_rate) if rate is None else rate for rate in known]
    return np.array(rows)


def _sampled(
    study: Study,
    source: str,
    points: pd.DataFrame,
    outputs: Mapping[str, Any],
    samples: int,
    seed: int,
    folder: Path | None,
    executor: Executor | None,
) -> Samples:
    """Points of one cell for samples of its calibration, a store for each reading."""
    _, changes = study.inputs(study.points[0], source)
    written = [name.name for name in study.names]
    turns = count()

    def run(reading: Cell, sets: Sequence[Mapping[str, float]]) -> xr.Dataset:
        names = [x for x in sets[0] if x in written or x not in changes]
        part = Study(
            reading,
            study.protocol,
            {name: [one[name] for one in sets] for name in names},
            start=study.start,
            method="list",
            model=study.model,
            rtol=study.rtol,
            var_pts=study.var_pts,
            **outputs,
        )
        of = folder and folder.with_name(f"{folder.name}-{next(turns)}")
        found = part.run(of, executor=executor, recheck=0)
        if (found.reason == "interrupted").any():
            raise KeyboardInterrupt  # what is missing would pass for a failure
        return found

    listed: Any = points[written].to_dict("records")
    return sampled(study.cells[source], run, samples, seed, listed)


def _outputs(study: Study, kept: dict[str, str]) -> dict[str, Any]:
    """What is kept of each point of a sample."""
    quantities = [*dict.fromkeys((*kept, *kept.values()))]
    if not study.outputs.energies:
        return {"quantities": quantities}
    return {"quantities": quantities, "boundaries": study.outputs.boundaries}
