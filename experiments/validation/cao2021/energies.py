"""Energy densities that the reference paper prints, beside those of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from aslb.experiments.output.report import Report
from aslb.experiments.protocols import HOLD, cccv
from aslb.experiments.study.definition import Study
from aslb.experiments.validation.cao2021.readings import CELL, Reading, readings
from aslb.models.registry import DFN
from aslb.parameters.cells.cao2021.printed import paper_numbers
from aslb.parameters.composition.cell import Cell

C_RATE = 1 / 20
COLUMNS = (
    "quantity",
    "unit",
    "energy_from",
    "discharge_energy_mWh_cm2",
    "paper",
    "model",
)
LEGEND = """\
Energies
  model: the model's own C/20 discharge
  paper: E2's Wh/kg times what its layers weigh, so that E2's own Wh/kg is no
    test; with Li 0.62 V more for the same charge; figure 1F: solved from it
  open circuit: the printed capacity at LCO's open-circuit potential, all LCO
    reached and nothing lost: an upper bound at that capacity, without any
    energy of the paper; a model above it delivers more charge than was printed
  Wh/L over Wh/kg, in g/cm3, needs no energy"""


def energy_against_paper(
    *,
    model: str = DFN,
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """The paper's energy densities, each reading of them, and the model's.

    The model's masses and thicknesses always; where the energy is from (`energy_from`)
    is in `LEGEND`. Cut-offs are against In-Li; with Li they are raised by its
    potential. The model is NaN where it could not be solved.

    Parameters
    ----------
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against In-Li [V]; by default the cell's own.
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    pandas.DataFrame
        A row for each number of the paper and reading of it.
    """
    listed = readings(paper_numbers())
    asked = Cell(CELL).cutoffs(upper_cutoff, lower_cutoff)
    delivered = _delivered(listed, asked, hold, model, executor)
    tables = []
    for reading, own in zip(listed, delivered, strict=True):
        rows = _rows(reading, own)
        table = pd.DataFrame(rows, columns=COLUMNS)
        table.insert(0, "figure", reading.figure)
        table.insert(3, "reading", reading.name)
        table["difference_percent"] = 100 * (table["model"] / table["paper"] - 1)
        tables.append(table.assign(reason=reading.reason))
    return pd.concat(tables, ignore_index=True)


def _delivered(
    listed: Sequence[Reading],
    asked: Mapping[str, float],
    hold: float,
    model: str,
    executor: Executor | None,
) -> np.ndarray:
    """Energy of the first discharge in each reading [mWh/cm2], NaN if it failed."""
    found = np.full(len(listed), np.nan)
    for shift in {reading.shift for reading in listed}:
        limits: dict[str, Any] = {n: limit + shift for n, limit in asked.items()}
        alike = {
            k: Cell(reading.cell, name=str(k))
            for k, reading in enumerate(listed)
            if reading.shift == shift
        }
        data = Study(
            alike.values(),
            cccv(C_RATE, hold=hold, **limits),
            start="as assembled",
            model=model,
            quantities=["discharge_energy"],
        ).run(executor=executor)
        per_gram = np.atleast_1d(data.discharge_energy.values)  # mWh/g
        for (k, cell), energy in zip(alike.items(), per_gram, strict=True):
            found[k] = 0.1 * energy * cell.active_mass / cell.area
    return found


def _rows(reading: Reading, own: float) -> Iterator[tuple[Any, ...]]:
    """Both energies from each source, and their ratio, as in `COLUMNS`."""
    per_mass, per_volume = reading.printed
    areal_mass, thickness = reading.counted
    for source, energy in {"model": own, **reading.energies}.items():
        specific, dense = 10 * energy / areal_mass, 1e-2 * energy / thickness
        yield "specific energy", "Wh/kg", source, energy, per_mass, specific
        yield "energy density", "Wh/L", source, energy, per_volume, dense
    density = 1e-3 * areal_mass / thickness
    yield "density", "g/cm3", "none", np.nan, per_volume / per_mass, density


def with_paper(report: Report, **protocol: Any) -> Report:
    """A report of cell-3's energy, and beside it what the paper prints.

    As ``energy_paper.csv`` and in the summary; `protocol` as for
    `energy_against_paper`.
    """
    table = energy_against_paper(**protocol)
    return replace(
        report,
        summary=f"{report.summary}\n\n{paper_text(table)}",
        tables={**report.tables, "energy_paper": table},
    )


def paper_text(against_paper: pd.DataFrame) -> str:
    """The comparison with the paper, a line for each reading and number."""
    lines = [
        "The paper's energy densities: value, and difference from the paper in %, by "
        "where the energy is from",
        "",
        f"{'':<18}{'reading':<22}{'unit':<7}{'paper':>8}{'model':>16}"
        f"{'paper energy':>16}{'open circuit':>16}",
    ]
    keys = ["figure", "reading", "unit"]
    for (figure, reading, unit), rows in against_paper.groupby(keys, sort=False):
        digits = 2 if unit == "g/cm3" else 0
        line = f"{figure:<18}{reading:<22}{unit:<7}{rows.paper.iloc[0]:>8.{digits}f}"
        for value, difference in zip(rows.model, rows.difference_percent, strict=True):
            line += f"{value:>8.{digits}f} {difference:+6.1f}%"
        lines.append(line)
    lines += ["", "Energies per area / mWh/cm2"]
    energies = against_paper[against_paper.unit == "Wh/kg"].drop_duplicates(
        ["figure", "energy_from"]
    )
    for _, rows in energies.groupby("figure", sort=False):
        figure = rows.figure.iloc[0]
        energy = rows.set_index("energy_from").discharge_energy_mWh_cm2
        text = ", ".join(f"{source} {value:.2f}" for source, value in energy.items())
        excess = energy["model"] / energy["paper"] - 1
        lines.append(f"  {figure:<16}{text}; model over paper {excess:+.1%}")
    lines += ["", "Readings"]
    for _, rows in against_paper.groupby("reading", sort=False):
        lines.append(f"  {rows.reading.iloc[0]}: {rows.reason.iloc[0]}")
    return "\n".join([*lines, LEGEND])
