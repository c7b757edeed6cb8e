"""Points of a study in a worker: built once, solved with fallbacks, returned small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cloudpickle
import numpy as np
import pybamm

from aslb.experiments.cycle import Cycle, CycleFailure, CyclePlan
from aslb.experiments.cycle_simulation import simulate_cycle
from aslb.experiments.cycle_solver import CycleSolver, build
from aslb.experiments.study_energies import energies
from aslb.experiments.thickness import active_mass

ATTEMPTS = ("usual", "tight tolerances", "PyBaMM's simulation")
"""What is tried in turn: the fast path with the study's tolerances; with a hundredth of
them, so that steps are shorter; and a `pybamm.Simulation` with a model of its own for
each step, so that the initial guess of every step is another."""


@dataclass(frozen=True)
class PointTask:
    """One point, under PyBaMM's names and in its units."""

    id: int
    c_rate: float
    inputs: dict[str, float]


@dataclass(frozen=True)
class PointResult:
    """The numbers and curves of a point, or why there are none."""

    id: int
    reason: str
    attempts: int
    values: list[float]
    curves: list[np.ndarray]


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
    plan : CyclePlan
        Cut-offs, hold, and what is kept.
    compiled : bool
        Whether the model's functions are compiled.
    """

    values: pybamm.ParameterValues
    model: str
    input_names: tuple[str, ...]
    plan: CyclePlan
    compiled: bool

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
    group = _group(packed)
    results = []
    for task in tasks:
        reasons: list[str] = []
        cell = group.values.copy()
        cell.update(task.inputs)
        for attempt in ATTEMPTS:
            try:
                cycle = _attempt(packed, group, cell, task, attempt)
            except CycleFailure as failure:
                reasons.append(str(failure))
                continue
            except Exception as error:  # whatever it is, the study goes on
                reasons.append(f"{type(error).__name__}: {error}".splitlines()[0])
                continue
            outputs = group.plan.outputs
            numbers = [
                *cycle.values(outputs, active_mass(cell)),
                *energies(
                    outputs.energies, outputs.boundaries, cycle.discharge[1], cell
                ),
            ]
            results.append(
                PointResult(
                    task.id, cycle.remark, len(reasons) + 1, numbers, [*cycle.curves]
                )
            )
            break
        else:
            results.append(PointResult(task.id, reasons[0], len(reasons), [], []))
    return results


def possible_inputs(
    values: pybamm.ParameterValues, model: str, candidates: Mapping[str, float]
) -> tuple[str, ...]:
    """Parameters that can change without building the model again.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    candidates : mapping of str to float
        Parameters that vary, with a value of each.

    Returns
    -------
    tuple of str
        Those that PyBaMM can take as inputs; the others change its mesh.
    """

    def builds(inputs: Mapping[str, float]) -> bool:
        try:
            build(values, model, inputs)
        except Exception:  # PyBaMM has no one error for it
            return False
        return True

    if builds(candidates):
        return tuple(candidates)
    return tuple(name for name, value in candidates.items() if builds({name: value}))


def _attempt(
    packed: bytes,
    group: Group,
    cell: pybamm.ParameterValues,
    task: PointTask,
    attempt: str,
) -> Cycle:
    if attempt == ATTEMPTS[-1]:
        return simulate_cycle(cell, group.model, group.plan, task.c_rate)
    return _solver(packed, attempt).solve(
        task.inputs,
        group.plan,
        current=task.c_rate * cell["Nominal cell capacity [A.h]"],
        c_rate=task.c_rate,
    )


@lru_cache(maxsize=8)
def _group(packed: bytes) -> Group:
    return cloudpickle.loads(packed)


@lru_cache(maxsize=4)
def _solver(packed: bytes, attempt: str) -> CycleSolver:
    group = _group(packed)
    inputs = {name: float(group.values[name]) for name in group.input_names}
    return CycleSolver(
        group.values,
        group.model,
        inputs,
        compiled=group.compiled,
        rtol=group.plan.rtol * (1 if attempt == ATTEMPTS[0] else 1e-2),
    )


def prepare(packed: bytes) -> None:
    """Build a group once, so that what it compiles is on disk for all workers."""
    _solver(packed, ATTEMPTS[0])
