"""Ohm's law in the separator, and losses that sum to the voltage."""

import pybamm
import pytest


def test_losses_sum_to_the_voltage_and_the_separator_is_ohmic():
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    values["Reference temperature [K]"] = values["Ambient temperature [K]"]
    model = pybamm.Model("SolidStateDFN")
    solution = pybamm.Simulation(model, parameter_values=values).solve([0, 600])
    current, voltage, open_circuit, losses, separator = (
        solution[name].entries[-1]
        for name in (
            "Current collector current density [A.m-2]",
            "Voltage [V]",
            "Open-circuit voltage [V]",
            "Sum of losses [V]",
            "Separator loss [V]",
        )
    )
    assert voltage == pytest.approx(open_circuit - losses, abs=1e-9)
    resistance = (
        values["Separator thickness [m]"]
        / values["Separator electrolyte conductivity [S.m-1]"]
    )
    assert separator == pytest.approx(current * resistance, rel=1e-9)
