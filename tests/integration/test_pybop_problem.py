"""A calibration as a problem of PyBOP."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from aslb import InputError, pybop_problem
from aslb.experiments.calibration.observables import (
    observables,
    observe,
    rate_test_of,
)
from aslb.parameters.composition.cell import Cell

CELL, SPM = Cell("Cao2021_thin_halide"), "SolidStateSPM"
NAMES = [
    "Positive electrode active fraction",
    "Positive electrode reference exchange-current density [A.m-2]",
]
DATA = replace(
    CELL.measured,
    c_rates=(0.2, 1.0),
    cycles=(1, 1),
    capacities=(150.0, 120.0),
    uncertainties=(3.0, 5.0),
)


@pytest.fixture
def pybop():
    return pytest.importorskip("pybop", reason="PyBOP is not installed")


@pytest.fixture
def problem(pybop):
    return pybop_problem(CELL, DATA, NAMES, model=SPM)


def test_cost_is_the_sum_of_squares_of_a_calibration(problem):
    test = rate_test_of(CELL, DATA, SPM, NAMES)
    _, measured, spread = observables(DATA)
    assert len(measured) > 2
    sets = [{NAMES[0]: 0.8, NAMES[1]: j} for j in (0.5, 5.0)]
    for values, cost in zip(sets, problem(sets), strict=True):
        residuals = (observe([test], values) - measured) / spread
        assert cost == pytest.approx((residuals**2).sum(), rel=1e-4)


def test_values_outside_of_the_ranges_cost_all(problem):
    assert problem({NAMES[0]: 2.0, NAMES[1]: 1.0}) == np.inf


def test_parameters_have_the_ranges_and_values_of_the_cell(problem):
    for name in NAMES:
        quantity, parameter = CELL.quantities[name], problem.parameters[name]
        assert parameter.bounds == pytest.approx((quantity.lower, quantity.upper))
        assert parameter.initial_value == pytest.approx(quantity.number)
    active, current = (problem.parameters[name].transformation for name in NAMES)
    assert active.to_search(0.5) == pytest.approx(0.5)
    assert current.to_search(10.0) == pytest.approx(np.log(10))


def test_an_optimiser_finds_values_that_the_data_were_made_with(pybop):
    test = rate_test_of(CELL, DATA, SPM, NAMES)
    truth = {NAMES[0]: 0.8, NAMES[1]: 2.0}
    capacities = tuple(observe([test], truth)[:2])
    made = replace(
        DATA, capacities=capacities, first_discharge=None, first_efficiency=None
    )
    problem = pybop_problem(CELL, made, NAMES, model=SPM)
    options = pybop.SciPyMinimizeOptions(method="Nelder-Mead", maxiter=60)
    found = pybop.SciPyMinimize(problem, options=options).run()
    assert problem(dict(zip(NAMES, found.x, strict=True))) < 0.01
    assert found.x[0] == pytest.approx(truth[NAMES[0]], rel=0.05)


def test_without_pybop_it_is_said_how_to_have_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pybop", None)
    with pytest.raises(
        InputError, match=r'accepted after: pip install "aslb\[pybop\]"'
    ):
        pybop_problem(CELL, DATA)


def test_data_that_cannot_be_of_the_cell_are_refused(pybop):
    with pytest.raises(InputError, match=r"row 2: 500 mAh/g; accepted: above 0"):
        pybop_problem(CELL, replace(DATA, capacities=(150.0, 500.0)))


def test_one_unknown_may_stand_alone_and_none_is_refused(pybop):
    alone = pybop_problem(CELL, DATA, NAMES[0], model=SPM)
    assert [*alone.parameters.names] == NAMES[:1]
    with pytest.raises(InputError, match="no unknown to fit in"):
        pybop_problem(CELL, DATA, [])
    with pytest.raises(InputError, match="unknown 'Positive' is no parameter"):
        pybop_problem(CELL, DATA, "Positive")
