"""Ways to solve points of a study, and their times; ``sweep_speed.py`` tells them."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pybamm

from aslb.experiments.engine import one_by_one, side_by_side
from aslb.experiments.engine.chosen import at_choice, joined
from aslb.experiments.engine.lanes import LaneSolver, Point
from aslb.experiments.engine.steps import compiled
from aslb.experiments.ensemble.cache import CACHE
from aslb.experiments.ensemble.compiler import WIDTH, NoCompiler
from aslb.experiments.study import solve
from aslb.experiments.study.definition import Study
from aslb.experiments.study.study_file import study_from
from aslb.parameters.composition.cell import Cell

ROOT = Path(__file__).resolve().parents[1]
STUDY = ROOT / "examples" / "thickness_rate.toml"
BLOCKS = 4
NOMINAL = 200.0  # mAh/g
SCRIPT_POINTS = 3
ALONE = 8  # thicknesses at all rates, for IDAKLU
NARROW = 40  # thicknesses at all rates, for each width
CHECKED = 60  # points solved again with tight tolerances
EXACT = 1e-6

NAIVE, SOLVER, LANES, RECHECKED = WAYS = (
    "a. a new `pybamm.Simulation` a point",
    '`engine="IDAKLU"`: PyBaMM\'s solver, built once, on all cores',
    '`engine="lanes", recheck=0`',
    '`engine="lanes"`, 1 % solved again with IDAKLU',
)


class Clock:
    """Wall and processor time of this process and its workers [s], and failures."""

    def __init__(self) -> None:
        self.wall: dict[Any, list[float]] = {}
        self.busy: dict[Any, list[float]] = {}
        self.failed: dict[Any, int] = {}

    def time(self, way: Any, points: int, work: Callable[[], int]) -> None:
        """Do some work that tells how many of its points failed."""
        started, used = time.perf_counter(), _processor_time()
        failed = work()
        used, wall = _processor_time() - used, time.perf_counter() - started
        self.busy.setdefault(way, []).append(1e3 * used / points)
        self.wall.setdefault(way, []).append(1e3 * wall / points)
        self.failed[way] = self.failed.get(way, 0) + failed
        print(f"{way}: {1e3 * used / points:.2f} ms of processor", file=sys.stderr)

    def median(self, way: Any) -> tuple[float, float]:
        """Wall and processor time a point [ms]."""
        return statistics.median(self.wall[way]), statistics.median(self.busy[way])


def _processor_time() -> float:
    here = psutil.Process()
    return sum(
        process.cpu_times().user + process.cpu_times().system
        for process in (here, *here.children(recursive=True))
    )


def _children_time() -> float:
    """Processor time of child processes that have ended [s]."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cell_of(study: Study) -> Cell:
    """The one cell of the study."""
    (cell,) = study.cells.values()
    return cell


def naive(study: Study, rows: np.ndarray) -> int:
    """A new simulation for each point, of the formation and the cycle."""
    ((name, experiment),) = study.experiments.items()
    start, failed = study.starts[name], 0
    assert start is not None
    for row in rows:
        chosen, inputs = study.inputs(row)
        values = cell_of(study).parameter_values()
        values.update(inputs)
        solution = pybamm.Simulation(
            pybamm.Model(study.model),
            parameter_values=values,
            experiment=joined(start, at_choice(experiment, chosen)),
        ).solve()
        failed += len(solution.cycles) < 4
    return failed


def some(study: Study, rows: np.ndarray, **settings: Any) -> Study:
    """A study of some of the points."""
    listed = {name.name: rows[:, k].tolist() for k, name in enumerate(study.names)}
    outputs = {
        "quantities": list(study.outputs.quantities),
        "losses_at_depth": list(study.outputs.depths),
    }
    content = {"model": study.model, "method": "list", "vary": listed}
    return study_from({**content, "outputs": outputs, **settings})


def run(study: Study, **options: Any) -> int:
    """Solve a study and keep it on the disk; lanes build their model again."""
    if options["engine"] == "lanes":
        side_by_side._SOLVERS.clear()
        solve._POSSIBLE.clear()
        one_by_one._solver.cache_clear()
    with tempfile.TemporaryDirectory() as folder:
        return int((study.run(folder, **options).status != "ok").sum())


def at_all_rates(study: Study, rng: Any, thicknesses: int) -> np.ndarray:
    """Points of some thicknesses, those of one thickness in a row."""
    rates = len(np.unique(study.points[:, 1]))
    by_thickness = study.points.reshape(-1, rates, study.points.shape[1])
    chosen = rng.choice(len(by_thickness), thicknesses, replace=False)
    return by_thickness[np.sort(chosen)].reshape(-1, study.points.shape[1])


# ---------------------------------------------------------------- widths and compilers
@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """An environment variable, for a while."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


class Width:
    """Lanes of a number, built; wall and processor time of the compiler [s]."""

    def __init__(self, study: Study, lanes: int):
        self.study = study
        with (
            tempfile.TemporaryDirectory() as folder,
            environment(WIDTH, str(lanes)),
            environment(CACHE, folder),
        ):
            used = _children_time()
            cold = self._build()
            self.compiler_busy = _children_time() - used
            self.compiling = cold - self._build()

    def _build(self) -> float:
        started = time.perf_counter()
        self.values = cell_of(self.study).parameter_values()
        self.lanes = LaneSolver(self.values, self.study.model)
        return time.perf_counter() - started

    def solve(self, rows: np.ndarray) -> int:
        """Solve points that were not solved before."""
        ((name, experiment),) = self.study.experiments.items()
        start = self.study.starts[name]
        assert start is not None
        own = {name: float(self.values[name]) for name in self.lanes.names}
        points = [
            Point(own | inputs, compiled(at_choice(experiment, chosen)))
            for chosen, inputs in map(self.study.inputs, rows)
        ]
        runs = self.lanes.solve(
            points,
            self.study.outputs,
            formation=compiled(start),
            rtol=self.study.rtol,
            threads=1,
        )
        return sum(bool(found.failure) for found in runs)


def widths_here(study: Study) -> dict[int, Width]:
    """Lanes of each number that this processor has."""
    found = {}
    for lanes in (8, 4, 2, 1):
        try:
            found[lanes] = Width(study, lanes)
        except NoCompiler:
            continue
        print(
            f"{lanes} lanes: {found[lanes].compiling:.1f} s of compiling",
            file=sys.stderr,
        )
    return found


# ------------------------------------------------------------------------- measuring
def errors(study: Study, rng: Any) -> dict[str, np.ndarray]:
    """Differences in capacity from IDAKLU at tight tolerances [% of nominal]."""
    rows = study.points[np.sort(rng.choice(len(study.points), CHECKED, replace=False))]
    exact = some(study, rows, rtol=EXACT).run(engine="IDAKLU")
    found = {
        engine: some(study, rows).run(engine=engine, recheck=0)
        for engine in ("lanes", "IDAKLU")
    }
    return {
        engine: 100
        / NOMINAL
        * np.abs((data.discharge_capacity - exact.discharge_capacity).values).ravel()
        for engine, data in found.items()
    }


def command_time() -> float:
    """From the shell to the figures [s]."""
    command = [sys.executable, "-m", "aslb.cli", "sweep", str(STUDY), "--out"]
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*command, folder], check=True, capture_output=True)
    return time.perf_counter() - started


def measured(study: Study, rng: Any, widths: dict[int, Width]) -> Clock:
    """All ways in turns."""
    clock = Clock()
    whole = len(study.points)
    narrow = np.split(at_all_rates(study, rng, BLOCKS * NARROW), BLOCKS)
    run(some(study, at_all_rates(study, rng, 4)), engine="IDAKLU")  # workers start
    run(study, engine="lanes", recheck=0)  # and it is compiled
    for block in range(BLOCKS):
        rows = at_all_rates(study, rng, ALONE)
        few = rows[rng.choice(len(rows), SCRIPT_POINTS, replace=False)]
        clock.time(NAIVE, len(few), lambda few=few: naive(study, few))
        part = some(study, rows)
        clock.time(SOLVER, len(rows), lambda part=part: run(part, engine="IDAKLU"))
        clock.time(LANES, whole, lambda: run(study, engine="lanes", recheck=0))
        clock.time(RECHECKED, whole, lambda: run(study, engine="lanes"))
        for lanes, built in widths.items():
            points = narrow[block]
            clock.time(
                lanes,
                len(points),
                lambda built=built, points=points: built.solve(points),
            )
        print(f"block {block + 1} of {BLOCKS}", file=sys.stderr)
    return clock
