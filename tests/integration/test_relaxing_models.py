"""Models with relaxing interfaces in the time domain."""

import numpy as np
import pybamm
import pytest

from aslb import InputError, cccv, impedance
from aslb.models.submodels.voltage_losses import LOSSES

RELAXING = {"interface relaxation": "true"}
MODELS = ["SolidStateDFN", "SolidStateSPM"]
THIN, SULFIDE = "Cao2021_thin_halide", "Cao2021_thick_sulfide"


def solved(model, options, cell, times=(0, 1800), c_rate=0.2, **changed):
    values = pybamm.ParameterValues(cell)
    values["Current function [A]"] = c_rate * values["Nominal cell capacity [A.h]"]
    values.update(changed)
    simulation = pybamm.Simulation(
        pybamm.Model(model, options=options),
        parameter_values=values,
        solver=pybamm.IDAKLUSolver(rtol=1e-6, atol=1e-8),
    )
    return simulation.solve(list(times), initial_soc=0.8)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("cell", [THIN, SULFIDE])
def test_losses_sum_to_the_voltage_at_every_instant(model, cell):
    solution = solved(model, RELAXING, cell)
    total = sum(solution[f"{name} loss [V]"].entries for name in LOSSES)
    rest = solution["Open-circuit voltage [V]"].entries
    assert rest - total == pytest.approx(solution["Voltage [V]"].entries, abs=1e-10)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("cell", [THIN, SULFIDE])
def test_relaxed_losses_are_those_without_capacitances(model, cell):
    relaxed, instant = (solved(model, options, cell) for options in (RELAXING, {}))
    for name in LOSSES:
        with_them, without = (
            one[f"{name} loss [V]"].entries[-1] for one in (relaxed, instant)
        )
        assert with_them == pytest.approx(without, abs=2e-5)


@pytest.mark.parametrize("model", MODELS)
def test_lithium_is_conserved_with_what_double_layers_hold(model):
    solution = solved(model, RELAXING, SULFIDE)
    total = solution["Total lithium [mol]"].entries
    assert np.ptp(total) < 1e-11 * total[0]
    held = solution["Lithium in double layers [mol]"].entries
    assert np.ptp(held) > 1e-9 * total[0]  # or it would not be tested


@pytest.mark.parametrize("model", MODELS)
def test_a_resistance_of_zero_has_no_loss(model):
    none = {
        "Separator-catholyte junction resistance [Ohm.m2]": 0.0,
        "Negative electrode interface resistance [Ohm.m2]": 0.0,
        "Positive electrode interphase resistance [Ohm.m2]": 0.0,
        "Separator grain-boundary resistance fraction": 0.0,
    }
    solution = solved(model, RELAXING, THIN, **none)
    between = "Separator grain-boundary"
    for name in ("Junction", "Anode interface", "Interphase", between):
        assert not solution[f"{name} loss [V]"].entries.any()
    assert solution["Separator loss [V]"].entries[-1] > 0


def test_a_cell_is_cycled_with_them():
    simulation = pybamm.Simulation(
        pybamm.Model("SolidStateDFN", options=RELAXING),
        parameter_values=pybamm.ParameterValues(THIN),
        experiment=cccv(0.5),
    )
    (cycle,) = simulation.solve().cycles
    assert cycle["Voltage [V]"].entries[-1] == pytest.approx(2.5, abs=1e-3)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("options", [{}, RELAXING])
def test_spectrum_of_where_a_simulation_rests(model, options):
    values = pybamm.ParameterValues(THIN)
    values["Catholyte oxidation capacity [A.h.m-2]"] = 0.0
    rest = pybamm.Experiment(["Rest for 1 hour"])
    solution = pybamm.Simulation(
        pybamm.Model(model, options=options),
        parameter_values=values,
        experiment=rest,
    ).solve(initial_soc=0.5)
    found = impedance(values, [1e4, 1, 1e-2], solution=solution, model=model)
    usual = impedance(values, [1e4, 1, 1e-2], model=model)
    difference = abs(found.impedance.values - usual.impedance.values).ravel()
    # meshes differ: that of the solution is the coarser one
    assert (difference < 5e-3 * abs(usual.impedance.values).ravel()).all()


def test_a_solution_that_ends_with_a_current_is_refused():
    solution = solved("SolidStateSPM", {}, THIN, times=(0, 10))
    with pytest.raises(InputError, match="the solution ends at "):
        impedance(THIN, solution=solution, model="SolidStateSPM")


def test_two_sizes_of_particles_do_not_relax():
    with pytest.raises(pybamm.OptionError, match="particles of two sizes"):
        pybamm.Model("SolidStateDFN", options={**RELAXING, "particle sizes": "two"})
