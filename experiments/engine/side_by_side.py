"""Points of a study side by side, in the lanes of this machine's cores."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence

import cloudpickle

from aslb.experiments.engine.build import laws_of
from aslb.experiments.engine.cycle import CycleRun
from aslb.experiments.engine.group import (
    PointResult,
    PointTask,
    formation_of,
    group_of,
    result_of,
    steps_of,
)
from aslb.experiments.engine.lanes import LaneSolver, Point
from aslb.experiments.engine.steps import NotCompiled
from aslb.experiments.ensemble.compiler import NoCompiler
from aslb.experiments.ensemble.model_functions import NotGenerated

MOST_SOLVERS = 4
_SOLVERS: dict[bytes, LaneSolver] = {}
_BUILDING = threading.Lock()  # tasks of one process may run in several threads


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
        result_of(packed, task, run)
        for task, run in zip(tasks, runs, strict=True)
        if not run.failure
    ]


def cycles_together(
    packed: bytes, tasks: Sequence[PointTask], threads: int | None = 1
) -> list[CycleRun]:
    """Cycles of points that are solved side by side; see `solve_together`."""
    group = group_of(packed)
    try:
        with _BUILDING:
            solver = _solver_of(packed)
        own = {name: float(group.values[name]) for name in solver.names}
        points = [
            Point(own | task.inputs, steps_of(packed, task.chosen)) for task in tasks
        ]
        formation = formation_of(packed)
    except (NotCompiled, NotGenerated) as reason:
        if isinstance(reason, NoCompiler):  # one that is there, and fails
            warnings.warn(f"lanes: {reason}", stacklevel=2)
        return [CycleRun((), 0, str(reason))] * len(tasks)
    return solver.solve(
        points,
        group.outputs,
        formation=formation,
        rtol=group.rtol,
        threads=threads,
    )


def _solver_of(packed: bytes) -> LaneSolver:
    """One solver for all groups whose models differ in their inputs only."""
    group = group_of(packed)
    mesh = sorted(group.var_pts.items())
    key = cloudpickle.dumps((group.model, group.lanes, mesh, laws_of(group.values)))
    if key not in _SOLVERS:
        if len(_SOLVERS) == MOST_SOLVERS:
            _SOLVERS.pop(next(iter(_SOLVERS)))  # the oldest one
        width = group.lanes or None
        _SOLVERS[key] = LaneSolver(
            group.values, group.model, var_pts=group.var_pts, width=width
        )
    return _SOLVERS[key]
