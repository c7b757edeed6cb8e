"""What a point of a study costs: scripts, the engine, and the integrator alone.

All ways solve points of ``examples/thickness_rate.toml``, in turns, so that whatever
else the machine does hurts all of them. ``python benchmarks/sweep_speed.py`` prints the
table and writes it to ``docs/sweep-speed.md``.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import psutil
import pybamm
from loky import get_reusable_executor

from aslb.experiments import cccv
from aslb.experiments.engine.group import Group, PointTask
from aslb.experiments.engine.one_by_one import ATTEMPTS, _solver
from aslb.experiments.study.definition import Study
from aslb.experiments.study.run import sweep
from aslb.experiments.study.study_file import read_study, study_from
from aslb.parameters.composition.cell import Cell

ROOT = Path(__file__).resolve().parents[1]
STUDY = ROOT / "examples" / "thickness_rate.toml"
PAGE = ROOT / "docs" / "sweep-speed.md"
BLOCKS = 4
WORKERS = 2
SCRIPT_POINTS = 3
ENGINE_POINTS = 240  # as in a study, that its start is little beside


def naive(study: Study, rows: np.ndarray) -> None:
    """A new simulation for each point."""
    for row in rows:
        c_rate, inputs = study.inputs(row)
        values = _cell(study).parameter_values()
        values.update(inputs)
        pybamm.Simulation(
            pybamm.Model(study.model), parameter_values=values, experiment=cccv(c_rate)
        ).solve()


def batch_study(study: Study, rows: np.ndarray) -> None:
    """PyBaMM's own loop over parameter values and experiments."""
    values, experiments = {}, {}
    for k, row in enumerate(rows):
        c_rate, inputs = study.inputs(row)
        values[k] = _cell(study).parameter_values()
        values[k].update(inputs)
        experiments[k] = cccv(c_rate)
    pybamm.BatchStudy(
        {k: pybamm.Model(study.model) for k in values},
        experiments=experiments,
        parameter_values=values,
    ).solve()


def engine(study: Study, rows: np.ndarray, *, compiled: bool) -> None:
    """The sweep, from a study in memory to rows on the disk; workers are running."""
    points = {name.name: rows[:, k].tolist() for k, name in enumerate(study.names)}
    content = {
        "model": study.model,
        "method": "list",
        "vary": points,
        "outputs": {
            "quantities": list(study.outputs.quantities),
            "losses_at_depth": list(study.outputs.depths),
        },
    }
    with tempfile.TemporaryDirectory() as folder:
        data = sweep(
            study_from(content), folder, executor=_executor(), compiled=compiled
        )
        assert (data.status == "ok").all(), data.reason.values


def integrator_time(study: Study, rows: np.ndarray, *, compiled: bool) -> float:
    """Seconds inside the integrator, on all workers at once, over their number."""
    (experiment,) = study.experiments.values()
    packed = Group(
        _cell(study).parameter_values(),
        study.model,
        tuple(study.inputs(rows[0])[1]),
        experiment,
        study.outputs,
        study.rtol,
        compiled,
    ).pack()
    points = map(study.inputs, rows)
    tasks = [PointTask(k, inputs, c_rate) for k, (c_rate, inputs) in enumerate(points)]
    chunks = [tasks[k::WORKERS] for k in range(WORKERS)]
    futures = [_executor().submit(inside, packed, chunk) for chunk in chunks]
    return sum(future.result() for future in futures) / WORKERS


def inside(packed: bytes, tasks: list[PointTask]) -> float:
    """Seconds that one process spends in the integrator's solve."""

    class Timed:
        def __init__(self, integrator):
            self.integrator = integrator
            self.seconds = 0.0

        def solve(self, *arguments, **options):
            started = time.perf_counter()
            try:
                return self.integrator.solve(*arguments, **options)
            finally:
                self.seconds += time.perf_counter() - started

    from aslb.experiments.engine.one_by_one import solve_points

    solver = _solver(packed, ATTEMPTS[0])
    solver._integrator = timed = Timed(solver._integrator)
    solve_points(packed, tasks)
    solver._integrator = timed.integrator
    return timed.seconds


def cpu_time() -> float:
    """Processor time of this process and its workers so far [s]."""
    here = psutil.Process()
    return sum(
        process.cpu_times().user + process.cpu_times().system
        for process in (here, *here.children(recursive=True))
    )


def _cell(study: Study) -> Cell:
    (cell,) = study.cells.values()
    return cell


def _executor():
    return get_reusable_executor(max_workers=WORKERS, timeout=600)


def main() -> None:
    """Measure, print and write the page."""
    load = os.getloadavg()[0]
    study = read_study(STUDY)
    rng = np.random.default_rng(1)

    def some(count: int) -> np.ndarray:
        return study.points[rng.choice(len(study.points), count, replace=False)]

    for compiled in (False, True):  # workers start, build and compile
        engine(study, some(4 * WORKERS), compiled=compiled)
    ways = {
        "a. a new `Simulation` a point": (naive, SCRIPT_POINTS, {}),
        "b. `pybamm.BatchStudy`": (batch_study, SCRIPT_POINTS, {}),
        "`aslb sweep --no-compile`": (engine, ENGINE_POINTS, {"compiled": False}),
        "c. its time inside the integrator": (
            integrator_time,
            ENGINE_POINTS,
            {"compiled": False},
        ),
        "`aslb sweep --compile`": (engine, ENGINE_POINTS, {"compiled": True}),
        "c. its time inside the integrator, compiled": (
            integrator_time,
            ENGINE_POINTS,
            {"compiled": True},
        ),
    }
    wall: dict[str, list[float]] = {name: [] for name in ways}
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    for block in range(BLOCKS):
        engine_rows = some(ENGINE_POINTS)
        for name, (way, count, options) in ways.items():
            rows = engine_rows[:count]
            started, used = time.perf_counter(), cpu_time()
            inside_seconds = way(study, rows, **options)
            used = cpu_time() - used
            if inside_seconds is None:
                wall[name].append(1e3 * (time.perf_counter() - started) / count)
                cpu[name].append(1e3 * used / count)
            else:
                wall[name].append(1e3 * inside_seconds / count)
        print(f"block {block + 1} of {BLOCKS}", file=sys.stderr)
    median = {name: statistics.median(times) for name, times in wall.items()}
    busy = {name: statistics.median(times) for name, times in cpu.items() if times}
    reference = median["a. a new `Simulation` a point"]
    lines = [
        "| way | ms a point | times faster than a | processor ms a point |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {name} | {value:.0f} | {reference / value:.1f} | "
        + (f"{busy[name]:.0f} |" if name in busy else "– |")
        for name, value in median.items()
    ]
    plain, plain_c, fast, fast_c = list(median.values())[2:]
    script, _, *engines = busy.values()
    idle = [WORKERS * script / engine_time for engine_time in engines]
    text = f"""# What a point of a study costs

Points of `examples/thickness_rate.toml` (SolidStateDFN, one charge, hold and
discharge), drawn at random; median of {BLOCKS} interleaved blocks with {SCRIPT_POINTS}
points for scripts and {ENGINE_POINTS} for the engine. Scripts use one core, as they
do; the engine uses {WORKERS} processes on {os.cpu_count()} cores, which are running and
have built the model.

{chr(10).join(lines)}

Over its own time in the integrator the engine takes {plain / plain_c:.2f} times as
long, and {fast / fast_c:.2f} times with compiled functions. A script spends most of its
time building the model, the engine nearly all of it in the integrator. What is left is
the number of steps, set by fronts in the diffusivity and conductivity of LiCoO2.

By processor time over all processes, which other programs on the machine (its load
was {load:.1f} when this began) change less, two idle cores make the engine
{idle[0]:.0f} times faster than a without compiled functions and {idle[1]:.0f} times
with them. A worker starts in about 5 s and compiling takes about 10 s, once; the
result stays on the disk.

Made by `python benchmarks/sweep_speed.py` with aslb {version("aslb")} on PyBaMM
{version("pybamm")}, {platform.machine()}.
"""
    print(text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
