"""The folder of compiled libraries: of one user alone, each library as it was made."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from platformdirs import user_cache_dir

CACHE = "ASLB_CACHE"
"""Environment variable that names another folder to keep libraries in."""

OWNER_ONLY = 0o700
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class UnsafeCache(Exception):
    """A folder in which somebody else could put code."""


def check_folder() -> None:
    """Refuse a folder of libraries that somebody else could write to.

    Raises
    ------
    UnsafeCache
        If it is there, and another user owns it or may write to it.
    """
    for folder in _folders():
        if folder.exists():
            _check(folder)


def own_folder() -> Path:
    """The folder of libraries, made for this user alone if it is not there.

    Raises
    ------
    UnsafeCache
        As from `check_folder`.
    OSError
        If it cannot be made.
    """
    for folder in _folders():
        folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        _check(folder)
    if stat.S_IMODE(folder.stat().st_mode) != OWNER_ONLY:
        folder.chmod(OWNER_ONLY)
    return folder


def seal(library: Path, name: str) -> None:
    """Append to a library what tells that it is whole, and the one of a name."""
    content = library.read_bytes()
    library.write_bytes(content + _digest(name, content))


def is_whole(library: Path) -> bool:
    """Whether a library is as it was made, and the one that its name says.

    To load half a one would end the process, and that of another model would give
    other answers.
    """
    try:
        content = library.read_bytes()
    except OSError:
        return False
    size = hashlib.sha256().digest_size
    return _digest(library.stem, content[:-size]) == content[-size:]


def _digest(name: str, content: bytes) -> bytes:
    digest = hashlib.sha256(name.encode())
    digest.update(content)
    return digest.digest()


def _folders() -> tuple[Path, Path]:
    """The folder that is named, and the one in it that is ours."""
    named = Path(os.environ.get(CACHE) or user_cache_dir("aslb"))
    return named, named / "ensemble"


def _check(folder: Path) -> None:
    if not hasattr(os, "geteuid"):
        return  # on Windows a folder of the user is the user's
    found = folder.stat()
    if found.st_uid != os.geteuid():
        why = "belongs to another user"
    elif found.st_mode & OTHERS_WRITE:
        why = "can be written to by others"
    else:
        return
    raise UnsafeCache(
        f"{folder} {why}, whose code would be run; accepted: a folder of your own in "
        f"{CACHE}, or after chmod go-w"
    )
