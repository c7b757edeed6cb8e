"""What a step holds is what the residual of its current is zero at."""

import pybamm
import pytest

from aslb.experiments.engine.build import CONTROLS, _residual, controls
from aslb.experiments.engine.steps import Step

CAPACITY = 10.0  # A.h
HELD = {
    "current": (4.0, (4.0, 3.0), (5.0, 3.0)),
    "C-rate": (0.4, (4.0, 3.0), (5.0, 3.0)),
    "voltage": (3.0, (4.0, 3.0), (4.0, 5.0)),
    "power": (12.0, (4.0, 3.0), (4.0, 5.0)),
}


def residual(control, value, current, voltage):
    step = Step(control, value, 1.0, True, "discharge", "discharge")
    variables = {
        "Current [A]": pybamm.Scalar(current),
        "Voltage [V]": pybamm.Scalar(voltage),
        "C-rate": pybamm.Scalar(current / CAPACITY),
    }
    inputs = dict(zip(CONTROLS, controls(step, CAPACITY), strict=True))
    return _residual(variables).evaluate(inputs=inputs)


@pytest.mark.parametrize("control", HELD)
def test_it_is_zero_where_the_step_is_kept_and_nowhere_else(control):
    value, kept, missed = HELD[control]
    assert residual(control, value, *kept) == 0
    assert abs(residual(control, value, *missed)) >= 1
