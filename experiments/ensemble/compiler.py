"""A C++ compiler, found and used; what it made is kept on the disk."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_dir

from aslb.errors import InputError
from aslb.experiments.ensemble.source import Source

COMPILERS = ("g++", "clang++")
FLAGS = (
    "-std=c++17 -O2 -march=native -fPIC -fno-math-errno -pthread -w".split()
)
WIDTHS = {"avx512f": 8, "avx2": 4, "sse2": 2}
"""Doubles in a register, by what the processor can do."""

HEADERS = ("lanes.h", "rosenbrock.h", "ensemble.cpp")


def lane_width() -> int:
    """How many doubles are worked on at once on this machine."""
    asked = os.environ.get("ASLB_LANES")
    if asked:
        return int(asked)
    flags = _processor().split()
    return next((w for flag, w in WIDTHS.items() if flag in flags), 1)


@lru_cache(maxsize=1)
def find_compiler() -> tuple[str, ...] | None:
    """The command of a C++ compiler, if there is one."""
    named = os.environ.get("CXX")
    for command in [named] if named else COMPILERS:
        if command and shutil.which(command.split()[0]):
            return tuple(command.split())
    if find_spec("ziglang") is not None:
        return (sys.executable, "-m", "ziglang", "c++")
    return None


def compiled(source: Source, width: int) -> Path:
    """A shared library of a model's code, from the disk if it is there."""
    compiler = find_compiler()
    if compiler is None:
        raise InputError("no C++ compiler")
    here = files("aslb.experiments.ensemble")
    texts = {name: (here / name).read_text() for name in HEADERS}
    head = f"#define W {width}\n"
    declared = f"{head}{texts['lanes.h']}\n{source.header}"
    units = [declared + part for part in source.parts]
    units.append(declared + texts["rosenbrock.h"] + texts["ensemble.cpp"].replace('#include "rosenbrock.h"',''))
    digest = hashlib.sha256(
        repr([units, FLAGS, _version(compiler), _processor()]).encode()
    ).hexdigest()
    folder = Path(os.environ.get("ASLB_CACHE") or user_cache_dir("aslb")) / "ensemble"
    target = folder / f"{digest[:32]}.so"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            _make(compiler, units, Path(work), target)
    return target


def _make(compiler, units, work: Path, target: Path) -> None:
    def one(k: int) -> Path:
        path = work / f"unit{k}.cpp"
        path.write_text(units[k])
        out = path.with_suffix(".o")
        _call([*compiler, *FLAGS, "-c", str(path), "-o", str(out)])
        return out

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(one, range(len(units))))
    made = work / "made.so"
    libraries = ["-lmvec"] if platform.libc_ver()[0] == "glibc" else []
    _call([*compiler, *FLAGS, "-shared", *map(str, objects), "-o", str(made), *libraries, "-lm"])
    made.replace(target)


def _call(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr[:2000]}")


def _version(compiler: tuple[str, ...]) -> str:
    return subprocess.run([*compiler, "--version"], capture_output=True, text=True).stdout


@lru_cache(maxsize=1)
def _processor() -> str:
    """What the processor can do, in words."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line for line in lines if line.startswith("flags")), platform.processor())
