"""What the sensitivity study tells: a table and a figure."""

from __future__ import annotations

from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import MUTED, styled
from aslb.experiments.output.report import Report


@styled
def plot_sensitivity(table: pd.DataFrame) -> Figure:
    """Total and first-order indices with their 95 % intervals, a panel an output.

    The most important parameter comes first.
    """
    outputs = table["output"].unique()
    figure, (panels,) = plt.subplots(
        1, len(outputs), figsize=(5.4 * len(outputs), 3.8), squeeze=False
    )
    for axes, output in zip(panels, outputs, strict=True):
        part = table[table["output"] == output].sort_values("total")
        rows = np.arange(len(part))
        for shift, index, colour in (
            (0.19, "total", MUTED[0]),
            (-0.19, "first_order", MUTED[1]),
        ):
            axes.barh(
                rows + shift,
                part[index],
                height=0.36,
                xerr=part[f"{index}_half_width"],
                color=colour,
                error_kw={"lw": 0.8},
                label=index.replace("_", " "),
            )
        names = [
            name.split(" [")[0]
            .replace("Positive ", "")
            .replace("Negative electrode", "foil")
            for name in part["parameter"]
        ]
        axes.set_yticks(rows, labels=names, fontsize=7)
        axes.set(xlabel="Sobol index", title=output)
        axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
    panels[-1].legend(loc="lower right")
    return figure


def report(table: pd.DataFrame) -> Report:
    """Sum up a sensitivity study, the most important parameter of each output first."""
    ranked = table.sort_values(["output", "total"], ascending=[True, False])
    summary = ranked.to_string(index=False, float_format="%.3f")
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
