"""The cell of docs/model.md, as plain numbers and numpy's functions.

Written from the page alone and solved by `independent_discharge`, so that no equation,
mesh or solver is shared with the package. Neither PyBaMM nor `aslb` is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

FARADAY = 96485.33212  # C/mol
GAS = 8.314462618  # J/mol/K

# PyBaMM's barrier at the ends of lithiation [V]: 1 mV at 0.001 and 1 V at 0
HEIGHT, STEEPNESS, SHIFT = 205.0568621937484, 6910.192179565431, 7.7e-4
ROUNDING = 1e-3  # of lithiation, below which PyBaMM makes a root a line

Law = Callable[[np.ndarray], np.ndarray]


def derivative(law, values, by=1e-6):
    """Of a law by its argument."""
    return (law(values + by) - law(values - by)) / (2 * by)


def barrier(share):
    """What holds an electrode back from its last lithium [V], and its slope."""
    exponent = -STEEPNESS * (share + SHIFT)
    height = HEIGHT * np.logaddexp(0, exponent)
    return height, -HEIGHT * STEEPNESS * expit(exponent)


@dataclass(frozen=True)
class Cell:
    """A cell at one temperature, in SI units.

    Of active material the fields hold one entry a size of particle, and what depends on
    lithiation takes it per site. Conductivities are at the reference temperature, each
    with its activation energy [J/mol].
    """

    temperature: float
    reference_temperature: float
    area: float
    current: float  # A, positive on discharge
    cutoff: float  # V, against the foil
    empty: float  # V against lithium, at 0 % state of charge
    charged: float  # and at 100 %
    separator_thickness: float
    separator_conductivity: tuple[float, float]
    junction: float  # Ohm.m2, as the next two
    foil_interface: float
    interphase: float
    foil_exchange_current: float  # A/m2
    foil_sites: float  # mol of host atoms
    foil_ratio: float  # lithium per host atom, as assembled
    thickness: float  # of the cathode
    porosity: float
    catholyte_conductivity: tuple[float, float]
    catholyte_exponent: float
    conductor_fraction: float
    electron_exponent: float
    radii: tuple[float, ...]
    active_fractions: tuple[float, ...]  # of the cathode's volume
    sites: float  # mol/m3
    lithiation_as_assembled: float
    exchange_current_at_half: float  # A/m2
    open_circuit: Law  # V against lithium
    diffusivity: Law  # m2/s
    electron_conductivity: Law  # S/m
    foil_potential: Law  # V against lithium, of lithium per host atom

    @property
    def density(self):
        """Current per area of the cell [A/m2]."""
        return self.current / self.area

    @property
    def thermal(self):
        """2RT/F [V]."""
        return 2 * GAS * self.temperature / FARADAY

    @property
    def all_sites(self):
        """Of the cathode [mol]."""
        return self.area * self.thickness * sum(self.active_fractions) * self.sites

    def warm(self, conductivity):
        """A conductivity at the cell's temperature: σT follows Arrhenius [S/m]."""
        value, energy = conductivity
        T, known = self.temperature, self.reference_temperature
        return value * known / T * np.exp(-energy / GAS * (1 / T - 1 / known))

    def ion_conductivity(self):
        """Of the catholyte in its pores [S/m]."""
        conductivity = self.warm(self.catholyte_conductivity)
        return conductivity * self.porosity**self.catholyte_exponent

    def electrons(self, surface):
        """Conductivity of the composite and its slope, at a surface's lithiation."""
        share = self.conductor_fraction**self.electron_exponent
        law = self.electron_conductivity
        return share * law(surface), share * derivative(law, surface)

    def exchange_current(self, surface):
        """Of symmetric kinetics [A/m2], and the slope of its logarithm."""
        value, logarithmic = 2 * self.exchange_current_at_half, 0.0
        for sign, share in ((1, surface), (-1, 1 - surface)):
            square = share**2 + ROUNDING**2
            value = value * share / square**0.25
            logarithmic = logarithmic + sign * (1 / share - share / (2 * square))
        return value, logarithmic

    def potential(self, surface):
        """At open circuit against lithium [V], and its slope."""
        law = self.open_circuit
        value, slope = law(surface), derivative(law, surface)
        for sign, share in ((1, surface), (-1, 1 - surface)):
            height, steepness = barrier(share)
            value, slope = value + sign * height, slope + steepness
        return value, slope

    def lithiation(self, charge):
        """At a state of charge from 0 to 1, linear between two potentials."""

        def at(voltage):
            return brentq(
                lambda x: self.potential(np.array([x]))[0].item() - voltage,
                -1e-3,
                1 + 1e-3,
                xtol=1e-14,
            )

        return (1 - charge) * at(self.empty) + charge * at(self.charged)

    def voltage(self, electrons, lithiation, passed):
        """Terminal voltage.

        Parameters
        ----------
        electrons : float
            Potential at the collector, above that of the catholyte's other end [V].
        lithiation : float
            Of the cathode, before the discharge.
        passed : float
            Charge since then [C].
        """
        given = self.all_sites * (self.lithiation_as_assembled - lithiation)
        ratio = self.foil_ratio + (given - passed / FARADAY) / self.foil_sites
        foil = (self.foil_potential(np.array([ratio])) + barrier(ratio)[0]).item()
        kinetics = np.arcsinh(self.density / (2 * self.foil_exchange_current))
        separator = self.separator_thickness / self.warm(self.separator_conductivity)
        resistance = self.foil_interface + separator + self.junction
        return electrons - foil - self.thermal * kinetics - self.density * resistance
