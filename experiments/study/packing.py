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
    """Whether all cycles of a point are there, and what is kept in its columns.

    There are `columns` numbers and `kinds` of curves of each cycle. With 0 `cycles` the
    point is a single one, whose numbers are kept as they are.
    """
    several = max(1, cycles)
    complete = len(result.values) == several * columns
    numbers: list[Any] = [*result.values] or [None] * columns
    if cycles:
        numbers = _packed(result.values, cycles, columns)
    said = [result.cycles_solved, json.dumps(result.remarks)] if cycles else []
    return complete, [*numbers, *_packed(result.curves, several, kinds), *said]


def _packed(values: Sequence[Any], cycles: int, kinds: int) -> list[bytes | None]:
    """One blob a kind with what all cycles have of it, NaN where there is no cycle.

    The values are numbers or curves: each kind of the first cycle, then of the second.
    """
    if not values:
        return [None] * kinds
    known = np.array(values, "<f8")
    table = np.full((cycles * kinds, *known.shape[1:]), np.nan, "<f8")
    table[: len(known)] = known
    return [table[kind::kinds].tobytes() for kind in range(kinds)]


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
