"""What follows from the numbers that the reference paper prints, by arithmetic alone.

A `Paper` is what `aslb.parameters.cells.cao2021.printed.paper_numbers` reads. What its
capacities say takes the open-circuit potential of the cathode too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pybamm
from scipy.integrate import quad

Paper = Mapping[str, Any]


def weighed_areal_mass(paper: Paper) -> float:
    """Cathode and thin membrane as weighed [mg/cm2]."""
    geometry = paper["geometry_and_loading"]
    membrane = geometry["thin_membrane"]["areal_mass_mg_cm2"]
    return geometry["cathode_composite_loading_mg_cm2"] + membrane


def discharge_energy(paper: Paper) -> float:
    """Discharge energy of cell-3 that its cathode and membrane imply [mWh/cm2].

    The specific energy of these two layers (E2) times what they weigh; it is printed
    nowhere, and cannot be compared with that specific energy again.
    """
    per_mass = paper["energy_density"]["E2_cathode_membrane"]["Wh_kg"]
    return 1e-3 * per_mass * weighed_areal_mass(paper)


def areal_capacity(paper: Paper) -> float:
    """First discharge of cell-3 [mAh/cm2]."""
    capacity = paper["first_cycle_at_C20"]["discharge_capacity_mAh_g"]["cell-3"]
    return 1e-3 * capacity * paper["geometry_and_loading"]["active_loading_mg_cm2"]


class SheetCell(NamedTuple):
    """The LCO | Li cell behind figure 1F."""

    energy: float  # mWh/cm2
    thickness: float  # of everything but the separator, µm
    areal_mass: float  # of everything but the separator, mg/cm2
    separator_density: float  # g/cm3


def sheet_cell(
    thickness_um: Sequence[float], wh_kg: Sequence[float], wh_l: Sequence[float]
) -> SheetCell:
    """Solve figure 1F: two energies per volume, then two per mass.

    Four numbers give four unknowns, so that nothing is left over to test the solution
    with.
    """
    (thick, thin), (mass_thick, mass_thin) = thickness_um, wh_kg
    (volume_thick, volume_thin) = wh_l
    rest = (volume_thick * thick - volume_thin * thin) / (volume_thin - volume_thick)
    energy = volume_thin * (rest + thin) * 1e-4  # Wh/L and µm to mWh/cm2
    areal_thick, areal_thin = 1e3 * energy / mass_thick, 1e3 * energy / mass_thin
    per_um = (areal_thick - areal_thin) / (thick - thin)
    return SheetCell(energy, rest, areal_thin - per_um * thin, 10 * per_um)


def potential(cell: pybamm.ParameterValues, sto: npt.ArrayLike) -> np.ndarray:
    """Open-circuit potential of the cathode at a lithiation x [V vs Li/Li⁺]."""
    lithiation = pybamm.Vector(np.atleast_1d(np.asarray(sto, dtype=float)))
    symbol = cell["Positive electrode OCP [V]"](lithiation)
    return np.ravel(cell.process_symbol(symbol).evaluate())


def theoretical_capacity(cell: pybamm.ParameterValues) -> float:
    """Capacity of the active material from x = 1 to x = 0 [mAh/g]."""
    concentration = cell["Maximum concentration in positive electrode [mol.m-3]"]
    volume = (
        cell["Positive electrode conductor volume fraction"]
        * cell["Positive electrode thickness [m]"]
    )
    mass = cell["Positive electrode active material areal mass [kg.m-2]"]
    return float(concentration * volume / mass * pybamm.constants.F.value / 3600)


def mean_potential(cell: pybamm.ParameterValues, low: float, high: float) -> float:
    """Mean open-circuit potential between two lithiations [V vs Li/Li⁺]."""
    integral, _ = quad(lambda sto: potential(cell, sto)[0], low, high, epsabs=1e-6)
    return integral / (high - low)


def mean_potential_over(cell: pybamm.ParameterValues, capacity: float) -> float:
    """Mean open-circuit potential of a discharge that ends as assembled [V vs Li/Li⁺].

    Of a capacity [mAh/g], with all of the material reached.
    """
    high = float(cell["Positive electrode stoichiometry as assembled"])
    return mean_potential(cell, high - capacity / theoretical_capacity(cell), high)
