"""Ways to an impedance spectrum, and their times; ``spectrum_speed.py`` tells them."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import pybamm
from speed_ways import Clock

from aslb.experiments.engine.linear_cell import (
    LinearCell,
    formed,
    mesh_of,
    relaxing_model,
)
from aslb.models.registry import MODELS
from aslb.parameters.composition.cell import Cell

CELL, SOC = "Cao2021_thin_halide", 0.5
FREQUENCIES = np.logspace(6, -3, 64)  # Hz
VARIED = (
    "Catholyte conductivity [S.m-1]",
    "Positive electrode double-layer capacity [F.m-2]",
    "Positive electrode reference exchange-current density [A.m-2]",
)
SPREAD = 3.0  # times more or less than the cell has
BLOCKS = 5
SCRIPT, ONCE, MANY = 4, 20, 200  # spectra a block of each way
PROCESSES = 2

NEW, THEIRS, OURS, BOTH = WAYS = (
    "a. a new `pybamm.EISSimulation` a spectrum",
    "b. `pybamm.EISSimulation`, built once",
    "c. `LinearCell`, built once",
    f"c. in {PROCESSES} processes",
)
FRESH = """
import json, time
times = [(time.perf_counter(), time.process_time())]
from aslb import impedance
times.append((time.perf_counter(), time.process_time()))
for soc in (0.5, 0.4):
    impedance("{cell}", soc=soc, model="{model}")
    times.append((time.perf_counter(), time.process_time()))
print(json.dumps(times))
"""

Inputs = dict[str, float]


def drawn(rng: Any, spectra: int) -> list[Inputs]:
    """Values of what varies, log-uniform around those of the cell."""
    own = Cell(CELL).numbers
    factors = SPREAD ** rng.uniform(-1, 1, (spectra, len(VARIED)))
    return [
        {name: own[name] * by for name, by in zip(VARIED, row, strict=True)}
        for row in factors
    ]


def values_with(numbers: dict[str, Any]) -> pybamm.ParameterValues:
    """Parameter values of the cell, formed, with others in place."""
    values = formed(Cell(CELL).parameter_values())
    values.update(numbers)
    return values


def simulation(model: str, numbers: dict[str, Any]) -> pybamm.EISSimulation:
    """PyBaMM's own, on the mesh that ours has."""
    values = values_with(numbers)
    made = relaxing_model(model, values)
    return pybamm.EISSimulation(
        made, parameter_values=values, skip_surface_form_check=True, **mesh_of(made)
    )


def new_each(model: str, several: list[Inputs]) -> np.ndarray:
    """A new simulation for each spectrum [Ohm], a row each."""
    found = [
        simulation(model, one).solve(FREQUENCIES, initial_soc=SOC).impedance
        for one in several
    ]
    return np.array(found)


@cache
def their_own(model: str) -> pybamm.EISSimulation:
    """PyBaMM's simulation with what varies as inputs."""
    return simulation(model, dict.fromkeys(VARIED, "[input]"))


def theirs(model: str, several: list[Inputs]) -> np.ndarray:
    """Spectra of PyBaMM's simulation [Ohm], a row each."""
    built = their_own(model)
    found = [
        built.solve(FREQUENCIES, inputs=one, initial_soc=SOC).impedance
        for one in several
    ]
    return np.array(found)


@cache
def linear(model: str) -> LinearCell:
    """Our cell with what varies as inputs."""
    values = values_with(dict.fromkeys(VARIED, "[input]"))
    return LinearCell(relaxing_model(model, values), values, SOC)


def ours(model: str, several: list[Inputs]) -> np.ndarray:
    """Spectra of ours [Ohm], a row each."""
    built, area = linear(model), Cell(CELL).area
    found = [built.impedance(FREQUENCIES, inputs=one).sum(axis=0) for one in several]
    return np.array(found) / area


def in_processes(
    pool: ProcessPoolExecutor, model: str, several: list[Inputs]
) -> np.ndarray:
    """The same, a part in each process."""
    parts = [several[k::PROCESSES] for k in range(PROCESSES)]
    return np.concatenate(list(pool.map(ours, [model] * PROCESSES, parts)))


def first_of(way: Callable[[str, list[Inputs]], np.ndarray], model: str) -> float:
    """Wall time of one that has to be built [s]."""
    their_own.cache_clear()
    linear.cache_clear()
    one = drawn(np.random.default_rng(0), 1)
    started = time.perf_counter()
    way(model, one)
    return time.perf_counter() - started


def fresh(model: str) -> np.ndarray:
    """Wall and processor times [s] of an import, a first and another spectrum."""
    told = subprocess.run(
        [sys.executable, "-c", FRESH.format(cell=CELL, model=model)],
        capture_output=True,
        text=True,
        check=True,
    )
    return np.diff(json.loads(told.stdout.splitlines()[-1]), axis=0)


def apart(found: np.ndarray, expected: np.ndarray) -> float:
    """Largest difference, as a part of |Z|."""
    return float((abs(found - expected) / abs(expected)).max())


class Measured:
    """Times of all ways, and differences between them."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.first: dict[tuple[str, str], list[float]] = {}
        self.apart: dict[tuple[str, str], float] = {}
        self.fresh: dict[str, list[np.ndarray]] = {model: [] for model in MODELS}

    def block(self, model: str, rng: Any, pool: ProcessPoolExecutor) -> None:
        """All ways, once."""
        several, found = drawn(rng, MANY), {}
        for way, work in ((THEIRS, theirs), (OURS, ours)):
            self.first.setdefault((model, way), []).append(first_of(work, model))
        for work in (theirs, ours):  # both are built
            work(model, several[:1])
        in_processes(pool, model, several[:PROCESSES])
        turns: tuple[tuple[str, int, Callable[..., np.ndarray]], ...] = (
            (NEW, SCRIPT, new_each),
            (THEIRS, ONCE, theirs),
            (OURS, MANY, ours),
            (BOTH, MANY, lambda *of: in_processes(pool, *of)),
        )
        for way, spectra, work in turns:

            def run(way: str = way, spectra: int = spectra, work: Any = work) -> int:
                found[way] = work(model, several[:spectra])
                return int((~np.isfinite(found[way])).any(axis=1).sum())

            self.clock.time((model, way), spectra, run)
        for way, to in ((THEIRS, NEW), (OURS, NEW), (OURS, THEIRS)):
            rows = min(len(found[way]), len(found[to]))
            largest = apart(found[way][:rows], found[to][:rows])
            pair = model, f"{way[0]} from {to[0]}"
            self.apart[pair] = max(largest, self.apart.get(pair, 0.0))
        self.first.setdefault((model, NEW), []).append(
            1e-3 * self.clock.wall[model, NEW][-1]
        )
        self.fresh[model].append(fresh(model))

    def a_minute(self, model: str, way: str) -> float:
        """Spectra."""
        return 6e4 / self.clock.median((model, way))[0]

    def seconds(self, model: str) -> np.ndarray:
        """Wall and processor times of `fresh` [s], a row each."""
        return np.median(self.fresh[model], axis=0)


def measured() -> Measured:
    """All ways in turns."""
    rng, found = np.random.default_rng(1), Measured()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        for block in range(BLOCKS):
            for model in MODELS:
                found.block(model, rng, pool)
            print(f"block {block + 1} of {BLOCKS}", file=sys.stderr)
    return found
