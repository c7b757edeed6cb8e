"""Whatever befalls a store: the same answer, or one line that names the file."""

import errno
import os
import resource
import shutil
import sqlite3
from contextlib import contextmanager

import numpy as np
import pytest
import xarray as xr

from aslb.experiments import InputError, open_study
from aslb.experiments.engine.group import PointResult
from aslb.experiments.study import store as store_module
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.study_file import study_from

FLIPS = 250
CONTENT = {
    "model": "SolidStateSPM",
    "vary": {"membrane thickness [um]": [20, 50], "c_rate": [0.1, 1.0, 2.0]},
    "outputs": {"quantities": ["discharge_capacity"], "curve_points": 40},
}
RATE_TEST = {
    **CONTENT,
    "protocol": {"name": "rate_test", "rates": [[0.1, 2], [1.0, 1]]},
    "vary": {"membrane thickness [um]": [20, 50, 90]},
}


def solved(folder, content=CONTENT, *, close=True):
    """A store with an answer or a failure for all points but the last."""
    study = study_from(content)
    store = StudyStore.create(folder / FILE, study, engine={"name": "IDAKLU"})
    cycles, rng = study.cycles, np.random.default_rng(1)
    results = [
        PointResult(
            number,
            "a remark" if number == 1 else "",
            1,
            [*rng.random(cycles)],
            [*rng.random((2 * cycles, 40))],
            cycles,
            ("",) * cycles,
        )
        for number in range(1, len(study) - 1)
    ]
    store.save([*results, PointResult(len(study) - 1, "why", 3, [], [])])
    if close:
        store.close()
    return store


def answer(path):
    """All that a store tells, or None where it is refused in a line that names it."""
    try:
        data = open_study(path)
        store = StudyStore(path)
        said = [store.counts(), store.reasons(), store.groups([]), store.numbers()]
        said.append([(n, row.tolist()) for n, row in store.points(*data.cell_name)])
        store.close()
    except InputError as refusal:
        assert str(path) in str(refusal)
        assert "\n" not in str(refusal)
        return None
    return data, said
