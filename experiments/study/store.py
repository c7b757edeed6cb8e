"""Results of a study in one file that nothing short of a broken disk can damage."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from filelock import FileLock, Timeout

from aslb.errors import InputError
from aslb.experiments.engine.group import PointResult
from aslb.experiments.study.definition import Study
from aslb.experiments.study.schema import (
    REMARKS,
    SOLVED,
    every,
    fill,
    insert,
    note,
    noted,
    opened,
    packed_point,
    quoted,
)

FILE = "study.sqlite"


class StudyStore:
    """Points of a study and what came of them, in an SQLite file."""

    def __init__(self, path: Path):
        self.path: Path | None = path
        self._database = opened(path)

    @classmethod
    def in_memory(cls, study: Study, *, engine: dict[str, Any]) -> StudyStore:
        """A store that lasts as long as it is used; see `create`."""
        store = object.__new__(cls)
        store.path = None
        store._database = sqlite3.connect(":memory:")
        fill(store._database, study, engine)
        return store

    @classmethod
    def create(cls, path: Path, study: Study, *, engine: dict[str, Any]) -> StudyStore:
        """A new store with all points of a study, none of them solved."""
        path.parent.mkdir(parents=True, exist_ok=True)
        # under another name until it is whole, so that it is never half a store
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        database = sqlite3.connect(unfinished)
        try:
            fill(database, study, engine)
        finally:
            database.close()
        unfinished.replace(path)
        return cls(path)

    def close(self) -> None:
        """Fold the write-ahead log into the file, and let go of it."""
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
        cycles = len(setting["c_rates"])
        width = len(setting["columns"])
        names = ["status", "reason", "attempts", *setting["columns"]]
        curves = self.meta("curves")
        names += [*curves, *([SOLVED, REMARKS] if cycles else [])]
        updates = ", ".join(f"{quoted(name)} = ?" for name in names)
        rows: list[list[Any]] = []
        for result in results:
            complete, kept = packed_point(result, cycles, width, len(curves))
            status = "ok" if complete else "failed"
            rows.append([status, result.reason, result.attempts, *kept, result.id])
        with self._database:
            self._database.executemany(
                f"UPDATE points SET {updates} WHERE id = ?", rows
            )
        return sum(row[0] == "failed" for row in rows)

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
        with self._database:
            return self._database.execute(
                "UPDATE points SET status = 'pending', reason = '', attempts = 0 "
                "WHERE status = 'failed'"
            ).rowcount

    def give_up(self, reason: str) -> None:
        """Make pending points failed ones, for a reason."""
        with self._database:
            self._database.execute(
                "UPDATE points SET status = 'failed', reason = ? "
                "WHERE status = 'pending'",
                [reason],
            )

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
                    f"{self.path} holds a study with another {key}; accepted with "
                    "--extend: other points and nothing else"
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
            insert(self._database, new["names"], added)
            note(self._database, notes)
        return len(added)

    def answers(self, column: str) -> tuple[np.ndarray, np.ndarray]:
        """All points in the order of their numbers, and one of the numbers of each."""
        columns = ", ".join(map(quoted, [*self.meta("setting")["names"], column]))
        query = f"SELECT {columns} FROM points ORDER BY id"
        table = np.array(self._database.execute(query).fetchall(), dtype=float)
        return table[:, :-1], table[:, -1]

    def append(self, cell: str, points: np.ndarray, *, loss: float) -> None:
        """Add pending points to a map, and note the loss they were chosen at."""
        names = self.meta("setting")["names"]
        with self._database:
            insert(self._database, names, ((cell, *row) for row in points.tolist()))
            note(self._database, {"loss": loss})

    def table(self) -> pd.DataFrame:
        """All points, a row each, as they are kept: blobs among them."""
        try:
            found = self._database.execute("SELECT * FROM points ORDER BY id")
            names = [column[0] for column in found.description]
            return pd.DataFrame(found.fetchall(), columns=names)
        except sqlite3.DatabaseError as error:
            raise InputError(f"{self.path} cannot be read ({error})") from None


def _among(all_points: bool) -> str:
    return "TRUE" if all_points else "status = 'pending'"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes from the store at a path; the system frees it at death."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_suffix(".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError(
            f"another process is working on {path}; wait for it, or look with --status"
        ) from None
    try:
        yield
    finally:
        lock.release()
