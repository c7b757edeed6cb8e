"""Some points of a study solved twice, by the solver that lanes are held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from typing import Any

import numpy as np

from aslb.errors import InputError
from aslb.experiments.engine.execute import Chunk, hand_out
from aslb.experiments.engine.group import PointResult
from aslb.experiments.engine.local_workers import local_workers
from aslb.experiments.engine.one_by_one import solve_points
from aslb.experiments.engine.outputs import QUANTITIES
from aslb.experiments.engine.time_limit import LIMIT
from aslb.experiments.study.definition import Study
from aslb.experiments.study.engine_choice import LANES
from aslb.experiments.study.schema import RECHECK
from aslb.experiments.study.solve import groups, lost_point, task_of
from aslb.experiments.study.store import StudyStore

RECHECKED = 0.01  # of the points of a study that is kept

FEW = 16  # points; a process for so few costs more than they do
CAPACITY = "discharge_capacity"


@contextmanager
def rechecking(
    store: StudyStore,
    study: Study,
    share: float,
    executor: Executor | None,
    *,
    limit: float = LIMIT,
) -> Iterator[None]:
    """Solve a random share of the points with IDAKLU while lanes solve all of them.

    The largest difference of each number is noted in the store. Which points they are
    follows from the study.

    Parameters
    ----------
    store : StudyStore
        The store.
    study : Study
        Its study.
    share : float
        Share of the points, 0 to 1.
    executor : concurrent.futures.Executor or None
        Where to run; None is this machine.
    limit : float, optional
        How long a point may take [s].

    Raises
    ------
    InputError
        If the share is none.
    """
    if not 0 <= share <= 1:
        raise InputError(f"recheck: {share:g}; accepted: 0 to 1")
    numbers = store.numbers()
    count = round(share * len(numbers))
    known = store.meta(RECHECK) or {"of": 0, "points": 0}
    lanes = store.meta("engine")["name"] == LANES
    if not (lanes and count) or (known["of"], known["points"]) == (len(numbers), count):
        yield
        return
    random = np.random.default_rng(int(study.hash[:16], 16))
    chosen = set(random.choice(numbers, count, replace=False).tolist())
    own = ThreadPoolExecutor(1) if count <= FEW else None
    where: Any = executor or own or local_workers()
    chunks: list[Chunk] = [
        (packed, [task_of(study, cell, number, row)])
        for cell, packed, points in groups(store, study, 0, limit, all_points=True)
        for number, row in points
        if number in chosen
    ]
    futures = [_submitted(where, chunk) for chunk in chunks]
    try:
        yield
        wait(futures)
        found: list[PointResult] = []
        lost = []
        for future, chunk in zip(futures, chunks, strict=True):
            # a worker that died took what it did not solve with it
            if future.exception() is None:
                found += future.result()
            else:
                lost.append(chunk)
        hand_out(solve_points, iter(lost), found.extend, lost_point, executor)
    except BaseException:
        if executor is None and own is None:
            where.shutdown(wait=False, kill_workers=True)
        else:
            for future in futures:
                future.cancel()
        raise
    finally:
        if own is not None:
            own.shutdown()
    solved = [result for result in found if result.values]
    largest = _largest(store, study, solved)
    counts = {"of": len(numbers), "points": count, "solved": len(solved)}
    store.note(RECHECK, {**counts, "largest": largest})


def _submitted(executor: Any, chunk: Chunk) -> Future[list[PointResult]]:
    try:
        return executor.submit(solve_points, *chunk)
    except BrokenExecutor as error:  # by one before
        future: Future[list[PointResult]] = Future()
        future.set_exception(error)
        return future


def recheck_text(noted: dict[str, Any]) -> str:
    """What came of it, in a line."""
    said = f"Solved again with IDAKLU: {noted['points']} of {noted['of']} points"
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
    columns = study.outputs.columns
    differences = []
    for result in found:
        again = np.reshape(result.values, (-1, len(columns))).T
        kept = store.kept(result.id).astype(float)
        if kept.shape == again.shape and np.isfinite(kept).all():
            differences.append(np.abs(again - kept).max(axis=1))
    if not differences:
        return {}
    largest = np.max(differences, axis=0).tolist()
    numbers = dict(zip(columns, largest, strict=True))
    return {n: numbers[n] for n in (*{CAPACITY} & set(columns), *columns)}
