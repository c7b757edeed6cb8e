"""What the independent code is given of a parameter set: numbers, and functions of one.

The functions are those for potentials, diffusivity and electronic conductivity.
"""

from __future__ import annotations

import numpy as np
import pybamm
from independent_cell import Cell

TWO_SIZES = (
    "Positive particle size ratio",
    "Positive electrode large-particle volume fraction",
)


def law(values, name, *others):
    """One of a cell's functions, of its first argument as a numpy array."""
    # time stands for the argument, since PyBaMM evaluates it at an array
    inputs = {"argument": pybamm.t} | {str(n): value for n, value in enumerate(others)}
    found = values.process_symbol(pybamm.FunctionParameter(name, inputs))
    return lambda numbers: found.evaluate(t=numbers) + np.zeros_like(numbers)


def plain(values):
    """A parameter set as plain numbers and functions of numpy arrays."""

    def number(name):
        return float(values.evaluate(pybamm.Parameter(name)))

    def conductivity(name):
        energy = number(f"{name} activation energy [J.mol-1]")
        return number(f"{name} [S.m-1]"), energy

    kelvin = number("Ambient temperature [K]")
    area = number("Electrode height [m]") * number("Electrode width [m]")
    ratio, large = (number(n) if n in values else None for n in TWO_SIZES)
    radius = number("Positive particle radius [m]")
    active = number("Positive electrode active material volume fraction")
    foil = number("Negative electrode thickness [m]") * area
    exponent = "Positive electrode Bruggeman coefficient"
    return Cell(
        temperature=kelvin,
        reference_temperature=number("Reference temperature [K]"),
        area=area,
        current=number("Current function [A]"),
        cutoff=number("Lower voltage cut-off [V]"),
        empty=number("Open-circuit voltage at 0% SOC [V]"),
        charged=number("Open-circuit voltage at 100% SOC [V]"),
        separator_thickness=number("Separator thickness [m]"),
        separator_conductivity=conductivity("Separator electrolyte conductivity"),
        junction=number("Separator-catholyte junction resistance [Ohm.m2]"),
        foil_interface=number("Negative electrode interface resistance [Ohm.m2]"),
        interphase=number("Positive electrode interphase resistance [Ohm.m2]"),
        foil_exchange_current=number(
            "Exchange-current density for lithium metal electrode [A.m-2]"
        ),
        foil_sites=number("Negative electrode host concentration [mol.m-3]") * foil,
        foil_ratio=number("Negative electrode lithium-to-host ratio as assembled"),
        thickness=number("Positive electrode thickness [m]"),
        porosity=number("Positive electrode porosity"),
        catholyte_conductivity=conductivity("Catholyte conductivity"),
        catholyte_exponent=number(f"{exponent} (electrolyte)"),
        conductor_fraction=number("Positive electrode conductor volume fraction"),
        electron_exponent=number(f"{exponent} (electrode)"),
        radii=(radius,) if ratio is None else (radius, ratio * radius),
        active_fractions=(
            (active,) if large is None else (active * (1 - large), active * large)
        ),
        sites=number("Maximum concentration in positive electrode [mol.m-3]"),
        lithiation_as_assembled=number("Positive electrode stoichiometry as assembled"),
        exchange_current_at_half=number(
            "Positive electrode reference exchange-current density [A.m-2]"
        ),
        open_circuit=law(values, "Positive electrode OCP [V]"),
        diffusivity=law(values, "Positive particle diffusivity [m2.s-1]", kelvin),
        electron_conductivity=law(
            values, "Positive electrode conductivity [S.m-1]", kelvin
        ),
        foil_potential=law(values, "Negative electrode OCP [V]", kelvin),
    )
