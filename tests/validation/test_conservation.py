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
    values = pybamm.ParameterValues(cell)
    upper, lower = (values[f"{end} voltage cut-off [V]"] for end in ("Upper", "Lower"))
    cycles = [
        (
            pybamm.step.c_rate(-rate, termination=f"{upper} V"),
            pybamm.step.voltage(upper, duration=3600),
            pybamm.step.c_rate(rate, termination=f"{lower} V"),
        )
        for rate, count in RATE_TEST
        for _ in range(count)
    ]
    solution = pybamm.Simulation(
        model(),
        parameter_values=values,
        experiment=pybamm.Experiment(cycles),
    ).solve()
    assert len(solution.cycles) == 28
    return solution


@pytest.fixture(scope="module")
def oxidised(rate_test):
    """Lithium that the catholyte has given [mol], none in a cell without reservoir."""
    given = rate_test["Lithium lost from catholyte by oxidation [mol]"].entries
    total = rate_test["Total lithium in electrodes [mol]"].entries[0]
    reservoir = rate_test["Catholyte oxidation current share"].entries[0] > 0
    assert (given[-1] > 0.01 * total) == reservoir
    return given


def test_lithium_of_electrodes_and_catholyte_is_conserved(rate_test, oxidised):
    lithium = rate_test["Total lithium in electrodes [mol]"].entries - oxidised
    np.testing.assert_allclose(lithium, lithium[0], rtol=1e-8)
    total = rate_test["Total lithium [mol]"].entries
    np.testing.assert_allclose(total, total[0], rtol=1e-8)


@pytest.mark.parametrize(("electrode", "sign"), [("positive", 1), ("negative", -1)])
def test_charge_passed_is_the_change_of_each_inventory(
    rate_test, oxidised, electrode, sign
):
    """Relative to the capacity of the cell, at every time of the test.

    At the positive electrode, what the catholyte gave has passed too.
    """
    charge = rate_test["Discharge capacity [A.h]"].entries
    lithium = rate_test[f"Total lithium in {electrode} electrode [mol]"].entries
    if electrode == "positive":
        lithium = lithium - oxidised
    gained = sign * (lithium - lithium[0]) * FARADAY / 3600
    np.testing.assert_allclose(gained, charge, rtol=0, atol=1e-8 * np.ptp(charge))
    assert np.ptp(charge) > 2e-3  # A.h: the cell did cycle


def test_lithium_reported_lost_is_what_the_electrodes_got_of_the_catholyte(
    rate_test, oxidised
):
    """None in all; particles gain, a negative loss, what the electrolyte loses."""
    total = rate_test["Total lithium [mol]"].entries[0]
    for part, lost in (("", 0), (" from particles", -1), (" from electrolyte", 1)):
        found = rate_test[f"Total lithium lost{part} [mol]"].entries
        assert np.abs(found - lost * oxidised).max() < 1e-8 * total
    electrodes = rate_test["Total lithium in electrodes [mol]"].entries[0]
    gained = 100 * oxidised / electrodes
    assert np.abs(rate_test["LLI [%]"].entries + gained).max() < 1e-6
