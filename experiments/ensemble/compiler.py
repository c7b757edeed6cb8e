"""A C++ compiler, found and used; what it made is kept on the disk."""

from __future__ import annotations

import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

from aslb.experiments.ensemble.cache import (
    UnsafeCache,
    check_folder,
    is_whole,
    own_folder,
    seal,
)
from aslb.experiments.ensemble.model_functions import NotGenerated
from aslb.experiments.ensemble.source import Source

COMPILERS = ("g++", "clang++")
FLAGS = (
    "-std=c++17",
    "-O2",
    "-march=native",
    "-fPIC",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-pthread",
)
WIDTHS = {"avx512f": 8, "avx2": 4, "sse2": 2, "asimd": 2}
"""Doubles in a register, by what the processor can do."""

WIDTH = "ASLB_LANES"
"""Environment variable that names another width: 1, 2, 4 or 8."""


class NoCompiler(NotGenerated):
    """There is no C++ compiler, or it fails."""


def lane_width() -> int:
    """How many points are solved at once: as many as a register holds doubles.

    Raises
    ------
    NoCompiler
        If the environment asks for what there is no code for, or for more than this
        machine has.
    """
    asked = os.environ.get(WIDTH)
    if asked is None:
        return _widest()
    if asked not in {"1", "2", "4", "8"}:
        raise NoCompiler(f"{WIDTH}={asked}; accepted: 1, 2, 4 or 8")
    return _had(int(asked))


@lru_cache(maxsize=1)
def find_compiler() -> tuple[str, ...] | None:
    """The command of a C++ compiler: $CXX, g++, clang++, or that of ``ziglang``."""
    named = os.environ.get("CXX")
    for command in (named, *COMPILERS):
        words = shlex.split(command or "")
        if words and shutil.which(words[0]):
            return tuple(words)
    if find_spec("ziglang") is not None:
        return (sys.executable, "-m", "ziglang", "c++")
    return None


def compiled(source: Source, width: int, *, again: bool = False) -> Path:
    """A shared library of a model's code.

    One that was made before, of the same code by the same compiler for the same
    processor, is taken from the disk. A library appears there whole, so that any
    number of processes can ask for it at once; one that was damaged since is replaced.

    Parameters
    ----------
    source : Source
        The code.
    width : int
        How many points are solved at once.
    again : bool, optional
        Whether one that is there is made again.

    Returns
    -------
    pathlib.Path
        The library.

    Raises
    ------
    NoCompiler
        If there is none, or it fails, or there is no place for what it makes that is
        this user's alone.
    """
    compiler = find_compiler()
    if compiler is None:
        raise NoCompiler("no C++ compiler")
    _had(width)
    texts = _texts()
    before = f"#define W {width}\n{texts['lanes.h']}\n{source.header}"
    units = [f"{before}{part}" for part in source.parts]
    units.append(f"{before}{texts['rosenbrock.h']}\n{texts['ensemble.cpp']}")
    name = _name([*units, *FLAGS, _version(compiler), _processor()])
    try:
        target = own_folder() / f"{name}.so"
        if again or not is_whole(target):
            _make(target, compiler, units, again=again)
    except UnsafeCache as error:
        raise NoCompiler(str(error)) from None
    except OSError as error:  # a full disk, say
        raise NoCompiler(f"libraries cannot be written ({error})") from None
    return target


def check_cache() -> None:
    """Refuse a folder of libraries that others can put code in.

    Raises
    ------
    NoCompiler
        If the folder is there, and another user owns it or may write to it.
    """
    try:
        check_folder()
    except UnsafeCache as error:
        raise NoCompiler(str(error)) from None


def _name(texts: Sequence[str]) -> str:
    """Name of a library: a digest of all that it follows from."""
    digest = hashlib.sha256()
    for text in texts:
        content = text.encode()
        digest.update(b"%d:" % len(content))
        digest.update(content)
    return digest.hexdigest()


def _make(
    target: Path, compiler: Sequence[str], units: Sequence[str], *, again: bool
) -> None:
    """Compile a library, unless another process just did."""
    # of several that ask at once, one compiles and the others wait for it
    with (
        FileLock(target.with_suffix(".lock")),
        tempfile.TemporaryDirectory(dir=target.parent) as work,
    ):
        if again or not is_whole(target):
            library = _link(compiler, units, Path(work))
            seal(library, target.stem)
            library.replace(target)


def _had(width: int) -> int:
    if width > _widest():
        raise NoCompiler(f"{width} lanes, and this machine has {_widest()}")
    return width


def _widest() -> int:
    can = _processor().split()
    return next((width for flag, width in WIDTHS.items() if flag in can), 1)


def _link(compiler: Sequence[str], units: Sequence[str], work: Path) -> Path:
    """Compile units side by side, and make a library of them."""

    def made(unit: tuple[int, str]) -> str:
        path = work / f"unit{unit[0]}.cpp"
        path.write_text(unit[1])
        _call([*compiler, *FLAGS, "-c", str(path), "-o", f"{path}.o"])
        return f"{path}.o"

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(made, enumerate(units)))
    library = work / "library.so"
    vectors = ["-lmvec"] if platform.libc_ver()[0] == "glibc" else []
    _call([*compiler, *FLAGS, "-shared", *objects, "-o", str(library), *vectors, "-lm"])
    return library


def _call(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = next(iter(done.stderr.splitlines()), "no message")
        raise NoCompiler(f"{command[0]} failed: {said}")


@lru_cache(maxsize=1)
def _texts() -> dict[str, str]:
    folder = files("aslb.experiments.ensemble")
    names = ("lanes.h", "rosenbrock.h", "ensemble.cpp")
    return {name: (folder / name).read_text() for name in names}


@lru_cache(maxsize=1)
def _version(compiler: tuple[str, ...]) -> str:
    asked = [*compiler, "--version"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


@lru_cache(maxsize=1)
def _processor() -> str:
    """What the processor can do, in the kernel's words."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:  # not Linux
        return platform.processor()
    words = ("flags", "Features")
    return next((line for line in lines if line.startswith(words)), "")
