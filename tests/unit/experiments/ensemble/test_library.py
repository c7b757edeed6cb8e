"""How a step can end, and how it can fail, point by point."""

import numpy as np
import pybamm
import pytest
from tiny_models import built, ensemble, one_step

from aslb.experiments.ensemble import library
from aslb.experiments.ensemble.compiler import find_compiler
from aslb.experiments.ensemble.library import (
    AT_ONCE,
    CUTOFF,
    DURATION,
    MANY,
    NO_CUTOFF,
    NO_START,
    OTHER_EVENT,
    SMALL,
    Ensemble,
    Schedule,
)

pytestmark = pytest.mark.skipif(find_compiler() is None, reason="needs a compiler")

NAMES = ("growth", "power", "square", "low", "high")
USUAL = {"growth": -1.0, "power": 1.0, "square": 4.0, "low": -9.0, "high": 9.0}


@pytest.fixture(scope="module")
def solver():
    """X' = growth x^power from 1, z² = square from 1, and two events."""
    x, z = pybamm.Variable("x"), pybamm.Variable("z")
    growth, power, square, low, high = map(pybamm.InputParameter, NAMES)
    model = built(
        {x: growth * x**power},
        {x: pybamm.Scalar(1), z: pybamm.Scalar(1)},
        algebraic={z: z**2 - square},
        events={"low": x - low, "high": high - x},
    )
    return ensemble(model, NAMES, ["x", "z"], progress="x")


def solve(solver, *changes, timed=True, **options):
    inputs = [[{**USUAL, **change}[name] for name in NAMES] for change in changes]
    return solver.solve(
        one_step(inputs, 3.0, timed=timed), rtol=1e-5, may_end=["low"], **options
    )


CASES = {
    "by its duration": ({}, DURATION, 3.0),
    "by an event": ({"low": 0.5}, CUTOFF, np.log(2)),
    "by one as it begins": ({"low": 2.0}, AT_ONCE, 0.0),
    "by one that may not": ({"growth": 1.0, "high": 2.0}, OTHER_EVENT, np.log(2)),
    "by one that may not as it begins": ({"high": 0.5}, OTHER_EVENT, 0.0),
    "where it goes to infinity": (
        {"growth": 1.0, "power": 2.0, "high": np.inf},
        SMALL,
        1.0,
    ),
    "without a start": ({"square": -1.0}, NO_START, 0.0),
}


@pytest.mark.parametrize("case", CASES)
def test_a_step_ends(solver, case):
    change, status, time = CASES[case]
    found = solve(solver, change)
    assert found.status[0] == status
    assert found.time[0] == pytest.approx(time, rel=1e-3)
    if status in (CUTOFF, AT_ONCE, OTHER_EVENT):
        name = "high" if "high" in change else "low"
        assert solver.event_names[found.event[0]] == name


def test_a_step_that_has_to_meet_a_cutoff_does_not(solver):
    assert solve(solver, {}, timed=False).status[0] == NO_CUTOFF


def test_there_is_an_end_to_its_steps(solver, monkeypatch):
    monkeypatch.setattr(library, "MOST_STEPS", 5)
    assert solve(solver, {}).status[0] == MANY


def test_how_each_ends_is_its_own_affair(solver):
    changes, statuses, _ = zip(*CASES.values(), strict=True)
    order = np.random.default_rng(0).permutation(np.repeat(np.arange(len(CASES)), 5))
    found = solve(solver, *(changes[k] for k in order))
    assert found.status.tolist() == [statuses[k] for k in order]
    alone = [solve(solver, change) for change in changes]
    for name in ("time", "outputs", "end", "counted"):
        own = np.concatenate([getattr(one, name) for one in alone])
        np.testing.assert_array_equal(getattr(found, name), own[order])


def test_a_point_starts_where_it_is_told(solver):
    start = np.array([[0.5, 1.0], [2.0, 1.0], [3.0, -1.0]])
    found = solve(solver, {}, {}, {}, start=start)
    np.testing.assert_allclose(found.end[:, 0], start[:, 0] * np.exp(-3), rtol=1e-4)
    # the root that Newton's method finds is the one that it starts near
    np.testing.assert_allclose(found.end[:, 1], [2, 2, -2], rtol=1e-6)


def test_no_points_are_no_trouble(solver):
    found = solver.solve(one_step(np.zeros((0, 5)), 1.0), rtol=1e-4, may_end=[])
    assert found.status.size == found.read.size == 0


def test_states_begin_anew_with_a_step_and_with_a_cycle():
    names = ("of all", "of a cycle", "of a step")
    states = [pybamm.Variable(name) for name in names]
    model = built(dict.fromkeys(states, 1), dict.fromkeys(states, pybamm.Scalar(0)))
    solver = Ensemble(
        model,
        [],
        names,
        samples=np.zeros((1, 0)),
        progress="of all",
        reset_step=["of a step"],
        reset_cycle=["of a cycle", "of a step"],
    )
    cycle = np.array([0, 0, 1])
    schedule = Schedule(
        np.array([0, 3]),
        np.zeros((3, 0)),
        np.array([1.0, 2.0, 4.0]),
        np.ones(3, bool),
        cycle,
        cycle,
        np.full(3, -1),
        (np.array([]), np.array([])),
    )
    found = solver.solve(schedule, rtol=1e-6, may_end=[])
    ends = [[1, 1, 1], [3, 3, 2], [7, 4, 4]]
    np.testing.assert_allclose(found.outputs[:, 1], ends, rtol=1e-9)
