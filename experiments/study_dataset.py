"""Stored studies as xarray, and as files that other programs read."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.errors import InputError
from aslb.experiments.study_cycles import (
    SOLVED,
    one_row_a_cycle,
    rate_of_each,
    unpacked_cycles,
)
from aslb.experiments.study_outputs import QUANTITIES
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
        the study is a grid, and otherwise `point`, with the parameters along it. A
        rate test has a dimension `cycle` (from 1) too, with `c_rate` along it, and
        `cycles_solved` of each point: the others repeat one of these. Points without a
        result are NaN, with `status` "pending" or "failed" and the `reason`.
        Units and what made it are in the attributes.

    Raises
    ------
    InputError
        If there is no sound store.
    """
    store, table = _table(path)
    names = store.meta("setting")["names"]
    curves = store.meta("curves")
    points = store.meta("setting")["curve_points"]
    cells = list(dict.fromkeys(table["cell"]))
    grid = store.meta("is_grid")
    if grid:
        dims = (["cell"] if len(cells) > 1 else []) + names
        levels = {"cell": cells, **{name: pd.unique(table[name]) for name in names}}
        shape = [len(levels[dim]) for dim in dims]
        coords: dict[str, Any] = {dim: levels[dim] for dim in dims}
    else:
        dims, shape = ["point"], [len(table)]
        coords = {name: ("point", table[name].to_numpy()) for name in names}
        if len(cells) > 1:
            coords["cell"] = ("point", table["cell"].to_numpy(str))
    c_rates = rate_of_each(store.meta("setting"))
    sequence = ["cycle"] if c_rates else []
    length = [len(c_rates)] if c_rates else []
    if c_rates:
        coords["cycle"] = np.arange(1, len(c_rates) + 1)
        coords["c_rate"] = ("cycle", np.array(c_rates), {"units": "h-1"})
    dataset = xr.Dataset(coords=coords)
    for name in ["status", "reason", "attempts"]:
        column = table[name].to_numpy()
        if name != "attempts":
            column = column.astype(str)
        dataset[name] = (dims, column.reshape(shape))
    for name in store.meta("setting")["columns"]:
        column = table[name].to_numpy()
        numbers = (
            unpacked_cycles(column, *length) if c_rates else column.astype(float)
        ).reshape(*shape, *length)
        dataset[name] = ([*dims, *sequence], numbers, _attributes(name))
    if c_rates:
        solved = table[SOLVED].fillna(0).to_numpy(int).reshape(shape)
        dataset[SOLVED] = (dims, solved, {"units": "1"})
    for name in curves:
        stacked = unpacked_cycles(table[name], *length, points)
        dataset[name] = (
            [*dims, *sequence, "depth"],
            stacked.reshape(*shape, *length, points),
            {"units": "V"},
        )
    if curves:
        dataset["depth"] = ("depth", np.linspace(0, 1, points), {"units": "1"})
    dataset.attrs = {
        "model": store.meta("setting")["model"],
        "cell": ", ".join(cells),
        "hash": store.meta("hash"),
        "study": store.meta("study"),
        "versions": ", ".join(
            f"{name} {number}" for name, number in store.meta("versions").items()
        ),
    }
    store.close()
    return dataset


def export_study(path: Path | str, format: str) -> Path:
    """Write a stored study next to its store, for other programs.

    Parameters
    ----------
    path : pathlib.Path or str
        The store, or the folder that holds it.
    format : str
        A key of `FORMATS`. CSV and Parquet have no curves, and one row a point, or a
        cycle of a rate test.

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
            if rate_of_each(store.meta("setting")):
                table = one_row_a_cycle(table, store.meta("setting"))
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


def _attributes(name: str) -> dict[str, str]:
    if name in QUANTITIES:
        unit, long_name = QUANTITIES[name]
        return {"units": unit, "long_name": long_name}
    return {"units": "V", "long_name": name} if name.endswith("[V]") else {}
