"""Points of a study solved: fast, resumable, on one machine or many."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import xarray as xr

from aslb.errors import InputError, about
from aslb.experiments.engine.execute import check_executor
from aslb.experiments.engine.time_limit import LIMIT
from aslb.experiments.ensemble.compiler import (
    NoCompiler,
    check_cache,
    find_compiler,
    lane_width,
)
from aslb.experiments.output.files import check_writable
from aslb.experiments.study.dataset import dataset
from aslb.experiments.study.definition import Study
from aslb.experiments.study.engine_choice import LANES, engine_for
from aslb.experiments.study.on_disk import locked, written
from aslb.experiments.study.recheck import RECHECKED, rechecking
from aslb.experiments.study.schema import versions
from aslb.experiments.study.solve import solve_pending
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.study_file import read_study, study_from
from aslb.parameters.given import real


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
    engine: str | None = None,
    recheck: float | None = None,
    extend: bool = False,
    retry_failed: bool = False,
    limit: float = LIMIT,
) -> xr.Dataset:
    """Solve a study: see `Study.run`."""
    check_executor(executor)
    with about("limit"):
        real(limit, "a number of seconds")
    if not limit > 0:
        raise InputError(f"limit of {limit:g} s; accepted: a positive number")
    if out is None:
        store = StudyStore.in_memory(study, engine=engine_for(study, engine))
        try:
            _solve(store, study, executor, recheck or 0, limit)
        except KeyboardInterrupt:  # what was solved is the result
            store.give_up("interrupted")
        try:
            return dataset(store)
        finally:
            store.close()
    check_writable(out)
    path = out / FILE
    # also to read takes space on the disk while others may read
    with locked(path), written(path, (sqlite3.Error,)):
        store = _store(path, study, engine=engine, extend=extend)
        try:
            if retry_failed:
                store.retry_failed()
            share = RECHECKED if recheck is None else recheck
            _solve(store, study, executor, share, limit)
            return dataset(store)
        except KeyboardInterrupt:
            counts = store.counts()
            raise SweepInterrupted(
                f"interrupted: {counts['ok'] + counts['failed']} of "
                f"{max(sum(counts.values()), len(study))} points are kept in {path}; "
                "the same command goes on from there"
            ) from None
        finally:
            store.close()


def _solve(
    store: StudyStore,
    study: Study,
    executor: Executor | None,
    share: float,
    limit: float,
) -> None:
    with rechecking(store, study, share, executor, limit=limit):
        solve_pending(store, study, executor, limit=limit)


def _store(path: Path, study: Study, *, engine: str | None, extend: bool) -> StudyStore:
    if not path.exists():
        return StudyStore.create(path, study, engine=engine_for(study, engine))
    store = StudyStore.to_go_on(path)
    for package, here in versions(study.packages).items():
        there = store.meta("versions").get(package, here)  # not all begin with all
        if there != here:
            raise InputError(
                f"{path} was begun with {package} {there} and this is {here}; "
                "accepted: the same, or another folder"
            )
    begun = store.meta("engine")
    if engine is not None and engine != begun["name"]:
        raise InputError(
            f"{path} was begun with engine '{begun['name']}'; accepted: the same, or "
            "another folder"
        )
    if begun["name"] == LANES:
        _check_lanes(path, begun["width"])
    if store.meta("hash") != study.hash:
        if not extend:
            raise InputError(
                f"{path} holds another study; accepted: another folder, or to add the "
                "points that are new (extend=True, --extend)"
            )
        store.extend(study)
    return store


def _check_lanes(path: Path, begun: int) -> None:
    """Refuse to go on where the rest would be solved in another way."""
    try:
        here = lane_width()
        check_cache()
    except NoCompiler as error:
        raise InputError(str(error)) from None
    if here != begun:
        raise InputError(
            f"{path} was begun with {begun} lanes, and this machine has {here}; "
            "accepted: one that has as many, or another folder"
        )
    if find_compiler() is None:
        raise InputError(
            f"{path} was begun with lanes, and here is no C++ compiler; accepted: one, "
            "or another folder"
        )
