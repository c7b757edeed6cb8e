"""Ways to understand the energy densities that the reference paper prints.

What a figure counts is often not said. Each reading of it is data here, with its
reason; none has a free number, except the one that is solved from the figure itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pybamm

from aslb.experiments.validation.cao2021.arithmetic import (
    areal_capacity,
    discharge_energy,
    mean_potential_over,
    sheet_cell,
)
from aslb.parameters.composition.anode import ANODES, LITHIUM_THICKNESS, with_anode
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import Layer, layers, within
from aslb.parameters.materials import indium_lithium

CELL = "Cao2021_thin_halide"
AS_BUILT, LI = ANODES
SHEET_CELL = "sheet cell"  # solved from the numbers that it is compared with
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
    energies: dict[str, float]  # by where they are from, besides the model [mWh/cm2]
    cell: pybamm.ParameterValues
    shift: float  # of its cut-offs [V]
    counted: Layer  # what the energy is divided by


def readings(paper: Mapping[str, Any]) -> list[Reading]:
    """Every reading of the paper's energy densities, the literal one first.

    Of the numbers in `aslb.parameters.cells.cao2021.printed.paper_numbers`.
    """
    return [*_as_built(paper), *_against_thickness(paper)]


def _as_built(paper: Mapping[str, Any]) -> Iterator[Reading]:
    """Of E1 to E3."""
    membrane = paper["geometry_and_loading"]["thin_membrane"]
    values = Cell(CELL).parameter_values()
    energy, charge = discharge_energy(paper), areal_capacity(paper)
    first = paper["first_cycle_at_C20"]["discharge_capacity_mAh_g"]["cell-3"]
    potential = mean_potential_over(values, first) - indium_lithium.PLATEAU.number
    seen_um, areal_mass = membrane["sem_um"], membrane["areal_mass_mg_cm2"]
    for figure, key, boundary, anode in FIGURES:
        entry = paper["energy_density"][key]
        built, shift = with_anode(values, anode)
        literal = Reading(
            figure,
            "as built",
            f"membrane {membrane['thickness_um']} µm; "
            f"{LITHIUM_THICKNESS * 1e6:g} µm of Li where there is Li",
            (entry["Wh_kg"], entry["Wh_L"]),
            # against Li the same charge is worth 0.62 V more
            {
                "paper": energy + shift * charge,
                "open circuit": charge * (potential + shift),
            },
            built,
            shift,
            within(layers(built), boundary),
        )
        yield literal
        seen = _with_separator(built, seen_um, 1e4 * areal_mass / seen_um)
        yield replace(
            literal,
            name=f"membrane {seen_um} µm thick",
            reason="the thickness in the micrograph; its mass stays as weighed",
            cell=seen,
            counted=within(layers(seen), boundary),
        )


def _against_thickness(paper: Mapping[str, Any]) -> Iterator[Reading]:
    """Of figure 1F."""
    membrane = paper["geometry_and_loading"]["thin_membrane"]
    density = 1e4 * membrane["areal_mass_mg_cm2"] / membrane["thickness_um"]
    study = paper["energy_density"]["thickness_study_LCO_Li"]
    sheet = sheet_cell(study["thickness_um"], study["Wh_kg"], study["Wh_L"])
    lithium, shift = with_anode(Cell(CELL).parameter_values(), LI)
    for um, *printed in zip(*study.values(), strict=True):
        dense = _with_separator(lithium, um, density)
        literal = Reading(
            f"Fig 1F, {um:g} µm",
            "cell-3 with Li",
            f"cathode, {LITHIUM_THICKNESS * 1e6:g} µm of Li, membrane as dense as "
            "built",
            (printed[0], printed[1]),
            {"paper": sheet.energy},  # and no capacity is printed
            dense,
            shift,
            within(layers(dense), WHOLE),
        )
        yield literal
        light = _with_separator(lithium, um, 1e3 * sheet.separator_density)
        areal_mass, thickness = layers(light)["membrane"]
        yield replace(
            literal,
            name=SHEET_CELL,
            reason=f"{sheet.thickness:.1f} µm and {sheet.areal_mass:.1f} mg/cm2 of all "
            f"but the separator, {sheet.separator_density:.2f} g/cm3 in it: solved "
            "from these four numbers, so that only the energy is compared",
            cell=light,
            counted=Layer(
                1e-2 * sheet.areal_mass + areal_mass, 1e-6 * sheet.thickness + thickness
            ),
        )


def _with_separator(
    cell: pybamm.ParameterValues, thickness_um: float, density: float
) -> pybamm.ParameterValues:
    """Another thickness [µm] and density [kg.m-3] of the separator."""
    changed = cell.copy()
    changed["Separator thickness [m]"] = 1e-6 * thickness_um
    changed["Separator density [kg.m-3]"] = density
    return changed
