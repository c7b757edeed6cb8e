"""Bands on the points of a study: the same study for samples of calibrated cells."""

from __future__ import annotations

import warnings
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.calibration.bands import band, behind, ends_of, fit_of, sample
from aslb.experiments.engine.outputs import ENERGIES
from aslb.experiments.study.definition import Study
from aslb.experiments.study.names import STARTS

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
    """A study with 95 % bands of its capacities and energies.

    Every point is solved for samples of the calibration of its cell; what varies in the
    study has its value there in the place of the sample's. That is `samples` times the
    work of the study.

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
        The study, with lower and upper ends of each capacity and energy that it kept.
        The attributes say how many `samples` there are, and the largest `model_error`
        of the cells [mAh/g].

    Raises
    ------
    InputError
        If a cell has no fit, or one whose bands miss its data, or the study keeps no
        capacity and no energy, or varies all that the fit speaks of.
    """
    samples = study.bands if samples is None else samples
    kept = check_bands(study, samples)
    if data.attrs.get("hash") != study.hash:
        raise InputError("bands: data of another study; accepted: what it gave itself")
    points = _points(data, study)
    ends = {name: np.full((2, len(points), _each(data, name)), np.nan) for name in kept}
    for number, (source, cell) in enumerate(study.cells.items()):
        here = (points["cell"] == source).to_numpy()
        part = Study(
            cell,
            study.experiments[source],
            _vary(study, source, points[here], samples, seed),
            start=study.starts[source] or STARTS[1],
            method="list",
            model=study.model,
            rtol=study.rtol,
            **_outputs(study, kept),
        )
        folder = out / f"bands-{samples}-{number}" if out else None
        found = part.run(folder, executor=executor, recheck=0)
        if (found.reason == "interrupted").any():
            raise KeyboardInterrupt  # what is missing would pass for a failure
        error = fit_of(cell).model_error
        for name, of in kept.items():
            values, capacity = (
                found[one].values.reshape(samples, here.sum(), -1) for one in (name, of)
            )
            boundaries = values.shape[-1] // capacity.shape[-1]  # each has the same
            capacity = np.repeat(capacity, boundaries, axis=-1)
            ends[name][:, here] = (
                ends_of(values, error)
                if name == of
                else proportional_ends(values, capacity, error)
            )
    for name in kept:
        shape = (2, *data[name].shape)
        data = data.assign(band(name, data[name], ends[name].reshape(shape)))
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


def proportional_ends(
    samples: np.ndarray, capacities: np.ndarray, error: float
) -> np.ndarray:
    """Ends of 95 % bands of what is proportional to a capacity.

    It has the same relative model error.

    Parameters
    ----------
    samples : numpy.ndarray
        What the model gives for each sample, along the first axis; NaN where it is not
        known.
    capacities : numpy.ndarray
        The capacity that belongs to each [mAh/g].
    error : float
        Standard error of these capacities [mAh/g].

    Returns
    -------
    numpy.ndarray
        All lower ends, and all upper ends; NaN where no sample delivers anything.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="All-NaN slice")
        delivered = np.where(capacities > 0, capacities, np.nan)
        scale = np.nanmedian(samples / delivered, axis=0)
    return scale * ends_of(samples / scale, error)


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


def _vary(
    study: Study, source: str, points: pd.DataFrame, samples: int, seed: int
) -> dict[str, np.ndarray]:
    """Values of all points for the first sample, for the second one, and so on."""
    _, changes = study.inputs(study.points[0], source)
    drawn = sample(study.cells[source], samples, seed)
    names = [name for name in drawn[0] if name not in changes]
    written = [name.name for name in study.names]
    return {
        **{name: np.tile(points[name].to_numpy(float), samples) for name in written},
        **{name: np.repeat([x[name] for x in drawn], len(points)) for name in names},
    }


def _outputs(study: Study, kept: dict[str, str]) -> dict[str, Any]:
    """What is kept of each point of a sample."""
    quantities = [*dict.fromkeys((*kept, *kept.values()))]
    if not study.outputs.energies:
        return {"quantities": quantities}
    return {"quantities": quantities, "boundaries": study.outputs.boundaries}
