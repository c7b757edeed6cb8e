"""Points of a study one by one: built once, solved with fallbacks, returned small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from aslb.experiments.engine.chosen import AS_IT_IS, Chosen
from aslb.experiments.engine.cycle import CycleRun
from aslb.experiments.engine.group import (
    PointResult,
    PointTask,
    cell_at,
    formation_of,
    group_of,
    inputs_of,
    result_of,
    steps_of,
)
from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.engine.steps import NotCompiled
from aslb.experiments.engine.time_limit import TimeLimit

ATTEMPTS = ("usual", "tight tolerances", "PyBaMM's simulation")
"""What is tried in turn of a point by itself: PyBaMM's integrator with the study's
tolerances; with a hundredth of them, so that steps are shorter; and a
`pybamm.Simulation` with a model of its own for each step, so that the initial guess of
every step is another."""


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
        result_of(packed, task, solve_cycles(packed, task.inputs, task.chosen))
        for task in tasks
    ]


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
    limit = TimeLimit(group_of(packed).limit)
    for attempt in ATTEMPTS:
        try:
            run = _attempt(packed, attempt, inputs, chosen, limit)
        except NotCompiled:  # PyBaMM's simulation is then the only way
            continue
        except Exception as error:  # whatever it is, the study goes on
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            run = CycleRun((), 0, reason)
        runs.append(run)
        if not run.failure:
            return replace(run, attempts=len(runs))
        if limit.is_over:
            break
    furthest = max(runs, key=lambda run: len(run.cycles))
    reason = limit.reason if limit.is_over else runs[0].failure
    return replace(furthest, failure=reason, attempts=len(runs))


def _attempt(
    packed: bytes,
    attempt: str,
    inputs: Mapping[str, float],
    chosen: Chosen,
    limit: TimeLimit,
) -> CycleRun:
    group = group_of(packed)
    cell = cell_at(group, inputs)
    if attempt == ATTEMPTS[-1]:
        return simulate_cycles(
            cell,
            group.model,
            group.experiment,
            group.outputs,
            chosen=chosen,
            start=group.start,
            var_pts=group.var_pts,
            rtol=group.rtol,
            limit=limit,
        )
    return _solver(packed, attempt).solve(
        inputs,
        steps_of(packed, chosen),
        group.outputs,
        capacity=cell["Nominal cell capacity [A.h]"],
        formation=formation_of(packed),
        limit=limit,
    )


@lru_cache(maxsize=4)
def _solver(packed: bytes, attempt: str) -> CycleSolver:
    group = group_of(packed)
    rtol = group.rtol * (1 if attempt == ATTEMPTS[0] else 1e-2)
    return CycleSolver(
        group.values, group.model, inputs_of(group), var_pts=group.var_pts, rtol=rtol
    )
