"""The tables of a study's store, and how points and cycles are kept in them."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from aslb.experiments.engine.group import PointResult
from aslb.experiments.output.files import PACKAGES
from aslb.experiments.study.checksum import checksum
from aslb.experiments.study.definition import Study

SOLVED = "cycles_solved"
"""Column that tells how many cycles were solved; the others repeat one of these."""

REMARKS = "remarks"
"""Column that tells what is to be said about each cycle, as JSON."""

META = "meta"
META_TABLE = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, "
    "checksum BLOB NOT NULL) WITHOUT ROWID"
)
POINTS = "points"
INDEX = "CREATE INDEX by_status ON points (status)"

COUNT = "points"
"""What notes how many points there are, so that none can go missing."""

RECHECK = "recheck"
"""What is noted of points solved twice: how many, and the largest differences."""

LATER = (RECHECK, "loss")
"""What is noted while a study is solved; nothing, when its store is made."""

KEYS = (
    *LATER,
    COUNT,
    "hash",
    "study",
    "earlier_studies",
    "setting",
    "curves",
    "is_grid",
    "engine",
    "versions",
    "parameters",
)
"""What every store has noted."""

APPLICATION_ID = 0x61736C62  # "aslb" in the header of the file
FORMAT = 4  # the user_version in the header of the file


def versions(others: Iterable[str] = ()) -> dict[str, str]:
    """Versions of what results depend on, with those of other packages."""
    return {
        "python": sys.version.split()[0],
        **{package: version(package) for package in (*PACKAGES, *others)},
    }


def tables(
    setting: Mapping[str, Any], curves: Sequence[str]
) -> dict[str, tuple[str, str, str]]:
    """Everything that a store of a study has: kind, table and SQL of it, by name."""
    kind = (
        "BLOB" if setting["c_rates"] else "REAL"
    )  # a blob has a number for each cycle
    columns = [
        "id INTEGER PRIMARY KEY",
        "cell TEXT NOT NULL",
        *(f"{quoted(name)} REAL NOT NULL" for name in setting["names"]),
        "status TEXT NOT NULL",
        "reason TEXT NOT NULL",
        "attempts INTEGER NOT NULL",
        *(f"{quoted(name)} {kind}" for name in setting["columns"]),
        *(f"{quoted(name)} BLOB" for name in curves),
        *([f"{SOLVED} INTEGER", f"{REMARKS} TEXT"] if setting["c_rates"] else []),
        "checksum BLOB NOT NULL",
    ]
    return {
        META: ("table", META, META_TABLE),
        POINTS: ("table", POINTS, f"CREATE TABLE points ({', '.join(columns)})"),
        "by_status": ("index", POINTS, INDEX),
    }


def fill(database: sqlite3.Connection, study: Study, engine: dict[str, Any]) -> None:
    """Make the tables of a new store, with all points of a study pending."""
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {FORMAT}")
    curves = study.outputs.curves
    with database:
        for _, _, statement in tables(study.setting, curves).values():
            database.execute(statement)
        note(
            database,
            {
                **dict.fromkeys(LATER),
                COUNT: 0,
                "hash": study.hash,
                "study": study.text,
                "earlier_studies": [],
                "setting": study.setting,
                "curves": curves,
                "is_grid": study.is_grid,
                "engine": engine,
                "versions": versions(study.packages),
                "parameters": {
                    name: {k: str(v) for k, v in cell.parameter_values().items()}
                    for name, cell in study.cells.items()
                },
            },
        )
        insert(database, every(study))


def every(study: Study) -> Iterator[tuple[Any, ...]]:
    """Cell and values of every point of a study."""
    for cell in study.cells:
        for row in study.points:
            yield cell, *row.tolist()


def insert(database: sqlite3.Connection, points: Iterable[tuple[Any, ...]]) -> None:
    """Add pending points, each with its cell and the values of what varies."""
    setting = noted(database, "setting")
    kept = len(setting["columns"]) + len(noted(database, "curves"))
    nothing = [None] * (kept + (2 if setting["c_rates"] else 0))
    number = noted(database, COUNT)

    def rows() -> Iterator[list[Any]]:
        nonlocal number
        for point in points:
            number += 1
            yield [number, *point, "pending", "", 0, *nothing]

    write(database, rows())
    note(database, {COUNT: number})


def write(database: sqlite3.Connection, rows: Iterable[Sequence[Any]]) -> None:
    """Write whole rows of points, in the order of the columns, with their checksums."""
    sealed = ([*row, checksum(row)] for row in rows)
    first = next(sealed, None)
    if first is None:
        return
    statement = f"REPLACE INTO points VALUES ({', '.join('?' * len(first))})"
    database.execute(statement, first)
    database.executemany(statement, sealed)


def noted(database: sqlite3.Connection, key: str) -> Any:
    """What was noted under a name, if anything."""
    row = database.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return None if row is None else json.loads(row[0])


def note(database: sqlite3.Connection, notes: Mapping[str, Any]) -> None:
    """Note facts about the study, as JSON under their names."""
    rows = [(key, json.dumps(value)) for key, value in notes.items()]
    database.executemany(
        "REPLACE INTO meta VALUES (?, ?, ?)", [(*row, checksum(row)) for row in rows]
    )


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


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
