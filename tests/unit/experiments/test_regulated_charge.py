"""A regulated charge as a step: told apart, copied, changed."""

import math

import pybamm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.errors import InputError
from aslb.experiments.regulated_charge import (
    ROUNDING,
    RegulatedCharge,
    distances,
    regulated,
    share_at_limit,
)

STEP = RegulatedCharge(4.2, 1.0, 1.0)
OTHERS = {
    "voltage": RegulatedCharge(4.1, 1.0, 1.0),
    "rate": RegulatedCharge(4.2, 0.5, 1.0),
    "hold": RegulatedCharge(4.2, 1.0, 2.0),
    "input": RegulatedCharge(4.2, pybamm.InputParameter("c_rate"), 1.0),
    "temperature": RegulatedCharge(4.2, 1.0, 1.0, temperature=310),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_differs_is_another_step_to_pybamm(what):
    other = OTHERS[what]
    assert STEP != other
    assert STEP.basic_repr() != other.basic_repr()
    experiment = pybamm.Experiment([(STEP, other, STEP.copy(), other.copy())])
    assert len(experiment.unique_steps) == 2


def test_a_changed_step_keeps_the_rest():
    step = RegulatedCharge(4.2, 1.0, 1.0, temperature=310, tags=["mine"], period=9)
    changed = step.changed(hold=2.0)
    assert (changed.value, changed.c_rate, changed.hold) == (4.2, 1.0, 2.0)
    for name in ("temperature", "tags", "period", "duration", "direction"):
        assert getattr(changed, name) == getattr(step, name)
    assert step.copy() == step
    assert step.changed(c_rate=0.1).hold == 1.0


@given(voltage_left=st.floats(1e-9, 3))
def test_a_charger_is_at_one_limit_or_the_other(voltage_left):
    """Where the residual is zero the product of both distances is the rounding."""
    current_left = ROUNDING / voltage_left
    residual = regulated(pybamm.Scalar(voltage_left), pybamm.Scalar(current_left))
    assert residual.evaluate() == pytest.approx(0, abs=1e-12 * (1 + current_left))
    share = share_at_limit(voltage_left, current_left)
    assert 0 < share < 1
    assert (share > 0.5) == (voltage_left < current_left)


def test_distances_are_those_to_the_limits():
    assert distances(4.0, 4.2, -1.0, 1.0) == pytest.approx((0.2, 0.0))
    assert distances(4.2, 4.2, -0.5, 2.0) == pytest.approx((0.0, 0.75))


@pytest.mark.parametrize("number", [0, -1, math.nan, math.inf, "1", None])
def test_it_charges_and_holds(number):
    with pytest.raises(InputError, match=r"C-rate of a charge: .*; accepted: a "):
        RegulatedCharge(4.2, number, 1.0)
    with pytest.raises(InputError, match=r"hold of a charge: .*; accepted: a "):
        RegulatedCharge(4.2, 1.0, number)
