"""Stored studies as xarray, and as files that other programs read."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.engine.outputs import (
    ENERGIES,
    QUANTITIES,
    energy_column,
    loss_column,
)
from aslb.experiments.study.attributes import attributes
from aslb.experiments.study.packing import (
    REMARKS,
    SOLVED,
    one_row_a_cycle,
    unpacked_cycles,
    unpacked_remarks,
)
from aslb.experiments.study.store import FILE, StudyStore
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.masses import BOUNDARIES

WITH_UNITS = {
    name: f"{name} [{unit}]" for name, (unit, _) in QUANTITIES.items() if unit != "1"
}
"""Quantities as tables name them: there units have no other place."""

FORMATS = {"csv": ".csv", "netcdf": ".nc", "parquet": ".parquet"}
"""What a study can be exported to, with the ending of the file."""


def open_study(path: Path | str) -> xr.Dataset:
    """A stored study, finished or not.

    Parameters
    ----------
    path : pathlib.Path or str
        The store, or the folder that holds it.

    Returns
    -------
    xarray.Dataset
        The dimensions are the varied parameters (and `cell`, of several cells) where
        the study is a grid, and otherwise `point`, with the parameters along it; those
        of an adaptive map have their `scale`, and are named in `sampled`. A rate test
        has a dimension `cycle` (from 1) too, with `c_rate` along it, and
        `cycles_solved` of each point: the others repeat one of these. Energies have
        `boundary` too, or as an attribute if there is but one. Points without a result
        are NaN, with `status` "pending" or "failed" and the `reason`.
        Units and what made it are in the attributes.

    Raises
    ------
    InputError
        If there is no sound store.
    """
    store = StudyStore(_file(path))
    try:
        return dataset(store)
    finally:
        store.close()


def dataset(store: StudyStore) -> xr.Dataset:
    """What an open store holds, as from `open_study`."""
    table = _table(store)
    names = store.meta("setting")["names"]
    curves = store.meta("curves")
    points = store.meta("setting")["curve_points"]
    cells = list(dict.fromkeys(table["cell"]))
    grid = store.meta("is_grid")
    method = store.meta("setting").get("method", {})
    if grid:
        dims = (["cell"] if len(cells) > 1 else []) + names
        levels = {"cell": cells, **{name: pd.unique(table[name]) for name in names}}
        shape = [len(levels[dim]) for dim in dims]
        coords: dict[str, Any] = {dim: levels[dim] for dim in dims}
    else:
        dims, shape = ["point"], [len(table)]
        coords = {name: ("point", table[name].to_numpy()) for name in names}
        for name, scale in zip(names, method.get("scales", []), strict=False):
            coords[name] += ({"scale": scale},)
        if len(cells) > 1:
            coords["cell"] = ("point", table["cell"].to_numpy(str))
    c_rates = store.meta("setting")["c_rates"]
    sequence = ["cycle"] if c_rates else []
    length = [len(c_rates)] if c_rates else []
    if c_rates:
        coords["cycle"] = np.arange(1, len(c_rates) + 1)
        coords["c_rate"] = ("cycle", np.array(c_rates))
    data = xr.Dataset(coords=coords)
    for name in ["status", "reason", "attempts"]:
        column = table[name].to_numpy()
        if name != "attempts":
            column = column.astype(str)
        data[name] = (dims, column.reshape(shape), attributes(name))
    numbers = {
        name: (
            unpacked_cycles(table[name], *length)
            if c_rates
            else table[name].to_numpy(float)
        ).reshape((*shape, *length))
        for name in store.meta("setting")["columns"]
    }
    of_energies = _energies(numbers, [*dims, *sequence])
    for name, values in numbers.items():
        data[name] = ([*dims, *sequence], values, attributes(name))
    data = data.assign(of_energies)
    if c_rates:
        said = unpacked_remarks(table[REMARKS], *length).reshape((*shape, *length))
        data[REMARKS] = ([*dims, *sequence], said, attributes(REMARKS))
        solved = table[SOLVED].fillna(0).to_numpy(int).reshape(shape)
        data[SOLVED] = (dims, solved, attributes(SOLVED))
    for name in curves:
        stacked = unpacked_cycles(table[name], *length, points)
        data[name] = (
            [*dims, *sequence, "depth"],
            stacked.reshape(*shape, *length, points),
            attributes(name),
        )
    if curves:
        data["depth"] = ("depth", np.linspace(0, 1, points), attributes("depth"))
    for name in data.coords:
        data[name].attrs |= attributes(str(name))
    data.attrs = {
        "model": store.meta("setting")["model"],
        "cell": ", ".join(cells),
        "hash": store.meta("hash"),
        "study": store.meta("study"),
        "versions": ", ".join(
            f"{name} {number}" for name, number in store.meta("versions").items()
        ),
    }
    if method:
        data.attrs |= {"goal": method["goal"], "sampled": names}
    return data


def losses(data: xr.Dataset, depths: Sequence[float]) -> xr.DataArray:
    """Losses of a study side by side.

    Parameters
    ----------
    data : xarray.Dataset
        From `open_study`, with the losses at these depths.
    depths : sequence of float
        Fractions of the discharge.

    Returns
    -------
    xarray.DataArray
        Losses [V], with `depth` and `component` as the last dimensions.
    """
    columns = [[data[loss_column(name, d)] for name in LOSSES] for d in depths]
    first = columns[0][0]
    return xr.DataArray(
        np.moveaxis(np.array(columns), (0, 1), (-2, -1)),
        dims=[*first.dims, "depth", "component"],
        coords={**first.coords, "depth": np.array(depths), "component": list(LOSSES)},
        attrs={"units": "V", "long_name": "Voltage loss on discharge"},
    )


def _energies(
    numbers: dict[str, np.ndarray], dims: list[str]
) -> dict[str, xr.DataArray]:
    """Take the columns of energies out of the numbers, the boundaries side by side."""
    arrays = {}
    for name in ENERGIES:
        found = {
            boundary: numbers.pop(energy_column(name, boundary))
            for boundary in BOUNDARIES
            if energy_column(name, boundary) in numbers
        }
        if not found:
            continue
        array = xr.DataArray(
            np.stack([*found.values()], axis=-1),
            dims=[*dims, "boundary"],
            coords={"boundary": [*found]},
            attrs=attributes(name),
        )
        if len(found) == 1:  # as with the cell, one boundary is no dimension
            array = array.isel(boundary=0, drop=True)
            array.attrs["boundary"] = next(iter(found))
        arrays[name] = array
    return arrays


def export_study(path: Path | str, format: str) -> Path:
    """Write a stored study next to its store, for other programs.

    Parameters
    ----------
    path : pathlib.Path or str
        The store, or the folder that holds it.
    format : str
        A key of `FORMATS`. CSV and Parquet have units in the names of their columns, no
        curves, and one row a point, or a cycle of a rate test.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    InputError
        If there is no sound store, or what writes the format is not installed.
    """
    if format not in FORMATS:
        raise InputError(f"format {format!r}; accepted: {', '.join(FORMATS)}")
    target = _file(path).with_suffix(FORMATS[format])
    try:
        if format == "netcdf":
            open_study(path).to_netcdf(target)
        else:
            store = StudyStore(_file(path))
            table = _table(store).drop(columns=["id", *store.meta("curves")])
            if store.meta("setting")["c_rates"]:
                table = one_row_a_cycle(table, store.meta("setting"))
            store.close()
            table = table.rename(columns=WITH_UNITS)
            if format == "csv":
                table.to_csv(target, index=False)
            else:
                table.to_parquet(target, index=False)
    except ImportError as error:
        raise InputError(
            f"{format} needs another package: {str(error).splitlines()[0]}"
        ) from None
    return target


def _file(path: Path | str) -> Path:
    path = Path(path)
    return path / FILE if path.is_dir() else path


def _table(store: StudyStore) -> pd.DataFrame:
    try:
        columns, rows = store.rows()
    except sqlite3.DatabaseError as error:
        raise InputError(f"{store.path} cannot be read ({error})") from None
    return pd.DataFrame(rows, columns=columns)


def as_table(data: xr.Dataset) -> pd.DataFrame:
    """A study as a tidy table, units in the names of its columns.

    Parameters
    ----------
    data : xarray.Dataset
        From `open_study`.

    Returns
    -------
    pandas.DataFrame
        A row a point, or a cycle of a rate test; without curves.
    """
    kept = data.drop_dims("depth") if "depth" in data.dims else data
    table = kept.to_dataframe().reset_index()
    return table.rename(columns=WITH_UNITS)
