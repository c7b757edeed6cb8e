"""What the sensitivity study tells: a table and a figure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import MUTED, STYLE
from aslb.experiments.output.files import write_report


def plot_sensitivity(table: pd.DataFrame) -> Figure:
    """Total and first-order indices, the most important parameter first.

    Parameters
    ----------
    table : pandas.DataFrame
        From `aslb.experiments.analyses.sensitivity.sobol`.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each output; error bars are 95 % intervals.
    """
    outputs = table["output"].unique()
    with plt.rc_context(STYLE):
        figure, panels = plt.subplots(
            1, len(outputs), figsize=(5.4 * len(outputs), 3.8), squeeze=False
        )
        for axes, output in zip(panels[0], outputs, strict=True):
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
        panels[0, -1].legend(loc="lower right")
    return figure


def report_sensitivity(
    table: pd.DataFrame, directory: Path, manifest: Mapping[str, Any]
) -> str:
    """Write table and figure, and sum them up.

    Parameters
    ----------
    table : pandas.DataFrame
        From `aslb.experiments.analyses.sensitivity.sobol`.
    directory : pathlib.Path
        Where to write.
    manifest : mapping
        How it was made.

    Returns
    -------
    str
        The table, the most important parameter of each output first.
    """
    ranked = table.sort_values(["output", "total"], ascending=[True, False])
    write_report(
        directory, {"sobol": ranked}, {"sobol": plot_sensitivity(table)}, manifest
    )
    return ranked.to_string(index=False, float_format="%.3f")
