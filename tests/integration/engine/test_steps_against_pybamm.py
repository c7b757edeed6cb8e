"""Any plain experiment, compiled to steps, passes what PyBaMM's simulation passes."""

import numpy as np
import pybamm
import pytest
from hypothesis import assume, given
from random_experiments import (
    CAPACITY,
    CORNERS,
    DOWN,
    EXPERIMENTS,
    UP,
    tried,
)

from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.engine.steps import compiled
from aslb.experiments.regulated_charge import RegulatedCharge

# energies of either way are off by up to 2e-4 at 1e-6, and meet as it is tightened
RTOL = {"SolidStateSPM": 1e-8, "SolidStateDFN": 1e-6}
NOTHING = Outputs(("discharge_capacity",))
THICKNESS = "Separator thickness [m]"


@pytest.fixture(scope="module")
def paths(solvers, values):
    """Both ways through an experiment."""
    tight = CycleSolver(
        values, "SolidStateSPM", {THICKNESS: 5e-5}, rtol=RTOL["SolidStateSPM"]
    )
    of = {**solvers, "SolidStateSPM": tight}

    def solve(experiment, model="SolidStateSPM", outputs=NOTHING):
        steps = compiled(experiment)
        capacity = values["Nominal cell capacity [A.h]"]
        layer = {THICKNESS: values[THICKNESS]}
        fast = of[model].solve(layer, steps, outputs, capacity=capacity)
        return fast, simulate_cycles(
            values, model, experiment, outputs, rtol=RTOL[model]
        )

    return solve


def agree(fast, public):
    assert len(fast.cycles) == len(public.cycles), (fast.failure, public.failure)
    assert bool(fast.failure) == bool(public.failure)
    for mine, plain in zip(fast.cycles, public.cycles, strict=True):
        for half, other in (
            (mine.charge, plain.charge),
            (mine.discharge, plain.discharge),
        ):
            assert half == pytest.approx(other, rel=1e-5, abs=1e-6 * CAPACITY)
        assert mine.remark == plain.remark


@tried(15)  # more would take minutes
@given(experiment=EXPERIMENTS)
def test_random_experiments_agree(paths, experiment):
    # equal charges share a model in PyBaMM, and a clock if nothing lies between them
    charges = [s.basic_repr() for s in experiment.steps if type(s) is RegulatedCharge]
    assume(len(set(charges)) == len(charges))
    fast, public = paths(experiment)
    # PyBaMM's solver may find no start where the fast path does, and it says so
    assume("solver: " not in public.failure)
    # nor the fast path, of a step that meets its cut-off in the integrator's very first
    # step; a worker then tries with tighter tolerances
    assume("IDA_BAD_K" not in fast.failure)
    agree(fast, public)


STRINGS = [
    (
        "Charge at C/5 until 4.2 V",
        "Hold at 4.2 V until C/20",
        "Rest for 10 minutes",
        "Discharge at 3 mW until 2.5 V",
    ),
    ("Charge at 2 mA for 30 minutes or until 4.2 V", "Discharge at C/2 until 2.5V"),
]


@pytest.mark.parametrize("model", ["SolidStateSPM", "SolidStateDFN"])
def test_sentences_agree_with_all_that_can_be_kept(paths, model):
    outputs = Outputs(("discharge_capacity",), (0.25, 0.75), 9)
    fast, public = paths(pybamm.Experiment(STRINGS, period="2 minutes"), model, outputs)
    agree(fast, public)
    for mine, plain in zip(fast.cycles, public.cycles, strict=True):
        np.testing.assert_allclose(
            mine.losses["discharge"], plain.losses["discharge"], atol=1e-4
        )
        for curve, other in zip(mine.curves, plain.curves, strict=True):
            np.testing.assert_allclose(curve, other, atol=2e-3)
        # not the voltage at rest
        assert plain.curves[1][-1] == pytest.approx(2.5, abs=1e-4)


def test_the_numbers_are_those_that_a_user_reads_from_pybamm(paths, values):
    experiment = pybamm.Experiment(STRINGS)
    fast, _ = paths(experiment)
    solution = pybamm.Simulation(
        pybamm.Model("SolidStateSPM"),
        parameter_values=values,
        experiment=experiment,
        solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-10),
    ).solve(calc_esoh=False)
    for mine, cycle in zip(fast.cycles, solution.cycles, strict=True):
        passed = [np.ptp(s["Discharge capacity [A.h]"].entries) for s in cycle.steps]
        assert mine.charge[0] == pytest.approx(sum(passed[:-1]), rel=1e-5)
        assert mine.discharge[0] == pytest.approx(passed[-1], rel=1e-5)


STEP = pybamm.step
CORNERS_HERE = CORNERS | {
    "a hold that ends by no voltage": [
        (UP, STEP.voltage(4.2, duration=600, termination="3 V"), DOWN)
    ],
    "a rest that ends by a voltage": [
        (UP, STEP.rest(duration=9e3, termination=STEP.VoltageTermination(4.19, "<")))
    ],
}


@pytest.mark.parametrize("corner", CORNERS_HERE)
def test_corners_agree(paths, corner):
    outputs = Outputs(("discharge_capacity",), (0.5,), 5)
    fast, public = paths(pybamm.Experiment(CORNERS_HERE[corner]), outputs=outputs)
    if "all end at once" in corner or "may not" in corner:
        # PyBaMM raises then, and forgets what it has solved
        assert fast.failure == "cycle 2: every step met its cut-off at once"
        assert "infeasible" in public.failure
        return
    agree(fast, public)
    assert bool(fast.failure) == ("meets nothing" in corner or "without" in corner)
    assert not fast.failure or fast.failure.endswith("met no cut-off in 24 h")
    for mine, plain in zip(fast.cycles, public.cycles, strict=True):
        np.testing.assert_allclose(
            mine.losses["discharge"], plain.losses["discharge"], atol=1e-3
        )
        for curve, other in zip(mine.curves, plain.curves, strict=True):
            np.testing.assert_allclose(curve, other, atol=2e-3)
