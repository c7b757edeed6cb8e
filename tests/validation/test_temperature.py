"""Activation energies, and the heat of a cell that has one temperature."""

import numpy as np
import pybamm
import pytest

from aslb import Cell, resistance

R = pybamm.constants.R.value
MODELS = ["SolidStateDFN", "SolidStateSPM"]
COMPONENTS = {
    "Junction": "Separator-catholyte junction resistance",
    "Anode interface": "Negative electrode interface resistance",
    "Anode kinetic": "Exchange-current density for lithium metal electrode",
}


@pytest.mark.parametrize("component", COMPONENTS)
def test_an_interface_follows_its_activation_energy(component):
    known, warm = 298.15, 328.15
    cell = Cell("Cao2021_thick_halide")
    energy = cell.numbers[f"{COMPONENTS[component]} activation energy [J.mol-1]"]
    found = resistance(cell, temperature=[known, warm]).resistance.squeeze()
    cold, hot = found.sel(component=component).values
    expected = np.exp(energy / R * (1 / warm - 1 / known))
    if component == "Anode kinetic":
        expected *= warm / known  # RT/(F j0)
    assert hot / cold == pytest.approx(expected, rel=1e-6)


def test_every_property_is_activated():
    """All resistances fall; LiCoO2 conducts as a metal where it is delithiated."""
    found = resistance("Cao2021_thick_sulfide", temperature=[280, 330]).resistance
    cold, hot = found.drop_sel(component="Electronic").squeeze().values
    seen = cold > 1e-3
    assert seen.sum() == 6  # this cell has no junction
    assert (hot[seen] < 0.6 * cold[seen]).all()


@pytest.mark.parametrize("model", MODELS)
def test_heat_is_what_the_voltage_does_not_deliver(model):
    """Without entropy: Q = i·(U at the surface, over the reaction, less V)."""
    cell = Cell("Cao2021_thick_halide")
    values = cell.parameter_values()
    current = values["Nominal cell capacity [A.h]"] / 2
    values["Current function [A]"] = current
    solution = pybamm.Simulation(
        pybamm.Model(model, options={"thermal": "lumped"}), parameter_values=values
    ).solve([0, 1200], initial_soc=0.9)
    reaction = solution[
        "Positive electrode volumetric interfacial current density [A.m-3]"
    ].entries
    surface = solution["Positive electrode open-circuit potential [V]"].entries
    nodes = solution["Positive electrode potential [V]"].mesh
    widths = nodes.d_edges[:, None]
    delivered = -cell.area * (widths * reaction * surface).sum(axis=0)
    foil = solution["Negative electrode bulk open-circuit potential [V]"].entries
    expected = delivered - current * (foil + solution["Voltage [V]"].entries)
    heat = solution["Total heating [W]"].entries
    assert heat[1:] == pytest.approx(expected[1:], rel=5e-3)


@pytest.mark.parametrize("model", MODELS)
def test_a_cell_warms_to_where_its_surface_takes_the_heat(model):
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    values["Current function [A]"] = values["Nominal cell capacity [A.h]"] / 2
    values["Cell heat capacity [J.K-1.m-3]"] = 1e4  # so that it is there at once
    solution = pybamm.Simulation(
        pybamm.Model(model, options={"thermal": "lumped"}), parameter_values=values
    ).solve([0, 1800], initial_soc=0.9)
    cooling = solution["Surface total cooling [W]"].entries
    heat = solution["Total heating [W]"].entries
    assert -cooling[-1] == pytest.approx(heat[-1], rel=2e-2)
    warmed = solution["Volume-averaged cell temperature [K]"].entries[-1] - 298.15
    assert 0.1 < warmed < 2
