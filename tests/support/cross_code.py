"""What the independent code is given of a parameter set: numbers, and functions of one.

The functions are those for potentials, diffusivity and electronic conductivity.
"""

from __future__ import annotations

import numpy as np
import pybamm
from independent_cell import GAS, Cell

FOIL_CURRENT = "Exchange-current density for lithium metal electrode"
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


class Activated:
    """What follows the temperature of a parameter set from where it is known."""

    def __init__(self, values, kelvin):
        self.values, self.kelvin = values, kelvin

    def _number(self, name):
        return float(self.values.evaluate(pybamm.Parameter(name)))

    def faster(self, name):
        """How much faster a process is than at its reference temperature."""
        energy = self._number(f"{name} activation energy [J.mol-1]")
        at = self._number("Interface and particle reference temperature [K]")
        return float(np.exp(-energy / GAS * (1 / self.kelvin - 1 / at)))

    def interface(self, name):
        """Resistance of an interface [Ohm.m2]."""
        return self._number(f"{name} [Ohm.m2]") / self.faster(name)

    def law(self, name, unit):
        """A function of lithiation."""
        found, factor = (
            law(self.values, f"{name} [{unit}]", self.kelvin),
            self.faster(name),
        )
        return lambda numbers: factor * found(numbers)


def plain(values):
    """A parameter set as plain numbers and functions of numpy arrays."""

    def number(name):
        return float(values.evaluate(pybamm.Parameter(name)))

    def conductivity(name):
        energy = number(f"{name} activation energy [J.mol-1]")
        return number(f"{name} [S.m-1]"), energy

    kelvin = number("Ambient temperature [K]")
    known = Activated(values, kelvin)
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
        junction=known.interface("Separator-catholyte junction resistance"),
        foil_interface=known.interface("Negative electrode interface resistance"),
        interphase=known.interface("Positive electrode interphase resistance"),
        foil_exchange_current=number(f"{FOIL_CURRENT} [A.m-2]")
        * known.faster(FOIL_CURRENT),
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
        )
        * known.faster("Positive electrode exchange-current density"),
        open_circuit=law(values, "Positive electrode OCP [V]"),
        diffusivity=known.law("Positive particle diffusivity", "m2.s-1"),
        electron_conductivity=known.law("Positive electrode conductivity", "S.m-1"),
        foil_potential=law(values, "Negative electrode OCP [V]", kelvin),
    )
