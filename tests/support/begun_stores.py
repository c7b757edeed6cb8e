"""Stores of studies that have begun, and all that they tell."""

import numpy as np
import pytest

from aslb.experiments import InputError, open_study
from aslb.experiments.engine.group import PointResult
from aslb.experiments.study.schema import KEYS
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.study_file import study_from

CELL = "Cao2021_thin_halide"
SINGLE = {
    "model": "SolidStateSPM",
    "vary": {"membrane thickness [um]": [20, 50], "c_rate": [0.1, 1.0, 2.0]},
    "outputs": {"quantities": ["discharge_capacity"], "curve_points": 40},
}
RATE_TEST = {
    **SINGLE,
    "protocol": {"name": "rate_test", "rates": [[0.1, 2], [1.0, 1]]},
    "vary": {"membrane thickness [um]": [20, 50, 90]},
}


def begun(folder, content=SINGLE):
    """A store with answers of all points but two, of which one failed."""
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
    return store


def answer(path):
    """All that a store tells."""
    store = StudyStore(path)
    try:
        pending = [(number, *row) for number, row in store.points(CELL)]
        said = {key: store.meta(key) for key in KEYS}
        said |= {"counts": store.counts(), "reasons": store.reasons()}
        said |= {"pending": pending, "groups": store.groups([])}
        said |= {"numbers": store.numbers(), "cycles": store.cycles_solved()}
    finally:
        store.close()
    return open_study(path), said


def refusal(path, read=StudyStore):
    """The line that a store is refused in, which names it."""
    with pytest.raises(InputError) as refused:
        read(path)
    said = str(refused.value)
    assert str(path) in said
    assert said.isprintable()
    return said
