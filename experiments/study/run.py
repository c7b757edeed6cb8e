"""Studies of thousands of points: fast, resumable, on one machine or many."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import islice
from pathlib import Path
from typing import Any

import xarray as xr
from loky import get_reusable_executor
from tqdm import tqdm

from aslb.errors import InputError
from aslb.experiments.engine.worker import (
    Group,
    PointResult,
    PointTask,
    possible_inputs,
    prepare,
    solve_points,
)
from aslb.experiments.study.results import open_study
from aslb.experiments.study.store import FILE, StudyStore, locked, versions
from aslb.experiments.study.study_file import C_RATE, Study, read_study, study_from
from aslb.parameters.composition.names import ParameterName

CHUNK = {"SolidStateDFN": 4, "SolidStateSPM": 16}
"""Cycles handed out at once: some 0.1 s of work, and what a kill can lose a worker."""

WORKERS_A_CHUNK = 16  # from twice as many on, chunks are as many times larger

COMPILE_FROM = {"SolidStateDFN": 1000, "SolidStateSPM": 300}
"""Cycles from which compiling, some 10 s of the DFN and 1 s of the SPM, pays."""

LOST_WORKERS = 2  # a point that loses this many is recorded as failed
Chunk = tuple[bytes, list[PointTask]]


class SweepInterrupted(KeyboardInterrupt):
    """An interruption by the keyboard; its message says what was kept."""


def sweep(
    study: Study | Path | str | Mapping[str, Any],
    out: Path | str,
    *,
    executor: Executor | None = None,
    compiled: bool | None = None,
    extend: bool = False,
    retry_failed: bool = False,
) -> xr.Dataset:
    """Solve the points of a study that are not solved yet.

    Each point is committed to ``out/study.sqlite`` when it is finished; run again
    after whatever ended it, the study goes on where it was.

    Parameters
    ----------
    study : Study, pathlib.Path, str or mapping
        A study, its file, or the content of one.
    out : pathlib.Path or str
        Folder of the store.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.
    compiled : bool, optional
        Whether to compile the model with gcc. By default where it pays. A study that
        was begun one way goes on that way.
    extend : bool, optional
        Whether points of this study may be added to those of the store.
    retry_failed : bool, optional
        Whether failed points are solved again.

    Returns
    -------
    xarray.Dataset
        From `open_study`.

    Raises
    ------
    InputError
        If the study makes no sense, or the folder holds another one.
    SweepInterrupted
        At an interruption by the keyboard, with all finished points kept.
    """
    if isinstance(study, Mapping):
        study = study_from(study)
    elif not isinstance(study, Study):
        study = read_study(Path(study))
    path = Path(out) / FILE
    with locked(path):
        store = _store(path, study, compiled=compiled, extend=extend)
        try:
            if retry_failed:
                store.retry_failed()
            _run(store, study, executor)
        except sqlite3.OperationalError as error:  # a full disk, say
            raise InputError(
                f"{path} cannot be written ({error}); what was finished is kept"
            ) from None
        finally:
            store.close()
    return open_study(path)


def _store(
    path: Path, study: Study, *, compiled: bool | None, extend: bool
) -> StudyStore:
    if not path.exists():
        if compiled is None:
            least = len(study) * max(1, len(study.rates))  # cycles that are solved
            compiled = least >= COMPILE_FROM[study.model] and _can_compile()
        elif compiled and not _can_compile():
            raise InputError("no gcc to compile with; accepted: a path that has it")
        return StudyStore.create(path, study, compiled=compiled)
    store = StudyStore(path)
    for package, here in versions(study.packages).items():
        there = store.meta("versions").get(package, here)  # not all begin with all
        if there != here:
            raise InputError(
                f"{path} was begun with {package} {there} and this is {here}; "
                "accepted: the same, or another folder"
            )
    if compiled is not None and compiled != store.meta("compiled"):
        raise InputError(
            f"{path} was begun {'with' if store.meta('compiled') else 'without'} "
            "compiled functions; accepted: the same, or another folder"
        )
    if store.meta("hash") != study.hash:
        if not extend:
            raise InputError(
                f"{path} holds another study; accepted: another folder, or --extend "
                "to add the points that are new"
            )
        store.extend(study)
    return store


def _can_compile() -> bool:
    return shutil.which("gcc") is not None


def _run(store: StudyStore, study: Study, executor: Executor | None) -> None:
    """Hand out chunks, a few more than there are workers, and save what comes back."""
    counts = store.counts()
    total = max(sum(counts.values()), len(study))
    again: deque[Chunk] = deque()
    lost: Counter[int] = Counter()
    running: dict[Future, Chunk] = {}
    pool: Any = executor if executor is not None else _local()
    workers = _workers(pool)
    width = 2 * workers
    waiting = _rounds(store, study, workers)
    with tqdm(
        desc="points",
        total=total,
        initial=counts["ok"] + counts["failed"],
        disable=None,
    ) as bar:
        try:
            while True:
                # from the first look on: a group is built before it is handed out
                while len(running) < width:
                    chunk = again.popleft() if again else next(waiting, None)
                    if chunk is None:
                        break
                    running[pool.submit(solve_points, *chunk)] = chunk
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    packed, tasks = running.pop(future)
                    error = future.exception()
                    if error is None:
                        results = future.result()
                    elif isinstance(error, BrokenExecutor) and executor is not None:
                        raise error
                    else:  # alone next time, to find the one that kills
                        lost.update(task.id for task in tasks)
                        given_up = [t for t in tasks if lost[t.id] >= LOST_WORKERS]
                        again.extend((packed, [t]) for t in tasks if t not in given_up)
                        results = [_lost(task, error) for task in given_up]
                        if isinstance(error, BrokenExecutor):
                            pool = _local()
                    counts["failed"] += store.save(results)
                    bar.set_postfix(failed=counts["failed"], refresh=False)
                    bar.update(len(results))
        except KeyboardInterrupt:
            for future in running:
                future.cancel()
            if executor is None:
                pool.shutdown(wait=False, kill_workers=True)
            counts = store.counts()
            raise SweepInterrupted(
                f"interrupted: {counts['ok'] + counts['failed']} of "
                f"{total} points are kept in {store.path}; the same "
                "command goes on from there"
            ) from None


def _rounds(store: StudyStore, study: Study, workers: int) -> Iterator[Chunk | None]:
    """Chunks of pending points, and of those that an adaptive map adds to them.

    None is for nothing to hand out before what is running is finished.
    """
    inputs = _inputs(study)
    yield from _chunks(store, study, inputs, workers)
    while study.adaptive is not None:
        while store.counts()["pending"]:  # the next points depend on all answers
            yield None
        points, loss = study.adaptive.propose(*store.answers(study.adaptive.goal))
        store.append(study.cells[0], points, loss=loss)
        if len(points) == 0:
            return
        yield from _chunks(store, study, inputs, workers)


def _inputs(study: Study) -> dict[str, tuple[str, ...]]:
    """What varies and can change without a new model, by cell."""
    varied = {cell: study.inputs(study.points[0], cell)[1] for cell in study.cells}
    return {
        cell: possible_inputs(values, study.model, varied[cell])
        for cell, values in study.parameters.items()
    }


def _chunks(
    store: StudyStore,
    study: Study,
    inputs: Mapping[str, tuple[str, ...]],
    workers: int,
) -> Iterator[Chunk]:
    """Pending points, those that share a built model together."""
    names = [name for name in study.names if name.pybamm_name != C_RATE]
    # what is no input for one cell is none for any: a group is then the same for all
    changed = {name: _changed_by(study, name) for name in names}
    fixed = [
        name
        for name in names
        if any(not changed[name].issubset(found) for found in inputs.values())
    ]
    free = {pybamm_name for n in names if n not in fixed for pybamm_name in changed[n]}
    written = [name.name for name in fixed]
    for cell, at in store.groups(written):
        values = study.parameters[cell].copy()
        at_fixed = dict(zip(fixed, at, strict=True))
        values.update(study.made[cell].changes(at_fixed))
        packed = Group(
            values,
            study.model,
            tuple(name for name in inputs[cell] if name in free),
            study.plan(cell),
            store.meta("compiled"),
        ).pack()
        if store.meta("compiled"):
            prepare(packed)
        points = (
            PointTask(number, *study.inputs(row, cell))
            for number, row in store.pending(cell, written, at)
        )
        size = max(1, CHUNK[study.model] // study.cycles)
        # many workers ask often, and there is one process to answer
        size *= max(1, workers // WORKERS_A_CHUNK)
        if study.adaptive:  # a round is small, and all workers share it
            size = 1
        while tasks := list(islice(points, size)):
            yield packed, tasks


def _changed_by(study: Study, name: ParameterName) -> set[str]:
    value = float(study.points[0, study.names.index(name)])
    return set(study.made[study.cells[0]].changes({name: value}))


def _lost(task: PointTask, error: BaseException) -> PointResult:
    reason = f"{type(error).__name__}: {error}".splitlines()[0]
    return PointResult(task.id, f"worker lost: {reason}", LOST_WORKERS, [], [])


def _local() -> Any:
    return get_reusable_executor(max_workers=os.cpu_count() or 1, timeout=300)


def _workers(executor: Any) -> int:
    """How many tasks an executor runs at once, as far as it tells."""
    client = getattr(executor, "_client", None)  # of dask.distributed
    if client is not None:
        return max(1, sum(client.ncores().values()))
    return getattr(executor, "_max_workers", None) or os.cpu_count() or 1
