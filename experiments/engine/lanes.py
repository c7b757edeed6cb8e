"""The fast path: points of a study together, each in a lane of the processor."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pybamm

from aslb.experiments.engine import build as model
from aslb.experiments.engine.cycle import (
    RTOL,
    Cycle,
    CycleFailure,
    CycleRun,
    check_not_idle,
    failed_at,
)
from aslb.experiments.engine.lane_reading import READ, LaneReader
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.readout import COUNTERS
from aslb.experiments.engine.steps import HALVES, Step
from aslb.experiments.engine.steps import Cycle as Steps
from aslb.experiments.ensemble.library import (
    AT_ONCE,
    FAILURES,
    NO_CUTOFF,
    OTHER_EVENT,
    Ensemble,
    Schedule,
    Trajectories,
)
from aslb.models.submodels.charge_clock import CLOCK

FORMED = 4096
"""Formed states that are remembered, some kilobytes each."""


@dataclass(frozen=True)
class Point:
    """A point: values of all inputs, and its steps, cycle by cycle."""

    inputs: Mapping[str, float]
    cycles: Sequence[Steps]

    @property
    def capacity(self) -> float:
        """Nominal capacity [A.h], which a C-rate is in."""
        return self.inputs["Nominal cell capacity [A.h]"]


class LaneSolver:
    """Cycles of many points, of all cells that read the same laws.

    Parameters
    ----------
    values : pybamm.ParameterValues
        A cell.
    name : str
        "SolidStateDFN" or "SolidStateSPM".
    var_pts : mapping of str to int, optional
        Points of the mesh that differ from the model's own, by PyBaMM's names.
    width : int, optional
        How many points are solved at once in a processor's core.

    Raises
    ------
    NotGenerated
        If the model has no scalar code, or there is no compiler.
    """

    def __init__(
        self,
        values: pybamm.ParameterValues,
        name: str,
        *,
        var_pts: Mapping[str, int] = model.OWN_MESH,
        width: int | None = None,
    ):
        built, inputs = model.adjustable(values, name, var_pts)
        self.names = tuple(inputs)
        """Inputs, of which each point has all."""
        # a current is free to change under a voltage or a power, and given otherwise
        kinds = [
            Step(control, 1.0, 1.0, True, HALVES[0], "")
            for control in ("current", "voltage", "power", "CC-CV")
        ]
        own = list(inputs.values())
        self._ensemble = Ensemble(
            built,
            [*inputs, *model.CONTROLS],
            READ,
            samples=np.array([[*own, *model.controls(kind, 1.0)] for kind in kinds]),
            progress=COUNTERS[0],
            reset_step=[CLOCK],
            reset_cycle=[CLOCK, *COUNTERS],
            width=width,
        )
        self._formed: dict[Any, dict[Any, np.ndarray | str]] = {}
        self._forming = threading.Lock()

    def solve(
        self,
        points: Sequence[Point],
        outputs: Outputs,
        *,
        formation: tuple[Steps, ...] = (),
        rtol: float = RTOL,
        threads: int | None = None,
    ) -> list[CycleRun]:
        """Solve the cycles of points, each of them from the cell as assembled.

        Parameters
        ----------
        points : sequence of Point
            The points.
        outputs : Outputs
            What is kept of each cycle.
        formation : tuple of tuple of Step, optional
            Steps of the cycles before, of which nothing is kept. They are solved once
            for all points that differ in their steps only.
        rtol : float, optional
            Relative tolerance.
        threads : int, optional
            By default one for each core.

        Returns
        -------
        list of CycleRun
            One for each point. It depends on its point alone.
        """
        if not formation:
            return self._follow(points, outputs, None, rtol, threads)[0]
        with self._forming:
            formed = self._form(points, formation, rtol, threads)
        runs = [
            CycleRun((), 0, f"formation: {state}" if isinstance(state, str) else "")
            for state in formed
        ]
        whole = [k for k, run in enumerate(runs) if not run.failure]
        if whole:
            start = np.array([formed[k] for k in whole])
            some = [points[k] for k in whole]
            found, _ = self._follow(some, outputs, start, rtol, threads)
            for k, run in zip(whole, found, strict=True):
                runs[k] = run
        return runs

    def _form(
        self,
        points: Sequence[Point],
        formation: tuple[Steps, ...],
        rtol: float,
        threads: int | None,
    ) -> list[np.ndarray | str]:
        """The state that each point starts in, or why there is none."""
        if sum(map(len, self._formed.values())) + len(points) > FORMED:
            self._formed.clear()
        known = self._formed.setdefault((formation, rtol), {})
        keys = [tuple(point.inputs[name] for name in self.names) for point in points]
        new = {
            key: Point(point.inputs, formation)
            for key, point in zip(keys, points, strict=True)
            if key not in known
        }
        if new:
            unformed = [*new.values()]
            runs, ends = self._follow(unformed, Outputs(()), None, rtol, threads)
            for key, run, end in zip(new, runs, ends, strict=True):
                known[key] = run.failure or end
        return [known[key] for key in keys]

    def _follow(
        self,
        points: Sequence[Point],
        outputs: Outputs,
        start: np.ndarray | None,
        rtol: float,
        threads: int | None,
    ) -> tuple[list[CycleRun], np.ndarray]:
        """Cycles of points, and the states that they end in."""
        schedule = self._schedule(points, outputs)
        found = self._ensemble.solve(
            schedule,
            rtol=rtol,
            may_end=model.CUTOFF_EVENTS,
            start=start,
            threads=threads,
        )
        reader = LaneReader(schedule, found, outputs)
        runs = [
            self._run(reader, number, point.cycles)
            for number, point in enumerate(points)
        ]
        return runs, found.end

    def _schedule(self, points: Sequence[Point], outputs: Outputs) -> Schedule:
        rows: list[tuple[Any, ...]] = []
        first_of = [0]
        kinds: dict[Steps, int] = {}
        for point in points:
            own = [point.inputs[name] for name in self.names]
            for number, steps in enumerate(point.cycles):
                kind = kinds.setdefault(steps, len(kinds))
                for step in steps:
                    controls = model.controls(step, point.capacity)
                    half = -1 if step.name == "rest" else HALVES.index(step.half)
                    ends = (step.duration, step.timed)
                    rows.append(([*own, *controls], *ends, number, kind, half))
            first_of.append(len(rows))
        inputs, duration, timed, cycle, kind_of, halves = map(
            np.array, zip(*rows, strict=True)
        )
        first, second = (
            np.concatenate([outputs.loss_depths[half], outputs.curve_depths])
            for half in HALVES
        )
        return Schedule(
            np.array(first_of),
            inputs,
            duration,
            timed,
            cycle,
            kind_of,
            halves,
            (first, second),
        )

    def _run(self, reader: LaneReader, point: int, cycles: Sequence[Steps]) -> CycleRun:
        solved: list[Cycle] = []
        same_as = reader.found.same_as[point]
        for number, steps in enumerate(cycles):
            if same_as[number] >= 0:
                solved.append(solved[same_as[number]])
                continue
            try:
                solved.append(self._cycle(reader, point, number, steps))
            except CycleFailure as failure:
                reason = failed_at(number + 1, len(cycles), failure)
                return CycleRun(tuple(solved), _new(same_as[:number]), reason)
        return CycleRun(tuple(solved), _new(same_as[: len(cycles)]))

    def _cycle(
        self, reader: LaneReader, point: int, number: int, steps: Steps
    ) -> Cycle:
        places = reader.steps(point, number, len(steps))
        solved = [
            None if self._ended_at_once(reader.found, place, step) else place
            for place, step in zip(places, steps, strict=True)
        ]
        check_not_idle(steps, solved)
        reader.at(point, number)
        return reader.cycle([(s.name, s.half) for s in steps], solved, reader.outputs)

    def _ended_at_once(self, found: Trajectories, place: int, step: Step) -> bool:
        status, time = found.status[place], found.time[place]
        if status in FAILURES:
            raise CycleFailure(f"{step.name}: {FAILURES[status]} after {time:.4g} s")
        if status == OTHER_EVENT:
            event = self._ensemble.event_names[found.event[place]]
            raise CycleFailure(f"{step.name} stopped by '{event}'")
        if status == NO_CUTOFF:
            raise CycleFailure(f"{step.name} met no cut-off in {time / 3600:.4g} h")
        return bool(status == AT_ONCE)


def _new(same_as: np.ndarray) -> int:
    return int((same_as < 0).sum())
