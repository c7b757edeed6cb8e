"""A thickness as an input of the solver is a thickness like any other."""

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM

SEPARATOR = "Separator thickness [m]"
CATHODE = "Positive electrode thickness [m]"
PROTOCOL = [
    (
        "Charge at C/5 until 4.2 V",
        "Hold at 4.2 V for 1 hour",
        "Discharge at C/5 until 2.5 V",
    )
]


def build(model, changes, experiment=None):
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    values.update(changes)
    return pybamm.Simulation(
        model(),
        C_rate=None if experiment else -1 / 20,
        parameter_values=values,
        experiment=experiment,
        solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8),
    )


@pytest.fixture(params=[SolidStateDFN, SolidStateSPM])
def model(request):
    return request.param


@pytest.mark.parametrize(
    ("layer", "thickness"),
    [(SEPARATOR, 5e-6), (SEPARATOR, 976e-6), (CATHODE, 52e-6), (CATHODE, 80e-6)],
)
def test_voltage_is_that_of_a_number(model, layer, thickness):
    by_input = build(model, {layer: "[input]"}).solve(
        [0, 600], inputs={layer: thickness}
    )
    by_number = build(model, {layer: thickness}).solve([0, 600])
    t = np.linspace(0, 600, 50)
    np.testing.assert_allclose(
        by_input["Voltage [V]"](t), by_number["Voltage [V]"](t), rtol=0, atol=1e-6
    )


def test_cycle_is_that_of_a_number(model):
    simulation = build(model, {SEPARATOR: "[input]"}, pybamm.Experiment(PROTOCOL))
    # one build serves both
    for thickness in (976e-6, 20e-6):
        by_input = simulation.solve(inputs={SEPARATOR: thickness})
        by_number = build(
            model, {SEPARATOR: thickness}, pybamm.Experiment(PROTOCOL)
        ).solve()
        for mine, other in zip(
            by_input.cycles[0].steps, by_number.cycles[0].steps, strict=True
        ):
            passed = [s["Discharge capacity [A.h]"].entries[-1] for s in (mine, other)]
            assert passed[0] == pytest.approx(passed[1], abs=1e-9)
