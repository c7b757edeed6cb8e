"""Energy densities that the reference paper prints, beside those of the model.

What a figure counts is often not said. Each reading of it is data here, with its
reason; none has a free number, except the one that is solved from the figure itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pybamm

from aslb.experiments.protocols import HOLD, cccv
from aslb.experiments.study.definition import Study
from aslb.experiments.validation.cao2021 import arithmetic as paper_arithmetic
from aslb.experiments.validation.cao2021.cathode_window import mean_potential_over
from aslb.models.registry import DFN
from aslb.parameters.cells.cao2021.printed import paper_numbers
from aslb.parameters.composition.anode import ANODES, LITHIUM_THICKNESS, with_anode
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import Layer, layers, within
from aslb.parameters.materials import indium_lithium

CELL = "Cao2021_thin_halide"
C_RATE = 1 / 20


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
    membrane = paper["geometry_and_loading"]["thin_membrane"]
    seen = (1e-6 * membrane["sem_um"], 1e-2 * membrane["areal_mass_mg_cm2"])
    seen_name = f"membrane {membrane['sem_um']} µm thick"
    seen_why = "the thickness in the micrograph; its mass stays as weighed"
    energy = paper_arithmetic.discharge_energy(paper)
    # against Li the same charge is worth 0.62 V more
    plateau = indium_lithium.PLATEAU.number
    areal_capacity = paper_arithmetic.areal_capacity(paper)
    energy_li = energy + plateau * areal_capacity
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


def energy_against_paper(
    *,
    model: str = DFN,
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """The paper's energy densities, each reading of them, and the model's.

    The model's masses and thicknesses always; the energy (`energy_from`) is

    - "model": that of the model's own C/20 discharge;
    - "paper": what the paper's numbers imply, E2's Wh/kg times what its layers weigh
      (so that E2's Wh/kg itself is no test), with Li 0.62 V more for the same charge;
    - "open circuit": the printed capacity at the open-circuit potential of LCO, all of
      it reached, without any loss: an upper bound that takes no energy from the paper;
    - "none" for Wh/L over Wh/kg, a density in g/cm3 that needs no energy.

    Parameters
    ----------
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against In-Li [V], by default the cell's own; with Li they are
        raised by the potential of In-Li.
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    pandas.DataFrame
        Columns figure, quantity, unit, reading, energy_from, discharge_energy_mWh_cm2,
        paper, model, difference_percent, reason. The model is NaN where it could not
        be solved.
    """
    listed = readings(paper_numbers())
    cells = [_cell(reading) for reading in listed]
    asked = Cell(CELL).cutoffs(upper_cutoff, lower_cutoff)
    delivered = _delivered(cells, asked, hold, model, executor)
    rows = []
    for reading, (cell, _), own in zip(listed, cells, delivered, strict=True):
        inside = _inside(reading, cell)
        energies_from = {
            "model": own,
            "paper": reading.paper_energy,
            "open circuit": reading.open_circuit_energy,
        }
        if math.isnan(reading.open_circuit_energy):
            del energies_from["open circuit"]
        for source, energy in energies_from.items():
            rows += _rows(reading, inside, source, energy)
        per_mass, per_volume = reading.printed
        density = 1e-3 * inside.areal_mass / inside.thickness
        rows.append(
            _row(reading, "density", "g/cm3", "none", np.nan)
            | {"paper": per_volume / per_mass, "model": density}
        )
    table = pd.DataFrame(rows)
    reason = table.pop("reason")
    table["difference_percent"] = 100 * (table["model"] / table["paper"] - 1)
    return table.assign(reason=reason)


def energies(model: str, executor: Executor | None = None) -> list[dict[str, Any]]:
    """Energy densities with the model's own energy, in each reading of the paper.

    Parameters
    ----------
    model : str
        Name of the model.
    executor : concurrent.futures.Executor, optional
        Where to run.

    Returns
    -------
    list of dict
        Rows as `aslb.experiments.validation.comparison` has them.
    """
    table = energy_against_paper(model=model, executor=executor)
    own = table[table["energy_from"] == "model"]
    return [
        {
            "quantity": f"{item['figure']} {item['quantity']}, {item['reading']}",
            "cell": CELL,
            "c_rate": C_RATE,
            "unit": item["unit"],
            "paper": item["paper"],
            "model": item["model"],
            "lower": np.nan,
            "upper": np.nan,
            "difference": item["model"] - item["paper"],
            "role": "predicted",
        }
        for item in own.to_dict("records")
    ]


def _delivered(
    cells: Sequence[tuple[pybamm.ParameterValues, float]],
    asked: Mapping[str, float],
    hold: float,
    model: str,
    executor: Executor | None,
) -> np.ndarray:
    """Energy of each cell's first discharge [mWh/cm2], NaN if it failed."""
    found = np.full(len(cells), np.nan)
    for shift in {shift for _, shift in cells}:
        limits: dict[str, Any] = {n: limit + shift for n, limit in asked.items()}
        alike = {
            k: Cell(values, name=str(k))
            for k, (values, own) in enumerate(cells)
            if own == shift
        }
        data = Study(
            alike.values(),
            cccv(C_RATE, hold=hold, **limits),
            model=model,
            quantities=["discharge_energy"],
        ).run(executor=executor)
        per_gram = np.atleast_1d(data.discharge_energy.values)  # mWh/g
        for (k, cell), energy in zip(alike.items(), per_gram, strict=True):
            found[k] = 0.1 * energy * cell.active_mass / cell.area
    return found


def _cell(reading: Reading) -> tuple[pybamm.ParameterValues, float]:
    cell, shift = with_anode(Cell(CELL).parameter_values(), reading.anode)
    if reading.separator is not None:
        thickness, areal_mass = reading.separator
        cell["Separator thickness [m]"] = thickness
        cell["Separator density [kg.m-3]"] = areal_mass / thickness
    return cell, shift


def _inside(reading: Reading, cell: pybamm.ParameterValues) -> Layer:
    counted = layers(cell)
    if reading.everything_else is None:
        return within(counted, reading.boundary)
    rest, separator = reading.everything_else, counted["membrane"]
    return Layer(
        rest.areal_mass + separator.areal_mass, rest.thickness + separator.thickness
    )


def _rows(
    reading: Reading, inside: Layer, source: str, energy: float
) -> list[dict[str, Any]]:
    per_mass, per_volume = reading.printed
    return [
        _row(reading, "specific energy", "Wh/kg", source, energy)
        | {"paper": per_mass, "model": 10 * energy / inside.areal_mass},
        _row(reading, "energy density", "Wh/L", source, energy)
        | {"paper": per_volume, "model": 1e-2 * energy / inside.thickness},
    ]


def _row(
    reading: Reading, quantity: str, unit: str, source: str, energy: float
) -> dict[str, Any]:
    return {
        "figure": reading.figure,
        "quantity": quantity,
        "unit": unit,
        "reading": reading.name,
        "energy_from": source,
        "discharge_energy_mWh_cm2": energy,
        "paper": np.nan,
        "model": np.nan,
        "reason": reading.reason,
    }
