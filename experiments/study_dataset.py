"""Stored studies as xarray, and as files that other programs read."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.errors import InputError
from aslb.experiments.layer_masses import BOUNDARIES
from aslb.experiments.study_attributes import attributes
from aslb.experiments.study_energies import ENERGIES, energy_column
from aslb.experiments.study_store import FILE, StudyStore

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
        of an adaptive map have their `scale`, and are named in `sampled`. Energies have
        `boundary` too, or as an attribute if there is but one. Points
        without a result are NaN, with `status` "pending" or "failed" and the `reason`.
        Units and what made it are in the attributes.

    Raises
    ------
    InputError
        If there is no sound store.
    """
    store, table = _table(path)
    names = store.meta("setting")["names"]
    columns = store.meta("setting")["columns"]
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
    dataset = xr.Dataset(coords=coords)
    energies = {
        name: {b: c for b in BOUNDARIES if (c := energy_column(name, b)) in columns}
        for name in ENERGIES
    }
    own = {column for found in energies.values() for column in found.values()}
    for name in ["status", "reason", "attempts", *columns]:
        if name in own:
            continue
        column = table[name].to_numpy()
        if name in ("status", "reason"):
            column = column.astype(str)
        elif name != "attempts":
            column = column.astype(float)
        dataset[name] = (dims, column.reshape(shape), attributes(name))
    for name, found in energies.items():
        if found:
            values = table[list(found.values())].to_numpy(float)
            dataset[name] = xr.DataArray(
                values.reshape(*shape, len(found)),
                dims=[*dims, "boundary"],
                coords={"boundary": list(found)},
                attrs=attributes(name),
            )
            if len(found) == 1:  # as with the cell, one boundary is no dimension
                only = dataset[name].isel(boundary=0, drop=True)
                dataset[name] = only.assign_attrs(boundary=next(iter(found)))
    for name in curves:
        missing = np.full(points, np.nan)
        stacked = np.stack(
            [missing if blob is None else np.frombuffer(blob) for blob in table[name]]
        ).reshape(*shape, points)
        dataset[name] = ([*dims, "depth"], stacked, attributes(name))
    if curves:
        dataset["depth"] = ("depth", np.linspace(0, 1, points), attributes("depth"))
    for name in dataset.coords:
        dataset[name].attrs = attributes(str(name))
    dataset.attrs = {
        "model": store.meta("setting")["model"],
        "cell": ", ".join(cells),
        "hash": store.meta("hash"),
        "study": store.meta("study"),
        "versions": ", ".join(
            f"{name} {number}" for name, number in store.meta("versions").items()
        ),
    }
    if method:
        dataset.attrs |= {"goal": method["goal"], "sampled": names}
    store.close()
    return dataset


def export_study(path: Path | str, format: str) -> Path:
    """Write a stored study next to its store, for other programs.

    Parameters
    ----------
    path : pathlib.Path or str
        The store, or the folder that holds it.
    format : str
        A key of `FORMATS`. CSV and Parquet have one row a point and no curves.

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
            store, table = _table(path)
            table = table.drop(columns=["id", *store.meta("curves")])
            store.close()
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


def _table(path: Path | str) -> tuple[StudyStore, pd.DataFrame]:
    store = StudyStore(_file(path))
    try:
        columns, rows = store.rows()
    except sqlite3.DatabaseError as error:
        raise InputError(f"{store.path} cannot be read ({error})") from None
    return store, pd.DataFrame(rows, columns=columns)
