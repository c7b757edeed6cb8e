"""What an experiment is compiled to, what its steps count to, and what is refused."""

import numpy as np
import pybamm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.experiments import cccv, rate_test
from aslb.experiments.engine.chosen import (
    Chosen,
    at_choice,
    has_hold,
    has_varied_rate,
    joined,
)
from aslb.experiments.engine.description import described
from aslb.experiments.engine.steps import (
    NotCompiled,
    compiled,
    named,
    rates_of_cycles,
)
from aslb.experiments.regulated_charge import RegulatedCharge

STEP = pybamm.step
RATE = pybamm.InputParameter("c_rate")
DRIVE = np.array([[0.0, 1e-3], [60.0, -1e-3], [120.0, 0.0]])


def halves(*steps):
    (cycle,) = compiled(pybamm.Experiment([steps]))
    return [(step.name, step.half) for step in cycle]


def test_a_rest_and_a_hold_count_to_the_step_before_them():
    assert halves(
        "Hold at 3 V for 1 minute",
        "Discharge at C/2 until 2.5 V",
        "Rest for 1 minute",
        "Hold at 2.5 V until C/20",
        "Charge at 1 mW until 4 V",
        "Rest for 1 minute",
    ) == [
        ("hold", "charge"),
        ("discharge", "discharge"),
        ("rest", "discharge"),
        ("hold", "discharge"),
        ("charge", "charge"),
        ("rest", "charge"),
    ]


def test_what_counts_to_what_goes_on_from_cycle_to_cycle():
    experiment = pybamm.Experiment(["Discharge at 1C until 2.5 V", "Rest for 1 hour"])
    assert compiled(experiment)[1][0].half == "discharge"
    assert named(experiment.steps[1], "discharge", 0.0) == ("rest", "discharge")


def test_what_is_no_constant_counts_to_what_it_does():
    cycle = STEP.current(DRIVE)
    assert named(cycle, "charge", 1e-6) == ("discharge", "discharge")
    assert named(cycle, "discharge", -1e-6) == ("charge", "charge")


@given(c_rate=st.floats(1e-3, 20), hold=st.floats(0.1, 5), cycles=st.integers(1, 3))
def test_the_input_is_the_rate_itself(c_rate, hold, cycles):
    options = {"hold": hold, "cycles": cycles}
    varied, fixed = cccv(**options), cccv(c_rate, **options)
    assert has_varied_rate(varied)
    assert not has_varied_rate(fixed)
    chosen = at_choice(varied, Chosen(c_rate))
    assert compiled(chosen) == compiled(fixed)
    assert not has_varied_rate(chosen)
    for mine, plain in zip(chosen.steps, fixed.steps, strict=True):
        assert mine.value == plain.value
        assert mine.duration == plain.duration
        assert mine.uses_default_duration == plain.uses_default_duration


@given(hold=st.floats(0.1, 5), other=st.floats(0.1, 5))
def test_a_chosen_hold_is_that_of_every_charge(hold, other):
    rates = [(0.1, 2), (None, 1)]
    chosen = at_choice(rate_test(rates, hold=other), Chosen(0.5, hold))
    assert compiled(chosen) == compiled(rate_test([(0.1, 2), (0.5, 1)], hold=hold))
    assert compiled(chosen)[0][0].hold == hold


def test_a_hold_can_be_chosen_where_a_charge_is_regulated():
    charge = "Charge at 1C until 4.2 V"
    plain = pybamm.Experiment([(charge, "Hold at 4.2 V for 1 hour")])
    assert has_hold(cccv())
    assert not has_hold(plain)
    assert described(at_choice(plain, Chosen(hold_h=9.0))) == described(plain)


def test_a_regulated_charge_is_compiled_to_what_it_is():
    ((up, down),) = compiled(cccv(0.5, upper_cutoff=4.1, hold=2.0))
    assert (up.control, up.value, up.charge_rate, up.hold) == ("CC-CV", 4.1, 0.5, 2.0)
    assert (up.name, up.half) == ("charge", "charge")
    assert up.voltage_cutoff is None
    assert down.hold is None
    with pytest.raises(NotCompiled):
        compiled(pybamm.Experiment([RegulatedCharge(4.1, 2 * RATE, 1.0)]))


def test_one_experiment_comes_after_another():
    first, then = cccv(0.05, cycles=2), pybamm.Experiment(["Charge at 1C until 4 V"])
    both = joined(first, then)
    assert compiled(both) == compiled(first) + compiled(then)
    assert both.cycle_lengths == [2, 2, 1]


def test_a_step_of_varied_rate_keeps_a_duration_of_its_own():
    end = STEP.VoltageTermination(2.5, "<")
    step = STEP.c_rate(2 * RATE, duration=600, termination=end)
    chosen = at_choice(pybamm.Experiment([step]), Chosen(0.5))
    ((compiled_step,),) = compiled(chosen)
    assert compiled_step.value == 1.0
    assert compiled_step.timed
    assert compiled_step.duration == 600


def test_a_rate_that_nobody_gives_is_not_compiled():
    with pytest.raises(NotCompiled):
        compiled(cccv())


def test_a_cutoff_without_an_operator_is_one_in_the_direction_of_the_step():
    (up, down, held, rest), = compiled(
        pybamm.Experiment(
            [
                (
                    STEP.current(-1e-3, termination="4 V"),
                    STEP.power(1e-3, termination="3 V"),
                    STEP.voltage(4.0, duration=60, termination="3 V"),
                    STEP.rest(duration=60, termination="3 V"),
                )
            ]
        )
    )  # fmt: skip
    assert up.voltage_cutoff == (4.0, -1.0)
    assert down.voltage_cutoff == (3.0, 1.0)
    # PyBaMM takes no notice of it where there is no direction
    assert held.voltage_cutoff is None
    assert rest.voltage_cutoff is None


UNCOMPILED = {
    "a drive cycle": STEP.current(DRIVE),
    "a function of time": STEP.current(lambda t: 1e-3 * (1 + t / 60), duration=60),
    "a temperature": STEP.c_rate(-1, duration=60, temperature=310),
    "two voltages": STEP.c_rate(-1, termination=["4 V", "4.1 V"]),
    "a current in one direction": STEP.voltage(4, termination="<0.001 A"),
    "a resistance": STEP.resistance(100, duration=60),
    "a custom step": STEP.CustomStepExplicit(lambda v: -1e-3, duration=60),
    "a custom end": STEP.c_rate(
        -1, termination=STEP.CustomTermination("mine", lambda v: v["Voltage [V]"] - 9)
    ),
    "a rate that is no constant": STEP.c_rate(
        RATE * (1 + pybamm.t / 3600), duration=60
    ),
}


@pytest.mark.parametrize("what", UNCOMPILED)
def test_what_is_something_else_is_left_to_pybamm(what):
    experiment = pybamm.Experiment([UNCOMPILED[what]])
    with pytest.raises(NotCompiled):
        compiled(at_choice(experiment, Chosen(0.5)))


def test_so_is_an_experiment_that_may_end_as_a_whole():
    step = "Charge at 1C until 4 V"
    with pytest.raises(NotCompiled, match="termination"):
        compiled(pybamm.Experiment([step], termination="80% capacity"))
    with pytest.raises(NotCompiled, match="temperature"):
        compiled(pybamm.Experiment([step], temperature=310))


def test_rates_of_cycles_are_those_that_are_fixed():
    assert rates_of_cycles(rate_test([(0.1, 2), (None, 1)])) == (0.1, 0.1, None)
    experiment = pybamm.Experiment(
        [("Charge at C/10 until 4 V", "Discharge at 1C until 3 V"), "Rest for 1 hour"]
    )
    assert rates_of_cycles(experiment) == (1.0, None)
