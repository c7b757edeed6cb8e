"""One process at a time for each store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from aslb.errors import InputError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes from the store at a path; the system frees it at death.

    Raises
    ------
    InputError
        If another process has it.
    """
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
