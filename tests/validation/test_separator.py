"""The separator is an ohmic resistor whose drop is a closed form of its thickness."""

import math

import numpy as np
import pybamm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb.models import SolidStateDFN, SolidStateSPM

AREA = math.pi / 4 * 12.7e-3**2  # m2, the paper's 12.7 mm die
GAS_CONSTANT = 8.314462618  # J/mol/K
REFERENCE_TEMPERATURE = 303.15  # K
THICKNESS = "Separator thickness [m]"
CONDUCTIVITY = "Separator electrolyte conductivity [S.m-1]"
ACTIVATION_ENERGY = "Separator electrolyte conductivity activation energy [J.mol-1]"
TEMPERATURE = "Ambient temperature [K]"
CURRENT = "Current function [A]"


def conductivity(reference, activation_energy, temperature):
    """Arrhenius law of the product σT, written anew."""
    inverse = 1 / temperature - 1 / REFERENCE_TEMPERATURE
    product = (reference * REFERENCE_TEMPERATURE) * math.exp(
        -activation_energy / GAS_CONSTANT * inverse
    )
    return product / temperature


@pytest.fixture(scope="module", params=[SolidStateSPM, SolidStateDFN])
def simulation(request):
    """A half-charged cell that takes any separator, temperature and current."""
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    c_max = values["Maximum concentration in positive electrode [mol.m-3]"]
    values.update(
        dict.fromkeys(
            [THICKNESS, CONDUCTIVITY, ACTIVATION_ENERGY, TEMPERATURE, CURRENT],
            "[input]",
        )
    )
    values.update(
        {
            "Initial temperature [K]": pybamm.InputParameter(TEMPERATURE),
            "Initial concentration in positive electrode [mol.m-3]": c_max / 2,
            # far away, for the poorest separators at the highest currents
            "Lower voltage cut-off [V]": -1000.0,
            "Upper voltage cut-off [V]": 1000.0,
        }
    )
    return pybamm.Simulation(request.param(), parameter_values=values)


def solve(simulation, thickness, sigma, energy, temperature, current_density):
    return simulation.solve(
        [0, 1e-3],
        inputs={
            THICKNESS: thickness,
            CONDUCTIVITY: sigma,
            ACTIVATION_ENERGY: energy,
            TEMPERATURE: temperature,
            CURRENT: current_density * AREA,
        },
    )


separators = {
    "thickness": st.floats(1e-6, 2e-3),
    "sigma": st.floats(0.01, 2.0),
    "energy": st.floats(0.0, 50e3),
    "temperature": st.floats(263.15, 353.15),
}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    **separators,
    current_density=st.floats(0.1, 30.0) | st.floats(-30.0, -0.1),
)
def test_drop_is_current_times_thickness_over_conductivity(
    simulation, thickness, sigma, energy, temperature, current_density
):
    solution = solve(simulation, thickness, sigma, energy, temperature, current_density)
    resistance = thickness / conductivity(sigma, energy, temperature)
    np.testing.assert_allclose(
        solution["Separator loss [V]"].entries, current_density * resistance, rtol=1e-9
    )
    np.testing.assert_allclose(
        solution["Separator area resistance [Ohm.m2]"].entries, resistance, rtol=1e-9
    )


@settings(max_examples=20, deadline=None, derandomize=True)
@given(**separators, factor=st.floats(1.1, 10.0))
def test_resistance_grows_by_one_over_conductivity_per_thickness(
    simulation, thickness, sigma, energy, temperature, factor
):
    thin, thick = (
        solve(simulation, layer, sigma, energy, temperature, 1.0)[
            "Separator area resistance [Ohm.m2]"
        ].entries[0]
        for layer in (thickness, factor * thickness)
    )
    slope = (thick - thin) / (factor * thickness - thickness)
    assert slope == pytest.approx(1 / conductivity(sigma, energy, temperature), 1e-9)


def test_potential_falls_linearly_through_the_separator(simulation):
    """Only the ends enter the voltage: the inside must be right for the plots."""
    thickness, current_density = 100e-6, -4.0
    solution = solve(simulation, thickness, 0.1, 30e3, 298.15, current_density)
    potential = solution["Separator electrolyte potential [V]"].entries[:, -1]
    foil = solution["Negative electrolyte potential [V]"].entries[-1]
    contact = solution["Anode interface loss [V]"].entries[-1]
    cells = len(potential)
    depth = (np.arange(cells) + 0.5) * thickness / cells
    sigma = conductivity(0.1, 30e3, 298.15)
    np.testing.assert_allclose(
        potential, foil - contact - current_density * depth / sigma, rtol=0, atol=1e-12
    )
    mean = solution["X-averaged separator electrolyte potential [V]"].entries[-1]
    assert mean == pytest.approx(potential.mean(), abs=1e-12)


@pytest.mark.parametrize("model", [SolidStateSPM, SolidStateDFN])
def test_voltage_sensitivity_to_thickness_is_minus_current_over_conductivity(model):
    """In series with the rest, so the same at every time of a constant current.

    The solver finds sensitivities to its tolerance only: over the first minute those of
    the DFN are off by up to 0.8 % by default, and by 1e-8 at a tolerance of 1e-10.
    """
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    values.update({THICKNESS: "[input]", CURRENT: -2 * AREA})
    solution = pybamm.Simulation(
        model(),
        parameter_values=values,
        solver=pybamm.IDAKLUSolver(rtol=1e-10, atol=1e-10),
    ).solve([0, 60], inputs={THICKNESS: 47e-6}, calculate_sensitivities=True)
    sigma = conductivity(values[CONDUCTIVITY], values[ACTIVATION_ENERGY], 298.15)
    slope = np.asarray(solution["Voltage [V]"].sensitivities[THICKNESS]).ravel()
    np.testing.assert_allclose(slope, 2 / sigma, rtol=1e-6)
