"""What tests of the engine share: a model of each kind, built once."""

import pytest

from aslb.experiments.engine.integrator import CycleSolver
from aslb.parameters.composition.cell import Cell

THICKNESS = "Separator thickness [m]"


@pytest.fixture(scope="session")
def values():
    """The cell, in the window that charges it furthest."""
    return Cell("Cao2021_thin_halide:literal").parameter_values()


@pytest.fixture(scope="session")
def solvers(values):
    """The fast path, at tolerances with which it can be compared."""
    return {
        model: CycleSolver(values, model, {THICKNESS: 5e-5}, rtol=1e-6)
        for model in ("SolidStateDFN", "SolidStateSPM")
    }
