"""Points of a group: by the fast path, or else by PyBaMM's simulation."""

import numpy as np
import pybamm
import pytest

from aslb.experiments import cccv
from aslb.experiments.engine.chosen import AS_IT_IS, Chosen
from aslb.experiments.engine.group import Group, PointTask
from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.one_by_one import solve_cycles, solve_points
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.public_path import simulate_cycles

STEP = pybamm.step
OUTPUTS = Outputs(("charge_capacity", "discharge_capacity"), (0.5,), 5)
NAME = "Separator thickness [m]"
TIMES = np.linspace(0, 600, 61)
UNCOMPILED = {
    "drive cycle": STEP.current(np.column_stack([TIMES, -1e-3 * (1 + TIMES / 600)])),
    "temperature": STEP.c_rate(-0.5, duration=600, temperature=310),
    "two cut-offs": STEP.c_rate(-0.05, termination=["4.0 V", "4.1 V"]),
    "custom step": STEP.CustomStepExplicit(lambda variables: -1e-3, duration=600),
}


def packed(values, experiment):
    group = Group(values, "SolidStateSPM", (NAME,), experiment, OUTPUTS, rtol=1e-6)
    return group.pack()


@pytest.mark.parametrize("what", UNCOMPILED)
def test_what_is_not_compiled_is_simulated(what, values):
    experiment = pybamm.Experiment(
        [(UNCOMPILED[what], "Discharge at C/2 until 2.5 V")] * 2
    )
    run = solve_cycles(packed(values, experiment), {NAME: 1e-4})
    cell = values.copy()
    cell[NAME] = 1e-4
    plain = simulate_cycles(cell, "SolidStateSPM", experiment, OUTPUTS, rtol=1e-6)
    assert (run.failure, run.attempts, len(run.cycles)) == ("", 1, 2)
    solution = pybamm.Simulation(
        pybamm.Model("SolidStateSPM"),
        parameter_values=cell,
        experiment=experiment,
        solver=pybamm.IDAKLUSolver(rtol=1e-6, atol=1e-8),
    ).solve(calc_esoh=False)
    for mine, same, cycle in zip(
        run.cycles, plain.cycles, solution.cycles, strict=True
    ):
        assert mine.charge == same.charge
        assert mine.discharge == same.discharge
        passed = [np.ptp(s["Discharge capacity [A.h]"].entries) for s in cycle.steps]
        assert [mine.charge[0], mine.discharge[0]] == pytest.approx(passed, rel=1e-6)


def test_a_rate_that_varies_and_is_no_constant_is_simulated(values):
    rate = pybamm.InputParameter("c_rate") * (1 + pybamm.t / 3600)
    experiment = pybamm.Experiment([(STEP.c_rate(-rate, duration=600),)])
    run = solve_cycles(packed(values, experiment), {NAME: 1e-4}, Chosen(0.5))
    assert run.failure == ""
    ramp = 0.5 * (600 + 600**2 / 2 / 3600) / 3600
    capacity = values["Nominal cell capacity [A.h]"]
    assert run.cycles[0].charge[0] == pytest.approx(ramp * capacity, rel=1e-4)


def test_an_experiment_that_comes_to_its_own_end_says_so(values):
    cycle = ("Charge at C/5 until 4.2 V", "Discharge at C/5 until 2.5 V")
    experiment = pybamm.Experiment([cycle] * 3, termination="2.6 V")
    run = solve_cycles(packed(values, experiment), {NAME: 1e-4})
    assert len(run.cycles) == 1
    assert run.failure == (
        "cycle 2: the experiment came to the end that it has as a whole"
    )


def test_a_varied_rate_has_the_bits_of_a_fixed_one(values):
    varied, fixed = packed(values, cccv(cycles=2)), packed(values, cccv(0.5, cycles=2))
    inputs = {NAME: 1e-4}
    (one,) = solve_points(varied, [PointTask(1, inputs, Chosen(0.5))])
    (other,) = solve_points(fixed, [PointTask(1, inputs)])
    assert one.values == other.values
    for mine, plain in zip(one.curves, other.curves, strict=True):
        np.testing.assert_array_equal(mine, plain)
    cell = values.copy()
    cell[NAME] = 1e-4
    public = [
        simulate_cycles(cell, "SolidStateSPM", e, OUTPUTS, chosen=chosen, rtol=1e-6)
        for e, chosen in ((cccv(), Chosen(0.5)), (cccv(0.5), AS_IT_IS))
    ]
    assert public[0].cycles[0].charge == public[1].cycles[0].charge


def test_a_hold_ends_at_its_current(solvers, values):
    from aslb.experiments.engine.steps import compiled

    capacity = values["Nominal cell capacity [A.h]"]
    charged = []
    for end in ("C/10", f"{capacity / 10} A", "C/100"):
        hold = STEP.voltage(4.2, termination=end)
        cycle = ("Charge at C/2 until 4.2 V", hold, "Discharge at C/2 until 2.5 V")
        run = solvers["SolidStateSPM"].solve(
            {NAME: 5e-5},
            compiled(pybamm.Experiment([cycle])),
            OUTPUTS,
            capacity=capacity,
        )
        charged.append(run.cycles[0].charge[0])
    assert charged[0] == pytest.approx(charged[1], rel=1e-9)
    assert charged[2] > 1.001 * charged[0]


def test_a_cycle_is_repeated_only_where_its_steps_are_the_same(values):
    up, down = "Charge at C/2 until 4.2 V", "Discharge at C/2 until 2.5 V"
    others = [(up, down)] * 3 + [(up, "Rest for 1 second", down)] + [(up, down)] * 2
    run = solve_cycles(packed(values, pybamm.Experiment(others)), {NAME: 5e-5})
    cycles = [id(cycle) for cycle in run.cycles]
    assert run.failure == ""
    assert cycles[3] not in cycles[:3] + cycles[4:]
    assert run.solved == len(set(cycles)) < len(cycles)


def test_what_fails_is_tried_in_every_way(values):
    def failing(*args, **kwargs):
        raise ValueError("on\npurpose")

    solve, CycleSolver.solve = CycleSolver.solve, failing
    try:
        run = solve_cycles(packed(values, cccv(0.5)), {NAME: 5e-5})
    finally:
        CycleSolver.solve = solve
    assert (run.failure, run.attempts, len(run.cycles)) == ("", 3, 1)
