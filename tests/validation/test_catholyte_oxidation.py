"""The first charge oxidises catholyte: how much, and where its lithium goes."""

import numpy as np
import pybamm
import pytest
from cathode_mean import cathode_mean

from aslb.models import SolidStateDFN, SolidStateSPM
from aslb.models.submodels.voltage_losses import LOSSES

FARADAY = 96485.33212  # C/mol
CAPACITY = "Catholyte oxidation capacity [A.h.m-2]"
CHARGE = "Catholyte oxidation charge [A.h.m-2]"
SCALE = 0.5  # A.h/m2
MODELS = pytest.mark.parametrize("model", [SolidStateDFN, SolidStateSPM])
CYCLE = (
    "Charge at C/20 until 4.2 V",
    "Hold at 4.2 V for 1 hour",
    "Discharge at C/20 until 2.5 V",
)


def cell(capacity, **others):
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    values.update({CAPACITY: capacity, **others})
    return values


def surface(values):
    """Interface between particles and catholyte in the whole cell [m2]."""
    filled = values.evaluate(
        values["Positive electrode active material volume fraction"]
    )
    area = values["Electrode height [m]"] * values["Electrode width [m]"]
    thickness = values["Positive electrode thickness [m]"]
    return 3 * filled / values["Positive particle radius [m]"] * thickness * area


def solve(model, values, steps, tolerance=1e-9):
    return pybamm.Simulation(
        model(),
        parameter_values=values,
        experiment=pybamm.Experiment(steps),
        solver=pybamm.IDAKLUSolver(rtol=tolerance, atol=tolerance),
    ).solve()


def spent(passed, capacity):
    """What of a charge per interface area went into the catholyte."""
    return capacity * (1 - np.exp(-passed / SCALE))


@pytest.mark.parametrize("rate", ["C/20", "C/5"])
@pytest.mark.parametrize("capacity", [0.02, 0.25])
def test_charge_spent_is_a_closed_form_of_the_charge_passed_at_any_rate(rate, capacity):
    values = cell(capacity)
    solution = solve(SolidStateSPM, values, [f"Charge at {rate} until 4.1 V"])
    passed = -solution["Discharge capacity [A.h]"].entries / surface(values)
    np.testing.assert_allclose(
        solution[CHARGE].entries, spent(passed, capacity), rtol=1e-5, atol=1e-9
    )
    assert passed[-1] > SCALE


def test_charge_spent_is_the_same_closed_form_at_every_depth():
    """What passes at a depth is what its particle gave and its catholyte gave."""
    capacity, values = 0.2, cell(0.2)
    solution = solve(SolidStateDFN, values, ["Charge at C/5 until 4.1 V"])
    local = solution["Catholyte oxidation charge variable [A.h.m-2]"].entries
    mean = solution["R-averaged positive particle concentration [mol.m-3]"].entries
    radius = values["Positive particle radius [m]"]
    gave = (mean[:, :1] - mean) * FARADAY / 3600 * radius / 3
    np.testing.assert_allclose(
        local, spent(local + gave, capacity), rtol=1e-5, atol=1e-8
    )
    assert np.ptp(gave[:, -1]) > 1e-3  # the depths do differ
    np.testing.assert_allclose(
        solution[CHARGE].entries, cathode_mean(solution, values, local), rtol=1e-9
    )


@MODELS
def test_first_efficiency_falls_by_the_reservoir_and_the_second_does_not(model):
    capacity = 0.1
    efficiencies = []
    for values in (cell(0.0), cell(capacity)):
        solution = solve(model, values, [CYCLE, CYCLE], 1e-7)
        moved = [
            [np.ptp(step["Discharge capacity [A.h]"].entries) for step in one.steps]
            for one in solution.cycles
        ]
        efficiencies.append([out / (charge + hold) for charge, hold, out in moved])
    none, some = np.array(efficiencies)
    charge, hold, _ = moved[0]
    share = capacity * surface(values) / (charge + hold)
    assert 0.04 < share < 0.06
    assert none[0] - some[0] == pytest.approx(none[0] * share, rel=0.03)
    assert none[1] - some[1] == pytest.approx(0, abs=0.03 * share)


@MODELS
@pytest.mark.parametrize("capacity", [0.0, 0.25])
def test_lithium_of_the_catholyte_goes_to_the_foil(model, capacity):
    values = cell(capacity)
    solution = solve(model, values, [(*CYCLE, "Rest for 10 minutes")], 1e-6)
    total = solution["Total lithium [mol]"].entries
    assert np.ptp(total) < 1e-12 * total[0]
    electrolyte = solution["Total lithium in electrolyte [mol]"].entries
    charge = solution[CHARGE].entries
    np.testing.assert_allclose(
        electrolyte[0] - electrolyte,
        charge * surface(values) * 3600 / FARADAY,
        rtol=1e-9,
        atol=1e-12 * total[0],
    )
    lost = solution["Total lithium lost from electrolyte [mol]"].entries
    np.testing.assert_allclose(lost - lost[0], electrolyte[0] - electrolyte)
    assert charge[-1] == pytest.approx(capacity, rel=0.1)


@MODELS
def test_a_discharge_oxidises_nothing(model):
    solution = solve(model, cell(0.25), [CYCLE], 1e-7)
    charge = solution.cycles[0].steps[2][CHARGE].entries
    np.testing.assert_allclose(charge, charge[0], rtol=1e-9)


@pytest.mark.parametrize(("current", "taken"), [(1, 0.0), (-1, 0.5)])
def test_kinetics_take_what_is_left_and_the_interphase_takes_all(current, taken):
    values = cell(
        0.5 * SCALE, **{"Positive electrode interphase resistance [Ohm.m2]": 0.01}
    )
    values["Current function [A]"] = (
        current * values["Nominal cell capacity [A.h]"] / 20
    )
    solution = pybamm.Simulation(SolidStateSPM(), parameter_values=values).solve(
        [0, 1], initial_soc=0.5
    )
    j = values["Current function [A]"] / surface(values)
    j0 = solution["X-averaged positive electrode exchange current density [A.m-2]"]
    left = (1 - taken) * j / (2 * j0.entries[0])
    thermal = 8.314462618 * 298.15 / FARADAY
    kinetic = solution["Kinetic loss [V]"].entries[0]
    assert kinetic == pytest.approx(2 * thermal * np.arcsinh(left), rel=1e-6)
    assert solution["Interphase loss [V]"].entries[0] == pytest.approx(0.01 * j)
    assert solution["Catholyte oxidation current share"].entries[0] == 0.5


@pytest.mark.parametrize(
    ("model", "tolerance"), [(SolidStateDFN, 5e-4), (SolidStateSPM, 1e-13)]
)
def test_losses_sum_to_the_voltage(model, tolerance):
    solution = pybamm.Simulation(
        model(), parameter_values=cell(0.25), experiment=pybamm.Experiment([CYCLE])
    ).solve()
    losses = sum(solution[f"{component} loss [V]"].entries for component in LOSSES)
    explained = solution["Open-circuit voltage [V]"].entries - losses
    assert np.abs(solution["Voltage [V]"].entries - explained).max() < tolerance
