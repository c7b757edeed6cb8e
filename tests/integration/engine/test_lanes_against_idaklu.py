"""Points in lanes pass what PyBaMM's solver passes, and fail for the same reasons."""

import re

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

from aslb.experiments.engine.build import adjustable
from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.lanes import LaneSolver, Point
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.steps import by_cycle, compiled
from aslb.experiments.ensemble.compiler import find_compiler
from aslb.experiments.protocols import rate_test
from aslb.parameters.composition.cell import Cell

pytestmark = pytest.mark.skipif(find_compiler() is None, reason="needs a compiler")

THICKNESS = "Separator thickness [m]"
WHOLE = Outputs(("discharge_capacity",), (0.25, 0.75), 9, charge_depths=(0.5,))
NOTHING = Outputs(("discharge_capacity",))
CLOSE = {1e-4: 1e-3, 1e-7: 1e-5}
"""Largest difference at a tolerance, of the capacity of the cell."""

STEP = pybamm.step


@pytest.fixture(scope="module")
def reference(values):
    return CycleSolver(values, "SolidStateSPM", {THICKNESS: 5e-5}, rtol=1e-8)


@pytest.fixture(scope="module")
def lanes(values):
    return LaneSolver(values, "SolidStateSPM")


@pytest.fixture(scope="module")
def both(lanes, reference, values):
    """Both ways through an experiment."""
    capacity = values["Nominal cell capacity [A.h]"]
    _, numbers = adjustable(values, "SolidStateSPM")

    def solve(experiment, rtol, outputs=NOTHING, thickness=5e-5):
        inputs, steps = {THICKNESS: thickness}, compiled(experiment)
        point = Point(numbers | inputs, steps)
        (mine,) = lanes.solve([point], outputs, rtol=rtol)
        return mine, reference.solve(inputs, steps, outputs, capacity=capacity)

    return solve


def kind(failure):
    """A reason without its numbers."""
    return re.sub(r"[0-9.e+-]+ (h|s)\b", r"\1", failure)


AT_ONCE = "every step met its cut-off at once"


def agree(mine, other, close):
    if (mine.failure == AT_ONCE) != (other.failure == AT_ONCE):
        # tolerances decide whether a step begins at its cut-off: then nothing passes
        (cycle,) = (mine.cycles or other.cycles)[-1:]
        assert max(cycle.charge[0], cycle.discharge[0]) < close * CAPACITY
        return
    assert kind(mine.failure) == kind(other.failure)
    assert len(mine.cycles) == len(other.cycles)
    for cycle, plain in zip(mine.cycles, other.cycles, strict=True):
        for half, same in (
            (cycle.charge, plain.charge),
            (cycle.discharge, plain.discharge),
        ):
            assert half[0] == pytest.approx(same[0], abs=close * CAPACITY)
            assert half[1] == pytest.approx(same[1], abs=4 * close * CAPACITY)
        assert cycle.remark == plain.remark


def read_alike(mine, other, volts):
    for cycle, plain in zip(mine.cycles, other.cycles, strict=True):
        assert cycle.losses.keys() == plain.losses.keys()
        for half, losses in cycle.losses.items():
            np.testing.assert_allclose(losses, plain.losses[half], rtol=0, atol=volts)
        for curve, same in zip(cycle.curves, plain.curves, strict=True):
            np.testing.assert_allclose(curve, same, rtol=0, atol=volts)


@pytest.mark.parametrize("rtol", CLOSE)
@tried(50)
@given(experiment=EXPERIMENTS)
def test_random_experiments_agree(both, rtol, experiment):
    mine, other = both(experiment, rtol)
    # starts that only lanes find: a power has another one, at hardly any voltage
    assume("IDA_" not in other.failure)
    assume("charge stopped by 'Minimum" not in other.failure)
    assume(not _passes_no_power(experiment, other))
    # nor is there any where a cell cannot give a power; studies then turn to IDAKLU
    assume("no consistent start" not in mine.failure)
    # the worst of 1500: what follows a hold of some minutes carries its error on
    agree(mine, other, 2 * CLOSE[rtol])


def _passes_no_power(experiment, run):
    """Whether a power ended as it began in a half-cycle that passed nothing else."""
    return any(
        isinstance(step, STEP.Power) and not passed
        for cycle, steps in zip(
            run.cycles, by_cycle(experiment, experiment.steps), strict=False
        )
        for step in steps
        for passed in [(cycle.discharge if step.value > 0 else cycle.charge)[0]]
    )


CORNERS_HERE = CORNERS | {
    "a power": [(UP, STEP.power(0.01, termination="2.5 V"))],
    "a stop that is no cut-off": [(UP, "Discharge at C/5 until 0.1 V")],
    "that as it begins": [(UP, "Charge at 50C until 9 V")],
}


@pytest.mark.parametrize("rtol", CLOSE)
@pytest.mark.parametrize("corner", CORNERS_HERE)
def test_corners_agree(both, corner, rtol):
    mine, other = both(pybamm.Experiment(CORNERS_HERE[corner]), rtol, WHOLE)
    agree(mine, other, CLOSE[rtol])
    read_alike(mine, other, 20 * CLOSE[rtol])
    fails = ("meets nothing", "without", "all end", "may not", "no cut-off", "that as")
    assert bool(mine.failure) == any(words in corner for words in fails)


@pytest.mark.parametrize("rtol", CLOSE)
@pytest.mark.parametrize("thickness", [3e-5, 1e-3])
def test_rate_tests_agree_with_all_that_is_kept(both, thickness, rtol):
    experiment = rate_test([(0.2, 1), (1.0, 3), (3.0, 2), (0.2, 3)])
    mine, other = both(experiment, rtol, WHOLE, thickness)
    assert not mine.failure
    agree(mine, other, CLOSE[rtol])
    read_alike(mine, other, 10 * CLOSE[rtol])
    # a cycle that repeats another is found by either, within a tolerance of its own
    assert mine.solved < len(mine.cycles)


def test_the_dfn_agrees(values, solvers):
    capacity = values["Nominal cell capacity [A.h]"]
    steps = compiled(pybamm.Experiment([(UP, STEP.rest(duration=600), DOWN)]))
    inputs = [{THICKNESS: float(thickness)} for thickness in (3e-5, 1e-4, 5e-4)]
    solver = LaneSolver(values, "SolidStateDFN")
    _, numbers = adjustable(values, "SolidStateDFN")
    points = [Point(numbers | own, steps) for own in inputs]
    for own, mine in zip(inputs, solver.solve(points, WHOLE), strict=True):
        other = solvers["SolidStateDFN"].solve(own, steps, WHOLE, capacity=capacity)
        agree(mine, other, CLOSE[1e-4])
        read_alike(mine, other, 5e-3)


@pytest.mark.parametrize("rtol", [1e-3, 3e-4])
def test_no_step_goes_past_what_its_estimate_does_not_see(lanes, rtol):
    # one step from fast diffusion to slow once ended 20 % later than it should
    cell = Cell("Cao2021_thin_halide")
    _, numbers = adjustable(cell.parameter_values(), "SolidStateSPM")
    resistances = np.linspace(2e-4, 2e-3, 40)
    steps = compiled(
        rate_test([(0.1, 1), (0.5, 2)], upper_cutoff=3.85, lower_cutoff=2.5)
    )
    points = [
        Point(numbers | {"Negative electrode interface resistance [Ohm.m2]": r}, steps)
        for r in resistances
    ]
    loose, tight = (
        np.array(
            [
                [cycle.discharge[0] for cycle in run.cycles]
                for run in lanes.solve(points, NOTHING, rtol=tolerance)
            ]
        )
        for tolerance in (rtol, 1e-7)
    )
    np.testing.assert_allclose(loose, tight, rtol=0.01)
