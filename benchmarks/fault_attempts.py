"""What befalls the store of a study, and what is left of it."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import random
from typing import Any

import numpy as np

from aslb.errors import InputError
from aslb.experiments import Study, cccv
from aslb.experiments.engine.group import PointResult, PointTask
from aslb.experiments.study import run as _imported_once  # noqa: F401
from aslb.experiments.study import solve
from aslb.experiments.study.store import FILE, StudyStore

STUDY = Study(
    "Cao2021_thin_halide",
    cccv(),
    {
        "separator.thickness [um]": np.geomspace(20, 500, 40),
        "c_rate": np.geomspace(0.1, 4, 10),
    },
    model="SolidStateSPM",
    quantities=["charge_capacity", "discharge_capacity"],
    curve_points=20,
)
COMMITS = len(STUDY) // solve.ALONE[STUDY.model]
MOMENT = 0.02  # s, some times what a commit takes
MOST_BITS = 8  # flipped at once
_FORK = multiprocessing.get_context("fork")  # all is imported once


class Here(Executor):
    """Solves in this process."""

    def submit(self, function, /, *args, **kwargs):
        """Solve at once."""
        future: Future = Future()
        future.set_result(function(*args, **kwargs))
        return future


def stand_in(packed: bytes, tasks: Sequence[PointTask]) -> list[PointResult]:
    """Numbers that follow from the point, in place of its solution."""
    found = []
    for task in tasks:
        seed = [*task.inputs.values(), task.chosen.c_rate or 0]
        first = np.sin(1e6 * np.array(seed).sum())
        curves = [np.linspace(first, k, 20) for k in range(2)]
        found.append(PointResult(task.id, "", 1, [first, 2 * first], curves))
    return found


@dataclass
class Told:
    """What a study said before it ended, and how it did."""

    committed: set[int]
    message: str


def run(folder: Path, *, kill_after: int | None = None, limit: int = 0) -> Told:
    """Run the study in a process of its own, which may be killed, or short of disk.

    Parameters
    ----------
    folder : pathlib.Path
        Where it keeps its store.
    kill_after : int, optional
        It is killed a moment after so many commits: in the next one, mostly.
    limit : int, optional
        Largest size of a file [B]; 0 is none.
    """
    ours, theirs = os.pipe()
    process = _FORK.Process(target=_study, args=(folder, theirs, limit))
    process.start()
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        lines = [*islice(pipe, kill_after)]
        if kill_after is not None:
            time.sleep(random() * MOMENT)
            process.kill()
        lines += pipe
    process.join()
    said = [line.strip() for line in lines if not line[0].isdigit()]
    numbers = {int(n) for line in lines if line[0].isdigit() for n in line.split()}
    if process.exitcode not in (0, -9):
        said.append(f"status {process.exitcode}")
    return Told(numbers, "; ".join(said))


def _study(folder: Path, pipe: int, limit: int) -> None:
    solve.solve_points = stand_in
    save = StudyStore.save

    def telling(store: StudyStore, results: Sequence[PointResult]) -> int:
        failures = save(store, results)
        os.write(pipe, (" ".join(str(one.id) for one in results) + "\n").encode())
        return failures

    StudyStore.save = telling  # type: ignore[method-assign]
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        STUDY.run(folder, engine="IDAKLU", executor=Here(), recheck=0)
    except InputError as error:
        os.write(pipe, f"refused: {error}\n".encode())
    except Exception as error:  # whatever it is, it is counted
        os.write(pipe, f"{error!r}\n".encode())


def rows_of(path: Path) -> dict[int, tuple[Any, ...]]:
    """Solved rows of a store, by number."""
    store = StudyStore(path)
    try:
        table = store.table()
    finally:
        store.close()
    solved = table[table.status == "ok"]
    return {row[0]: row for row in solved.itertuples(index=False, name=None)}


@dataclass
class Faults:
    """Faults of all kinds, and what was counted of each.

    Parameters
    ----------
    folder : pathlib.Path
        Where stores are kept, and removed.
    seed : int
        Of all that is random.
    """

    folder: Path
    seed: int
    counted: dict[str, Counter] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.random = np.random.default_rng(self.seed)
        self.whole = self.folder / "whole"
        store = StudyStore.in_memory(STUDY, engine={"name": "IDAKLU"})
        next(solve.groups(store, STUDY, 0))  # what takes a second is known from here on
        store.close()
        run(self.whole)
        self.expected = rows_of(self.whole / FILE)
        self.size = (self.whole / FILE).stat().st_size
        if len(self.expected) != len(STUDY):
            raise RuntimeError("the study cannot be solved without a fault")

    def killed(self) -> None:
        """A study that is killed some times, and then goes on to its end."""
        self._on_and_on(
            "killed", lambda: {"kill_after": int(self.random.integers(COMMITS))}
        )

    def full(self) -> None:
        """A study that finds its disk full some times, and then space again."""
        self._on_and_on(
            "disk full", lambda: {"limit": int(self.random.uniform(1, 1.1 * self.size))}
        )

    def _on_and_on(self, kind: str, fault: Callable[[], dict[str, Any]]) -> None:
        folder = self.folder / "again"
        committed: set[int] = set()
        for _ in range(self.random.integers(1, 4)):
            told = run(folder, **fault())
            committed |= told.committed
            self._count(kind, folder / FILE, committed, told.message)
        told = run(folder)
        self._count("run to the end", folder / FILE, {*self.expected}, told.message)
        shutil.rmtree(folder)

    def damaged(self) -> None:
        """A finished store with bits flipped, and one that is cut."""
        content = bytearray((self.whole / FILE).read_bytes())
        self._read("bits flipped", self._flipped(content), {*self.expected})
        cut = content[: self.random.integers(len(content))]
        self._read("file cut", cut, {*self.expected})

    def damaged_log(self) -> None:
        """The log of a killed study with bits flipped."""
        folder = self.folder / "log"
        told = run(folder, kill_after=int(self.random.integers(1, COMMITS)))
        log = folder / f"{FILE}-wal"
        if log.exists() and log.stat().st_size:
            log.write_bytes(self._flipped(bytearray(log.read_bytes())))
            self._count("bits of the log flipped", folder / FILE, told.committed, "")
        shutil.rmtree(folder, ignore_errors=True)

    def _flipped(self, content: bytearray) -> bytearray:
        count = self.random.integers(1, MOST_BITS + 1)
        for bit in self.random.integers(8 * len(content), size=count):
            content[bit // 8] ^= 1 << (bit % 8)
        return content

    def _read(self, kind: str, content: bytes, committed: set[int]) -> None:
        path = self.folder / "damaged.sqlite"
        path.write_bytes(content)
        self._count(kind, path, committed, "")
        path.unlink()

    def _count(self, kind: str, path: Path, committed: set[int], said: str) -> None:
        """Count what a fault left of a store."""
        count = self.counted.setdefault(kind, Counter())
        count["attempts"] += 1
        count["committed"] += len(committed)
        if said:
            self._told(kind, path, said.removeprefix("refused: "), "told")
        try:
            found = rows_of(path) if committed or path.exists() else {}
        except InputError as error:
            self._told(kind, path, str(error), "refused")
            return
        except Exception as error:  # whatever it is, it is counted
            count["other"] += 1
            self.strange.append(f"{kind}: {error!r}")
            return
        count["lost"] += len(committed - found.keys())
        count["wrong"] += sum(row != self.expected[n] for n, row in found.items())

    def _told(self, kind: str, path: Path, said: str, what: str) -> None:
        one_line = said.isprintable() and str(path) in said
        self.counted[kind][what if one_line else "other"] += 1
        if not one_line:
            self.strange.append(f"{kind}: {said}")
