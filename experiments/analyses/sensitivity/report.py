"""What the sensitivity study tells: a table and a figure."""

from __future__ import annotations

from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from aslb.experiments.output.figure_style import (
    MUTED,
    ONE_COLUMN,
    TWO_COLUMNS,
    styled,
)
from aslb.experiments.output.report import Report
from aslb.parameters.composition.names import label

RESOLVED = {"total": "resolved", "first_order": "first_order_resolved"}
"""Indices, and the columns that say whether they are larger than their error."""

COLOURS = {"total": MUTED[0], "first_order": MUTED[1]}


@styled
def plot_sensitivity(table: pd.DataFrame) -> Figure:
    """Total and first-order indices with their 95 % intervals, a panel an output.

    The most important parameter comes first. What the interval does not tell from zero
    is not drawn; below the panel it is said how much that is.
    """
    outputs = table["output"].unique()
    figure, (panels,) = plt.subplots(
        1,
        len(outputs),
        figsize=(TWO_COLUMNS if len(outputs) > 1 else ONE_COLUMN, 2.9),
        squeeze=False,
        sharex=True,
    )
    for axes, output in zip(panels, outputs, strict=True):
        part = table[table["output"] == output].sort_values("total")
        part = part[part[[*RESOLVED.values()]].any(axis=1)]
        rows = np.arange(len(part))
        for shift, (index, resolved) in zip(
            (0.19, -0.19), RESOLVED.items(), strict=True
        ):
            drawn = part[resolved].to_numpy(dtype=bool)
            axes.barh(
                rows[drawn] + shift,
                part[index][drawn],
                height=0.36,
                xerr=part[f"{index}_half_width"][drawn],
                color=COLOURS[index],
                error_kw={"lw": 0.6},
            )
        names = [label(name).split(" [")[0] for name in part["parameter"]]
        axes.set_yticks(rows, labels=names)
        axes.set_title(output[:1].upper() + output[1:])
        said = _left_out(table, output).replace(": ", ":\n")
        axes.set_xlabel(f"Sobol index\n{said}")
    panels[0].set_xlim(left=min(0.0, panels[0].get_xlim()[0]))  # of all: they share it
    handles = [
        Patch(color=colour, label=index.replace("_", " "))
        for index, colour in COLOURS.items()
    ]
    panels[-1].legend(handles=handles, loc="lower right")
    return figure


def _left_out(table: pd.DataFrame, output: str) -> str:
    """How many indices of an output are not larger than their error."""
    resolved = table.loc[table["output"] == output, [*RESOLVED.values()]].to_numpy()
    return (
        f"{(~resolved).sum()} of {resolved.size} left out: no larger than their error"
    )


def report(table: pd.DataFrame) -> Report:
    """Sum up a sensitivity study, the most important parameter of each output first."""
    ranked = table.sort_values(["output", "total"], ascending=[True, False])
    summary = ranked.to_string(index=False, float_format="%.3f")
    for output in ranked["output"].unique():
        summary += f"\n\nFigure, {output}: {_left_out(ranked, output)}"
    failed = table.attrs.get("failed_samples", 0)
    if failed:
        summary += (
            f"\n\n{failed} of {table.attrs['samples']} samples have no answer: not "
            "solved, or nothing delivered even without a separator; the blocks that "
            "they belong to are left out"
        )
    return Report(
        summary, {"sobol": ranked}, {"sobol": partial(plot_sensitivity, table)}
    )
