"""Results of a study in one file that nothing short of a broken disk can damage."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.experiments.engine.group import PointResult
from aslb.experiments.study.definition import Study
from aslb.experiments.study.on_disk import make
from aslb.experiments.study.opening import one_moment, rows, to_read, to_write
from aslb.experiments.study.schema import (
    COUNT,
    SOLVED,
    every,
    fill,
    insert,
    note,
    noted,
    packed_point,
    quoted,
    write,
)

FILE = "study.sqlite"
COLUMNS = "PRAGMA table_info(points)"
LAST_WAIT = 2000  # ms, for who reads it while it is closed


class StudyStore:
    """Points of a study and what came of them, in an SQLite file.

    Parameters
    ----------
    path : pathlib.Path
        The file, for reading only: `to_go_on` and `create` give one to write to.

    Raises
    ------
    InputError
        If there is none, or anything in it is not what was written.
    """

    def __init__(self, path: Path):
        self.path: Path | None = path
        self._database = to_read(path)
        self._writes = False

    @classmethod
    def in_memory(cls, study: Study, *, engine: dict[str, Any]) -> StudyStore:
        """A store that lasts as long as it is used; see `create`."""
        store = cls._of(None, sqlite3.connect(":memory:"))
        fill(store._database, study, engine)
        return store

    @classmethod
    def create(cls, path: Path, study: Study, *, engine: dict[str, Any]) -> StudyStore:
        """A new store with all points of a study, none of them solved.

        Raises
        ------
        InputError
            If it cannot be written.
        """
        make(path, lambda database: fill(database, study, engine))
        return cls.to_go_on(path)

    @classmethod
    def to_go_on(cls, path: Path) -> StudyStore:
        """A store that is there, to write to.

        Raises
        ------
        InputError
            As for one to read, or if it cannot be written.
        """
        return cls._of(path, to_write(path))

    @classmethod
    def _of(cls, path: Path | None, database: sqlite3.Connection) -> StudyStore:
        store = object.__new__(cls)
        store.path, store._database, store._writes = path, database, True
        return store

    def close(self) -> None:
        """Let go of the file, which is then all there is of the store."""
        if self._writes:
            # who reads it now, or a full disk, leaves the log to the next who writes
            with suppress(sqlite3.OperationalError):
                self._database.execute(f"PRAGMA busy_timeout = {LAST_WAIT}")
                self._database.execute("PRAGMA journal_mode = DELETE")
        self._database.close()

    def meta(self, key: str) -> Any:
        """What was noted about the study under a key."""
        return noted(self._database, key)

    def counts(self) -> dict[str, int]:
        """How many points are ok, failed and pending."""
        counts = {"ok": 0, "failed": 0, "pending": 0}
        counts.update(
            self._database.execute("SELECT status, COUNT(*) FROM points GROUP BY 1")
        )
        return counts

    def reasons(self) -> list[tuple[str, int]]:
        """Why points failed, the most frequent reason first."""
        return self._database.execute(
            "SELECT reason, COUNT(*) FROM points WHERE status = 'failed' "
            "GROUP BY 1 ORDER BY 2 DESC"
        ).fetchall()

    def groups(
        self, names: Sequence[str], *, all_points: bool = False
    ) -> list[tuple[str, tuple[float, ...]]]:
        """Cells and values of some of what varies, of pending points or of all."""
        columns = ", ".join(["cell", *map(quoted, names)])
        return [
            (cell, tuple(values))
            for cell, *values in self._database.execute(
                f"SELECT {columns} FROM points WHERE {_among(all_points)} "
                f"GROUP BY {columns} ORDER BY MIN(id)"
            )
        ]

    def points(
        self,
        cell: str,
        names: Sequence[str] = (),
        values: Sequence[float] = (),
        *,
        all_points: bool = False,
    ) -> Iterator[tuple[int, np.ndarray]]:
        """Numbers of a group's points, pending or all, and the values of what varies.

        Pages of points are read as they are needed, so that results can be saved in
        between and memory does not grow with the study.
        """
        varied = self.meta("setting")["names"]
        columns = ", ".join(["id", *map(quoted, varied)])
        conditions = " AND ".join(
            [_among(all_points), "cell = ?", *(f"{quoted(n)} = ?" for n in names)]
        )
        last = -1
        while page := self._database.execute(
            f"SELECT {columns} FROM points WHERE {conditions} AND id > ? "
            "ORDER BY id LIMIT 1000",
            [cell, *values, last],
        ).fetchall():
            for number, *row in page:
                yield number, np.array(row)
            last = page[-1][0]

    def save(self, results: Iterable[PointResult]) -> int:
        """Commit results in any order, on the disk at return; how many are failures.

        Of a point that failed in a later cycle the cycles before it are kept.
        """
        setting = self.meta("setting")
        cycles, width = len(setting["c_rates"]), len(setting["columns"])
        kinds = len(self.meta("curves"))
        given = ", ".join(["id", "cell", *map(quoted, setting["names"])])
        query = f"SELECT {given} FROM points WHERE id = ?"
        new: list[list[Any]] = []
        for result in results:
            complete, kept = packed_point(result, cycles, width, kinds)
            status = "ok" if complete else "failed"
            point = self._database.execute(query, [result.id]).fetchone()
            new.append([*point, status, result.reason, result.attempts, *kept])
        with self._database:
            write(self._database, new)
        status_at = 2 + len(setting["names"])
        return sum(row[status_at] == "failed" for row in new)

    def numbers(self) -> list[int]:
        """Numbers of all points."""
        query = "SELECT id FROM points ORDER BY id"
        return [number for (number,) in self._database.execute(query)]

    def kept(self, number: int) -> np.ndarray:
        """What is kept of a point: a row a column, with a number for each cycle."""
        columns = ", ".join(map(quoted, self.meta("setting")["columns"]))
        query = f"SELECT {columns} FROM points WHERE id = ?"
        row = self._database.execute(query, [number]).fetchone()
        return np.array(
            [np.frombuffer(x, "<f8") if isinstance(x, bytes) else [x] for x in row]
        )

    def note(self, key: str, value: Any) -> None:
        """Note something about the study under a key."""
        with self._database:
            note(self._database, {key: value})

    def cycles_solved(self) -> tuple[int, int] | None:
        """Cycles that were solved, and all cycles, of the points of a rate test."""
        cycles = len(self.meta("setting")["c_rates"])
        if not cycles:
            return None
        points, solved = self._database.execute(
            f"SELECT COUNT(*), SUM({SOLVED}) FROM points WHERE status = 'ok'"
        ).fetchone()
        return solved or 0, cycles * points

    def retry_failed(self) -> int:
        """Make failed points pending again; how many there were."""
        return self._change("failed", ["pending", "", 0])

    def give_up(self, reason: str) -> None:
        """Make pending points failed ones, for a reason."""
        self._change("pending", ["failed", reason, 0])

    def _change(self, status: str, to: list[Any]) -> int:
        """Give points of a status another one, a reason and a number of attempts."""
        found = self._database.execute(
            "SELECT * FROM points WHERE status = ?", [status]
        ).fetchall()
        at = 2 + len(self.meta("setting")["names"])
        with self._database:
            write(
                self._database,
                ([*row[:at], *to, *row[at + len(to) : -1]] for row in found),
            )
        return len(found)

    def extend(self, study: Study) -> int:
        """Add the points of a study that are not here yet; how many there were.

        A study that differs in more is refused.
        """
        old, new = self.meta("setting"), json.loads(json.dumps(study.setting))
        for key in {**old, **new}:
            mine, other = old.get(key), new.get(key)
            if key == "parameters":  # another cell adds points too
                mine = {cell: mine[cell] for cell in mine if cell in other}
                other = {cell: other[cell] for cell in mine}
            if mine != other:
                raise InputError(
                    f"{self.path} holds a study with another {key}; accepted to add: "
                    "other points and nothing else"
                )
        columns = ", ".join(["cell", *map(quoted, new["names"])])
        here = set(self._database.execute(f"SELECT {columns} FROM points"))
        added = [point for point in every(study) if point not in here]
        notes = {
            "setting": new | {"parameters": old["parameters"] | new["parameters"]},
            "hash": study.hash,
            "study": study.text,
            "earlier_studies": [*self.meta("earlier_studies"), self.meta("study")],
            "is_grid": False,
        }
        with self._database:
            note(self._database, notes)
            insert(self._database, added)
        return len(added)

    def answers(self, column: str) -> tuple[np.ndarray, np.ndarray]:
        """All points in the order of their numbers, and one of the numbers of each."""
        columns = ", ".join(map(quoted, [*self.meta("setting")["names"], column]))
        query = f"SELECT {columns} FROM points ORDER BY id"
        table = np.array(self._database.execute(query).fetchall(), dtype=float)
        return table[:, :-1], table[:, -1]

    def append(self, cell: str, points: np.ndarray, *, loss: float) -> None:
        """Add pending points to a map, and note the loss they were chosen at."""
        with self._database:
            insert(self._database, ((cell, *row) for row in points.tolist()))
            note(self._database, {"loss": loss})

    def table(self) -> pd.DataFrame:
        """All points, a row each, as they are kept: blobs among them."""
        names = [of for _, of, *_ in self._database.execute(COLUMNS)][:-1]
        try:
            with one_moment(self._database):
                found = list(rows(self._database, self.meta(COUNT)))
        except (sqlite3.Error, ValueError) as error:
            raise InputError(f"{self.path} cannot be read ({error})") from None
        return pd.DataFrame(found, columns=names)


def _among(all_points: bool) -> str:
    return "TRUE" if all_points else "status = 'pending'"
