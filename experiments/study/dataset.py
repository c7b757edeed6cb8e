"""What a store holds as one labelled dataset."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.engine.outputs import ENERGIES, QUANTITIES, energy_column
from aslb.experiments.protocols import C_RATE
from aslb.experiments.study.recheck import recheck_text
from aslb.experiments.study.schema import RECHECK, REMARKS, SOLVED
from aslb.experiments.study.store import StudyStore
from aslb.parameters.composition.masses import BOUNDARIES
from aslb.parameters.composition.names import split_name

KNOWN = {
    **QUANTITIES,
    **ENERGIES,
    "charge_voltage": ("V", "Voltage on charge, hold included, against the foil"),
    "discharge_voltage": ("V", "Voltage on discharge against the foil"),
    "depth": ("1", "Fraction of the charge passed"),
    "c_rate": ("h-1", "C-rate of charge and discharge"),
    "hold_h": ("h", "Time at the upper cut-off"),
    "status": ("1", "Whether the point is ok, failed or pending"),
    "reason": ("1", "Why it failed, or what is to be said about it"),
    "attempts": ("1", "How many attempts were needed"),
    "cycle": ("1", "Cycle of a rate test, from 1"),
    "cycles_solved": ("1", "Cycles that were solved; the others repeat one of these"),
    "remarks": ("1", "What is to be said about the cycle"),
    "cell": ("1", "Parameter set, or cell file"),
    "boundary": ("1", "What masses and volumes count"),
}
"""Unit and description of what a study holds, besides parameters and losses."""


def dataset(store: StudyStore) -> xr.Dataset:
    """What an open store holds."""
    table = store.table()
    setting = store.meta("setting")
    method = setting.get("method", {})
    cells = list(dict.fromkeys(table["cell"]))
    labels = ["cell", *setting["names"]] if len(cells) > 1 else setting["names"]
    coords: dict[str, Any]
    if store.meta("is_grid"):
        coords = {name: pd.unique(table[name]).tolist() for name in labels}
        points = {name: len(values) for name, values in coords.items()}
    else:
        coords = {name: ("point", table[name].tolist()) for name in labels}
        points = {"point": len(table)}
    of_cycles = _cycles(setting)
    cycles = {"cycle": len(setting["c_rates"])} if of_cycles else {}
    curve = {"depth": setting["curve_points"]}
    found: dict[str, Any] = {}

    def add(name: str, values: Any, along: dict[str, int]) -> None:
        """Give every point what it has along dimensions of the given lengths."""
        shape = (*points.values(), *along.values())
        found[name] = [*points, *along], np.reshape(values, shape)

    add("status", table["status"].to_numpy(str), {})
    add("reason", table["reason"].to_numpy(str), {})
    add("attempts", table["attempts"].to_numpy(), {})
    for name in setting["columns"]:
        kept = table[name]
        numbers = unpacked(kept, *cycles.values()) if cycles else kept.to_numpy(float)
        add(name, numbers, cycles)
    if cycles:
        add(REMARKS, unpacked_remarks(table[REMARKS], cycles["cycle"]), cycles)
        add(SOLVED, table[SOLVED].fillna(0).to_numpy(int), {})
    for name in store.meta("curves"):
        add(
            name,
            unpacked(table[name], *cycles.values(), *curve.values()),
            cycles | curve,
        )
        coords["depth"] = np.linspace(0, 1, curve["depth"])
    # all at once: variables that are added one by one are compared with all before
    data = _with_boundaries(xr.Dataset(found, coords={**coords, **of_cycles}))
    for name, scale in zip(setting["names"], method.get("scales", []), strict=False):
        data[name].attrs["scale"] = scale
    for name in data.variables:
        data[name].attrs |= _attributes(str(name))
    data.attrs = _told(store, setting, cells)
    return data


def _told(store: StudyStore, setting: dict[str, Any], cells: list[str]) -> dict:
    """What a study is, for who has its dataset alone."""
    told = {
        "analysis": "study",
        "model": setting["model"],
        "cell": ", ".join(cells),
        "hash": store.meta("hash"),
        "study": store.meta("study"),
        "versions": ", ".join(
            f"{name} {number}" for name, number in store.meta("versions").items()
        ),
    }
    if (noted := store.meta(RECHECK)) is not None:
        told["recheck"] = recheck_text(noted)
    if method := setting.get("method"):
        told |= {"goal": method["goal"], "sampled": setting["names"]}
    return told


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


def _with_boundaries(data: xr.Dataset) -> xr.Dataset:
    """The same with the columns of each energy side by side."""
    for name in ENERGIES:
        columns = {energy_column(name, boundary): boundary for boundary in BOUNDARIES}
        found = {col: columns[col] for col in columns if col in data}
        if not found:
            continue
        if len(found) == 1:  # as with the cell, one boundary is no dimension
            ((column, boundary),) = found.items()
            data = data.rename({column: name})
            data[name].attrs["boundary"] = boundary
            continue
        of = pd.Index(found.values(), name="boundary")
        data[name] = xr.concat([data[column] for column in found], of).transpose(
            ..., "boundary"
        )
        data = data.drop_vars(found)
    return data


def _attributes(name: str) -> dict[str, str]:
    """Unit and description of a variable or coordinate."""
    if name in KNOWN:
        unit, long_name = KNOWN[name]
    else:
        long_name, unit = split_name(name)
        if " loss at " in name and not long_name.endswith(" of the charge"):
            long_name += " of the discharge"
    return {"units": unit or "1", "long_name": long_name}


def unpacked(blobs: Sequence[bytes | None], *shape: int) -> np.ndarray:
    """Numbers of shape (points, *shape) from blobs of points; NaN where is none."""
    missing = np.full(shape, np.nan).tobytes()
    numbers = bytearray().join(missing if blob is None else blob for blob in blobs)
    return np.frombuffer(numbers, "<f8").reshape(len(blobs), *shape)


def unpacked_remarks(texts: Iterable[str | None], cycles: int) -> np.ndarray:
    """Remarks by point and cycle; empty where there is no cycle."""
    # pandas makes a NaN of what a database has as NULL
    rows = [json.loads(text) if isinstance(text, str) else [] for text in texts]
    filled = [row + [""] * (cycles - len(row)) for row in rows]
    return np.array(filled, dtype=str).reshape(len(rows), cycles)


def one_row_a_cycle(table: pd.DataFrame, setting: Mapping[str, Any]) -> pd.DataFrame:
    """A table of points without curves as one of cycles, with the rates [h-1]."""
    c_rates = setting["c_rates"]
    long = table.loc[table.index.repeat(len(c_rates))].reset_index(drop=True)
    for name in setting["columns"]:
        long[name] = unpacked(table[name], len(c_rates)).ravel()
    long[REMARKS] = unpacked_remarks(table[REMARKS], len(c_rates)).ravel()
    at = [*long.columns].index("status")
    long.insert(at, "cycle", np.tile(np.arange(1, len(c_rates) + 1), len(table)))
    if C_RATE not in long:  # it may vary from point to point
        long.insert(at + 1, C_RATE, np.tile(np.array(c_rates, float), len(table)))
    return long
