"""Models with relaxing interfaces in the time domain."""

import numpy as np
import pybamm
import pytest

from aslb import Cell, InputError, cccv, impedance
from aslb.models.registry import model_for
from aslb.models.submodels.two_size_interface import DIFFERENCE
from aslb.models.submodels.voltage_losses import LOSSES

RELAXING = {"interface relaxation": "true"}
MODELS = ["SolidStateDFN", "SolidStateSPM"]
THIN, SULFIDE = "Cao2021_thin_halide", "Cao2021_thick_sulfide"
TWO = " in two sizes"
RATIO = "Positive particle size ratio"
SIZES = {RATIO: 4.0, "Positive electrode large-particle volume fraction": 0.5}


def values_of(cell, **changed):
    """Of a cell that ships; the sulfide one has an interphase."""
    values = pybamm.ParameterValues(cell.removesuffix(TWO))
    if cell.endswith(TWO):
        values.update(SIZES, check_already_exists=False)
    values.update(changed)
    return values


def solved(model, options, cell, times=(0, 1800), c_rate=0.2, soc=0.8, **changed):
    values = values_of(cell, **changed)
    values["Current function [A]"] = c_rate * values["Nominal cell capacity [A.h]"]
    simulation = pybamm.Simulation(
        model_for(model, values, options),
        parameter_values=values,
        solver=pybamm.IDAKLUSolver(rtol=1e-6, atol=1e-8),
    )
    return simulation.solve(list(times), initial_soc=soc)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("cell", [THIN, SULFIDE, SULFIDE + TWO])
def test_losses_sum_to_the_voltage_at_every_instant(model, cell):
    solution = solved(model, RELAXING, cell)
    total = sum(solution[f"{name} loss [V]"].entries for name in LOSSES)
    rest = solution["Open-circuit voltage [V]"].entries
    assert rest - total == pytest.approx(solution["Voltage [V]"].entries, abs=1e-10)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("cell", [THIN, SULFIDE, SULFIDE + TWO])
def test_relaxed_losses_are_those_without_capacitances(model, cell):
    relaxed, instant = (solved(model, options, cell) for options in (RELAXING, {}))
    for name in LOSSES:
        with_them, without = (
            one[f"{name} loss [V]"].entries[-1] for one in (relaxed, instant)
        )
        assert with_them == pytest.approx(without, abs=2e-5)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("c_rate", "soc"), [(0.2, 0.8), (-0.2, 0.1)])
def test_relaxed_sizes_share_the_current_as_those_at_once(model, c_rate, soc):
    """On charge too, of which a part oxidises catholyte."""
    relaxed, instant = (
        solved(model, options, SULFIDE + TWO, c_rate=c_rate, soc=soc)
        for options in (RELAXING, {})
    )
    for size in ("small", "large"):
        name = f"Positive {size} particle interfacial current density [A.m-2]"
        with_them, without = (one[name].entries[:, -1] for one in (relaxed, instant))
        assert with_them == pytest.approx(without, rel=2e-3)
    with_them, without = (one[DIFFERENCE].data[..., -1] for one in (relaxed, instant))
    assert with_them == pytest.approx(without, rel=2e-3)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("cell", "c_rate"), [(THIN, 3.0), (SULFIDE, 0.3)])
def test_a_discharge_of_two_sizes_is_that_without_capacitances(model, cell, c_rate):
    def capacity(options, which, **changed):
        solution = solved(
            model, options, which, (0, 4 * 3600), c_rate, soc=0.95, **changed
        )
        assert solution.termination == "event: Minimum voltage [V]"
        return solution["Discharge capacity [A.h]"].entries[-1]

    relaxed, instant = (capacity(options, cell + TWO) for options in (RELAXING, {}))
    assert relaxed == pytest.approx(instant, rel=1e-4)
    equal, one = (
        capacity(RELAXING, cell + TWO, **{RATIO: 1.0}),
        capacity(RELAXING, cell),
    )
    assert equal == pytest.approx(one, rel=1e-5)
    assert relaxed < 0.95 * one  # or the sizes would not matter


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("cell", [SULFIDE, SULFIDE + TWO])
def test_lithium_is_conserved_with_what_double_layers_hold(model, cell):
    solution = solved(model, RELAXING, cell)
    total = solution["Total lithium [mol]"].entries
    assert np.ptp(total) < 1e-11 * total[0]
    held = solution["Lithium in double layers [mol]"].entries
    assert np.ptp(held) > 1e-9 * total[0]  # or it would not be tested


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("cell", [THIN, THIN + TWO])
def test_a_resistance_of_zero_has_no_loss(model, cell):
    none = {
        "Separator-catholyte junction resistance [Ohm.m2]": 0.0,
        "Negative electrode interface resistance [Ohm.m2]": 0.0,
        "Positive electrode interphase resistance [Ohm.m2]": 0.0,
        "Separator grain-boundary resistance fraction": 0.0,
    }
    solution = solved(model, RELAXING, cell, **none)
    between = "Separator grain-boundary"
    for name in ("Junction", "Anode interface", "Interphase", between):
        assert not solution[f"{name} loss [V]"].entries.any()
    assert solution["Separator loss [V]"].entries[-1] > 0


@pytest.mark.parametrize("cell", [THIN, THIN + TWO])
def test_a_cell_is_cycled_with_them(cell):
    """By PyBaMM's default solver."""
    values = values_of(cell)
    simulation = pybamm.Simulation(
        model_for("SolidStateDFN", values, RELAXING),
        parameter_values=values,
        experiment=cccv(0.5),
    )
    (cycle,) = simulation.solve().cycles
    assert cycle["Voltage [V]"].entries[-1] == pytest.approx(2.5, abs=1e-3)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("options", [{}, RELAXING])
@pytest.mark.parametrize("cell", [THIN, SULFIDE + TWO])
def test_spectrum_of_where_a_simulation_rests(model, options, cell):
    values = values_of(cell)
    values["Catholyte oxidation capacity [A.h.m-2]"] = 0.0
    rest = pybamm.Experiment(["Rest for 1 hour"])
    solution = pybamm.Simulation(
        model_for(model, values, options),
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


@pytest.fixture(scope="module")
def rested():
    return solved("SolidStateSPM", {}, THIN, times=(0, 10), c_rate=0)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"cells": SULFIDE}, "is of another cell than 'Cao2021_thick_sulfide': Sep"),
        ({"cells": Cell(THIN).vary({"cathode.areal_mass [mg/cm2]": 30})}, "capacity"),
        ({"cells": Cell(THIN).vary({"conditions.area [cm2]": 9})}, "electrode capaci"),
        ({"cells": [THIN, SULFIDE]}, "a solution and 2 cells; accepted: its own cell"),
        ({"soc": 0.5}, "soc and a solution, which has a state of charge; accepted"),
        ({"solution": 3}, "solution: 3; accepted: a pybamm.Solution"),
    ],
)
def test_a_solution_that_says_nothing_of_the_cell_is_refused(rested, given, message):
    asked = {"cells": THIN, "solution": rested, "model": "SolidStateSPM"}
    assert impedance(frequencies=[1.0], **asked).impedance.notnull().all()
    with pytest.raises(InputError) as error:
        impedance(**{**asked, **given})
    assert message in str(error.value)
    assert "\n" not in str(error.value)
