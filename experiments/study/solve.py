"""The points of a store that are pending, handed out and saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any

import cloudpickle
import numpy as np
from tqdm import tqdm

from aslb.experiments.engine.build import laws_of, possible_inputs
from aslb.experiments.engine.execute import (
    LOST_WORKERS,
    Chunk,
    hand_out,
    workers_of,
)
from aslb.experiments.engine.group import Group, PointResult, PointTask
from aslb.experiments.engine.one_by_one import solve_points
from aslb.experiments.engine.side_by_side import solve_together
from aslb.experiments.engine.time_limit import LIMIT
from aslb.experiments.ensemble.library import cores
from aslb.experiments.study.definition import Study
from aslb.experiments.study.engine_choice import LANES
from aslb.experiments.study.names import CHOSEN
from aslb.experiments.study.store import StudyStore
from aslb.parameters.composition.names import ParameterName

ALONE = {"SolidStateDFN": 4, "SolidStateSPM": 16}
"""Cycles handed out at once that are solved one by one: some 0.1 s of work, and what a
kill can lose a worker."""

TOGETHER = {"SolidStateDFN": 512, "SolidStateSPM": 4096}
"""Cycles handed out at once to a core that solves them side by side: some 2 s."""

MOST_SHARING = 12
"""Points with the same formation that are handed out at once."""

_POSSIBLE: dict[bytes, tuple[str, ...]] = {}  # by what cells have in common

WORKERS_A_CHUNK = 16  # from twice as many on, chunks are as many times larger


def solve_pending(
    store: StudyStore,
    study: Study,
    executor: Executor | None,
    *,
    limit: float = LIMIT,
) -> None:
    """Solve the points that are pending, and those an adaptive map adds to them.

    Parameters
    ----------
    store : StudyStore
        Where they are kept, each as soon as it is finished.
    study : Study
        The study.
    executor : concurrent.futures.Executor or None
        Where to run; None is this machine.
    limit : float, optional
        How long a point may take that is solved by itself [s].
    """
    _Solving(store, study, executor, limit).run()


class _Solving:
    def __init__(
        self,
        store: StudyStore,
        study: Study,
        executor: Executor | None,
        limit: float,
    ):
        self.store, self.study, self.executor = store, study, executor
        self.limit = limit

    def run(self) -> None:
        self.counts = self.store.counts()
        with tqdm(
            desc="points",
            total=max(sum(self.counts.values()), len(self.study)),
            initial=self.counts["ok"] + self.counts["failed"],
            disable=None,
            leave=None,  # but not below the bar of a search of many studies
        ) as self.bar:
            self._pending()
            while self._proposed():
                self._pending()

    def _proposed(self) -> bool:
        """Whether an adaptive map has added points, by the answers of all before."""
        adaptive = self.study.adaptive
        if adaptive is None:
            return False
        points, loss = adaptive.propose(*self.store.answers(adaptive.goal))
        self.store.append(next(iter(self.study.cells)), points, loss=loss)
        return len(points) > 0

    def _pending(self) -> None:
        if self.store.meta("engine")["name"] == LANES:
            self._together()
        # what is still pending could not be solved like that
        workers = workers_of(self.executor)
        chunks = self._chunks(0, self._size_alone(workers), workers)
        hand_out(solve_points, chunks, self._save, lost_point, self.executor)

    def _together(self) -> None:
        width = self.store.meta("engine")["width"]
        size = max(TOGETHER[self.study.model] // self.study.cycles, width)
        # a worker that is lost leaves its points pending
        if self.executor is not None:
            chunks = self._chunks(width, size, workers_of(self.executor))
            hand_out(solve_together, chunks, self._save, _left, self.executor)
            return
        # here threads share the work: the interpreter is not needed in the lanes
        solve = partial(solve_together, threads=None)
        with ThreadPoolExecutor(1) as here:
            hand_out(
                solve, self._chunks(width, cores() * size, 1), self._save, _left, here
            )

    def _save(self, results: Sequence[PointResult | None]) -> None:
        found = [result for result in results if result is not None]
        self.counts["failed"] += self.store.save(found)
        self.bar.set_postfix(failed=self.counts["failed"], refresh=False)
        self.bar.update(len(found))

    def _chunks(self, lanes: int, size: int, workers: int) -> Iterator[Chunk]:
        """Pending points, those that share a built model together."""
        if not self.store.counts()["pending"]:
            return
        if self.study.adaptive:  # a round is small, and all workers share it
            size = max(1, lanes)
        for cell, packed, points in groups(self.store, self.study, lanes, self.limit):
            tasks = (task_of(self.study, cell, *point) for point in points)
            while chunk := list(islice(tasks, size)):
                yield packed, chunk

    def _size_alone(self, workers: int) -> int:
        size = max(ALONE[self.study.model] // self.study.cycles, self._sharing(workers))
        # many workers ask often, and there is one process to answer
        return size * max(1, workers // WORKERS_A_CHUNK)

    def _sharing(self, workers: int) -> int:
        """Points in a row that are handed out at once because they share a formation.

        As many as differ in what is chosen of the protocol only, if all workers have
        some.
        """
        study = self.study
        if all(start is None for start in study.starts.values()):
            return 1
        formed = [k for k, name in enumerate(study.names) if name.name not in CHOSEN]
        same = (study.points[:, formed] == study.points[0, formed]).all(axis=1)
        in_a_row = int(np.cumprod(same).sum())
        return max(1, min(in_a_row, MOST_SHARING, len(study) // workers))


def groups(
    store: StudyStore,
    study: Study,
    lanes: int,
    limit: float = LIMIT,
    *,
    all_points: bool = False,
) -> Iterator[tuple[str, bytes, Iterator[tuple[int, np.ndarray]]]]:
    """Cell, packed group, and pending points or all, that share a built model."""
    names = [name for name in study.names if name.name not in CHOSEN]
    inputs = {cell: _inputs(study, cell) for cell in study.cells}
    # what is no input for one cell is none for any: a group is then the same for all
    changed = {name: _changed_by(study, name) for name in names}
    fixed = [
        name
        for name in names
        if any(not changed[name].issubset(found) for found in inputs.values())
    ]
    free = {pybamm_name for n in names if n not in fixed for pybamm_name in changed[n]}
    written = [name.name for name in fixed]
    for cell, at in store.groups(written, all_points=all_points):
        values = study.cells[cell].parameter_values()
        values.update(study.cells[cell].changes(dict(zip(fixed, at, strict=True))))
        packed = Group(
            values,
            study.model,
            tuple(name for name in inputs[cell] if name in free),
            study.experiments[cell],
            study.outputs,
            study.starts[cell],
            study.rtol,
            lanes,
            limit,
            study.var_pts,
        ).pack()
        points = store.points(cell, written, at, all_points=all_points)
        yield cell, packed, points


def task_of(study: Study, cell: str, number: int, row: Any) -> PointTask:
    """A point as a worker takes it."""
    chosen, inputs = study.inputs(row, cell)
    return PointTask(number, inputs, chosen)


def _inputs(study: Study, cell: str) -> tuple[str, ...]:
    """What varies and can change without a new model."""
    _, varied = study.inputs(study.points[0], cell)
    # the cell's own values, so that the answer serves every study of the same names
    own = study.cells[cell].numbers
    varied = {name: own.get(name, value) for name, value in varied.items()}
    values = study.cells[cell].parameter_values()
    key = cloudpickle.dumps((study.model, sorted(varied), laws_of(values)))
    if key not in _POSSIBLE:
        _POSSIBLE[key] = possible_inputs(values, study.model, varied)
    return _POSSIBLE[key]


def _changed_by(study: Study, name: ParameterName) -> set[str]:
    value = float(study.points[0, study.names.index(name)])
    cell = next(iter(study.cells.values()))
    return set(cell.changes({name: value}))


def lost_point(task: PointTask, reason: str) -> PointResult:
    """What there is of a point that took workers with it."""
    return PointResult(task.id, reason, LOST_WORKERS, [], [])


def _left(task: PointTask, reason: str) -> None:
    """Nothing: the point stays pending."""
