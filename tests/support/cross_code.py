"""Discharges of random cells, by the package and by `independent_cell`."""

from __future__ import annotations

import numpy as np
import pybamm
from independent_cell import GAS, Cell, Discharge
from scipy.optimize import brentq


def law(values, name, *others):
    """One of a cell's functions, of its first argument as a numpy array."""
    # time stands for the argument, since PyBaMM evaluates it at an array
    inputs = {"argument": pybamm.t} | {str(n): value for n, value in enumerate(others)}
    found = values.process_symbol(pybamm.FunctionParameter(name, inputs))
    return lambda numbers: found.evaluate(t=numbers) + np.zeros_like(numbers)


def plain(values, current):
    """A parameter set as plain numbers and functions of numpy arrays."""

    def number(name):
        return float(values.evaluate(pybamm.Parameter(name)))

    temperature = number("Ambient temperature [K]")
    kelvin = pybamm.Scalar(temperature)
    reference = number("Reference temperature [K]")

    def conductivity(name):
        energy = number(f"{name} activation energy [J.mol-1]")
        arrhenius = np.exp(-energy / GAS * (1 / temperature - 1 / reference))
        return number(f"{name} [S.m-1]") * reference / temperature * arrhenius

    area = number("Electrode height [m]") * number("Electrode width [m]")
    radius = number("Positive particle radius [m]")
    active = number("Positive electrode active material volume fraction")
    ratio, large = 1.0, 0.0
    if "Positive particle size ratio" in values:
        ratio = number("Positive particle size ratio")
        large = number("Positive electrode large-particle volume fraction")
    return Cell(
        temperature=temperature,
        area=area,
        current=current,
        cutoff=number("Lower voltage cut-off [V]"),
        separator_thickness=number("Separator thickness [m]"),
        separator_conductivity=conductivity("Separator electrolyte conductivity"),
        junction=number("Separator-catholyte junction resistance [Ohm.m2]"),
        foil_interface=number("Negative electrode interface resistance [Ohm.m2]"),
        interphase=number("Positive electrode interphase resistance [Ohm.m2]"),
        foil_exchange_current=number(
            "Exchange-current density for lithium metal electrode [A.m-2]"
        ),
        foil_sites=number("Negative electrode host concentration [mol.m-3]")
        * number("Negative electrode thickness [m]")
        * area,
        foil_ratio=number("Negative electrode lithium-to-host ratio as assembled"),
        thickness=number("Positive electrode thickness [m]"),
        porosity=number("Positive electrode porosity"),
        catholyte_conductivity=conductivity("Catholyte conductivity"),
        catholyte_exponent=number(
            "Positive electrode Bruggeman coefficient (electrolyte)"
        ),
        conductor_fraction=number("Positive electrode conductor volume fraction"),
        electron_exponent=number(
            "Positive electrode Bruggeman coefficient (electrode)"
        ),
        radii=(radius,) if large == 0 else (radius, ratio * radius),
        active_fractions=(active,) if large == 0 else (
            active * (1 - large),
            active * large,
        ),
        sites=number("Maximum concentration in positive electrode [mol.m-3]"),
        lithiation_as_assembled=number("Positive electrode stoichiometry as assembled"),
        exchange_current=number(
            "Positive electrode reference exchange-current density [A.m-2]"
        ),
        potential=law(values, "Positive electrode OCP [V]"),
        diffusivity=law(values, "Positive particle diffusivity [m2.s-1]", kelvin),
        electron_conductivity=law(
            values, "Positive electrode conductivity [S.m-1]", kelvin
        ),
        foil_potential=law(values, "Negative electrode OCP [V]", kelvin),
    )
