"""Capacities and mean potentials of LCO at open circuit."""

import pybamm
import pytest

from aslb.experiments.validation.cao2021.arithmetic import (
    mean_potential,
    mean_potential_over,
    theoretical_capacity,
)


@pytest.fixture(scope="module")
def cell():
    return pybamm.ParameterValues("Cao2021_thin_halide")


def test_means_by_closed_form(cell):
    """A potential that is linear in x has its mean halfway."""
    linear = cell.copy()
    linear["Positive electrode OCP [V]"] = lambda sto: 5 - 2 * sto
    linear["Positive electrode stoichiometry as assembled"] = 0.9
    full = theoretical_capacity(linear)
    assert mean_potential(linear, 0.2, 0.6) == pytest.approx(4.2)
    assert mean_potential_over(linear, 0.4 * full) == pytest.approx(3.6)


def test_theoretical_capacity_is_faradays(cell):
    # 1000 F / (3.6 M), with M of LiCoO2 in g/mol
    assert theoretical_capacity(cell) == pytest.approx(
        96485.33 / (3.6 * 97.873), rel=1e-4
    )
