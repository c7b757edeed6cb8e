"""The file of a store: made whole or not at all, and written by one process."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from aslb.errors import InputError


def make(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Make a store that is filled by a function, and on the disk at return.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    # under another name until it is whole, so that it is never half a store
    unfinished = path.with_suffix(".new")
    with written(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove(unfinished)
        database = sqlite3.connect(unfinished)
        try:
            keep_log(database)
            fill(database)
            database.close()  # and the log is in the file
            unfinished.replace(path)
            _keep_name(path)
        except BaseException:
            database.close()
            _remove(unfinished)
            raise


def keep_log(database: sqlite3.Connection) -> None:
    """Have commits on the disk when they return, while others may read."""
    database.execute("PRAGMA journal_mode = WAL")
    # a commit is on the disk before the next point is handed out
    database.execute("PRAGMA synchronous = FULL")


@contextmanager
def written(
    path: Path, errors: tuple[type[Exception], ...] = (OSError, sqlite3.Error)
) -> Iterator[None]:
    """Tell in a line that a store cannot be written: a full disk, say."""
    try:
        yield
    except errors as error:
        raise InputError(
            f"{path} cannot be written ({error}); what was finished is kept; accepted: "
            "a disk with space, where you may write"
        ) from None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes from the store at a path; the system frees it at death."""
    with written(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_suffix(".lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise InputError(
                f"another process is working on {path}; wait for it, or look with "
                "open_study (--status)"
            ) from None
    try:
        yield
    finally:
        lock.release()


def _remove(file: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):  # its log too
        each.unlink()


def _keep_name(path: Path) -> None:
    """Have the name of a file on the disk, as its content is."""
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
