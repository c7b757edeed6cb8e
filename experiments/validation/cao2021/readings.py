"""Ways to understand the energy densities that the reference paper prints.

What a figure counts is often not said. Each reading of it is data here, with its
reason; none has a free number, except the one that is solved from the figure itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aslb.experiments.validation.cao2021 import arithmetic as paper_arithmetic
from aslb.experiments.validation.cao2021.cathode_window import mean_potential_over
from aslb.parameters.composition.anode import ANODES, LITHIUM_THICKNESS
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import Layer
from aslb.parameters.materials import indium_lithium

CELL = "Cao2021_thin_halide"


@dataclass(frozen=True)
class Reading:
    """One way to understand a printed energy density.

    Parameters
    ----------
    figure : str
        The number as we call it, for instance "E2".
    name : str
        The reading in a few words.
    reason : str
        What speaks for it.
    printed : tuple of float
        Wh/kg and Wh/L.
    paper_energy : float
        Discharge energy that the paper's own numbers imply [mWh/cm2].
    boundary : str
        What is counted.
    anode : str, optional
        "as-built" or "Li".
    separator : tuple of float, optional
        Another thickness [m] and areal mass [kg.m-2] of the separator.
    everything_else : Layer, optional
        What all other layers weigh and take, if not what the model says.
    open_circuit_energy : float, optional
        Energy of the printed capacity at open circuit [mWh/cm2]; NaN where the paper
        prints no capacity.
    """

    figure: str
    name: str
    reason: str
    printed: tuple[float, float]
    paper_energy: float
    boundary: str
    anode: str = ANODES[0]
    separator: tuple[float, float] | None = None
    everything_else: Layer | None = None
    open_circuit_energy: float = math.nan


def readings(paper: Mapping[str, Any]) -> list[Reading]:
    """Every reading of the paper's energy densities.

    Parameters
    ----------
    paper : mapping
        From `aslb.parameters.cells.cao2021.printed.paper_numbers`.

    Returns
    -------
    list of Reading
        In the order of the paper's numbers, the literal reading first.
    """
    return [*_as_built(paper), *_against_thickness(paper)]


def _energies_of_the_paper(paper: Mapping[str, Any]) -> tuple[float, float]:
    """Discharge energy against In-Li, and against Li [mWh/cm2]."""
    energy = paper_arithmetic.discharge_energy(paper)
    # against Li the same charge is worth 0.62 V more
    shift = indium_lithium.PLATEAU.number * paper_arithmetic.areal_capacity(paper)
    return energy, energy + shift


def _as_built(paper: Mapping[str, Any]) -> list[Reading]:
    """Of E1 to E3."""
    membrane = paper["geometry_and_loading"]["thin_membrane"]
    seen = (1e-6 * membrane["sem_um"], 1e-2 * membrane["areal_mass_mg_cm2"])
    seen_name = f"membrane {membrane['sem_um']} µm thick"
    seen_why = "the thickness in the micrograph; its mass stays as weighed"
    energy, energy_li = _energies_of_the_paper(paper)
    plateau = indium_lithium.PLATEAU.number
    areal_capacity = paper_arithmetic.areal_capacity(paper)
    first = paper["first_cycle_at_C20"]["discharge_capacity_mAh_g"]["cell-3"]
    open_circuit = mean_potential_over(Cell(CELL).parameter_values(), first)

    built_from = {
        "E1": ("E1_cathode_membrane_anode", "cathode+membrane+anode", ANODES[0]),
        "E2": ("E2_cathode_membrane", "cathode+membrane", ANODES[0]),
        "E3": ("E3_cathode_membrane_Li", "cathode+membrane+anode", "Li"),
    }
    found = []
    for figure, (key, boundary, anode) in built_from.items():
        entry = paper["energy_density"][key]
        literal = Reading(
            figure,
            "as built",
            f"membrane {membrane['thickness_um']} µm; "
            f"{LITHIUM_THICKNESS * 1e6:g} µm of Li where there is Li",
            (entry["Wh_kg"], entry["Wh_L"]),
            energy_li if anode == "Li" else energy,
            boundary,
            anode,
            open_circuit_energy=areal_capacity
            * (open_circuit - (0.0 if anode == "Li" else plateau)),
        )
        found.append(literal)
        found.append(replace(literal, name=seen_name, reason=seen_why, separator=seen))
    return found


def _against_thickness(paper: Mapping[str, Any]) -> list[Reading]:
    """Of figure 1F."""
    found = []
    membrane = paper["geometry_and_loading"]["thin_membrane"]
    study = paper["energy_density"]["thickness_study_LCO_Li"]
    sheet = paper_arithmetic.sheet_cell(
        study["thickness_um"], study["Wh_kg"], study["Wh_L"]
    )
    rest = Layer(1e-2 * sheet.areal_mass, 1e-6 * sheet.thickness)
    built_density = membrane["areal_mass_mg_cm2"] / membrane["thickness_um"] * 1e4
    for n, separator_um in enumerate(study["thickness_um"]):
        for name, reason, density, everything_else in (
            (
                "cell-3 with Li",
                f"cathode, {LITHIUM_THICKNESS * 1e6:g} µm of Li, membrane as dense "
                "as built",
                built_density,
                None,
            ),
            (
                "sheet cell",
                f"{sheet.thickness:.1f} µm and {sheet.areal_mass:.1f} mg/cm2 of all "
                f"but the separator, {sheet.separator_density:.2f} g/cm3 in it: solved "
                "from these four numbers, so that only the energy is compared",
                1e3 * sheet.separator_density,
                rest,
            ),
        ):
            found.append(
                Reading(
                    f"Fig 1F, {separator_um:g} µm",
                    name,
                    reason,
                    (study["Wh_kg"][n], study["Wh_L"][n]),
                    sheet.energy,
                    "cathode+membrane+anode",
                    "Li",
                    (1e-6 * separator_um, 1e-6 * separator_um * density),
                    everything_else,
                )
            )
    return found
