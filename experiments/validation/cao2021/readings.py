"""Ways to understand the energy densities that the reference paper prints.

What a figure counts is often not said. Each reading of it is data here, with its
reason; none has a free number, except the one that is solved from the figure itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aslb.experiments.validation.cao2021.arithmetic import (
    areal_capacity,
    discharge_energy,
    mean_potential_over,
    sheet_cell,
)
from aslb.parameters.composition.anode import ANODES, LITHIUM_THICKNESS
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import Layer
from aslb.parameters.materials import indium_lithium

CELL = "Cao2021_thin_halide"
AS_BUILT, LI = ANODES
WHOLE = "cathode+membrane+anode"
FIGURES = (
    ("E1", "E1_cathode_membrane_anode", WHOLE, AS_BUILT),
    ("E2", "E2_cathode_membrane", "cathode+membrane", AS_BUILT),
    ("E3", "E3_cathode_membrane_Li", WHOLE, LI),
)


@dataclass(frozen=True)
class Reading:
    """One way to understand a printed energy density."""

    figure: str
    name: str
    reason: str
    printed: tuple[float, float]  # Wh/kg and Wh/L
    paper_energy: float  # that the paper's own numbers imply [mWh/cm2]
    boundary: str
    anode: str
    separator: tuple[float, float] | None = None  # other than built [m, kg.m-2]
    everything_else: Layer | None = None  # if not what the model says
    open_circuit_energy: float = math.nan  # of the printed capacity [mWh/cm2]


def readings(paper: Mapping[str, Any]) -> list[Reading]:
    """Every reading of the paper's energy densities, the literal one first.

    Of the numbers in `aslb.parameters.cells.cao2021.printed.paper_numbers`.
    """
    return [*_as_built(paper), *_against_thickness(paper)]


def _as_built(paper: Mapping[str, Any]) -> Iterator[Reading]:
    """Of E1 to E3."""
    membrane = paper["geometry_and_loading"]["thin_membrane"]
    energy, charge = discharge_energy(paper), areal_capacity(paper)
    first = paper["first_cycle_at_C20"]["discharge_capacity_mAh_g"]["cell-3"]
    potential = mean_potential_over(Cell(CELL).parameter_values(), first)
    # against Li the same charge is worth 0.62 V more
    plateau = indium_lithium.PLATEAU.number
    for figure, key, boundary, anode in FIGURES:
        entry = paper["energy_density"][key]
        literal = Reading(
            figure,
            "as built",
            f"membrane {membrane['thickness_um']} µm; "
            f"{LITHIUM_THICKNESS * 1e6:g} µm of Li where there is Li",
            (entry["Wh_kg"], entry["Wh_L"]),
            energy + plateau * charge if anode == LI else energy,
            boundary,
            anode,
            open_circuit_energy=charge * (potential - (anode != LI) * plateau),
        )
        yield literal
        yield replace(
            literal,
            name=f"membrane {membrane['sem_um']} µm thick",
            reason="the thickness in the micrograph; its mass stays as weighed",
            separator=(1e-6 * membrane["sem_um"], 1e-2 * membrane["areal_mass_mg_cm2"]),
        )


def _against_thickness(paper: Mapping[str, Any]) -> Iterator[Reading]:
    """Of figure 1F."""
    membrane = paper["geometry_and_loading"]["thin_membrane"]
    study = paper["energy_density"]["thickness_study_LCO_Li"]
    built = membrane["areal_mass_mg_cm2"] / membrane["thickness_um"] * 1e4  # kg/m3
    sheet = sheet_cell(study["thickness_um"], study["Wh_kg"], study["Wh_L"])
    for separator_um, *printed in zip(*study.values(), strict=True):
        literal = Reading(
            f"Fig 1F, {separator_um:g} µm",
            "cell-3 with Li",
            f"cathode, {LITHIUM_THICKNESS * 1e6:g} µm of Li, membrane as dense as "
            "built",
            (printed[0], printed[1]),
            sheet.energy,
            WHOLE,
            LI,
            (1e-6 * separator_um, 1e-6 * separator_um * built),
        )
        yield literal
        density = 1e3 * sheet.separator_density
        yield replace(
            literal,
            name="sheet cell",
            reason=f"{sheet.thickness:.1f} µm and {sheet.areal_mass:.1f} mg/cm2 of all "
            f"but the separator, {sheet.separator_density:.2f} g/cm3 in it: solved "
            "from these four numbers, so that only the energy is compared",
            separator=(1e-6 * separator_um, 1e-6 * separator_um * density),
            everything_else=Layer(1e-2 * sheet.areal_mass, 1e-6 * sheet.thickness),
        )
