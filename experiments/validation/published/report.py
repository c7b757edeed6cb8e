"""What the predictions of published cells tell: a summary, tables and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import (
    MUTED,
    TWO_COLUMNS,
    cell_label,
    rate_label,
    styled,
)
from aslb.experiments.output.report import Report
from aslb.experiments.validation.published.league import league, shares
from aslb.experiments.validation.published.predictions import (
    LABORATORIES,
    Prediction,
)


@styled
def plot_league(table: pd.DataFrame) -> Figure:
    """Median and 90 % band of each cell and rate; measured where it is known."""
    rows = np.arange(len(table))
    figure, axes = plt.subplots(figsize=(TWO_COLUMNS, 0.16 * len(table) + 0.6))
    axes.hlines(rows, table["lower"], table["upper"], color=MUTED[0], lw=3, alpha=0.35)
    axes.plot(table["median"], rows, "o", color=MUTED[0], ms=3, label="predicted")
    if table["measured"].notna().any():
        axes.plot(table["measured"], rows, "*", color=MUTED[6], ms=6, label="measured")
        axes.legend()
    words = zip(table["cell"], table["c_rate"], strict=True)
    labels = [f"{cell_label(cell)}, {rate_label(rate)}" for cell, rate in words]
    axes.set_yticks(rows, labels=labels)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set(
        xlabel="Discharge capacity [mAh per gram of active material]", xlim=(0, None)
    )
    return figure


def report(predictions: Sequence[Prediction]) -> Report:
    """Sum predictions up: the league, and what each input explains."""
    table = league(predictions)
    explained = pd.concat(
        {
            found.name: shares(found)
            .rename_axis("input")
            .reset_index()
            .melt("input", var_name="c_rate", value_name="share")
            for found in predictions
        },
        names=["cell"],
    )
    explained = explained.reset_index("cell").reset_index(drop=True)
    samples = len(predictions[0].capacities)
    summary = (
        f"{table.to_string(index=False, na_rep='-')}\n\n"
        f"Bands: 90 % of {samples} samples, with the model's error and "
        f"{LABORATORIES:.1%} between laboratories"
    )
    return Report(
        summary,
        {"league": table, "explained": explained},
        {"league": partial(plot_league, table)},
    )
