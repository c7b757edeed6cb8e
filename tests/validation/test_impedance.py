"""Impedance against the two-rail transmission line, limits, and the time domain."""

import cross_code
import numpy as np
import pybamm
import pytest
import two_rail
from inverse_laplace import talbot

from aslb import Cell, impedance, resistance
from aslb.experiments.analyses.impedance.study import OHM_CM2
from aslb.experiments.engine.linear_cell import (
    EXPONENTS,
    RELAXATION,
    LinearCell,
    at_temperature,
    formed,
)
from aslb.models.registry import model_for

FREQUENCIES = np.logspace(6, -3, 37)
OMEGA = 2 * np.pi * FREQUENCIES
THIN, SULFIDE = "Cao2021_thin_halide", "Cao2021_thick_sulfide"
SPM = "SolidStateSPM"
NMC, LITHIUM = "Schlautmann2023_M", "Asano2018_chloride"


def closed_form(cell, soc, temperature, exponents=(1.0, 1.0)):
    values = formed(at_temperature(cell, temperature))
    numbers = cross_code.plain(values)
    x = numbers.lithiation(soc)
    return two_rail.stack(values, numbers, OMEGA) + two_rail.cathode(
        values, numbers, x, OMEGA, exponents
    )


CHARGED_APART = {  # capacitances that charge as slowly as particles fill
    "Positive particle radius [m]": 4e-7,
    "Positive particle diffusivity [m2.s-1]": 1e-13,
    "Positive electrode reference exchange-current density [A.m-2]": 2.0,
    "Positive electrode double-layer capacity [F.m-2]": 30.0,
    "Positive electrode interphase capacitance [F.m-2]": 100.0,
    "Catholyte conductivity [S.m-1]": 10.0,
}


def two_sizes(resistance, exponents, ratio=4.0, **changed):
    """The thin cell with large particles, an interphase and constant-phase elements."""
    values = Cell(THIN).parameter_values()
    parts = ("Kinetic", "Interphase")
    values.update(
        {
            **dict(zip(cross_code.TWO_SIZES, (ratio, 0.6), strict=True)),
            "Positive electrode interphase resistance [Ohm.m2]": resistance,
            **{EXPONENTS[part]: a for part, a in zip(parts, exponents, strict=True)},
            **changed,
        },
        check_already_exists=False,
    )
    return values


@pytest.mark.parametrize(
    ("name", "soc", "kelvin"),
    [
        (THIN, 0.5, 298.15),
        (THIN, 0.1, 333.15),
        (SULFIDE, 0.9, 298.15),
        (NMC, 0.5, 273.15),
        (LITHIUM, 0.7, 298.15),
    ],
)
def test_spectrum_is_that_of_a_two_rail_line(name, soc, kelvin):
    """To 0.2 % from 1 mHz to 1 MHz."""
    cell = Cell(name)
    found = impedance(cell, FREQUENCIES, soc=soc, temperature=kelvin)
    exact = OHM_CM2 * closed_form(cell, soc, kelvin)
    error = abs(found.impedance.values.ravel() - exact) / abs(exact)
    assert error.max() < 2e-3


def test_constant_phase_elements_are_exact():
    cell = Cell(THIN).vary({EXPONENTS["Kinetic"]: 0.8, EXPONENTS["Interphase"]: 0.9})
    cell = cell.vary({"Positive electrode interphase resistance [Ohm.m2]": 0.05})
    found = impedance(cell, FREQUENCIES)
    exact = OHM_CM2 * closed_form(cell, 0.5, 298.15, (0.8, 0.9))
    error = abs(found.impedance.values.ravel() - exact) / abs(exact)
    assert error.max() < 2e-3


@pytest.mark.parametrize("exponents", [(1.0, 1.0), (0.8, 0.9)])
@pytest.mark.parametrize("resistance", [0.0, 0.05])
def test_two_sizes_of_particles_are_side_by_side_in_the_line(resistance, exponents):
    """Each with its own diffusion, double layer and interphase, to 0.2 %."""
    values = two_sizes(resistance, exponents)
    found = impedance(values, FREQUENCIES).impedance.values.ravel()
    exact = OHM_CM2 * closed_form(Cell.of(values), 0.5, 298.15, exponents)
    error = abs(found - exact) / abs(exact)
    assert error.max() < 2e-3


@pytest.mark.parametrize("exponents", [(1.0, 1.0), (0.7, 0.9)])
def test_two_sizes_charge_their_double_layers_apart(exponents):
    """To 0.02 %; 5 to 7 % off if both had the potentials of the mean."""
    values = two_sizes(0.1, exponents, **CHARGED_APART)
    found = impedance(values, FREQUENCIES).impedance.values.ravel()
    exact = OHM_CM2 * closed_form(Cell.of(values), 0.5, 298.15, exponents)
    error = abs(found - exact) / abs(exact)
    assert error.max() < 2e-4


@pytest.mark.parametrize("model", ["SolidStateDFN", "SolidStateSPM"])
@pytest.mark.parametrize("exponents", [(1.0, 1.0), (0.8, 0.9)])
def test_two_sizes_that_are_equal_have_the_spectrum_of_one(model, exponents):
    two = two_sizes(0.05, exponents, ratio=1.0)
    one = pybamm.ParameterValues(
        {k: v for k, v in two.items() if k not in cross_code.TWO_SIZES}
    )
    found, expected = (impedance(cell, FREQUENCIES, model=model) for cell in (two, one))
    scale = abs(expected.impedance.values).max()
    for name in ("impedance", "component_impedance", "arc"):
        difference = abs(found[name].values - expected[name].values)
        assert difference.max() < 1e-6 * scale


def test_sizes_and_their_interphase_may_be_inputs():
    """As a calibration has them: a cell built once, whose numbers vary."""
    whole = two_sizes(0.05, (0.8, 0.9), **CHARGED_APART)
    expected = impedance(whole, FREQUENCIES, model=SPM)
    values = formed(two_sizes(0.02, (0.8, 0.9), ratio=2.0, **CHARGED_APART))
    model = model_for(SPM, values, RELAXATION)
    numbers = {
        cross_code.TWO_SIZES[0]: 4.0,
        "Positive electrode interphase resistance [Ohm.m2]": 0.05,
    }
    values.update({name: "[input]" for name in numbers})
    linear = LinearCell(model, values, 0.5)
    exponents = {"Kinetic": 0.8, "Interphase": 0.9}
    for inputs in (dict.fromkeys(numbers, 2.0), numbers):
        found = linear.impedance(FREQUENCIES, exponents, inputs).sum(axis=0)
    exact = expected.impedance.values.ravel()
    assert OHM_CM2 * found == pytest.approx(exact, rel=1e-8)


def test_a_blocking_cathode_has_a_third_of_its_ionic_resistance():
    """Re Z = L/(3κ) where ions fill the double layer throughout, and nothing reacts."""
    name = "Positive electrode reference exchange-current density [A.m-2]"
    cell = Cell(THIN).vary({name: 1e-9})
    found = impedance(cell, [1e-2]).component_impedance.squeeze()
    values = at_temperature(cell, 298.15)
    numbers = cross_code.plain(values)
    third = OHM_CM2 * numbers.thickness / (3 * numbers.ion_conductivity())
    assert float(found.sel(component="Catholyte").real) == pytest.approx(
        third, rel=2e-3
    )


@pytest.mark.parametrize("model", ["SolidStateDFN", "SolidStateSPM"])
@pytest.mark.parametrize("name", [THIN, SULFIDE])
def test_resistance_is_the_slope_of_the_voltage(name, model):
    """By finite difference of the time-domain model, to 0.1 %."""
    cell = Cell(name)
    values = formed(at_temperature(cell, 298.15))
    step = 1e-4 * values["Nominal cell capacity [A.h]"]
    voltages = []
    for current in (-step, step):
        values["Current function [A]"] = current
        simulation = pybamm.Simulation(
            model_for(model, values),
            parameter_values=values,
            solver=pybamm.IDAKLUSolver(rtol=1e-10, atol=1e-12),
        )
        solution = simulation.solve([0, 1e-9], initial_soc=0.5)
        voltages.append(solution["Voltage [V]"].entries[0])
    slope = 1e4 * cell.area * (voltages[0] - voltages[1]) / (2 * step)
    found = resistance(cell, model=model)
    assert float(found.resistance.sum()) == pytest.approx(slope, rel=1e-3)


def test_resistance_is_what_the_charge_transfer_arcs_come_down_to():
    total = float(resistance(THIN).resistance.sum())
    found = impedance(THIN, [1e-2])
    parts = found.component_impedance.squeeze()
    tails = ["Particle concentration", "Open circuit"]
    lowest = parts.drop_sel(component=tails).sum("component")
    assert float(lowest.real) == pytest.approx(total, rel=1e-3)


def test_parts_sum_to_what_pybamm_gives():
    """The public path of PyBaMM on the same mesh."""
    values = formed(at_temperature(Cell(THIN), 298.15))
    model = model_for("SolidStateDFN", values, RELAXATION)
    mesh = {"var_pts": model.default_var_pts}
    simulation = pybamm.EISSimulation(
        model, parameter_values=values, skip_surface_form_check=True, **mesh
    )
    area = values["Electrode height [m]"] * values["Electrode width [m]"]
    theirs = area * np.array(simulation.solve(FREQUENCIES, initial_soc=0.5).impedance)
    ours = LinearCell(model, values, 0.5, mesh=mesh).impedance(FREQUENCIES).sum(axis=0)
    assert ours == pytest.approx(theirs, rel=1e-8)


@pytest.mark.filterwarnings(
    # of what pyimpspec imports
    "ignore:Importing from numpy.matlib:PendingDeprecationWarning"
)
@pytest.mark.parametrize("name", [THIN, SULFIDE])
def test_spectra_obey_kramers_and_kronig(name):
    """Residuals of the linear test of Schönleber et al. 2014 are below 0.1 %."""
    import pyimpspec

    frequencies = np.logspace(5, -2, 43)
    z = impedance(name, frequencies).impedance.values.ravel()
    data = pyimpspec.DataSet(frequencies=frequencies, impedances=z)
    found = pyimpspec.perform_kramers_kronig_test(data, num_procs=1)
    assert abs(found.residuals).max() < 1e-3


@pytest.mark.parametrize("model", ["SolidStateDFN", "SolidStateSPM"])
@pytest.mark.parametrize("sizes", ["one", "two"])
def test_a_small_step_of_current_is_the_transform_of_the_spectrum(model, sizes):
    """V(t) of i(t) = i is that whose Laplace transform is Z(s)·i/s."""
    cell = Cell(THIN) if sizes == "one" else Cell.of(two_sizes(0.05, (1.0, 1.0)))
    values = formed(at_temperature(cell, 298.15))
    current = 5e-3 * values["Nominal cell capacity [A.h]"]
    values["Current function [A]"] = current
    relaxing = model_for(model, values, RELAXATION)
    times = np.array([0.0, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0])
    solution = pybamm.Simulation(
        relaxing,
        parameter_values=values,
        solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-10),
    ).solve(times, t_interp=times, initial_soc=0.5)
    passed = solution["Voltage [V]"].entries
    mesh = {"var_pts": relaxing.default_var_pts}
    linear = LinearCell(relaxing, values, 0.5, mesh=mesh)

    def step(s):
        return linear.impedance(s / (2j * np.pi)).sum(axis=0) / s

    dropped = current / cell.area * talbot(step, times[1:])
    rest = solution["Open-circuit voltage [V]"].entries[0]
    assert rest - passed[1:] == pytest.approx(dropped, rel=2e-3)
