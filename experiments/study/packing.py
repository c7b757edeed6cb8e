"""How the cycles of a point are kept in a store, and read from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from aslb.experiments.engine.worker import PointResult
from aslb.experiments.protocols import C_RATE

SOLVED = "cycles_solved"
"""Column that tells how many cycles were solved; the others repeat one of these."""

REMARKS = "remarks"
"""Column that tells what is to be said about each cycle, as JSON."""


def packed_point(
    result: PointResult, cycles: int, columns: int, kinds: int
) -> tuple[bool, list[Any]]:
    """What is kept of a point: its numbers, its curves, and what is said of its cycles.

    Parameters
    ----------
    result : PointResult
        The point.
    cycles : int
        How many cycles a point has; 0 if it is a single one, whose numbers are kept as
        they are.
    columns, kinds : int
        How many numbers and curves there are of a cycle.

    Returns
    -------
    bool
        Whether all its cycles are there.
    list
        As many entries as there are columns for them.
    """
    numbers: list[Any] = [None] * columns
    blobs: list[Any] = [None] * kinds
    if result.values and cycles:
        numbers = packed_cycles(result.values, cycles, columns)
    elif result.values:
        numbers = [*result.values]
    if result.curves:
        blobs = packed_curves(result.curves, max(1, cycles), kinds)
    said = [result.cycles_solved, json.dumps(result.remarks)] if cycles else []
    complete = len(result.values) == max(1, cycles) * columns
    return complete, [*numbers, *blobs, *said]


def packed_cycles(values: Sequence[float], cycles: int, columns: int) -> list[bytes]:
    """One blob a column with a number for each cycle, NaN where there is none."""
    table = np.full((cycles, columns), np.nan)
    table.flat[: len(values)] = values
    return [np.ascontiguousarray(column, "<f8").tobytes() for column in table.T]


def packed_curves(curves: Sequence[np.ndarray], cycles: int, kinds: int) -> list[bytes]:
    """One blob a kind of curve with the curves of all cycles, NaN where there is none.

    Parameters
    ----------
    curves : sequence of numpy.ndarray
        One of each kind of the first cycle, then of the second, and so on.
    cycles, kinds : int
        How many there are in all.

    Returns
    -------
    list of bytes
        As many as kinds.
    """
    table = np.full((cycles * kinds, len(curves[0])), np.nan)
    table[: len(curves)] = curves
    return [table[k::kinds].astype("<f8").tobytes() for k in range(kinds)]


def unpacked_cycles(blobs: Sequence[bytes | None], *shape: int) -> np.ndarray:
    """Numbers of points from their blobs.

    Parameters
    ----------
    blobs : sequence of bytes or None
        One blob a point; None where there is no result.
    *shape : int
        Shape of the numbers of a point.

    Returns
    -------
    numpy.ndarray
        Numbers by point, of shape (points, *shape); NaN where there is no result.
    """
    missing = np.full(int(np.prod(shape)), np.nan)
    rows = [missing if blob is None else np.frombuffer(blob, "<f8") for blob in blobs]
    return np.stack(rows).reshape(len(blobs), *shape)


def unpacked_remarks(texts: Iterable[str | None], cycles: int) -> np.ndarray:
    """Remarks by point and cycle; empty where there is no cycle."""
    # pandas makes a NaN of what a database has as NULL
    rows = [json.loads(text) if isinstance(text, str) else [] for text in texts]
    filled = [row + [""] * (cycles - len(row)) for row in rows]
    return np.array(filled, dtype=str).reshape(len(rows), cycles)


def one_row_a_cycle(table: pd.DataFrame, setting: Mapping[str, Any]) -> pd.DataFrame:
    """A table of points as one of cycles, each point as often as it has cycles.

    Parameters
    ----------
    table : pandas.DataFrame
        Points with a blob a column, without curves.
    setting : mapping
        What is the same at every point, from the store.

    Returns
    -------
    pandas.DataFrame
        The same with columns `cycle` (from 1) and `c_rate` [h-1] before `status`.
    """
    c_rates = setting["c_rates"]
    long = table.loc[table.index.repeat(len(c_rates))].reset_index(drop=True)
    for name in setting["columns"]:
        long[name] = unpacked_cycles(table[name].tolist(), len(c_rates)).ravel()
    long[REMARKS] = unpacked_remarks(table[REMARKS], len(c_rates)).ravel()
    at = [*long.columns].index("status")
    long.insert(at, "cycle", np.tile(np.arange(1, len(c_rates) + 1), len(table)))
    if C_RATE not in long:  # it may vary from point to point
        long.insert(at + 1, C_RATE, np.tile(np.array(c_rates, float), len(table)))
    return long
