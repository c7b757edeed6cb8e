"""The fast path underneath PyBaMM's simulation gives what its public path gives."""

import shutil

import numpy as np
import pybamm
import pytest

from aslb.experiments.cycle import CycleFailure, CyclePlan
from aslb.experiments.cycle_simulation import simulate_cycle
from aslb.experiments.cycle_solver import CycleSolver
from aslb.experiments.study_outputs import Outputs

NAME = "Separator thickness [m]"
OUTPUTS = Outputs(("discharge_capacity",), (0.25, 0.5), 9)
RTOL = 1e-6
PLAN = CyclePlan(2.5, 4.2, 1.0, OUTPUTS, RTOL)
MODELS = ("SolidStateDFN", "SolidStateSPM")


@pytest.fixture(scope="module")
def values():
    return pybamm.ParameterValues("Cao2021_thin_halide")


@pytest.fixture(scope="module")
def solvers(values):
    return {
        model: CycleSolver(values, model, {NAME: 5e-5}, rtol=RTOL) for model in MODELS
    }


def both(solvers, values, model, thickness, c_rate, plan=PLAN):
    fast = solvers[model].solve(
        {NAME: thickness},
        plan,
        current=c_rate * values["Nominal cell capacity [A.h]"],
        c_rate=c_rate,
    )
    cell = values.copy()
    cell[NAME] = thickness
    return fast, simulate_cycle(cell, model, plan, c_rate)


def agree(fast, public, rel=1e-5):
    for half, plain in (
        (fast.charge, public.charge),
        (fast.discharge, public.discharge),
    ):
        assert half[0] == pytest.approx(plain[0], rel=rel)
        assert half[1] == pytest.approx(plain[1], rel=10 * rel)
    np.testing.assert_allclose(fast.losses, public.losses, atol=10 * rel)
    for curve, plain in zip(fast.curves, public.curves, strict=True):
        np.testing.assert_allclose(curve, plain, atol=100 * rel)
    assert fast.remark == public.remark


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("thickness", "c_rate"), [(30e-6, 1.0), (500e-6, 0.1)])
def test_both_paths_agree(solvers, values, model, thickness, c_rate):
    agree(*both(solvers, values, model, thickness, c_rate))


def test_a_charge_that_is_a_hold_only_agrees(solvers, values):
    fast, public = both(solvers, values, "SolidStateSPM", 5e-3, 2.0)
    assert "charge met its cut-off at once" in fast.remark
    agree(fast, public)


def test_nothing_but_numbers_can_be_asked_for(solvers, values):
    plan = CyclePlan(2.5, 4.2, 1.0, Outputs(("discharge_capacity",)), RTOL)
    agree(*both(solvers, values, "SolidStateSPM", 5e-5, 1.0, plan))
    plan = CyclePlan(2.5, 4.2, 1.0, Outputs(("discharge_capacity",), (), 2), RTOL)
    agree(*both(solvers, values, "SolidStateSPM", 5e-5, 1.0, plan))


def test_a_stop_that_is_no_cutoff_fails_on_both_paths(solvers, values):
    plan = CyclePlan(1.0, 2.0, 1.0, OUTPUTS)  # below the safety event of the cell
    with pytest.raises(CycleFailure, match=r"discharge stopped by 'Minimum voltage"):
        solvers["SolidStateSPM"].solve(
            {NAME: 5e-5},
            plan,
            current=0.1 * values["Nominal cell capacity [A.h]"],
            c_rate=0.1,
        )
    with pytest.raises(CycleFailure, match="discharge ended by 'event: Minimum volt"):
        simulate_cycle(values, "SolidStateSPM", plan, 0.1)


def test_tighter_tolerances_change_little(solvers, values):
    loose = CycleSolver(values, "SolidStateSPM", {NAME: 5e-5})
    current = values["Nominal cell capacity [A.h]"]
    usual, finer = (
        solver.solve({NAME: 5e-5}, PLAN, current=current, c_rate=1.0)
        for solver in (loose, solvers["SolidStateSPM"])
    )
    agree(usual, finer, rel=2e-4)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_compiled_functions_agree(solvers, values, tmp_path, monkeypatch):
    monkeypatch.setenv("PYBAMM_CASADI_AOT_CACHE", str(tmp_path))
    compiled = CycleSolver(values, "SolidStateSPM", {NAME: 5e-5}, compiled=True)
    assert list(tmp_path.glob("*.so"))
    current = values["Nominal cell capacity [A.h]"]
    plain, fast = (
        solver.solve({NAME: 5e-5}, PLAN, current=current, c_rate=1.0)
        for solver in (solvers["SolidStateSPM"], compiled)
    )
    assert fast.discharge == pytest.approx(plain.discharge, rel=1e-4)
