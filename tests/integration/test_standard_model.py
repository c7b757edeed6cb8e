"""What PyBaMM asks of each of its models, asked of each of ours on each set.

After `StandardModelTest` of PyBaMM's own tests, which are not part of the package.
"""

import numpy as np
import pybamm
import pytest

from aslb.models.registry import MODELS, model_for
from aslb.parameters.cells.shipped import SHIPPED

CELLS = [*SHIPPED]
ENDS = [0, 600]
TIMES = np.linspace(*ENDS, 7)
VOLTAGE = "Voltage [V]"
CURRENT = "Current function [A]"


def built(name, cell, **values):
    own = pybamm.ParameterValues(cell)
    own.update(values)
    model = model_for(name, own)
    simulation = pybamm.Simulation(model, parameter_values=own)
    simulation.build(inputs={CURRENT: -1e-4})
    return simulation


def voltage(model, **options):
    solver = pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8)
    return solver.solve(model, ENDS, t_interp=TIMES, **options)[VOLTAGE].entries


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_well_posed_and_solves_on_each_set(name, cell):
    model = model_for(name, pybamm.ParameterValues(cell))
    model.check_well_posedness()
    solved = built(name, cell).built_model
    assert np.isfinite(voltage(solved)).all()


@pytest.mark.parametrize("cell", ["Cao2021_thin_halide", "LCO_Li3YCl6_60C"])
@pytest.mark.parametrize("name", MODELS)
def test_a_discretised_model_is_the_same_when_saved_and_loaded(name, cell, tmp_path):
    simulation = built(name, cell)
    file = tmp_path / "model"
    simulation.built_model.save_model(str(file), mesh=simulation.mesh)
    loaded = pybamm.load_model(f"{file}.json")
    np.testing.assert_allclose(
        voltage(loaded), voltage(simulation.built_model), rtol=1e-10
    )


@pytest.mark.parametrize("name", MODELS)
def test_sensitivities_are_differences(name):
    model = built(name, "Cao2021_thin_halide", **{CURRENT: "[input]"}).built_model
    current, step = -1e-3, 1e-6
    solver = pybamm.IDAKLUSolver(rtol=1e-9, atol=1e-9)
    inputs = {CURRENT: current}
    found = solver.solve(
        model, ENDS, t_interp=TIMES, inputs=inputs, calculate_sensitivities=True
    )
    low, high = (
        voltage(model, inputs={CURRENT: current + sign * step}) for sign in (-1, 1)
    )
    sensitivity = np.ravel(found[VOLTAGE].sensitivities[CURRENT])
    np.testing.assert_allclose(sensitivity, (high - low) / (2 * step), atol=0.1)
