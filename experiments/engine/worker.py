"""Points of a study in a worker: built once, solved with fallbacks, returned small."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any

import cloudpickle
import numpy as np
import pybamm

from aslb.experiments.engine.build import build
from aslb.experiments.engine.chosen import AS_IT_IS, Chosen, at_choice
from aslb.experiments.engine.cycle import RTOL, CycleRun
from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.lanes import LaneSolver, Point
from aslb.experiments.engine.outputs import Outputs, energies
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.engine.steps import Cycle, NotCompiled, compiled
from aslb.experiments.ensemble.model_functions import NotGenerated
from aslb.models.registry import check_model
from aslb.parameters.composition.masses import active_mass

ATTEMPTS = ("usual", "tight tolerances", "PyBaMM's simulation")
"""What is tried in turn of a point by itself: PyBaMM's integrator with the study's
tolerances; with a hundredth of them, so that steps are shorter; and a
`pybamm.Simulation` with a model of its own for each step, so that the initial guess of
every step is another."""


_BUILDING = threading.Lock()  # tasks of one process may run in several threads


@dataclass(frozen=True)
class PointTask:
    """One point, under PyBaMM's names and in its units.

    Parameters
    ----------
    id : int
        Its number.
    inputs : dict of str to float
        Parameters that vary.
    chosen : Chosen, optional
        What is chosen of the protocol.
    """

    id: int
    inputs: dict[str, float]
    chosen: Chosen = AS_IT_IS


@dataclass(frozen=True)
class PointResult:
    """The numbers and curves of a point, cycle after cycle, or why there are none.

    Of a point that failed they are those of the cycles before the one that did.
    """

    id: int
    reason: str
    attempts: int
    values: list[float]
    curves: list[np.ndarray]
    cycles_solved: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """What points have in common that are solved with one built model.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell, with all that cannot be an input at its value.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    input_names : tuple of str
        Parameters that are inputs.
    experiment : pybamm.Experiment
        What is done to the cell; a rate that varies is its input ``c_rate``.
    outputs : Outputs
        What is kept of each cycle.
    start : pybamm.Experiment, optional
        What is done to the cell as assembled before, of which nothing is kept.
    rtol : float, optional
        Relative tolerance of the solver; the absolute one is a hundredth of it.
    lanes : int, optional
        How many points are solved at once in a core; 0 is each by itself.

    Raises
    ------
    InputError
        If the model is unknown.
    """

    values: pybamm.ParameterValues
    model: str
    input_names: tuple[str, ...]
    experiment: pybamm.Experiment
    outputs: Outputs
    start: pybamm.Experiment | None = None
    rtol: float = RTOL
    lanes: int = 0

    def __post_init__(self):
        check_model(self.model)

    def pack(self) -> bytes:
        """The group as bytes that other processes can take."""
        return cloudpickle.dumps(self)


def solve_points(packed: bytes, tasks: Sequence[PointTask]) -> list[PointResult]:
    """Solve points of one group, one after the other.

    A point's answer does not depend on which points were solved before it.

    Parameters
    ----------
    packed : bytes
        From `Group.pack`.
    tasks : sequence of PointTask
        The points.

    Returns
    -------
    list of PointResult
        One for each point.
    """
    return [
        _result(packed, task, solve_cycles(packed, task.inputs, task.chosen))
        for task in tasks
    ]


def solve_together(
    packed: bytes, tasks: Sequence[PointTask], threads: int | None = 1
) -> list[PointResult]:
    """Solve points of one group side by side.

    Parameters
    ----------
    packed : bytes
        From `Group.pack`.
    tasks : sequence of PointTask
        The points.
    threads : int, optional
        None is one for each core.

    Returns
    -------
    list of PointResult
        One for each point that could be solved like this. The others are left for
        `solve_points`, as are all if the protocol or the model has no code.
    """
    runs = cycles_together(packed, tasks, threads)
    return [
        _result(packed, task, run)
        for task, run in zip(tasks, runs, strict=True)
        if not run.failure
    ]


def cycles_together(
    packed: bytes, tasks: Sequence[PointTask], threads: int | None = 1
) -> list[CycleRun]:
    """Cycles of points that are solved side by side; see `solve_together`."""
    group = _group(packed)
    try:
        with _BUILDING:
            solver = _lanes(packed)
        points = [
            Point(
                task.inputs,
                _steps(packed, task.chosen),
                _cell(group, task.inputs)["Nominal cell capacity [A.h]"],
            )
            for task in tasks
        ]
        formation = _formation(packed)
    except (NotCompiled, NotGenerated) as reason:
        return [CycleRun((), 0, str(reason))] * len(tasks)
    return solver.solve(points, group.outputs, formation=formation, threads=threads)


def _result(packed: bytes, task: PointTask, run: CycleRun) -> PointResult:
    outputs = _group(packed).outputs
    cell = _cell(_group(packed), task.inputs)
    mass = active_mass(cell)
    numbers = [
        [*cycle.values(outputs, mass), *energies(outputs, cycle.discharge[1], cell)]
        for cycle in run.cycles
    ]
    remarks = tuple(cycle.remark for cycle in run.cycles)
    return PointResult(
        task.id,
        run.failure or "; ".join(dict.fromkeys(filter(None, remarks))),
        run.attempts,
        [*chain.from_iterable(numbers)],
        [*chain.from_iterable(cycle.curves for cycle in run.cycles)],
        run.solved,
        remarks,
    )


def solve_cycles(
    packed: bytes, inputs: Mapping[str, float], chosen: Chosen = AS_IT_IS
) -> CycleRun:
    """Solve the cycles of one point by itself, by one way after the other if need be.

    Parameters
    ----------
    packed : bytes
        From `Group.pack`.
    inputs : mapping of str to float
        Values of the inputs.
    chosen : Chosen, optional
        What is chosen of the protocol.

    Returns
    -------
    CycleRun
        The cycles. If they could be solved in no way, those of the attempt that came
        furthest, with the reason why the first attempt failed.
    """
    runs: list[CycleRun] = []
    for attempt in ATTEMPTS:
        try:
            run = _attempt(packed, attempt, inputs, chosen)
        except NotCompiled:  # PyBaMM's simulation is then the only way
            continue
        except Exception as error:  # whatever it is, the study goes on
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            run = CycleRun((), 0, reason)
        runs.append(run)
        if not run.failure:
            return replace(run, attempts=len(runs))
    furthest = max(runs, key=lambda run: len(run.cycles))
    return replace(furthest, failure=runs[0].failure, attempts=len(runs))


def _attempt(
    packed: bytes, attempt: str, inputs: Mapping[str, float], chosen: Chosen
) -> CycleRun:
    group = _group(packed)
    cell = _cell(group, inputs)
    if attempt == ATTEMPTS[-1]:
        return simulate_cycles(
            cell,
            group.model,
            group.experiment,
            group.outputs,
            chosen=chosen,
            start=group.start,
            rtol=group.rtol,
        )
    return _solver(packed, attempt).solve(
        inputs,
        _steps(packed, chosen),
        group.outputs,
        capacity=cell["Nominal cell capacity [A.h]"],
        formation=_formation(packed),
    )


def possible_inputs(
    values: pybamm.ParameterValues, model: str, candidates: Mapping[str, float]
) -> tuple[str, ...]:
    """Parameters that can change without building the model again."""

    def builds(inputs: Mapping[str, float]) -> bool:
        try:
            build(values, model, inputs)
        except Exception:  # PyBaMM has no one error for it
            return False
        return True

    if not candidates or builds(candidates):
        return tuple(candidates)
    return tuple(name for name, value in candidates.items() if builds({name: value}))


def _cell(group: Group, inputs: Mapping[str, float]) -> Any:
    cell = group.values.copy()
    cell.update(inputs)
    return cell


@lru_cache(maxsize=8)
def _group(packed: bytes) -> Group:
    return cloudpickle.loads(packed)


@lru_cache(maxsize=64)
def _steps(packed: bytes, chosen: Chosen) -> tuple[Cycle, ...]:
    return compiled(at_choice(_group(packed).experiment, chosen))


@lru_cache(maxsize=8)
def _formation(packed: bytes) -> tuple[Cycle, ...]:
    start = _group(packed).start
    return () if start is None else compiled(start)


@lru_cache(maxsize=4)
def _solver(packed: bytes, attempt: str) -> CycleSolver:
    group = _group(packed)
    rtol = group.rtol * (1 if attempt == ATTEMPTS[0] else 1e-2)
    return CycleSolver(group.values, group.model, _inputs(group), rtol=rtol)


@lru_cache(maxsize=4)
def _lanes(packed: bytes) -> LaneSolver:
    group = _group(packed)
    return LaneSolver(
        group.values,
        group.model,
        _inputs(group),
        rtol=group.rtol,
        width=group.lanes or None,
    )


def _inputs(group: Group) -> dict[str, float]:
    return {name: float(group.values[name]) for name in group.input_names}
