"""Each operation in lanes is CasADi's own, and numbers stay out of the code."""

import casadi
import numpy as np
import pybamm
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_models import built, ensemble, of_expressions, one_step

from aslb.experiments.ensemble.compiler import find_compiler, lane_width
from aslb.experiments.ensemble.library import DURATION
from aslb.experiments.ensemble.model_functions import NotGenerated
from aslb.experiments.ensemble.scalar_code import TEMPLATES, operations

pytestmark = pytest.mark.skipif(find_compiler() is None, reason="needs a compiler")

WIDTHS = [width for width in (1, 2, 4, 8) if width <= lane_width()]
UNARY = (
    "exp log sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh floor "
    "ceil sign erf expm1 log1p fabs"
).split()
BINARY = "fmin fmax arctan2 hypot logic_and logic_or".split()


def every_operation(a, b):
    """Expressions in which each operation occurs by itself."""
    one = [getattr(casadi, name)(a) for name in UNARY]
    two = [getattr(casadi, name)(a, b) for name in BINARY]
    signs = [a + b, a - b, a * b, a / b, a < b, a <= b, a == b, a != b]
    others = [-a, a * a, 2 * a, 1 / a, casadi.logic_not(a), a**b, a**2.5]
    others.append(casadi.if_else(a, b, 0))
    return casadi.vertcat(*one, *two, *signs, *others)


def codes(function):
    return {function.instruction_id(k) for k in range(function.n_instructions())}


@pytest.fixture(scope="module")
def expected():
    a, b = casadi.SX.sym("a"), casadi.SX.sym("b")
    return casadi.Function("f", [a, b], [every_operation(a, b)])


def test_no_operation_is_left_out(expected):
    # an assignment is no operation of its own in an expression
    assert set(TEMPLATES) - codes(expected) <= {casadi.OP_ASSIGN}


@pytest.fixture(scope="module", params=WIDTHS)
def of_lanes(request):
    """Every operation on states, and on inputs, whose results are kept."""
    y, p = casadi.SX.sym("y", 3), casadi.SX.sym("p", 2)
    outputs = casadi.vertcat(every_operation(y[1], y[2]), every_operation(p[0], p[1]))
    with pytest.MonkeyPatch.context() as patch:
        return of_expressions(patch, y, p, outputs, width=request.param)


SIZES = st.floats(1e-6, 700) | st.floats(1e-3, 2) | st.sampled_from([1.0, 2.0, 700.0])
VALUES = st.builds(np.copysign, SIZES, st.sampled_from([-1, 1])) | st.sampled_from(
    [0.0, -800.0, -708.5, 709.0]
)
PAIRS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=20)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(of_states=PAIRS, of_inputs=PAIRS)
def test_operations_are_casadis(of_lanes, expected, of_states, of_inputs):
    count = min(len(of_states), len(of_inputs))
    pairs = [*of_states[:count], *of_inputs[:count]]
    states = np.column_stack([np.zeros(count), of_states[:count]])
    schedule = one_step(of_inputs[:count], 1.0)
    found = of_lanes.solve(schedule, rtol=1e-4, may_end=[], start=states)
    with np.errstate(all="ignore"):
        values = np.array([expected(a, b).full().ravel() for a, b in pairs])
    outputs = np.vstack(np.split(found.outputs[:, 0], 2, axis=1))
    # libmvec promises 4 units in the last place; exp keeps to the normal numbers
    np.testing.assert_allclose(outputs, values, rtol=4e-15, atol=1e-300)


def test_not_a_number_stays_none_and_disturbs_no_neighbour(of_lanes):
    states = np.array([[0, 1, 0], [0, np.nan, 0], [0, 2, 0]])
    schedule = one_step(np.ones((3, 2)), 1.0)
    found = of_lanes.solve(schedule, rtol=1e-4, may_end=[], start=states, threads=1)
    np.testing.assert_allclose(
        found.outputs[:, 0, UNARY.index("exp")], np.exp([1, np.nan, 2])
    )
    assert (found.status[[0, 2]] == DURATION).all()


def test_models_that_differ_in_numbers_share_one_library(tmp_path, monkeypatch):
    monkeypatch.setenv("ASLB_CACHE", str(tmp_path))
    ends = {}
    for rate in (1.5, 2.5):
        x = pybamm.Variable("x")
        model = built({x: -rate * x}, {x: pybamm.Scalar(rate)})
        made = ensemble(model, outputs=["x"], progress="x")
        found = made.solve(one_step(np.zeros((1, 0)), 1.0), rtol=1e-8, may_end=[])
        ends[rate] = found.outputs[0, 1, 0]
    assert len(list(tmp_path.rglob("*.so"))) == 1
    for rate, end in ends.items():
        assert end == pytest.approx(rate * np.exp(-rate), rel=1e-6)


def test_a_division_by_what_was_divided_by_before_is_a_product():
    y, p = casadi.SX.sym("y", 3), casadi.SX.sym("p")
    found = operations(y, p, casadi.vertcat(y[0] / y[2], y[1] / y[2]))
    done = [code for code, _ in found.steps]
    assert done.count(casadi.OP_INV) == 1
    assert casadi.OP_DIV not in done


def test_the_derivative_of_a_minimum_is_finite_at_a_tie():
    a = casadi.SX.sym("a", 2)
    slope = casadi.gradient(casadi.fmin(a[0], 2 * a[1]), a)
    found = operations(a, casadi.SX.sym("p"), slope)
    # where one is smaller the answer is CasADi's; at the tie either one is right
    assert not {casadi.OP_DIV, casadi.OP_INV} & {code for code, _ in found.steps}


def test_an_operation_without_code_is_told(monkeypatch):
    monkeypatch.delitem(TEMPLATES, casadi.OP_ERF)
    y = casadi.SX.sym("y")
    with pytest.raises(NotGenerated, match=f"operation {casadi.OP_ERF}$"):
        operations(y, casadi.SX.sym("p"), casadi.erf(y))
