"""Experiments are told apart by what they are, and by nothing else."""

import json
import subprocess
import sys

import numpy as np
import pybamm
import pytest
from hypothesis import given, settings
from random_experiments import CYCLES

from aslb.experiments.engine.description import described
from aslb.experiments.protocols import charge
from aslb.experiments.regulated_charge import RegulatedCharge

STEP = pybamm.step


def of(*steps, **options):
    return json.dumps(described(pybamm.Experiment([*steps], **options)))


def cycle(bump):
    t = np.arange(2000.0)
    current = 1e-3 * np.ones(2000)
    current[1000] += bump
    return STEP.current(np.column_stack([t, current]))


def limit(voltage):
    return lambda variables: variables["Voltage [V]"] - voltage


class Late(STEP.VoltageTermination):
    """An end of one's own, which is more than its value."""

    def __init__(self, value, margin):
        super().__init__(value)
        self.margin = margin


LIMIT = 4.0


def by_global(variables):
    return variables["Voltage [V]"] - LIMIT


DIFFERENT = {
    "rate": (STEP.c_rate(1, duration=60), STEP.c_rate(2, duration=60)),
    "unit": (STEP.c_rate(1, duration=60), STEP.current(1, duration=60)),
    "duration": (STEP.c_rate(1, duration=60), STEP.c_rate(1, duration=61)),
    "a duration and none": (STEP.rest(duration=24 * 3600), STEP.rest()),
    "end": (
        STEP.c_rate(1, termination="2.5 V"),
        STEP.c_rate(1, termination="2.6 V"),
    ),
    "kind of end": (
        STEP.voltage(4, termination="1 A"),
        STEP.voltage(4, termination="1C"),
    ),
    "operator": (
        STEP.c_rate(1, termination="> 2.5 V"),
        STEP.c_rate(1, termination="< 2.5 V"),
    ),
    "temperature": (
        STEP.c_rate(1, duration=60),
        STEP.c_rate(1, duration=60, temperature=310),
    ),
    "rate of a charge": (charge(1.0, 4.2), charge(0.5, 4.2)),
    "rate that varies": (charge(1.0, 4.2), charge(None, 4.2)),
    "voltage of a charge": (charge(1.0, 4.2), charge(1.0, 4.1)),
    "hold of a charge": (charge(1.0, 4.2, 1.0), charge(1.0, 4.2, 2.0)),
    "skip": (STEP.c_rate(1, duration=60), STEP.c_rate(1, duration=60, skip_ok=False)),
    "the middle of a drive cycle": (cycle(0), cycle(1e-6)),
    "a function": (
        STEP.current(lambda t: 1e-3 * (1 + t / 60), duration=60),
        STEP.current(lambda t: 1e-3 * (1 + t / 61), duration=60),
    ),
    "what a custom step closes over": (
        STEP.CustomStepImplicit(limit(4.0), duration=60),
        STEP.CustomStepImplicit(limit(4.1), duration=60),
    ),
    "what a custom end closes over": (
        STEP.rest(duration=60, termination=STEP.CustomTermination("a", limit(4.0))),
        STEP.rest(duration=60, termination=STEP.CustomTermination("a", limit(4.1))),
    ),
    "an end of one's own": (
        STEP.c_rate(1, termination=Late(4.0, 0.1)),
        STEP.c_rate(1, termination=Late(4.0, 0.2)),
    ),
}


@pytest.mark.parametrize("what", DIFFERENT)
def test_different_experiments_are_told_apart(what):
    one, other = DIFFERENT[what]
    assert of(one) != of(other)
    assert of(one) == of(one.copy())


def test_what_a_function_takes_from_around_it_counts(monkeypatch):
    step = STEP.CustomStepImplicit(by_global, duration=60)
    before = of(step)
    monkeypatch.setitem(globals(), "LIMIT", 4.1)
    assert of(step) != before


def test_cycles_and_their_order_count():
    up, down = "Charge at 1C until 4 V", "Discharge at 1C until 3 V"
    found = {of((up, down)), of(up, down), of(down, up), of((up, down), (up, down))}
    assert len(found) == 4
    assert of(up, down, down) != of(up, up, down)
    assert of(up, termination="80% capacity") != of(up)


def test_two_spellings_of_one_experiment_are_one():
    assert of(
        ("Charge at C/10 until 4.2 V", "Hold at 4.2V for 1 hour", "Rest for 5 minutes")
    ) == of(
        (
            STEP.c_rate(-0.1, termination="4.2V", tags=["mine"], description="up"),
            STEP.voltage(4.2, duration=3600),
            STEP.rest(duration="300 s", period=10),
        ),
        period="1 minute",
    )
    tagged = RegulatedCharge(4.2, 0.5, 1.0, tags=["mine"], period=9, description="up")
    assert of(charge(0.5, 4.2)) == of(tagged)


@settings(max_examples=50, deadline=None)
@given(cycles=CYCLES)
def test_the_same_steps_are_described_the_same(cycles):
    again = [tuple(step.copy() for step in cycle) for cycle in cycles]
    assert of(*cycles) == of(*again)


CODE = """
import json
import numpy as np
import pybamm
from aslb.experiments import cccv
from aslb.experiments.engine.description import described
table = np.column_stack([np.arange(9.0), np.ones(9)])
step = pybamm.step
odd = [
    step.current(table),
    step.current(lambda t: 1e-3 * (1 + t / 60), duration=60),
    step.CustomStepExplicit(lambda v: {1, 2, 3} and 1e-3, duration=60),
]
print(json.dumps([described(cccv()), described(pybamm.Experiment(odd))]))
"""


@pytest.mark.slow
def test_it_is_the_same_in_another_process():
    said = {
        subprocess.run(
            [sys.executable, "-c", CODE], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(said) == 1
