"""Points of a study solved: fast, resumable, on one machine or many."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import cloudpickle
import numpy as np
import xarray as xr
from tqdm import tqdm

from aslb.errors import InputError
from aslb.experiments.engine.description import cycles_of
from aslb.experiments.engine.execute import (
    LOST_WORKERS,
    Chunk,
    hand_out,
    workers_of,
)
from aslb.experiments.engine.worker import (
    Group,
    PointResult,
    PointTask,
    possible_inputs,
    prepare,
    solve_points,
)
from aslb.experiments.study.dataset import dataset
from aslb.experiments.study.definition import Study
from aslb.experiments.study.names import CHOSEN
from aslb.experiments.study.schema import versions
from aslb.experiments.study.store import FILE, StudyStore, locked
from aslb.experiments.study.study_file import read_study, study_from
from aslb.parameters.composition.names import ParameterName

CHUNK = {"SolidStateDFN": 4, "SolidStateSPM": 16}
"""Cycles handed out at once: some 0.1 s of work, and what a kill can lose a worker."""

MOST_SHARING = 12
"""Points with the same formation that are handed out at once."""

WORKERS_A_CHUNK = 16  # from twice as many on, chunks are as many times larger

COMPILE_FROM = {"SolidStateDFN": 1000, "SolidStateSPM": 300}
"""Cycles from which compiling, some 10 s of the DFN and 1 s of the SPM, pays."""


class SweepInterrupted(KeyboardInterrupt):
    """An interruption by the keyboard; its message says what was kept."""


def sweep(
    study: Study | Path | str | Mapping[str, Any], out: Path | str, **options: Any
) -> xr.Dataset:
    """Solve the points of a study that are not solved yet, and keep them in a folder.

    Parameters
    ----------
    study : Study, pathlib.Path, str or mapping
        A study, its file, or the content of one.
    out : pathlib.Path or str
        Folder of the store.
    **options
        As for `Study.run`.

    Returns
    -------
    xarray.Dataset
        As from `open_study`.

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
        study = read_study(study)
    return study.run(out, **options)


def run_study(
    study: Study,
    out: Path | None,
    *,
    executor: Executor | None = None,
    compiled: bool | None = None,
    extend: bool = False,
    retry_failed: bool = False,
) -> xr.Dataset:
    """Solve a study: see `Study.run`."""
    if out is None:
        store = StudyStore.in_memory(study, compiled=_compiled(study, compiled))
        try:
            _solve(store, study, executor)
        except KeyboardInterrupt:  # what was solved is the result
            store.give_up("interrupted")
        try:
            return dataset(store)
        finally:
            store.close()
    path = out / FILE
    with locked(path):
        store = _store(path, study, compiled=compiled, extend=extend)
        try:
            if retry_failed:
                store.retry_failed()
            _solve(store, study, executor)
            return dataset(store)
        except sqlite3.OperationalError as error:  # a full disk, say
            raise InputError(
                f"{path} cannot be written ({error}); what was finished is kept"
            ) from None
        except KeyboardInterrupt:
            counts = store.counts()
            raise SweepInterrupted(
                f"interrupted: {counts['ok'] + counts['failed']} of "
                f"{max(sum(counts.values()), len(study))} points are kept in {path}; "
                "the same command goes on from there"
            ) from None
        finally:
            store.close()


def _store(
    path: Path, study: Study, *, compiled: bool | None, extend: bool
) -> StudyStore:
    if not path.exists():
        return StudyStore.create(path, study, compiled=_compiled(study, compiled))
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


def _compiled(study: Study, asked: bool | None) -> bool:
    """Whether to compile: where it pays, unless it is asked for."""
    possible = shutil.which("gcc") is not None
    if asked and not possible:
        raise InputError("no gcc to compile with; accepted: a path that has it")
    if asked is not None:
        return asked
    experiment = next(iter(study.experiments.values()))
    # of cycles that are the same, those from the third one on mostly repeat the second
    solved = sum(min(times, 2) for _, times in cycles_of(experiment))
    return possible and len(study) * solved >= COMPILE_FROM[study.model]


def _solve(store: StudyStore, study: Study, executor: Executor | None) -> None:
    """Hand out what is pending, and save what comes back."""
    counts = store.counts()
    with tqdm(
        desc="points",
        total=max(sum(counts.values()), len(study)),
        initial=counts["ok"] + counts["failed"],
        disable=None,
    ) as bar:

        def save(results: Sequence[PointResult]) -> None:
            counts["failed"] += store.save(results)
            bar.set_postfix(failed=counts["failed"], refresh=False)
            bar.update(len(results))

        waiting = _rounds(store, study, workers_of(executor))
        hand_out(solve_points, waiting, save, _lost, executor)


def _rounds(store: StudyStore, study: Study, workers: int) -> Iterator[Chunk | None]:
    """Chunks of pending points, and of those that an adaptive map adds to them.

    None is for nothing to hand out before what is running is finished.
    """
    yield from _chunks(store, study, workers)
    while study.adaptive is not None:
        while store.counts()["pending"]:  # the next points depend on all answers
            yield None
        points, loss = study.adaptive.propose(*store.answers(study.adaptive.goal))
        store.append(next(iter(study.cells)), points, loss=loss)
        if len(points) == 0:
            return
        yield from _chunks(store, study, workers)


def _chunks(store: StudyStore, study: Study, workers: int) -> Iterator[Chunk]:
    """Pending points, those that share a built model together."""
    if not store.counts()["pending"]:
        return
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
    for cell, at in store.groups(written):
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
            store.meta("compiled"),
        ).pack()
        if store.meta("compiled"):
            prepare(packed)
        points = (
            _task(study, cell, number, row)
            for number, row in store.pending(cell, written, at)
        )
        size = max(CHUNK[study.model] // study.cycles, _sharing(study, cell, workers))
        # many workers ask often, and there is one process to answer
        size *= max(1, workers // WORKERS_A_CHUNK)
        if study.adaptive:  # a round is small, and all workers share it
            size = 1
        while tasks := list(islice(points, size)):
            yield packed, tasks


def _sharing(study: Study, cell: str, workers: int) -> int:
    """Points in a row that are handed out at once because a formation is theirs all.

    As many as differ in what is chosen of the protocol only, if all workers have some.
    """
    if study.starts[cell] is None:
        return 1
    formed = [k for k, name in enumerate(study.names) if name.name not in CHOSEN]
    same = (study.points[:, formed] == study.points[0, formed]).all(axis=1)
    in_a_row = int(np.cumprod(same).sum())
    return max(1, min(in_a_row, MOST_SHARING, len(study) // workers))


def _task(study: Study, cell: str, number: int, row: Any) -> PointTask:
    chosen, inputs = study.inputs(row, cell)
    return PointTask(number, inputs, chosen)


def _inputs(study: Study, cell: str) -> tuple[str, ...]:
    """What varies and can change without a new model."""
    _, varied = study.inputs(study.points[0], cell)
    # the cell's own values, so that the answer serves every study of the same names
    own = study.cells[cell].numbers
    varied = {name: own.get(name, value) for name, value in varied.items()}
    packed = cloudpickle.dumps((study.cells[cell].parameter_values(), varied))
    return _possible(packed, study.model)


@lru_cache(maxsize=32)
def _possible(packed: bytes, model: str) -> tuple[str, ...]:
    values, varied = cloudpickle.loads(packed)
    return possible_inputs(values, model, varied)


def _changed_by(study: Study, name: ParameterName) -> set[str]:
    value = float(study.points[0, study.names.index(name)])
    cell = next(iter(study.cells.values()))
    return set(cell.changes({name: value}))


def _lost(task: PointTask, reason: str) -> PointResult:
    return PointResult(task.id, reason, LOST_WORKERS, [], [])
