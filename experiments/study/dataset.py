"""What a store holds as one labelled dataset."""

from __future__ import annotations

import sqlite3
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.engine.outputs import ENERGIES, energy_column
from aslb.experiments.protocols import C_RATE
from aslb.experiments.study.attributes import attributes
from aslb.experiments.study.packing import (
    REMARKS,
    SOLVED,
    unpacked_cycles,
    unpacked_remarks,
)
from aslb.experiments.study.store import StudyStore
from aslb.parameters.composition.masses import BOUNDARIES

Dims = dict[str, int]
"""Dimensions by name, with their lengths."""


def table_of(store: StudyStore) -> pd.DataFrame:
    """All points of a store, a row each, as they are kept.

    Parameters
    ----------
    store : StudyStore
        An open store.

    Returns
    -------
    pandas.DataFrame
        Its columns, blobs among them.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    try:
        columns, rows = store.rows()
    except sqlite3.DatabaseError as error:
        raise InputError(f"{store.path} cannot be read ({error})") from None
    return pd.DataFrame(rows, columns=columns)


def dataset(store: StudyStore) -> xr.Dataset:
    """What an open store holds."""
    table = table_of(store)
    setting = store.meta("setting")
    method = setting.get("method", {})
    cells = list(dict.fromkeys(table["cell"]))
    coords = (
        _of_a_grid(table, cells, setting["names"])
        if store.meta("is_grid")
        else _of_points(table, cells, setting["names"], method.get("scales", []))
    )
    dims = _dims(coords, len(table))
    of_cycles = _cycles(setting)
    data = xr.Dataset(coords={**coords, **of_cycles})
    for name in ["status", "reason", "attempts"]:
        column = table[name].to_numpy()
        column = column if name == "attempts" else column.astype(str)
        data[name] = _shaped(name, column, dims)
    along = {**dims, **({"cycle": len(setting["c_rates"])} if of_cycles else {})}
    data = data.assign(_numbers(table, setting, along))
    if of_cycles:
        said = unpacked_remarks(table[REMARKS], along["cycle"])
        data[REMARKS] = _shaped(REMARKS, said, along)
        solved = table[SOLVED].fillna(0).to_numpy(int)
        data[SOLVED] = _shaped(SOLVED, solved, dims)
    points = setting["curve_points"]
    for name in store.meta("curves"):
        curves = unpacked_cycles(table[name], *_inner(along, dims), points)
        data[name] = _shaped(name, curves, {**along, "depth": points})
        data["depth"] = ("depth", np.linspace(0, 1, points), attributes("depth"))
    for coordinate in data.coords:
        data[coordinate].attrs |= attributes(str(coordinate))
    data.attrs = {
        "analysis": "study",
        "model": setting["model"],
        "cell": ", ".join(cells),
        "hash": store.meta("hash"),
        "study": store.meta("study"),
        "versions": ", ".join(
            f"{name} {number}" for name, number in store.meta("versions").items()
        ),
    }
    if method:
        data.attrs |= {"goal": method["goal"], "sampled": setting["names"]}
    return data


def _of_a_grid(
    table: pd.DataFrame, cells: list[str], names: list[str]
) -> dict[str, Any]:
    """Coordinates of a grid: what varies, each along itself."""
    of_cells = {"cell": cells} if len(cells) > 1 else {}
    return {**of_cells, **{name: pd.unique(table[name]) for name in names}}


def _of_points(
    table: pd.DataFrame, cells: list[str], names: list[str], scales: list[str]
) -> dict[str, Any]:
    """Coordinates of points: what varies, along the points."""
    coords: dict[str, Any] = {name: ("point", table[name].to_numpy()) for name in names}
    for name, scale in zip(names, scales, strict=False):
        coords[name] += ({"scale": scale},)
    if len(cells) > 1:
        coords["cell"] = ("point", table["cell"].to_numpy(str))
    return coords


def _dims(coords: dict[str, Any], points: int) -> Dims:
    if any(isinstance(values, tuple) for values in coords.values()):
        return {"point": points}
    return {name: len(values) for name, values in coords.items()}


def _cycles(setting: dict[str, Any]) -> dict[str, Any]:
    """Coordinates along the cycles of each point, if it has several."""
    c_rates = setting["c_rates"]
    if not c_rates:
        return {}
    coords: dict[str, Any] = {"cycle": np.arange(1, len(c_rates) + 1)}
    # a rate that varies from point to point is that of no cycle
    if C_RATE not in setting["names"] and any(rate is not None for rate in c_rates):
        coords[C_RATE] = ("cycle", np.array(c_rates, float))
    return coords


def _inner(along: Dims, dims: Dims) -> list[int]:
    return [length for name, length in along.items() if name not in dims]


def _shaped(name: str, values: np.ndarray, along: Dims) -> tuple[Any, ...]:
    """Numbers point by point as a variable of the dataset."""
    return [*along], values.reshape([*along.values()]), attributes(name)


def _numbers(table: pd.DataFrame, setting: dict[str, Any], along: Dims) -> Any:
    """Columns of numbers, energies with their boundaries side by side."""
    several = [along["cycle"]] if setting["c_rates"] else []
    numbers = {
        name: unpacked_cycles(table[name], *several)
        if several
        else table[name].to_numpy(float)
        for name in setting["columns"]
    }
    shape = [*along.values()]
    numbers = {name: values.reshape(shape) for name, values in numbers.items()}
    of_energies = _energies(numbers, [*along])
    others = {name: _shaped(name, values, along) for name, values in numbers.items()}
    return {**others, **of_energies}


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
