"""PyBaMM's own models, compiled as they are, give what its solver gives."""

import numpy as np
import pybamm
import pytest
from tiny_models import ensemble, one_step

from aslb.experiments.ensemble.compiler import find_compiler
from aslb.experiments.ensemble.library import CUTOFF

pytestmark = pytest.mark.skipif(find_compiler() is None, reason="needs a compiler")

CURRENT, CHARGE, VOLTAGE = (
    "Current function [A]",
    "Discharge capacity [A.h]",
    "Voltage [V]",
)
C_RATES = [0.2, 1.0, 3.0]


@pytest.fixture(scope="module")
def half_cell():
    """A half cell of Xu et al. (2019) with a liquid electrolyte, on a coarse mesh."""
    options = {"working electrode": "positive", "calculate discharge energy": "true"}
    model = pybamm.lithium_ion.DFN(options)
    values = pybamm.ParameterValues("Xu2019")
    values[CURRENT] = "[input]"
    points = {**model.default_var_pts, "x_s": 4, "x_p": 6, "r_p": 6}

    def simulation():
        return pybamm.Simulation(
            model,
            parameter_values=values,
            var_pts=points,
            solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-10),
        )

    return simulation, values["Nominal cell capacity [A.h]"]


def test_a_discharge_has_the_capacity_that_idaklu_gives(half_cell):
    simulation, capacity = half_cell
    built = simulation()
    built.build(inputs={CURRENT: capacity})
    solver = ensemble(
        built.built_model,
        [CURRENT],
        [CHARGE, VOLTAGE],
        progress=CHARGE,
        sample=[capacity],
    )
    currents = capacity * np.array(C_RATES)
    expected, halfway = [], []
    for current in currents:
        solution = simulation().solve([0, 1e5], inputs={CURRENT: current})
        assert solution.termination == "event: Minimum voltage [V]"
        expected.append(solution[CHARGE].entries[-1])
        halfway.append(float(solution[VOLTAGE](0.5 * solution.t[-1])))
    schedule = one_step(currents[:, None], 1e5, timed=False, fractions=[0.5])
    for rtol, close in ((1e-4, 1e-4), (1e-6, 1e-5)):
        found = solver.solve(schedule, rtol=rtol, may_end=["Minimum voltage [V]"])
        assert (found.status == CUTOFF).all()
        np.testing.assert_allclose(found.outputs[:, 1, 0], expected, rtol=close)
        # a constant current has passed half of its charge in half of the time
        np.testing.assert_allclose(found.read[:, 0, 0, 1], halfway, atol=10 * close)
        np.testing.assert_allclose(
            found.read[:, 0, 0, 0], np.array(expected) / 2, rtol=close
        )
