"""What follows from the numbers that the reference paper prints, by arithmetic alone.

Arguments are what `aslb.parameters.cells.cao2021.printed.paper_numbers` reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Paper = Mapping[str, Any]


def weighed_areal_mass(paper: Paper) -> float:
    """Cathode and thin membrane as weighed [mg/cm2]."""
    geometry = paper["geometry_and_loading"]
    return (
        geometry["cathode_composite_loading_mg_cm2"]
        + geometry["thin_membrane"]["areal_mass_mg_cm2"]
    )


def discharge_energy(paper: Paper) -> float:
    """Discharge energy of cell-3 that its cathode and membrane imply [mWh/cm2].

    The specific energy of these two layers (E2) times what they weigh; it is printed
    nowhere, and cannot be compared with that specific energy again.
    """
    return (
        1e-3
        * paper["energy_density"]["E2_cathode_membrane"]["Wh_kg"]
        * weighed_areal_mass(paper)
    )


def areal_capacity(paper: Paper) -> float:
    """First discharge of cell-3 [mAh/cm2]."""
    capacity = paper["first_cycle_at_C20"]["discharge_capacity_mAh_g"]["cell-3"]
    return 1e-3 * capacity * paper["geometry_and_loading"]["active_loading_mg_cm2"]


@dataclass(frozen=True)
class SheetCell:
    """The LCO | Li cell behind figure 1F.

    Parameters
    ----------
    energy : float
        Energy per area [mWh/cm2].
    thickness : float
        Of everything but the separator [µm].
    areal_mass : float
        Of everything but the separator [mg/cm2].
    separator_density : float
        In g/cm3.
    """

    energy: float
    thickness: float
    areal_mass: float
    separator_density: float


def sheet_cell(thickness_um, wh_kg, wh_l) -> SheetCell:
    """Solve figure 1F: two energies per volume, then two per mass.

    Four numbers give four unknowns, so that nothing is left over to test the solution
    with.

    Parameters
    ----------
    thickness_um, wh_kg, wh_l : sequence of two float
        Separator thicknesses [µm], specific energies [Wh/kg] and energy densities
        [Wh/L].

    Returns
    -------
    SheetCell
        The one cell that has these.
    """
    (thick, thin), (mass_thick, mass_thin) = thickness_um, wh_kg
    (volume_thick, volume_thin) = wh_l
    rest = (volume_thick * thick - volume_thin * thin) / (volume_thin - volume_thick)
    energy = volume_thin * (rest + thin) * 1e-4  # Wh/L and µm to mWh/cm2
    areal = {"thick": 1e3 * energy / mass_thick, "thin": 1e3 * energy / mass_thin}
    per_um = (areal["thick"] - areal["thin"]) / (thick - thin)
    return SheetCell(energy, rest, areal["thin"] - per_um * thin, 10 * per_um)
