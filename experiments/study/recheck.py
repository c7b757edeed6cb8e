"""Some points of a study solved again, by the solver that it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any

import numpy as np

from aslb.errors import InputError
from aslb.experiments.engine.execute import Chunk, hand_out
from aslb.experiments.engine.outputs import QUANTITIES
from aslb.experiments.engine.worker import PointResult, PointTask, solve_points
from aslb.experiments.study.definition import Study
from aslb.experiments.study.engine_choice import LANES
from aslb.experiments.study.solve import groups, task_of
from aslb.experiments.study.store import StudyStore

RECHECK = "recheck"
"""What is noted of it: how many points, and the largest difference of each number."""

FEW = 16  # points; a process for so few costs more than they do


def recheck_some(
    store: StudyStore, study: Study, share: float, executor: Executor | None
) -> None:
    """Solve a random share of the points that lanes solved again, with IDAKLU.

    The largest difference of each quantity is noted in the store. Which points they
    are follows from the study.

    Parameters
    ----------
    store : StudyStore
        A store whose points are solved.
    study : Study
        Its study.
    share : float
        Share of the points, 0 to 1.
    executor : concurrent.futures.Executor or None
        Where to run; None is this machine.

    Raises
    ------
    InputError
        If the share is none.
    """
    if not 0 <= share <= 1:
        raise InputError(f"recheck: {share:g}; accepted: 0 to 1")
    solved = store.numbers()
    count = round(share * len(solved))
    before = store.meta(RECHECK) or {"of": 0}
    if store.meta("engine")["name"] != LANES or not count:
        return
    if before["of"] == len(solved) and before["points"] >= count:
        return
    random = np.random.default_rng(int(study.hash[:16], 16))
    chosen = set(random.choice(solved, count, replace=False).tolist())
    results: list[PointResult] = []

    def again() -> Iterator[Chunk]:
        for cell, packed, points in groups(store, study, 0, status="ok"):
            for number, row in points:
                if number in chosen:
                    yield packed, [task_of(study, cell, number, row)]

    here = executor is None and count <= FEW
    with ThreadPoolExecutor(1) if here else nullcontext(executor) as where:
        hand_out(solve_points, again(), results.extend, _lost, where)
    found = [result for result in results if result.values]
    store.note(
        RECHECK,
        {"of": len(solved), "points": count, "solved": len(found)}
        | {"largest": _largest(store, study, found)},
    )


def recheck_text(noted: dict[str, Any]) -> str:
    """What came of it, in a line."""
    said = f"solved again with IDAKLU: {noted['points']} of {noted['of']} points"
    missing = noted["points"] - noted["solved"]
    said += f", {missing} of which failed" if missing else ""
    name = next(iter(noted["largest"]), None)
    if name is None:
        return said
    unit = QUANTITIES[name][0] if name in QUANTITIES else ""
    words = name.replace("_", " ")
    return f"{said}; largest difference in {words} {noted['largest'][name]:.2g} {unit}"


def _largest(
    store: StudyStore, study: Study, found: Sequence[PointResult]
) -> dict[str, float]:
    """Largest difference of each number, that of the capacity first."""
    if not found:
        return {}
    columns = study.outputs.columns
    differences = []
    for result in found:
        again = np.reshape(result.values, (-1, len(columns))).T
        differences.append(np.abs(again - store.kept(result.id)).max(axis=1))
    largest = np.max(differences, axis=0).tolist()
    numbers = dict(zip(columns, largest, strict=True))
    first = [name for name in columns if name == "discharge_capacity"]
    return {name: numbers[name] for name in (*first, *columns)}


def _lost(task: PointTask, reason: str) -> PointResult:
    return PointResult(task.id, reason, 0, [], [])
