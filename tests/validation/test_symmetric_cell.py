"""Symmetric and blocking cells against their resistances, and the paper's."""

import numpy as np
import pybamm
import pytest

from aslb import InputError
from aslb.experiments.plating import plating_steps
from aslb.models.symmetric_cell import SymmetricCell
from aslb.parameters.cells.cao2021.blocking import blocking
from aslb.parameters.cells.cao2021.printed import printed

BLOCKING = {"electrodes": "blocking", "interface relaxation": "with bulk"}
AREA = 1e-4


@pytest.fixture
def lithium():
    """In-Li | membrane | In-Li of one square centimetre."""
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    side = AREA**0.5
    values.update({"Electrode height [m]": side, "Electrode width [m]": side})
    return values


def spectrum(values, frequencies):
    simulation = pybamm.EISSimulation(
        SymmetricCell(BLOCKING), parameter_values=values, skip_surface_form_check=True
    )
    return np.array(simulation.solve(frequencies).impedance)


def conductance(values, celsius):
    """Where the line of the blocking electrodes meets the real axis [S]."""
    values["Ambient temperature [K]"] = celsius + 273.15
    (z,) = spectrum(values, [1.0])
    return 1 / z.real


@pytest.mark.parametrize(("layer", "ohm"), [("thin", 3.43), ("thick", 60.37)])
def test_blocking_cell_has_the_printed_resistance(layer, ohm):
    # of the pellet 60.37 is printed, and 1/60.17 as its conductance
    assert 1 / conductance(blocking(layer), 30) == pytest.approx(ohm, rel=4e-3)
    assert printed("transport", layer, "resistance_ohm") == ohm
    with_wires = 1 / conductance(blocking(layer, wires=True), 30)
    assert with_wires == pytest.approx(ohm + 1.83, rel=4e-3)


@pytest.mark.parametrize(("layer", "within"), [("thin", 0.01), ("thick", 0.02)])
def test_blocking_cell_has_the_printed_conductance_when_hot(layer, within):
    """The printed activation energies, in an Arrhenius law of σT, give it.

    To 0.1 and 1.7 %: of the pellet the last digit of its energy is worth 0.4 %, and a
    line through all temperatures leaves something at its end.
    """
    hot = printed("transport", "at_100C", f"{layer}_conductance_mS")
    assert 1e3 * conductance(blocking(layer), 100) == pytest.approx(hot, rel=within)


def test_a_residual_resistance_explains_both_ends_as_well():
    values = blocking("thin", residual=True)
    assert 1 / conductance(values, 30) == pytest.approx(3.43, rel=1e-3)
    assert 1e3 * conductance(values, 100) == pytest.approx(1587.30, rel=1e-3)
    energy = "Separator electrolyte conductivity activation energy [J.mol-1]"
    pellet = blocking("thick")[energy]
    assert values[energy] == pytest.approx(pellet, rel=2e-2)


def test_blocking_spectrum_is_a_vertical_line():
    z = spectrum(blocking("thick"), [1.0, 0.1, 0.01])
    assert np.ptp(z.real) < 1e-3 * z.real[0]
    assert z.imag[1:] / z.imag[:-1] == pytest.approx([10, 10], rel=1e-3)


@pytest.mark.parametrize("relaxation", ["false", "true"])
def test_steady_overpotential_is_the_sum_of_the_resistances(lithium, relaxation):
    current = 1e-4  # A
    lithium["Current function [A]"] = current
    lithium.update({"Contact resistance [Ohm]": 0.2}, check_already_exists=False)
    options = {"interface relaxation": relaxation, "contact resistance": "true"}
    solution = pybamm.Simulation(
        SymmetricCell(options), parameter_values=lithium
    ).solve([0, 60])
    i = current / AREA
    T, F = lithium["Ambient temperature [K]"], pybamm.constants.F.value
    kinetic = 2 * pybamm.constants.R.value * T / F
    j0 = lithium["Exchange-current density for lithium metal electrode [A.m-2]"]
    energy = lithium["Separator electrolyte conductivity activation energy [J.mol-1]"]
    known = lithium["Reference temperature [K]"]
    R = pybamm.constants.R.value
    sigma = lithium["Separator electrolyte conductivity [S.m-1]"]
    sigma *= known / T * np.exp(-energy / R * (1 / T - 1 / known))
    ohmic = lithium["Separator thickness [m]"] / sigma
    ohmic += 2 * lithium["Negative electrode interface resistance [Ohm.m2]"]
    expected = i * ohmic + 2 * kinetic * np.arcsinh(i / (2 * j0)) + 0.2 * current
    assert -solution["Voltage [V]"].entries[-1] == pytest.approx(expected, rel=1e-4)
    total = sum(
        solution[f"{name} loss [V]"].entries
        for name in (
            "Contact",
            "Separator",
            "Negative electrode interface",
            "Positive electrode interface",
            "Negative electrode kinetic",
            "Positive electrode kinetic",
        )
    )
    rest = solution["Open-circuit voltage [V]"].entries
    assert rest - total == pytest.approx(solution["Voltage [V]"].entries, abs=1e-12)


def test_lithium_only_moves_from_one_foil_to_the_other(lithium):
    lithium["Current function [A]"] = 1e-3
    solution = pybamm.Simulation(SymmetricCell(), parameter_values=lithium).solve(
        [0, 600]
    )
    given, taken = (
        np.diff(solution[f"Total lithium in {side} electrode [mol]"].entries[[0, -1]])
        for side in ("negative", "positive")
    )
    assert taken == pytest.approx(-given, rel=1e-9)
    assert taken == pytest.approx(1e-3 * 600 / pybamm.constants.F.value, rel=1e-6)


def test_the_parameter_set_of_a_half_cell_is_all_that_plating_needs(lithium):
    solution = pybamm.Simulation(
        SymmetricCell(),
        parameter_values=lithium,
        experiment=plating_steps(AREA, [1.0], rest=1.0),
    ).solve()
    assert solution["Voltage [V]"].entries.min() < 0
    assert not solution["Contact loss [V]"].entries.any()


def test_wires_are_left_out_where_asked():
    values = blocking("thin", wires=True)
    options = {**BLOCKING, "contact resistance": "false"}
    (z,) = (
        pybamm.EISSimulation(
            SymmetricCell(options),
            parameter_values=values,
            skip_surface_form_check=True,
        )
        .solve([1.0])
        .impedance
    )
    assert z.real == pytest.approx(3.43, rel=4e-3)


def test_options_and_layers_that_do_not_exist_are_named():
    with pytest.raises(pybamm.OptionError, match="'electrodes': 'plating' or 'block"):
        SymmetricCell({"electrodes": "porous"})
    with pytest.raises(pybamm.OptionError, match="'interface relaxation': 'true'"):
        SymmetricCell({"electrodes": "blocking"})
    with pytest.raises(InputError, match="layer 'thinner'; accepted: thin, thick"):
        blocking("thinner")
