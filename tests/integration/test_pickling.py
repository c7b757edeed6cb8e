"""Models, simulations and solutions travel to other processes and back."""

import pickle

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM


@pytest.fixture(params=[SolidStateDFN, SolidStateSPM])
def model(request):
    return request.param()


def build(model):
    return pybamm.Simulation(model, C_rate=-1 / 20)


def voltage(simulation):
    return simulation.solve([0, 600])["Voltage [V]"].entries


def copy(thing):
    return pickle.loads(pickle.dumps(thing))


def test_pickled_model_gives_the_same_voltage(model):
    np.testing.assert_array_equal(voltage(build(copy(model))), voltage(build(model)))


def test_simulation_pickled_before_and_after_solving_gives_the_same(model):
    simulation = build(model)
    before = copy(simulation)
    expected = voltage(simulation)
    np.testing.assert_array_equal(voltage(before), expected)
    np.testing.assert_array_equal(voltage(copy(simulation)), expected)


def test_pickled_solution_keeps_its_variables(model):
    solution = build(model).solve([0, 600])
    again = copy(solution)
    for name in ("Voltage [V]", "Separator loss [V]", "Electrolyte potential [V]"):
        np.testing.assert_array_equal(again[name].entries, solution[name].entries)
