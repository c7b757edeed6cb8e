"""The tables of a study's store, and how points and cycles are kept in them."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from aslb.errors import InputError
from aslb.experiments.engine.group import PointResult
from aslb.experiments.output.files import PACKAGES
from aslb.experiments.study.definition import Study

SOLVED = "cycles_solved"
"""Column that tells how many cycles were solved; the others repeat one of these."""

REMARKS = "remarks"
"""Column that tells what is to be said about each cycle, as JSON."""
APPLICATION_ID = 0x61736C62  # "aslb" in the header of the file
FORMAT = 3


def versions(others: Iterable[str] = ()) -> dict[str, str]:
    """Versions of what results depend on, with those of other packages."""
    return {
        "python": sys.version.split()[0],
        **{package: version(package) for package in (*PACKAGES, *others)},
    }


def opened(path: Path) -> sqlite3.Connection:
    """The database of a store, in which a commit is on the disk when it returns.

    Raises
    ------
    InputError
        If the file is not a sound store of this format; it is left as it is.
    """
    if not path.is_file():
        raise InputError(f"no study in {path}")
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)
    try:
        (identity,) = database.execute("PRAGMA application_id").fetchone()
        if identity != APPLICATION_ID:
            raise InputError(f"{path} is no study of aslb; it is left as it is")
        (sound,) = database.execute("PRAGMA quick_check(1)").fetchone()
        if sound != "ok":
            raise InputError(f"{path} is damaged ({sound}); it is left as it is")
        if (found := noted(database, "format")) != FORMAT:
            raise InputError(
                f"{path} has format {found}, and this version reads {FORMAT}; "
                "accepted: another folder"
            )
    except sqlite3.DatabaseError as error:
        database.close()
        raise InputError(
            f"{path} cannot be read ({error}); it is left as it is"
        ) from None
    except InputError:
        database.close()
        raise
    database.execute("PRAGMA journal_mode = WAL")
    # a commit is on the disk before the next point is handed out
    database.execute("PRAGMA synchronous = FULL")
    return database


def fill(database: sqlite3.Connection, study: Study, engine: dict[str, Any]) -> None:
    """Make the tables of a new store, with all points of a study pending."""
    names = study.setting["names"]
    kind = "BLOB" if study.c_rates else "REAL"  # a blob has a number for each cycle
    columns = [
        "id INTEGER PRIMARY KEY",
        "cell TEXT NOT NULL",
        *(f"{quoted(name)} REAL NOT NULL" for name in names),
        "status TEXT NOT NULL",
        "reason TEXT NOT NULL",
        "attempts INTEGER NOT NULL",
        *(f"{quoted(name)} {kind}" for name in study.outputs.columns),
        *(f"{quoted(name)} BLOB" for name in study.outputs.curves),
        *([f"{SOLVED} INTEGER", f"{REMARKS} TEXT"] if study.c_rates else []),
    ]
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with database:
        database.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
        database.execute(f"CREATE TABLE points ({', '.join(columns)})")
        database.execute("CREATE INDEX by_status ON points (status)")
        note(
            database,
            {
                "format": FORMAT,
                "hash": study.hash,
                "study": study.text,
                "earlier_studies": [],
                "setting": study.setting,
                "curves": study.outputs.curves,
                "is_grid": study.is_grid,
                "engine": engine,
                "versions": versions(study.packages),
                "parameters": {
                    name: {k: str(v) for k, v in cell.parameter_values().items()}
                    for name, cell in study.cells.items()
                },
            },
        )
        insert(database, names, every(study))


def every(study: Study) -> Iterator[tuple[Any, ...]]:
    """Cell and values of every point of a study."""
    for cell in study.cells:
        for row in study.points:
            yield cell, *row.tolist()


def insert(
    database: sqlite3.Connection,
    names: Sequence[str],
    points: Iterable[tuple[Any, ...]],
) -> None:
    """Add pending points, each with its cell and the values of what varies."""
    columns = ", ".join(["cell", *map(quoted, names), "status", "reason", "attempts"])
    marks = ", ".join("?" * (len(names) + 1))
    database.executemany(
        f"INSERT INTO points ({columns}) VALUES ({marks}, 'pending', '', 0)",
        points,
    )


def noted(database: sqlite3.Connection, key: str) -> Any:
    """What was noted under a name, if anything."""
    row = database.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return None if row is None else json.loads(row[0])


def note(database: sqlite3.Connection, notes: dict[str, Any]) -> None:
    """Note facts about the study, as JSON under their names."""
    database.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [(key, json.dumps(value)) for key, value in notes.items()],
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
