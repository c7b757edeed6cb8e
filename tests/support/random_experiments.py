"""Random experiments, as users write them."""

import os

import pybamm
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from aslb.experiments.regulated_charge import RegulatedCharge

CAPACITY = 4e-3  # A.h, about that of the reference cells


def _constant(kind, rate, sign, cutoff, hours):
    make, scale = {
        "c_rate": (pybamm.step.c_rate, 1.0),
        "current": (pybamm.step.current, CAPACITY),
        "power": (pybamm.step.power, 3.5 * CAPACITY),
    }[kind]
    ends = {}
    if cutoff is not None:
        ends["termination"] = f"{cutoff} V"
    if hours is not None:
        ends["duration"] = 3600 * hours / rate
    return make(sign * rate * scale, **ends)


def _held(voltage, seconds, end):
    return pybamm.step.voltage(voltage, duration=seconds, termination=end)


RATES = st.sampled_from([0.1, 0.2, 0.5, 1.0])
KINDS = st.sampled_from(["c_rate", "current", "power"])
CHARGE = st.builds(
    _constant,
    KINDS,
    RATES,
    st.just(-1),
    st.sampled_from([4.0, 4.2]),
    st.none() | st.floats(0.05, 0.9),
)
DISCHARGE = st.builds(
    _constant,
    KINDS,
    RATES,
    st.just(1),
    st.sampled_from([2.5, 2.8]),
    st.none() | st.floats(0.05, 0.9),
)
TIMED = st.builds(_constant, KINDS, RATES, st.just(-1), st.none(), st.floats(0.02, 0.1))
HOLD = st.builds(
    _held,
    st.sampled_from([3.9, 4.2]),
    st.floats(300, 3600),
    st.none() | st.sampled_from(["C/20", "C/50", "0.02 mA"]),
)
REGULATED = st.builds(
    RegulatedCharge, st.sampled_from([3.9, 4.2]), RATES, st.floats(0.02, 1.0)
)
REST = st.builds(pybamm.step.rest, duration=st.floats(10, 3000))
CYCLES = st.lists(
    st.lists(
        CHARGE | DISCHARGE | TIMED | HOLD | REGULATED | REST, min_size=1, max_size=5
    ).map(tuple),
    min_size=1,
    max_size=3,
)
EXPERIMENTS = CYCLES.map(pybamm.Experiment)

STEP = pybamm.step
UP, DOWN = "Charge at C/5 until 4.2 V", "Discharge at C/5 until 2.5 V"
CORNERS = {
    "a hold first": [(STEP.voltage(3.6, duration=600), UP, DOWN)],
    "a rest first": [(STEP.rest(duration=600), UP), (STEP.rest(duration=60), DOWN)],
    "nothing to discharge": [(DOWN, UP, DOWN)],
    "a cycle of a step that ends at once": [UP, UP, DOWN],
    "that first": [DOWN, UP],
    "nothing else": [DOWN],
    "a hold that gives back": [(UP, STEP.voltage(3.8, duration=900), DOWN)],
    "charges around a discharge": [(UP, DOWN, UP)],
    "a rest without a duration": [(UP, STEP.rest(), DOWN)],
    "a charge that meets nothing": [(UP, DOWN), (STEP.current(-1e-7), DOWN)],
    "a last step that meets nothing": [(UP, STEP.current(1e-7, termination="2.5 V"))],
    "steps that all end at once": [(UP, DOWN), (DOWN, "Discharge at 1C until 2.5 V")],
    "one that may not": [
        (UP,),
        (STEP.c_rate(-0.2, termination="4.2 V", skip_ok=False),),
    ],
}


def tried(count):
    """So many experiments, without making those that fail simpler."""
    return settings(
        max_examples=int(os.environ.get("EXPERIMENTS", count)),
        # always the same, unless more are asked for to look for new corners
        derandomize="EXPERIMENTS" not in os.environ,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.function_scoped_fixture,
        ],
    )
