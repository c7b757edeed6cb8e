"""Closed form of a cell's impedance: a transmission line of two rails, and the stack.

Written from `docs/model.md` and `docs/impedance.md` alone.

References
----------
.. [1] J. Bisquert, J. Phys. Chem. B 2002, 106, 325, doi:10.1021/jp011941g.
.. [2] J. Siroma et al., J. Power Sources 2016, 316, 215,
   doi:10.1016/j.jpowsour.2016.03.059 (both rails resistive).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

GAS, FARADAY, VACUUM = 8.314462618, 96485.33212, 8.8541878128e-12


@dataclass(frozen=True)
class Line:
    """A cathode: its rails [S/m], thickness [m], surface [1/m] and what crosses it."""

    ionic: float
    electronic: float
    thickness: float
    surface: float

    def impedance(self, local: np.ndarray) -> np.ndarray:
        """Area impedance [Ohm.m2], of an impedance per area of particle."""
        k, s, L = self.ionic, self.electronic, self.thickness
        nu = L * np.sqrt(self.surface * (1 / k + 1 / s) / local)
        # cosh/sinh and 1/sinh, which do not overflow
        coth = 1 / np.tanh(nu)
        csch = 2 * np.exp(-nu) / (1 - np.exp(-2 * nu))
        return L / (k + s) * (1 + (2 * csch + (k / s + s / k) * coth) / nu)


def in_parallel(resistance: float, capacity: float, omega: np.ndarray) -> np.ndarray:
    """A resistance with a capacitance beside it."""
    return resistance / (1 + 1j * omega * resistance * capacity)


def sphere(slope: float, radius: float, diffusivity: float, omega) -> np.ndarray:
    """Diffusion in a sphere [Ohm.m2], of dU/dc [V m3/mol] (negative)."""
    z = radius * np.sqrt(1j * omega / diffusivity)
    return -slope * radius / (FARADAY * diffusivity) * np.tanh(z) / (z - np.tanh(z))


def cathode(values, cell, lithiation: float, omega, exponents=(1.0, 1.0)):
    """Of the cathode at a uniform lithiation: resistances, capacities, diffusion.

    Particles of two sizes are side by side, each with a double layer and an interphase.
    """
    x, s = np.array([lithiation]), 1j * omega
    slope = cell.potential(x)[1].item() / cell.sites
    transfer = cell.thermal / 2 / cell.exchange_current(x)[0].item()
    double, film = (
        values[f"Positive electrode {name} [F.m-2]"] * s**exponent
        for name, exponent in zip(
            ("double-layer capacity", "interphase capacitance"), exponents, strict=True
        )
    )
    R = cell.interphase
    surface, admittance = 0.0, 0.0
    for radius, active in zip(cell.radii, cell.active_fractions, strict=True):
        diffusion = sphere(slope, radius, cell.diffusivity(x).item(), omega)
        local = 1 / (1 / (transfer + diffusion) + double) + R / (1 + R * film)
        surface += 3 * active / radius
        admittance = admittance + 3 * active / radius / local
    return Line(
        ionic=cell.ion_conductivity(),
        electronic=cell.electrons(x)[0].item(),
        thickness=cell.thickness,
        surface=surface,
    ).impedance(surface / admittance)


def stack(values, cell, omega) -> np.ndarray:
    """Of all between the foil and the cathode, on a plateau of the foil."""
    whole = cell.separator_thickness / cell.warm(cell.separator_conductivity)
    share = values["Separator grain-boundary resistance fraction"]
    geometric = (
        VACUUM * values["Separator relative permittivity"] / cell.separator_thickness
    )
    transfer = cell.thermal / 2 / cell.foil_exchange_current
    elements = (
        ((1 - share) * whole, geometric),
        (share * whole, values["Separator grain-boundary capacitance [F.m-2]"]),
        (cell.junction, values["Separator-catholyte junction capacitance [F.m-2]"]),
        (
            cell.foil_interface,
            values["Negative electrode interface capacitance [F.m-2]"],
        ),
        (transfer, values["Negative electrode double-layer capacity [F.m-2]"]),
    )
    return sum(in_parallel(R, C, omega) for R, C in elements)
