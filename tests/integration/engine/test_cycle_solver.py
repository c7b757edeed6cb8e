"""The fast path underneath PyBaMM's simulation gives what its public path gives."""

import numpy as np
import pybamm
import pytest

from aslb.experiments.engine.cycle import CycleFailure
from aslb.experiments.engine.cycle_memory import CycleMemory
from aslb.experiments.engine.integrator import CycleSolver
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.engine.steps import compiled
from aslb.experiments.protocols import cccv, rate_test

NAME = "Separator thickness [m]"
OUTPUTS = Outputs(
    ("discharge_capacity",), (0.25, 0.5), 9, charge_depths=(0.3, 0.6, 1.0)
)
RTOL = 1e-6
MODELS = ("SolidStateDFN", "SolidStateSPM")


def experiment(c_rates, **protocol):
    return rate_test([(c_rate, 1) for c_rate in c_rates], **protocol)


def solve(solver, values, thickness, protocol, outputs=OUTPUTS):
    capacity = values["Nominal cell capacity [A.h]"]
    steps = compiled(protocol)
    return solver.solve({NAME: thickness}, steps, outputs, capacity=capacity)


def both(solvers, values, model, thickness, c_rate, outputs=OUTPUTS):
    (fast,), (public,) = (
        run.cycles
        for run in runs(
            solvers, values, model, thickness, experiment([c_rate]), outputs
        )
    )
    return fast, public


def runs(solvers, values, model, thickness, protocol, outputs=OUTPUTS):
    fast = solve(solvers[model], values, thickness, protocol, outputs)
    cell = values.copy()
    cell[NAME] = thickness
    return fast, simulate_cycles(cell, model, protocol, outputs, rtol=RTOL)


def agree(fast, public, rel=1e-5):
    for half, plain in (
        (fast.charge, public.charge),
        (fast.discharge, public.discharge),
    ):
        assert half[0] == pytest.approx(plain[0], rel=rel)
        assert half[1] == pytest.approx(plain[1], rel=10 * rel)
    assert fast.losses.keys() == public.losses.keys()
    for half, losses in fast.losses.items():
        np.testing.assert_allclose(losses, public.losses[half], atol=10 * rel)
    for curve, plain in zip(fast.curves, public.curves, strict=True):
        np.testing.assert_allclose(curve, plain, atol=100 * rel)
    assert fast.remark == public.remark


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("thickness", "c_rate"), [(30e-6, 1.0), (500e-6, 0.1)])
def test_both_paths_agree(solvers, values, model, thickness, c_rate):
    agree(*both(solvers, values, model, thickness, c_rate))


def test_a_charge_that_is_a_hold_only_agrees(solvers, values):
    fast, public = both(solvers, values, "SolidStateSPM", 5e-3, 2.0)
    assert "charge was at its cut-off from the start: hold only" in fast.remark
    agree(fast, public)


def test_nothing_but_numbers_can_be_asked_for(solvers, values):
    for outputs in (
        Outputs(("discharge_capacity",)),
        Outputs(("discharge_capacity",), (), 2),
        Outputs(("discharge_capacity",), charge_depths=(0.5,)),
    ):
        agree(*both(solvers, values, "SolidStateSPM", 5e-5, 1.0, outputs))


def test_a_stop_that_is_no_cutoff_fails_on_both_paths(solvers, values):
    # below the safety event of the cell
    protocol = experiment([0.1], lower_cutoff=1.0, upper_cutoff=2.0)
    fast, public = runs(solvers, values, "SolidStateSPM", 5e-5, protocol)
    assert fast.cycles == public.cycles == ()
    assert fast.failure.startswith("discharge stopped by 'Minimum voltage")
    assert public.failure.startswith("discharge ended by 'event: Minimum volt")


@pytest.mark.parametrize("model", MODELS)
def test_cycles_in_a_row_agree_whether_solved_or_repeated(solvers, values, model):
    c_rates = [0.2, 1.0, 1.0, 1.0, 0.2, 0.2, 0.2, 0.2, 0.2]
    fast, public = runs(solvers, values, model, 200e-6, experiment(c_rates))
    assert fast.failure == public.failure == ""
    assert public.solved == len(c_rates)
    assert 4 <= fast.solved < len(c_rates)
    # what is repeated is the very same cycle
    assert len({id(cycle) for cycle in fast.cycles}) == fast.solved
    for mine, plain in zip(fast.cycles, public.cycles, strict=True):
        agree(mine, plain)
    # the state is carried: after a fast discharge less can be charged
    assert fast.cycles[1].charge[0] > 1.01 * fast.cycles[2].charge[0]


def test_public_cycles_in_a_row_are_one_pybamm_experiment(values):
    c_rates = [0.5, 1.0, 1.0]
    protocol = experiment(c_rates)
    run = simulate_cycles(values, "SolidStateSPM", protocol, OUTPUTS, rtol=RTOL)
    solution = pybamm.Simulation(
        pybamm.Model("SolidStateSPM"),
        parameter_values=values,
        experiment=rate_test([(0.5, 1), (1.0, 2)]),
        solver=pybamm.IDAKLUSolver(rtol=RTOL, atol=1e-2 * RTOL),
    ).solve(calc_esoh=False)
    for cycle, plain in zip(run.cycles, solution.cycles, strict=True):
        charge = plain.steps[1]["Discharge capacity [A.h]"].entries
        assert cycle.discharge[0] == pytest.approx(charge[-1] - charge[0], rel=1e-6)


def test_cycles_before_the_one_that_fails_are_kept(solvers, values, monkeypatch):
    solver = solvers["SolidStateSPM"]
    solved = solver._step

    def failing(step, y, p, **options):
        if step.charge_rate == 2.0:
            raise CycleFailure(f"{step.name}: on purpose")
        return solved(step, y, p, **options)

    monkeypatch.setattr(solver, "_step", failing)
    protocol = experiment([0.2, 1.0, 2.0, 1.0], hold=0.5)
    run = solve(solver, values, 5e-5, protocol)
    assert len(run.cycles) == 2
    assert run.failure == "cycle 3: charge: on purpose"


def test_a_cycle_is_found_by_its_rate_and_start_within_tolerance():
    memory = CycleMemory(1e-4)
    start, end = np.array([0.0, 0.5]), np.array([0.0, 0.6])
    (fast,), (slow,) = (compiled(cccv(c_rate)) for c_rate in (1.0, 0.5))
    memory.keep(fast, start, "cycle", end)
    assert memory.find(fast, start * (1 + 0.9e-4)) == ("cycle", end)
    assert memory.find(fast, start * (1 + 2e-4)) is None
    assert memory.find(slow, start) is None
    assert len(memory) == 1


def test_tighter_tolerances_change_little(solvers, values):
    loose = CycleSolver(values, "SolidStateSPM", {NAME: 5e-5})
    usual, finer = (
        solve(solver, values, 5e-5, cccv(1.0)).cycles[0]
        for solver in (loose, solvers["SolidStateSPM"])
    )
    agree(usual, finer, rel=2e-4)
