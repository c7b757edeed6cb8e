"""Properties of LiCoO2 that the equations rely on, and the table behind its OCP."""

import csv
from pathlib import Path

import numpy as np
import pybamm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb.parameters.materials import lithium_cobalt_oxide as lco
from aslb.parameters.materials.active_material import exchange_current_density
from aslb.parameters.materials.lithium_cobalt_oxide_diffusion import two_levels

TABLE = Path(lco.__file__).parent / "data" / "lithium_cobalt_oxide_ocp.csv"
lithiations = st.floats(0, 1)


def table():
    """Columns of the published table: lithiation, potential and uncertainty [V]."""
    with TABLE.open(newline="") as file:
        rows = [[float(cell) for cell in row.values()] for row in csv.DictReader(file)]
    x, potential, uncertainty_mV = np.array(rows).T
    return x, potential, uncertainty_mV * 1e-3


def evaluate(symbol):
    return pybamm.ParameterValues("Cao2021_thin_halide").evaluate(symbol)


def test_ocp_is_the_table_within_the_uncertainty_of_every_point():
    x, potential, uncertainty = table()
    assert len(x) > 20
    assert (np.abs(lco.ocp(x) - potential) <= uncertainty).all()


def test_ocp_falls_everywhere_with_a_bounded_slope():
    """A slope of 20 V would be 0.1 V within half a percent of lithiation."""
    x = np.linspace(0, 1, 100_001)
    slope = np.diff(lco.ocp(x)) / np.diff(x)
    assert (slope < 0).all()
    assert slope.min() > -20


@settings(max_examples=200, deadline=None, derandomize=True)
@given(lithiations, lithiations)
def test_ocp_of_more_lithium_is_never_higher(one, other):
    low, high = sorted((one, other))
    assert lco.ocp(high) <= lco.ocp(low)


def test_ocp_is_the_same_for_symbols_and_arrays():
    x = np.linspace(0, 1, 11)
    symbols = [evaluate(lco.ocp(pybamm.Scalar(value))) for value in x]
    np.testing.assert_allclose(symbols, lco.ocp(x), rtol=1e-14)


def test_ocp_is_that_of_the_fit_to_the_table():
    """Far below any uncertainty, whatever the digits of its coefficients."""
    x = np.linspace(0, 1, 1001)
    fitted = lco._ocp_form(lco.fit_ocp(), x)
    np.testing.assert_allclose(lco.ocp(x), fitted, rtol=0, atol=1e-4)


LITHIATIONS = np.linspace(0, 1, 101)


def over_lithiation(function):
    return np.array([evaluate(function(pybamm.Scalar(x), 298.15)) for x in LITHIATIONS])


@pytest.mark.parametrize(
    ("function", "delithiated", "lithiated", "transition"),
    [
        (
            two_levels,
            "Positive particle delithiated diffusivity [m2.s-1]",
            "Positive particle lithiated diffusivity [m2.s-1]",
            pybamm.Parameter("Positive particle diffusivity transition"),
        ),
        (
            lco.conductivity,
            "Positive electrode delithiated conductivity [S.m-1]",
            "Positive electrode lithiated conductivity [S.m-1]",
            pybamm.Scalar(0.86),
        ),
    ],
    ids=["diffusivity", "conductivity"],
)
def test_transport_falls_from_one_level_to_the_other(
    function, delithiated, lithiated, transition
):
    """Monotone, between the two levels by name, half-way in the logarithm between."""
    high, low = (evaluate(pybamm.Parameter(name)) for name in (delithiated, lithiated))
    values = over_lithiation(function)
    assert low < high
    assert (np.diff(values) <= 0).all()
    span = np.log(high / low)
    assert np.log(high / values[0]) < 0.02 * span
    assert np.log(values[-1] / low) < 0.02 * span
    middle = evaluate(function(transition, 298.15))
    assert middle == pytest.approx((high * low) ** 0.5, rel=1e-6, abs=0)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.floats(1e-3, 1 - 1e-3))
def test_exchange_current_is_symmetric_and_highest_at_half_lithiation(x):
    c_max = 51_600.0

    def j0(x, c_e=1e4):
        return evaluate(
            exchange_current_density(c_e, pybamm.Scalar(x) * c_max, c_max, 298.15)
        )

    reference = evaluate(
        pybamm.Parameter(
            "Positive electrode reference exchange-current density [A.m-2]"
        )
    )
    assert j0(x) == pytest.approx(2 * reference * (x * (1 - x)) ** 0.5, rel=1e-9)
    assert j0(x) == pytest.approx(j0(1 - x), rel=1e-9)
    # a single-ion conductor's lithium content is fixed: it has no say
    assert j0(x) == j0(x, c_e=1.0)
