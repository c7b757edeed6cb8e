"""What the comparison with measurements tells: a summary, tables, figures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import (
    MARKERS,
    MUTED,
    ONE_COLUMN,
    cell_label,
    explain,
    rate_label,
    styled,
)
from aslb.experiments.output.report import Report
from aslb.experiments.study.summary import of_bands
from aslb.experiments.validation.comparison import Validation
from aslb.experiments.validation.roles import explained


def _by_cell(table: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Label, colour and rows of each cell."""
    for n, (cell, rows) in enumerate(table.groupby("cell", sort=False)):
        yield cell_label(str(cell)), MUTED[(2 * n) % len(MUTED)], rows


@styled
def plot_parity(table: pd.DataFrame, *notes: str) -> Figure:
    """Model against paper for every capacity that is printed in `Validation.table`.

    Fitted values are open symbols, half open where they had been predicted blind, and
    predictions filled ones, with their bands; notes below may say what these rest on.
    """
    printed = table[(table["unit"] == "mAh/g") & table["paper"].notna()]
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 4.0))
    numbers = printed[["paper", "model", "lower", "upper"]].to_numpy(dtype=float)
    ends = np.array([np.nanmin(numbers) - 5, np.nanmax(numbers) + 5])
    axes.plot(ends, ends, color="0.6", lw=0.8, zorder=0)
    for marker, (cell, colour, rows) in zip(MARKERS, _by_cell(printed), strict=False):
        for role, part in rows.groupby("role"):
            known = part.dropna(subset=["lower", "upper"])
            bands = known["paper"], known["lower"], known["upper"]
            axes.vlines(*bands, color=colour, lw=0.8, alpha=0.6)
            axes.plot(
                part["paper"],
                part["model"],
                ls="",
                marker=marker,
                color=colour,
                mfc="white" if role == "calibrated" else colour,
                markerfacecoloralt="white",
                fillstyle="bottom" if role == "after unblinding" else "full",
                label=f"{cell}, {role}",
            )
    axes.set(xlabel="Paper [mAh/g]", ylabel="Model [mAh/g]", xlim=ends, ylim=ends)
    axes.set_aspect("equal")
    explain(figure, axes.get_legend_handles_labels()[0], notes, 2)
    return figure


def _role(rows: pd.DataFrame) -> str:
    """That of the rates which the paper has, if it has any."""
    known = rows.loc[rows["paper"].notna(), "role"]
    return str(known.iloc[0] if len(known) else rows["role"].iloc[0])


@styled
def plot_rate_capability(table: pd.DataFrame, *notes: str) -> Figure:
    """Capacity against rate for each cell, with bands; paper where it is printed.

    Notes below may say what the bands rest on.
    """
    rates = table[table["quantity"] == "rate capability"]
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 3.2))
    for marker, (cell, colour, rows) in zip(MARKERS, _by_cell(rates), strict=False):
        c_rate, paper = rows["c_rate"], rows["paper"]
        band = rows[["lower", "upper"]].astype(float)
        axes.fill_between(
            c_rate, band["lower"], band["upper"], color=colour, alpha=0.15, lw=0
        )
        said = f"{cell}, {_role(rows)}"
        axes.plot(c_rate, rows["model"], color=colour, label=said)
        if paper.notna().any():
            look: dict[str, Any] = {
                "ls": "",
                "marker": marker,
                "ms": 4,
                "mec": "white",
                "mew": 0.5,
            }
            axes.plot(c_rate, paper, color=colour, label=f"{cell}, paper", **look)
    ticks = sorted(rates["c_rate"].unique())
    axes.set(xscale="log", xlabel="Rate", ylabel="Discharge capacity [mAh/g]")
    axes.set_xticks(ticks, labels=[rate_label(tick) for tick in ticks])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)
    explain(figure, axes.get_legend_handles_labels()[0], notes, 2)
    return figure


def report(validation: Validation) -> Report:
    """Sum up a comparison: a row a quantity, where the voltage goes, and figures."""
    table = validation.table
    shown = table.assign(cell=table["cell"].map(cell_label))
    shown.insert(2, "rate", shown.pop("c_rate").map(rate_label))
    summary = shown.to_string(index=False, float_format="%.1f", na_rep="-")
    bands = of_bands(validation.attrs)
    roles = [f"{role}: {what}" for role, what in explained(table).items()]
    summary = "\n\n".join([summary, "\n".join([*roles, *bands, *validation.refused])])
    return Report(
        summary,
        {"validate": table, "limits": validation.limits},
        {
            "parity": partial(plot_parity, table, *bands),
            "capability": partial(plot_rate_capability, table, *bands),
        },
    )
