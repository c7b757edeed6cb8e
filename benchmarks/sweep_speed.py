"""What a point of a study costs: a script, IDAKLU built once, and lanes.

All ways solve points of ``examples/thickness_rate.toml``, in turns, so that whatever
else the machine does hurts all of them. ``python benchmarks/sweep_speed.py`` takes some
five minutes, prints the page and writes it to ``docs/sweep-speed.md``.
"""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import numpy as np
from speed_ways import (
    ALONE,
    BLOCKS,
    CHECKED,
    EXACT,
    LANES,
    NAIVE,
    NARROW,
    NOMINAL,
    RECHECKED,
    ROOT,
    SCRIPT_POINTS,
    SOLVER,
    STUDY,
    WAYS,
    Clock,
    Width,
    command_time,
    errors,
    measured,
    widths_here,
)

from aslb.experiments.ensemble.compiler import find_compiler, lane_width
from aslb.experiments.study.study_file import read_study

PAGE = ROOT / "docs" / "sweep-speed.md"
ACCURACY = 0.03  # %


def ways_table(clock: Clock) -> str:
    """Times of each way."""
    lines = [
        "| way | processor ms a point | times less | wall ms a point | times faster "
        "| failed |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    wall_of_a, busy_of_a = clock.median(NAIVE)
    for way in WAYS:
        wall, busy = clock.median(way)
        lines.append(
            f"| {way} | {busy:.3g} | {busy_of_a / busy:.3g} | {wall:.3g} | "
            f"{wall_of_a / wall:.3g} | {clock.failed[way]} |"
        )
    return "\n".join(lines)


def widths_table(clock: Clock, widths: dict[int, Width]) -> str:
    """Times and compilation of each number of lanes."""
    processors = {
        8: "AVX-512",
        4: "AVX2",
        2: "SSE2, or NEON of ARM",
        1: "any other",
    }
    lines = [
        "| lanes | processors | processor ms a point | compiling, wall s | processor s "
        "| failed |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for lanes, built in widths.items():
        lines.append(
            f"| {lanes} | {processors[lanes]} | {clock.median(lanes)[1]:.3g} | "
            f"{built.compiling:.0f} | {built.compiler_busy:.0f} | "
            f"{clock.failed[lanes]} |"
        )
    busy = clock.median(SOLVER)[1]
    lines.append(
        f"| – | no compiler: IDAKLU | {busy:.3g} | – | – | {clock.failed[SOLVER]} |"
    )
    return "\n".join(lines)


def errors_table(found: dict[str, np.ndarray]) -> str:
    """Medians, 95 % quantiles and largest errors."""
    lines = ["| engine | median | 95 % | largest |", "| --- | --- | --- | --- |"]
    for engine, of in found.items():
        low, high = np.median(of), np.quantile(of, 0.95)
        lines.append(f"| {engine} | {low:.2g} | {high:.2g} | {of.max():.2g} |")
    return "\n".join(lines)


def targets_table(
    clock: Clock, widths: dict[int, Width], found: np.ndarray, points: int
) -> str:
    """What was to be reached, and whether it was."""
    wall, busy = clock.median(LANES)
    ratio = clock.median(NAIVE)[1] / busy
    high = float(np.quantile(found, 0.95))
    seconds = 1e-3 * points * wall
    compiling = widths[lane_width()].compiling
    failed = clock.failed[LANES] + clock.failed[RECHECKED]
    rows = [
        ("times less processor than a", "at least 200", f"{ratio:.0f}", ratio >= 200),
        ("wall s for the study", "at most 5", f"{seconds:.1f}", seconds <= 5),
        ("processor ms a point", "at most 4", f"{busy:.1f}", busy <= 4),
        ("points that failed", "0", str(failed), failed == 0),
        (
            "capacity, 95 % of points, % of nominal",
            f"within {ACCURACY:g}",
            f"{high:.2g}",
            high <= ACCURACY,
        ),
        ("compiling s", "at most 15", f"{compiling:.1f}", compiling <= 15),
        ("times less than a, hoped for", "400", f"{ratio:.0f}", ratio >= 400),
        ("processor ms a point, hoped for", "2", f"{busy:.1f}", busy <= 2),
    ]
    lines = ["| what | wanted | measured | |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {what} | {wanted} | {value} | {'met' if met else 'missed'} |"
        for what, wanted, value, met in rows
    ]
    return "\n".join(lines)


def processor() -> str:
    """Its name, as the kernel tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.split(":")[1].strip() for line in lines if "model name" in line)
    return next(named, platform.machine())


def compiler() -> str:
    """The compiler in its own words."""
    command = [*(find_compiler() or ()), "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    return told.stdout.splitlines()[0]


def main() -> None:
    """Measure, print and write the page."""
    load = os.getloadavg()[0]
    study = read_study(STUDY)
    rng = np.random.default_rng(1)
    widths = widths_here(study)
    clock = measured(study, rng, widths)
    found = errors(study, rng)
    shell = command_time()
    points, cores = len(study.points), os.cpu_count() or 1
    idle = 1e-3 * points * clock.median(LANES)[1] / cores
    text = f"""# What a point of a study costs

Points of `examples/thickness_rate.toml` (SolidStateDFN): a formation of three cycles, a
charge with its hold and a discharge, which is what each way solves. Medians of {BLOCKS}
blocks in which all ways take turns.

{ways_table(clock)}

A script has one core and {SCRIPT_POINTS} random points a block; IDAKLU has {ALONE}
random thicknesses at all rates, which share a formation, and {cores} processes that are
running and have built the model. Lanes solve all {points} points, in {cores} threads,
from a library that is on the disk; building the model, writing its code and the store
are counted, importing PyBaMM is not. From the shell to the figures `aslb sweep
examples/thickness_rate.toml` takes {shell:.0f} s.

## What was wanted

{targets_table(clock, widths, found["lanes"], points)}

## Capacities

Differences in discharge capacity from IDAKLU at a relative tolerance of {EXACT:g}, in %
of nominal capacity ({NOMINAL:g} mAh/g), of {CHECKED} random points; both engines at the
study's tolerance, 1e-4.

{errors_table(found)}

[At other tolerances](engine.md#accuracy).

## Other machines

What the lanes of other processors would do, on this one: {NARROW} thicknesses at all
rates a block, one thread, the model built. Compiling is done once for a model, on all
cores; the library stays on the disk.

{widths_table(clock, widths)}

Made by `python benchmarks/sweep_speed.py` with aslb {version("aslb")}, PyBaMM
{version("pybamm")}, CasADi {version("casadi")}, Python {platform.python_version()} and
{compiler()}, on {processor()} with {cores} cores, {lane_width()} lanes each.
Other programs ran beside it (the load was {load:.1f} when it began), which wall times
show most and ratios of processor times least: with nothing beside it the study would
take its processor time over the cores, {idle:.1f} s.
"""
    print(text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
