"""A file taken for a store only if all of it is what was written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aslb.errors import InputError
from aslb.experiments.study.checksum import checksum
from aslb.experiments.study.on_disk import keep_log, written
from aslb.experiments.study.schema import (
    APPLICATION_ID,
    COUNT,
    FORMAT,
    KEYS,
    META,
    tables,
)

UNSOUND = (
    sqlite3.Error,
    ArithmeticError,
    LookupError,
    MemoryError,  # SQLite's, where a damaged size asks for too much
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading ends in where bytes are not what was written."""

EARLIER = "aslb 0.1.0"
"""What reads the formats that were not told in the header of the file."""

LOGS = ("wal", "journal")
"""What SQLite keeps beside a file while it is written."""

WAIT = 30  # s, for another process that has the file


def to_read(path: Path) -> sqlite3.Connection:
    """The database of a store as it is now, in which nothing can be written.

    Raises
    ------
    InputError
        If the file is not a sound store of this format.
    """
    _check_there(path)
    uri = path.resolve().as_uri()
    with _told(path):
        database = _connected(f"{uri}?mode=ro")
        try:
            database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            database.close()
            logs = [path.with_name(f"{path.name}-{log}") for log in LOGS]
            if any(log.exists() and log.stat().st_size for log in logs):
                raise
            # where nothing can be written nobody writes
            database = _connected(f"{uri}?mode=ro&immutable=1")
        with _closed_if_refused(database), one_moment(database):
            _check(database, path)
    return database


def to_write(path: Path) -> sqlite3.Connection:
    """The database of a store, in which a commit is on the disk when it returns.

    Raises
    ------
    InputError
        If the file is not a sound store of this format; it is left as it is.
    """
    _check_there(path)
    with _told(path):
        database = _connected(f"{path.resolve().as_uri()}?mode=rw")
        with _closed_if_refused(database):
            _check(database, path)
    with _closed_if_refused(database), written(path):
        keep_log(database)
    return database


@contextmanager
def one_moment(database: sqlite3.Connection) -> Iterator[None]:
    """Read what is there at one moment, also while another process writes."""
    database.execute("BEGIN")
    try:
        yield
    finally:
        database.rollback()


def notes(database: sqlite3.Connection) -> dict[str, Any]:
    """All that was noted about the study; a `ValueError` if it is not all there."""
    found = {}
    for key, value, kept in database.execute("SELECT * FROM meta"):
        if checksum((key, value)) != kept:
            raise ValueError(f"the checksum of {key!r} is wrong")
        found[key] = json.loads(value)
    if found.keys() != {*KEYS}:
        raise ValueError(f"it does not hold {', '.join(KEYS)}")
    return found


def rows(database: sqlite3.Connection, count: int) -> Iterator[tuple[Any, ...]]:
    """Rows of all points without checksums; a `ValueError` if they are not those."""
    number = 0
    found = database.execute("SELECT * FROM points ORDER BY id")
    for number, (*row, kept) in enumerate(found, 1):
        if row[0] != number:
            raise ValueError(f"point {number} is missing")
        if checksum(row) != kept:
            raise ValueError(f"the checksum of point {number} is wrong")
        yield tuple(row)
    if number != count:
        raise ValueError(f"{number} points of {count}")


def _check(database: sqlite3.Connection, path: Path) -> None:
    """Refuse a store that is not whole, or that has more than a store has."""
    _check_header(database, path)
    known = _check_schema(database)
    (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise ValueError(said)
    fits = _shape(known["setting"], known["curves"])
    identity = slice(1, 2 + len(known["setting"]["names"]))  # a cell and values
    seen = set()
    for row in rows(database, known[COUNT]):
        if not fits(row):
            raise ValueError(f"point {row[0]} is not as its study has it")
        seen.add(row[identity])
    if len(seen) != known[COUNT]:
        raise ValueError("a point is there twice")


def _check_header(database: sqlite3.Connection, path: Path) -> None:
    (identity,) = database.execute("PRAGMA application_id").fetchone()
    if identity != APPLICATION_ID:
        raise InputError(f"{path} is no study of aslb; it is left as it is")
    (found,) = database.execute("PRAGMA user_version").fetchone()
    if found != FORMAT:
        reader = EARLIER if found < FORMAT else "a newer aslb"
        raise InputError(
            f"{path} has format {found or '3 or less'}, which {reader} reads; this "
            f"version reads {FORMAT}; accepted: another folder"
        )


def _check_schema(database: sqlite3.Connection) -> dict[str, Any]:
    """Notes of a store whose tables and index are those of a store, and no others."""
    there = {
        name: tuple(of)
        for name, *of in database.execute(
            "SELECT name, type, tbl_name, sql FROM sqlite_master"
        )
    }
    # notes tell which columns points have: their own table is looked at before
    known = tables({"c_rates": (), "names": (), "columns": ()}, ())
    if there.keys() == known.keys() and there[META] == known[META]:
        found = notes(database)
        if there == tables(found["setting"], found["curves"]):
            return found
    raise ValueError("its tables are not those of a store")


def _shape(setting: dict[str, Any], curves: list[str]) -> Callable[[Any], bool]:
    """Whether a row has the kinds and lengths that a study gives its columns."""
    cycles, columns = len(setting["c_rates"]), len(setting["columns"])
    curve = 8 * setting["curve_points"] * max(1, cycles)
    before = [int, str, *[float] * len(setting["names"]), str, str, int]
    sizes = [8 * cycles] * columns * bool(cycles) + [curve] * len(curves)
    first = len(before) + (0 if cycles else columns)

    def fits(row: tuple[Any, ...]) -> bool:
        blobs = row[first : first + len(sizes)]
        return (
            all(isinstance(*pair) for pair in zip(row, before, strict=False))
            and row[len(before) - 3] in ("ok", "failed", "pending")
            and all(x is None or isinstance(x, float) for x in row[len(before) : first])
            and all(
                blob is None or (isinstance(blob, bytes) and len(blob) == size)
                for blob, size in zip(blobs, sizes, strict=True)
            )
            and (not cycles or _are_remarks(row[-1], cycles))
        )

    return fits


def _are_remarks(text: str | None, cycles: int) -> bool:
    said = [] if text is None else json.loads(text)
    return len(said) <= cycles and all(isinstance(remark, str) for remark in said)


def _connected(uri: str) -> sqlite3.Connection:
    database = sqlite3.connect(uri, uri=True, timeout=WAIT)
    # a file that was received is data, whatever is in it
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    return database


def _check_there(path: Path) -> None:
    if not path.is_file():
        raise InputError(f"no study in {path}")


@contextmanager
def _closed_if_refused(database: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell in a line that a store is not what was written."""
    try:
        yield
    except InputError:
        raise
    except UNSOUND as error:
        raise InputError(
            f"{path} cannot be read ({_line(error)}); it is left as it is; accepted: a "
            "copy that is whole, or another folder"
        ) from None


def _line(error: Exception) -> str:
    """What an error says first, without a character that ends a line."""
    lines = str(error).splitlines() or [type(error).__name__]
    return " ".join(word for word in lines[0].split() if word.isprintable())[:200]
