"""Points of a study side by side, in the lanes of this machine's cores."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from functools import lru_cache

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
from aslb.experiments.engine.lanes import LaneSolver, Point
from aslb.experiments.engine.steps import NotCompiled
from aslb.experiments.ensemble.compiler import NoCompiler
from aslb.experiments.ensemble.model_functions import NotGenerated

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
            solver = _lanes(packed)
        points = [
            Point(
                task.inputs,
                steps_of(packed, task.chosen),
                cell_at(group, task.inputs)["Nominal cell capacity [A.h]"],
            )
            for task in tasks
        ]
        formation = formation_of(packed)
    except (NotCompiled, NotGenerated) as reason:
        if isinstance(reason, NoCompiler):  # one that is there, and fails
            warnings.warn(f"lanes: {reason}", stacklevel=2)
        return [CycleRun((), 0, str(reason))] * len(tasks)
    return solver.solve(points, group.outputs, formation=formation, threads=threads)


@lru_cache(maxsize=4)
def _lanes(packed: bytes) -> LaneSolver:
    group = group_of(packed)
    return LaneSolver(
        group.values,
        group.model,
        inputs_of(group),
        rtol=group.rtol,
        width=group.lanes or None,
    )
