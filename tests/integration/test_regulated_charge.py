"""A regulated charge is constant current, then constant voltage, held for a time."""

import numpy as np
import pybamm
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aslb.experiments import cccv
from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.engine.steps import compiled
from aslb.experiments.regulated_charge import RegulatedCharge
from aslb.models.submodels.charge_clock import CLOCK

THIN, THICK = "Cao2021_thin_halide", "Cao2021_thick_halide"
SPM, DFN = "SolidStateSPM", "SolidStateDFN"
LIMIT, HOLD = 4.2, 0.5
PASSED = "Discharge capacity [A.h]"
DISCHARGE = "Discharge at C/2 until 2.5 V"
THICKNESS = "Separator thickness [m]"


def simulation(cell, model, *cycles, **options):
    return pybamm.Simulation(
        pybamm.Model(model),
        parameter_values=pybamm.ParameterValues(cell),
        experiment=pybamm.Experiment([*cycles]),
        solver=pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-9),
        **options,
    )


def solved(cell, model, *cycles, **inputs):
    return simulation(cell, model, *cycles).solve(inputs=inputs, calc_esoh=False)


def charged(step):
    return np.ptp(step[PASSED].entries)


@pytest.mark.parametrize("model", [SPM, DFN])
def test_it_is_constant_current_and_then_constant_voltage(model):
    """On a cell that reaches its limit once, to what the rounded corner takes."""
    by_hand = (
        pybamm.step.c_rate(-0.2, termination=f"{LIMIT} V"),
        pybamm.step.voltage(LIMIT, duration=3600 * HOLD),
    )
    expected = solved(THIN, model, by_hand)
    mine = solved(THIN, model, RegulatedCharge(LIMIT, 0.2, HOLD))
    # slow charge transfer lets the voltage creep into the rounded corner
    assert charged(mine) == pytest.approx(charged(expected), rel=1e-4)
    assert mine.t[-1] == pytest.approx(expected.t[-1], abs=10)


# each is at its limit for some time before its voltage falls, and again at the end
AT_FIRST = [(THIN, SPM, 2.0), (THICK, SPM, 1.0), (THICK, DFN, 1.0)]


@pytest.mark.parametrize("case", [*AT_FIRST, (THICK, DFN, 2.0), (THIN, SPM, 0.2)])
def test_it_keeps_to_its_limits_and_holds_for_its_time(case):
    cell, model, rate = case
    solution = solved(cell, model, RegulatedCharge(LIMIT, rate, HOLD))
    t, voltage = solution.t, solution["Voltage [V]"].entries
    current = -solution["C-rate"].entries
    assert current.max() < rate * (1 + 1e-4)
    assert voltage.max() < LIMIT + 1e-3
    assert solution[CLOCK].entries[-1] == pytest.approx(HOLD, rel=1e-4)
    free = current > rate * (1 - 1e-3)
    held = t[-1] - np.trapezoid(free.astype(float), t)
    # where the current nears its limit slowly, a thousandth of it is some seconds
    assert held == pytest.approx(3600 * HOLD, abs=30)
    if case in AT_FIRST:  # it is held, then not, then held
        first, last = t[np.flatnonzero(np.diff(free))]
        assert first > 20
        assert t[-1] - last < 3600 * HOLD - 0.7 * first


def test_each_charge_is_one_of_its_own():
    """Other rates, holds and voltages in one experiment, one right after the other."""
    steps = (
        RegulatedCharge(4.0, 1.0, 0.3),
        RegulatedCharge(4.2, 1.0, 0.3),
        DISCHARGE,
        RegulatedCharge(4.2, 0.5, 0.3),
        DISCHARGE,
        RegulatedCharge(4.2, 0.5, 0.6),
    )
    cycle = solved(THICK, SPM, steps).cycles[0]
    assert len(cycle.steps) == len(steps)
    for step, limits in zip(cycle.steps, steps, strict=True):
        if limits is DISCHARGE:
            continue
        assert step["Voltage [V]"].entries[-1] == pytest.approx(limits.value, abs=1e-4)
        assert step[CLOCK].entries[0] == pytest.approx(0, abs=1e-9)
        assert step[CLOCK].entries[-1] == pytest.approx(limits.hold, rel=1e-4)
        rate = -step["C-rate"].entries.min()
        assert rate < limits.c_rate * (1 + 1e-4)
    fastest = [-cycle.steps[k]["C-rate"].entries.min() for k in (1, 3, 5)]
    assert fastest[0] > 0.6
    assert fastest[1:] == pytest.approx([0.5, 0.5], rel=1e-4)


def test_its_rate_may_be_an_input():
    end = pybamm.step.VoltageTermination(2.5, "<")
    rate = pybamm.InputParameter("rate")
    down = pybamm.step.c_rate(0.5, termination=end)
    varied = simulation(THICK, SPM, (RegulatedCharge(LIMIT, rate, HOLD), down))
    for value in (0.5, 1.0):
        mine = varied.solve(inputs={"rate": value}, calc_esoh=False).cycles[0]
        fixed = solved(THICK, SPM, (RegulatedCharge(LIMIT, value, HOLD), down))
        for step, plain in zip(mine.steps, fixed.cycles[0].steps, strict=True):
            assert charged(step) == pytest.approx(charged(plain), rel=1e-5)


@pytest.fixture(scope="module")
def solvers():
    values = pybamm.ParameterValues(THICK)
    return {
        model: (values, CycleSolver(values, model, {THICKNESS: 5e-5}, rtol=rtol), rtol)
        for model, rtol in ((SPM, 1e-8), (DFN, 1e-7))
    }


def both(solvers, model, layer, experiment):
    values, solver, rtol = solvers[model]
    cell = values.copy()
    cell[THICKNESS] = layer
    outputs = Outputs(("charge_capacity",))
    capacity = values["Nominal cell capacity [A.h]"]
    steps = compiled(experiment)
    fast = solver.solve({THICKNESS: layer}, steps, outputs, capacity=capacity)
    plain = simulate_cycles(cell, model, experiment, outputs, rtol=rtol)
    assert (fast.failure, plain.failure) == ("", "")
    for mine, other in zip(fast.cycles, plain.cycles, strict=True):
        assert mine.charge == pytest.approx(other.charge, rel=1e-5)
        assert mine.discharge == pytest.approx(other.discharge, rel=1e-5)
        assert mine.remark == other.remark
    return fast.cycles


@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    layer=st.floats(20e-6, 300e-6),
    rate=st.sampled_from([0.1, 0.5, 1.0, 2.0]),
    hold=st.floats(0.02, 2),
    upper=st.sampled_from([3.9, 4.2]),
)
def test_both_ways_of_solving_agree(solvers, layer, rate, hold, upper):
    experiment = cccv(rate, hold=hold, upper_cutoff=upper)
    both(solvers, SPM, layer, experiment)


@pytest.mark.parametrize(
    ("rate", "remark"),
    [(1.0, ""), (2.0, "charge was at its cut-off from the start: hold only")],
)
def test_both_remark_that_it_was_a_hold_only(solvers, rate, remark):
    experiment = pybamm.Experiment([(RegulatedCharge(LIMIT, rate, 0.2), DISCHARGE)])
    (cycle,) = both(solvers, DFN, 5e-5, experiment)
    assert cycle.remark == remark


def test_a_model_without_the_clock_is_told_so():
    with pytest.raises(pybamm.ModelError, match="RegulatedCharge needs the state 'Tim"):
        pybamm.Simulation(
            pybamm.lithium_ion.SPM(),
            experiment=pybamm.Experiment([RegulatedCharge(LIMIT, 1.0, HOLD)]),
        ).solve()


def test_a_model_of_all_steps_is_refused():
    """In it no step has equations of its own, and a hold would never end."""
    charge = RegulatedCharge(LIMIT, 1.0, HOLD)
    with pytest.raises(pybamm.ModelError, match="'unified'; accepted: 'legacy'"):
        simulation(THIN, SPM, charge, experiment_model_mode="unified").solve()
