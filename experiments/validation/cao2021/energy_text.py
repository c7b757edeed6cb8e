"""The comparison with a paper's energy densities, to read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from aslb.experiments.output.report import Report
from aslb.experiments.validation.cao2021.energy_readings import energy_against_paper


def with_paper(report: Report, **protocol: Any) -> Report:
    """A report of cell-3's energy, and beside it what the paper prints.

    Parameters
    ----------
    report : Report
        From `aslb.experiments.analyses.energy.report`.
    **protocol
        As for `energy_against_paper`.

    Returns
    -------
    Report
        With the comparison in its summary, and as ``energy_paper.csv``.
    """
    table = energy_against_paper(**protocol)
    return replace(
        report,
        summary=f"{report.summary}\n\n{paper_text(table)}",
        tables={**report.tables, "energy_paper": table},
    )


def paper_text(against_paper: pd.DataFrame) -> str:
    """The comparison with the paper, a line for each reading and number.

    Parameters
    ----------
    against_paper : pandas.DataFrame
        From `energy_against_paper`.

    Returns
    -------
    str
        Table with legend.
    """
    lines = [
        "The paper's energy densities: value, and difference from the paper in %, by "
        "where the energy is from",
        "",
        f"{'':<18}{'reading':<22}{'unit':<7}{'paper':>8}{'model':>16}"
        f"{'paper energy':>16}{'open circuit':>16}",
    ]
    keys = ["figure", "reading", "unit"]
    for (figure, reading, unit), rows in against_paper.groupby(keys, sort=False):
        by_source = rows.set_index("energy_from")
        digits = 2 if unit == "g/cm3" else 0
        paper = f"{by_source['paper'].iloc[0]:.{digits}f}"
        line = f"{figure:<18}{reading:<22}{unit:<7}{paper:>8}"
        columns = ("none",) if unit == "g/cm3" else ("model", "paper", "open circuit")
        for source in columns:
            if source in by_source.index:
                row = by_source.loc[source]
                value = f"{row['model']:.{digits}f}"
                line += f"{value:>8} {row['difference_percent']:+6.1f}%"
        lines.append(line.rstrip())
    lines += ["", "Energies per area / mWh/cm2"]
    energies = against_paper[against_paper.unit == "Wh/kg"].drop_duplicates(
        ["figure", "energy_from", "discharge_energy_mWh_cm2"]
    )
    for figure in energies.figure.unique():
        first = energies[energies.figure == figure].drop_duplicates("energy_from")
        energy = dict(
            zip(first.energy_from, first.discharge_energy_mWh_cm2, strict=True)
        )
        text = ", ".join(f"{source} {value:.2f}" for source, value in energy.items())
        excess = energy["model"] / energy["paper"] - 1
        lines.append(f"  {figure:<16}{text}; model over paper {excess:+.1%}")
    lines += ["", "Readings"]
    for name, rows in against_paper.groupby("reading", sort=False):
        lines.append(f"  {name}: {rows.reason.iloc[0]}")
    lines += [
        "Energies",
        "  model: the model's own C/20 discharge",
        "  paper: E2's Wh/kg times what its layers weigh, so that E2's own Wh/kg is no",
        "    test; with Li 0.62 V more for the same charge; figure 1F: solved from it",
        "  open circuit: the printed capacity at LCO's open-circuit potential, all LCO",
        "    reached and nothing lost: an upper bound without any energy of the paper",
        "  Wh/L over Wh/kg, in g/cm3, needs no energy",
    ]
    return "\n".join(lines)
