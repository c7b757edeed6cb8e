"""The losses explain the voltage, whole, at every time of any step."""

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM
from aslb.models.submodels.voltage_losses import LOSSES

CELLS = ("Cao2021_thick_sulfide", "Cao2021_thick_halide", "Cao2021_thin_halide")
PROTOCOL = (
    "Charge at C/20 until 4.2 V",
    "Hold at 4.2 V for 1 hour",
    "Rest for 10 minutes",
    "Discharge at C/5 until 2.5 V",
    "Rest for 10 minutes",
)


def solve(model, cell, tolerance=None):
    solver = tolerance and pybamm.IDAKLUSolver(rtol=tolerance, atol=tolerance)
    solution = pybamm.Simulation(
        model(),
        parameter_values=pybamm.ParameterValues(cell),
        experiment=pybamm.Experiment([PROTOCOL]),
        solver=solver or None,
    ).solve()
    assert len(solution.cycles[0].steps) == len(PROTOCOL)
    return solution


def gap(solution):
    """The largest voltage that the losses leave unexplained [V]."""
    explained = solution["Open-circuit voltage [V]"].entries - sum(
        solution[f"{component} loss [V]"].entries for component in LOSSES
    )
    return np.abs(solution["Voltage [V]"].entries - explained).max()


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("tolerance", [1e-5, 1e-7, 1e-9])
def test_losses_sum_to_the_voltage_of_the_dfn_to_solver_tolerance(cell, tolerance):
    """The interfacial current is an unknown of the solver, so its error is its own.

    The solver bounds the root mean square over its unknowns, so that a single one of N
    may be off by √N tolerances.
    """
    solution = solve(SolidStateDFN, cell, tolerance)
    unknowns = len(solution.cycles[0].steps[0].y)
    assert gap(solution) < np.sqrt(unknowns) * tolerance


@pytest.mark.parametrize("cell", CELLS)
def test_losses_sum_to_the_voltage_of_the_dfn_by_default(cell):
    """The default relative tolerance of 1e-4, of potentials up to 4.8 V."""
    assert gap(solve(SolidStateDFN, cell)) < 4.8e-4


@pytest.mark.parametrize("cell", CELLS)
def test_losses_sum_to_the_voltage_of_the_spm_to_rounding(cell):
    """Closed forms all: nothing is left to the solver."""
    assert gap(solve(SolidStateSPM, cell)) < 1e-13


@pytest.mark.parametrize("model", [SolidStateDFN, SolidStateSPM])
def test_sum_of_losses_is_the_sum_of_the_losses(model):
    solution = solve(model, "Cao2021_thin_halide")
    np.testing.assert_allclose(
        solution["Sum of losses [V]"].entries,
        sum(solution[f"{component} loss [V]"].entries for component in LOSSES),
        rtol=0,
        atol=1e-13,
    )


@pytest.mark.parametrize("model", [SolidStateDFN, SolidStateSPM])
def test_every_loss_vanishes_in_a_long_rest(model):
    """In series with the foil at once, inside the cathode as lithium evens out."""
    solution = pybamm.Simulation(
        model(),
        parameter_values=pybamm.ParameterValues("Cao2021_thick_sulfide"),
        experiment=pybamm.Experiment(
            [("Charge at C/10 until 3.85 V", "Rest for 20 hours")]
        ),
    ).solve()
    charge, rest = solution.cycles[0].steps
    for component in ("Anode kinetic", "Anode interface", "Separator"):
        assert charge[f"{component} loss [V]"].entries[-1] < -1e-4
        assert np.abs(rest[f"{component} loss [V]"].entries).max() < 1e-12
    for component in LOSSES:
        assert abs(rest[f"{component} loss [V]"].entries[-1]) < 1e-6, component


@pytest.mark.parametrize("soc", [0.1, 0.7])
@pytest.mark.parametrize("sign", [-1, 1])
def test_every_loss_costs_voltage(soc, sign):
    """Positive on discharge and negative on charge, starting from equilibrium.

    Only the single-particle model can promise this: with the depths of the cathode at
    different lithiations, the mean of a potential is not the potential of the mean.
    """
    values = pybamm.ParameterValues("Cao2021_thick_sulfide")
    values.update(
        {
            "Separator-catholyte junction resistance [Ohm.m2]": 1e-3,
            "Current function [A]": sign * values["Nominal cell capacity [A.h]"] / 20,
        }
    )
    solution = pybamm.Simulation(SolidStateSPM(), parameter_values=values).solve(
        [0, 600], initial_soc=soc
    )
    assert solution.termination == "final time"
    for component in LOSSES:
        loss = solution[f"{component} loss [V]"].entries[1:]
        assert (sign * loss > 0).all(), component
