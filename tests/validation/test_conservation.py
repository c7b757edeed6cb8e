"""Lithium is neither made nor lost, and every electron moves one."""

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM

FARADAY = 96485.33212  # C/mol
RATE_TEST = ((1 / 20, 3), (1 / 10, 5), (1 / 5, 5), (1 / 2, 5), (1, 5), (1 / 20, 5))


@pytest.fixture(
    scope="module",
    params=[
        (SolidStateDFN, "Cao2021_thin_halide"),
        (SolidStateDFN, "Cao2021_thick_sulfide"),
        (SolidStateSPM, "Cao2021_thick_halide"),
    ],
    ids=lambda param: f"{param[0].__name__}-{param[1]}",
)
def rate_test(request):
    """The paper's rate test, written anew: 28 cycles of charge, hold, discharge."""
    model, cell = request.param
    cycles = [
        (
            pybamm.step.c_rate(-rate, termination="4.2 V"),
            pybamm.step.voltage(4.2, duration=3600),
            pybamm.step.c_rate(rate, termination="2.5 V"),
        )
        for rate, count in RATE_TEST
        for _ in range(count)
    ]
    solution = pybamm.Simulation(
        model(),
        parameter_values=pybamm.ParameterValues(cell),
        experiment=pybamm.Experiment(cycles),
    ).solve()
    assert len(solution.cycles) == 28
    return solution


def test_lithium_of_both_electrodes_is_conserved(rate_test):
    lithium = rate_test["Total lithium in electrodes [mol]"].entries
    np.testing.assert_allclose(lithium, lithium[0], rtol=1e-8)


@pytest.mark.parametrize(("electrode", "sign"), [("positive", 1), ("negative", -1)])
def test_charge_passed_is_the_change_of_each_inventory(rate_test, electrode, sign):
    """Relative to the capacity of the cell, at every time of the test."""
    charge = rate_test["Discharge capacity [A.h]"].entries
    lithium = rate_test[f"Total lithium in {electrode} electrode [mol]"].entries
    gained = sign * (lithium - lithium[0]) * FARADAY / 3600
    np.testing.assert_allclose(gained, charge, rtol=0, atol=1e-8 * np.ptp(charge))
    assert np.ptp(charge) > 2e-3  # A.h: the cell did cycle


def test_no_lithium_is_reported_lost(rate_test):
    total = rate_test["Total lithium [mol]"].entries[0]
    for name in ("Total lithium lost [mol]", "Total lithium lost from particles [mol]"):
        assert np.abs(rate_test[name].entries).max() < 1e-8 * total
    assert np.abs(rate_test["LLI [%]"].entries).max() < 1e-6
