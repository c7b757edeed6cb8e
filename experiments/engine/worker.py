"""Points of a study in a worker: built once, solved with fallbacks, returned small."""

from __future__ import annotations

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
from aslb.experiments.engine.outputs import Outputs, energies
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.engine.steps import Cycle, NotCompiled, compiled
from aslb.models.registry import check_model
from aslb.parameters.composition.masses import active_mass

ATTEMPTS = ("usual", "tight tolerances", "PyBaMM's simulation")
"""What is tried in turn: the fast path with the study's tolerances; with a hundredth of
them, so that steps are shorter; and a `pybamm.Simulation` with a model of its own for
each step, so that the initial guess of every step is another."""


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
    compiled : bool, optional
        Whether the model's functions are compiled.

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
    compiled: bool = False

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
    outputs = _group(packed).outputs
    results = []
    for task in tasks:
        run = solve_cycles(packed, task.inputs, task.chosen)
        cell = _cell(_group(packed), task.inputs)
        mass = active_mass(cell)
        numbers = [
            [
                *cycle.values(outputs, mass),
                *energies(outputs, cycle.discharge[1], cell),
            ]
            for cycle in run.cycles
        ]
        remarks = tuple(cycle.remark for cycle in run.cycles)
        results.append(
            PointResult(
                task.id,
                run.failure or "; ".join(dict.fromkeys(filter(None, remarks))),
                run.attempts,
                [*chain.from_iterable(numbers)],
                [*chain.from_iterable(cycle.curves for cycle in run.cycles)],
                run.solved,
                remarks,
            )
        )
    return results


def solve_cycles(
    packed: bytes, inputs: Mapping[str, float], chosen: Chosen = AS_IT_IS
) -> CycleRun:
    """Solve the cycles of one point, by one way after the other if need be.

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
    inputs = {name: float(group.values[name]) for name in group.input_names}
    return CycleSolver(
        group.values,
        group.model,
        inputs,
        compiled=group.compiled,
        rtol=group.rtol * (1 if attempt == ATTEMPTS[0] else 1e-2),
    )


def prepare(packed: bytes) -> None:
    """Build a group once, so that what it compiles is on disk for all workers."""
    _solver(packed, ATTEMPTS[0])
