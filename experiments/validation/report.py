"""What the comparison with measurements tells: a summary, tables, figures."""

from __future__ import annotations

from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import (
    MARKERS,
    MUTED,
    STYLE,
    cell_label,
    rate_label,
)
from aslb.experiments.output.report import Report
from aslb.experiments.validation.comparison import Validation


def plot_parity(table: pd.DataFrame) -> Figure:
    """Model against paper for every capacity that is printed.

    Parameters
    ----------
    table : pandas.DataFrame
        `Validation.table`.

    Returns
    -------
    matplotlib.figure.Figure
        Fitted values are open symbols and predictions filled ones, with their bands.
    """
    printed = table[(table["unit"] == "mAh/g") & table["paper"].notna()]
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(5.4, 4.0))
        ends = np.array([printed[["paper", "model"]].min().min() - 10, 200])
        axes.plot(ends, ends, color="0.6", lw=0.8, zorder=0)
        for n, (cell, group) in enumerate(printed.groupby("cell", sort=False)):
            colour = MUTED[(2 * n) % len(MUTED)]
            for role, part in group.groupby("role"):
                bands = part[["lower", "upper"]].to_numpy()
                known = np.isfinite(bands).all(axis=1)
                axes.vlines(
                    part["paper"][known],
                    *bands[known].T,
                    color=colour,
                    lw=1,
                    alpha=0.6,
                )
                axes.plot(
                    part["paper"],
                    part["model"],
                    ls="",
                    marker=MARKERS[n],
                    color=colour,
                    mfc=colour if role == "predicted" else "white",
                    label=f"{cell_label(str(cell))}, {role}",
                )
        axes.set(
            xlabel="Paper / mAh g$^{-1}$ (LCO)",
            ylabel="Model / mAh g$^{-1}$ (LCO)",
            xlim=ends,
        )
        figure.legend(loc="outside right upper")
    return figure


def plot_rate_capability(table: pd.DataFrame) -> Figure:
    """Capacity against rate for each cell, with bands; paper where it is printed.

    Parameters
    ----------
    table : pandas.DataFrame
        `Validation.table`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    rates = table[table["quantity"] == "rate capability"]
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(5.6, 3.6))
        for n, (cell, group) in enumerate(rates.groupby("cell", sort=False)):
            colour = MUTED[(2 * n) % len(MUTED)]
            role = group["role"].iloc[0]
            axes.fill_between(
                group["c_rate"],
                group["lower"].astype(float),
                group["upper"].astype(float),
                color=colour,
                alpha=0.2,
                lw=0,
            )
            axes.plot(
                group["c_rate"],
                group["model"],
                color=colour,
                marker=MARKERS[n],
                ms=4,
                label=f"{cell_label(str(cell))}, {role}",
            )
            axes.plot(
                group["c_rate"],
                group["paper"],
                ls="",
                marker="*",
                ms=10,
                mfc="white",
                color=colour,
                label=f"{cell_label(str(cell))}, paper"
                if group["paper"].notna().any()
                else None,
            )
        ticks = sorted(rates["c_rate"].unique())
        axes.set(xscale="log", ylabel="Discharge capacity / mAh g$^{-1}$ (LCO)")
        axes.set_xticks(ticks, labels=[rate_label(tick) for tick in ticks])
        axes.minorticks_off()
        axes.set_xlabel("Rate")
        axes.set_ylim(bottom=0)
        figure.legend(loc="outside right upper")
    return figure


def report(validation: Validation) -> Report:
    """Sum up a comparison.

    Parameters
    ----------
    validation : Validation
        From `aslb.experiments.validation.comparison.validate`.

    Returns
    -------
    Report
        The comparison, a row a quantity, where the voltage goes, and figures.
    """
    table = validation.table
    shown = table.assign(
        cell=[cell_label(cell) for cell in table["cell"]],
        rate=[rate_label(c_rate) for c_rate in table["c_rate"]],
    )
    columns = ["quantity", "cell", "rate", "unit", "paper", "model", "lower", "upper"]
    summary = shown[[*columns, "difference", "role"]].to_string(
        index=False, float_format="%.1f", na_rep="-"
    )
    if validation.samples:
        summary += (
            f"\n\nBands: {validation.samples} samples, worth "
            f"{validation.effective_samples:.0f} equally likely ones"
        )
    return Report(
        summary,
        {"validate": table, "limits": validation.limits},
        {
            "parity": partial(plot_parity, table),
            "capability": partial(plot_rate_capability, table),
        },
    )
