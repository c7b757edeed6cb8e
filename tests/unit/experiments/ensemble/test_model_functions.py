"""What a built model is in expressions, and what has none."""

import casadi
import numpy as np
import pybamm
import pytest
import scipy.sparse
from tiny_models import built

from aslb.experiments.ensemble.model_functions import NotGenerated, model_functions

X, Z = pybamm.Variable("x"), pybamm.Variable("z")
RATE = pybamm.InputParameter("rate")


def test_every_row_is_there_by_its_kind():
    model = built(
        {X: -RATE * X},
        {X: RATE, Z: pybamm.Scalar(2)},
        algebraic={Z: Z - 2 * X},
        events={"low": X - 0.1},
        variables={"sum": X + Z},
    )
    found = model_functions(model, ["rate"], ["sum"])
    assert found.mass.tolist() == [1, 0]
    assert found.event_names == ("low",)
    assert found.variables == (slice(0, 1), slice(1, 2))
    rows = casadi.vertcat(found.residual, found.events, found.outputs, found.initial)
    values = casadi.Function("f", [found.y, found.p], [rows])([3, 5], 7)
    # the sign of an algebraic equation is PyBaMM's own affair
    values = np.abs(values.full().ravel())
    np.testing.assert_allclose(values, [21, 1, 2.9, 8, 7, 2], rtol=1e-14)


@pytest.mark.parametrize("where", ["rhs", "event", "output"])
def test_time_is_a_state_only_where_something_depends_on_it(where):
    plain, timed = pybamm.Scalar(1), 1 + pybamm.t
    at = {
        name: timed if name == where else plain for name in ("rhs", "event", "output")
    }
    model = built(
        {X: at["rhs"]},
        {X: pybamm.Scalar(0)},
        events={"end": at["event"]},
        variables={"read": at["output"]},
    )
    found = model_functions(model, [], ["read"])
    assert found.y.numel() == len(found.mass) == 2
    residual = casadi.Function("f", [found.y], [found.residual])([0.0, 4.0])
    assert float(residual[1]) == 1
    assert found.variables[-1] == slice(1, 2)


def test_without_time_there_is_no_state_of_it():
    model = built({X: pybamm.Scalar(1)}, {X: pybamm.Scalar(0)})
    assert model_functions(model, [], ["x"]).y.numel() == 1


def test_a_table_has_no_scalar_code():
    knots = np.linspace(0, 1, 5)
    table = pybamm.Interpolant(knots, knots**2, X)
    model = built({X: -table}, {X: pybamm.Scalar(1)})
    with pytest.raises(NotGenerated, match=r"^no scalar code for it: .*") as refused:
        model_functions(model, [], ["x"])
    assert "\n" not in str(refused.value)


def test_a_mass_matrix_with_more_than_a_diagonal_is_refused():
    model = built({X: -X, Z: -Z}, {X: pybamm.Scalar(1), Z: pybamm.Scalar(1)})
    model.mass_matrix = pybamm.Matrix(scipy.sparse.csr_matrix([[1.0, 1], [0, 1]]))
    with pytest.raises(NotGenerated, match="mass matrix is not diagonal"):
        model_functions(model, [], ["x"])
