"""A length as an input of the solver is a length like any other."""

from numbers import Real

import numpy as np
import pybamm
import pytest

import aslb
from aslb.experiments.engine.build import adjustable
from aslb.models import SolidStateDFN, SolidStateSPM
from aslb.parameters.cells.shipped import SHIPPED

SEPARATOR = "Separator thickness [m]"
CATHODE = "Positive electrode thickness [m]"
FOIL = "Negative electrode thickness [m]"
RADIUS = "Positive particle radius [m]"
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
    ("name", "length"),
    [
        (SEPARATOR, 5e-6),
        (SEPARATOR, 976e-6),
        (CATHODE, 52e-6),
        (CATHODE, 80e-6),
        (FOIL, 50e-6),
        (RADIUS, 2e-6),
        (RADIUS, 8e-6),
    ],
)
def test_voltage_is_that_of_a_number(model, name, length):
    by_input = build(model, {name: "[input]"}).solve([0, 600], inputs={name: length})
    by_number = build(model, {name: length}).solve([0, 600])
    t = np.linspace(0, 600, 50)
    np.testing.assert_allclose(
        by_input["Voltage [V]"](t), by_number["Voltage [V]"](t), rtol=0, atol=1e-6
    )


@pytest.mark.parametrize("cell", sorted(SHIPPED))
def test_every_number_of_a_cell_is_an_input(cell, model):
    values = aslb.Cell(cell).parameter_values()
    numbers = {name for name, value in values.items() if isinstance(value, Real)}
    _, inputs = adjustable(values, model.__name__)
    assert set(inputs) == numbers


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
