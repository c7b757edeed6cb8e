"""What tests of the engine share: a model of each kind, built once."""

import pybamm
import pytest

from aslb.experiments.engine.integrator import CycleSolver

THICKNESS = "Separator thickness [m]"


@pytest.fixture(scope="session")
def values():
    """The cell."""
    return pybamm.ParameterValues("Cao2021_thin_halide")


@pytest.fixture(scope="session")
def solvers(values):
    """The fast path, at tolerances with which it can be compared."""
    return {
        model: CycleSolver(values, model, {THICKNESS: 5e-5}, rtol=1e-6)
        for model in ("SolidStateDFN", "SolidStateSPM")
    }
