"""Energy densities that the reference paper prints, beside those of the model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
import pandas as pd
import pybamm

from aslb.experiments.protocols import HOLD, cccv
from aslb.experiments.study.definition import Study
from aslb.experiments.validation.cao2021.readings import CELL, Reading, readings
from aslb.experiments.validation.row import row
from aslb.models.registry import DFN
from aslb.parameters.cells.cao2021.printed import paper_numbers
from aslb.parameters.composition.anode import with_anode
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import Layer, layers, within

C_RATE = 1 / 20


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
        row(
            f"{item['figure']} {item['quantity']}, {item['reading']}",
            CELL,
            C_RATE,
            item["unit"],
            item["paper"],
            item["model"],
            "predicted",
        )
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
