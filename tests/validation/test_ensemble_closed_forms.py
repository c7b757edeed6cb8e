"""Points solved in lanes follow closed forms, to the order that each method has."""

import numpy as np
import pybamm
import pytest
from scipy.integrate import solve_ivp
from tiny_models import built, ensemble, one_step

from aslb.experiments.ensemble import library
from aslb.experiments.ensemble.compiler import find_compiler
from aslb.experiments.ensemble.library import CUTOFF, DURATION, Schedule

pytestmark = pytest.mark.skipif(find_compiler() is None, reason="needs a compiler")

NONE = np.zeros((1, 0))


@pytest.fixture(scope="module")
def hyperbola():
    """X = 1 / (1 + t), and z = x by an algebraic equation; q = ln(1 + t)."""
    x, z, q = map(pybamm.Variable, ("x", "z", "q"))
    model = built(
        {x: -x * z, q: z},
        {x: pybamm.Scalar(1), q: pybamm.Scalar(0), z: pybamm.Scalar(0.4)},
        algebraic={z: z**3 + z - x**3 - x},
        events={"low": z - pybamm.InputParameter("low")},
    )
    return ensemble(model, ["low"], ["x", "z", "q"], progress="q")


@pytest.fixture(scope="module")
def wave():
    """X = cos(t) / 10, by an equation that knows the time.

    It is small, so that the error decides of steps and not how far one may go.
    """
    x = pybamm.Variable("x")
    rate = pybamm.InputParameter("rate")
    model = built(
        {x: -rate * (x - pybamm.cos(pybamm.t) / 10) - pybamm.sin(pybamm.t) / 10},
        {x: pybamm.Scalar(0.1)},
    )
    return ensemble(model, ["rate"], ["x"], progress="x")


def use_order(monkeypatch, order):
    monkeypatch.setattr(library, "THIRD_ORDER_FROM", 0.0 if order == 3 else 1.0)


def slope(x, y):
    return np.polyfit(np.log(x), np.log(y), 1)[0]


TOLERANCES = np.geomspace(1e-6, 1e-10, 9)


@pytest.mark.parametrize("order", [3, 4])
@pytest.mark.parametrize("problem", ["hyperbola", "wave"])
def test_the_error_falls_with_the_order_of_the_method(
    request, monkeypatch, problem, order
):
    use_order(monkeypatch, order)
    solver = request.getfixturevalue(problem)
    inputs, end, exact = {
        # the method of third order has no error at all in x
        "hyperbola": ([[0.0]], 9.0, np.log(10.0)),
        "wave": ([[1.0]], 10.0, np.cos(10.0) / 10),
    }[problem]
    errors, steps = [], []
    for rtol in TOLERANCES:
        found = solver.solve(one_step(inputs, end), rtol=rtol, may_end=[])
        assert found.status[0] == DURATION
        assert found.time[0] == pytest.approx(end, rel=1e-12)
        errors.append(abs(found.outputs[0, 1, -1] - exact))
        steps.append(found.counted[0, 0])
    assert max(errors / TOLERANCES) < 20
    assert slope(TOLERANCES, errors) == pytest.approx(1, abs=0.1)
    assert slope(steps, errors) == pytest.approx(-order, abs=0.3)


@pytest.mark.parametrize("order", [3, 4])
@pytest.mark.parametrize("rtol", [1e-3, 1e-5, 1e-7])
def test_an_event_is_found_when_it_happens(monkeypatch, hyperbola, order, rtol):
    use_order(monkeypatch, order)
    ends = np.array([0.9, 0.5, 0.25, 0.1])
    schedule = one_step(ends[:, None], 1e3, timed=False)
    found = hyperbola.solve(schedule, rtol=rtol, may_end=["low"])
    assert (found.status == CUTOFF).all()
    np.testing.assert_allclose(found.time, 1 / ends - 1, rtol=100 * rtol)
    # where it ended is on the event, closer than the solution is exact, and not short
    # of it: what follows with the same end ends at once
    assert (found.outputs[:, 1, 1] <= ends).all()
    np.testing.assert_allclose(found.outputs[:, 1, 1], ends, atol=2 * rtol)
    np.testing.assert_allclose(found.end[:, 0], found.outputs[:, 1, 0], rtol=1e-14)


@pytest.mark.parametrize("rtol", [1e-4, 1e-7])
def test_readings_are_taken_at_fractions_of_the_progress(hyperbola, rtol):
    fractions = np.array([0.0, 0.1, 0.5, 0.77, 1.0])
    ends = np.array([9.0, 99.0])
    found = [
        hyperbola.solve(
            one_step([[0.0]], end, fractions=fractions), rtol=rtol, may_end=[]
        ).read[0, 0]
        for end in ends
    ]
    for end, read in zip(ends, found, strict=True):
        passed = fractions * np.log(1 + end)
        np.testing.assert_allclose(read[:, 2], passed, atol=50 * rtol)
        for state in (0, 1):
            np.testing.assert_allclose(read[:, state], np.exp(-passed), atol=30 * rtol)


def test_readings_count_what_passes_either_way():
    # q rises by 3 and falls by 2; each half is read by fractions of its own
    x, q = pybamm.Variable("x"), pybamm.Variable("q")
    rate = pybamm.InputParameter("rate")
    model = built({q: rate, x: -x}, {q: pybamm.Scalar(0), x: pybamm.Scalar(1)})
    solver = ensemble(model, ["rate"], ["q", "x"], progress="q")
    zeros = np.zeros(3, int)
    schedule = Schedule(
        np.array([0, 3]),
        np.array([[1.0], [2.0], [-0.5]]),
        np.array([1.0, 1.0, 4.0]),
        np.ones(3, bool),
        zeros,
        zeros,
        np.array([0, 0, 1]),
        (np.array([1 / 6, 2 / 3]), np.array([0.25])),
    )
    found = solver.solve(schedule, rtol=1e-8, may_end=[])
    times = np.array([0.5, 1.5, 3.0])
    np.testing.assert_allclose(found.read[0, 0, :, 0], [0.5, 2.0, 2.5], rtol=1e-7)
    np.testing.assert_allclose(found.read[0, 0, :, 1], np.exp(-times), atol=1e-7)
    np.testing.assert_allclose(found.time, [1, 1, 4], rtol=1e-12)


def test_a_stiff_reaction_is_that_of_scipy():
    """H. H. Robertson's reaction (1966), whose rates span nine decades."""
    a, b, c = map(pybamm.Variable, "abc")
    slow, back = 0.04 * a, 1e4 * b * c
    model = built(
        {a: back - slow, c: 3e7 * b**2},
        {a: pybamm.Scalar(1), c: pybamm.Scalar(0), b: pybamm.Scalar(0)},
        algebraic={b: a + b + c - 1},
    )
    solver = ensemble(model, [], ["a", "b", "c"], progress="c")

    def rates(t, y):
        fast, back = 3e7 * y[1] ** 2, 1e4 * y[1] * y[2]
        first = -0.04 * y[0] + back
        return [first, -first - fast, fast]

    for end in (0.4, 40.0, 4e4):
        exact = solve_ivp(rates, (0, end), [1, 0, 0], "Radau", rtol=1e-11, atol=1e-14)
        for rtol in (1e-4, 1e-7):
            found = solver.solve(one_step(NONE, end), rtol=rtol, may_end=[])
            difference = found.outputs[0, 1] - exact.y[:, -1]
            assert np.abs(difference).max() < 20 * rtol


def test_a_stiff_oscillation_turns_when_it_should():
    """B. van der Pol's oscillator: the time to its first zero, against SciPy."""
    x, v = pybamm.Variable("x"), pybamm.Variable("v")
    model = built(
        {x: v, v: 100 * (1 - x**2) * v - x},
        {x: pybamm.Scalar(2), v: pybamm.Scalar(0)},
        events={"zero": x},
    )
    solver = ensemble(model, [], ["x"], progress="x")

    def zero(t, y):
        return y[0]

    zero.terminal = True
    exact = solve_ivp(
        lambda t, y: [y[1], 100 * (1 - y[0] ** 2) * y[1] - y[0]],
        (0, 200),
        [2, 0],
        "Radau",
        events=zero,
        rtol=1e-11,
        atol=1e-13,
    )
    for rtol in (1e-4, 1e-7):
        schedule = one_step(NONE, 1e3, timed=False)
        found = solver.solve(schedule, rtol=rtol, may_end=["zero"])
        assert found.time[0] == pytest.approx(exact.t[-1], rel=20 * rtol)
