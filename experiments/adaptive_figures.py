"""Figure of a map that was sampled where it bends."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.tri import Triangulation

from aslb.experiments.figure_style import STYLE, cell_label
from aslb.experiments.sweep_figures import axis_label, log_ticks, quantity_label


def plot_adaptive_map(study: xr.Dataset, quantity: str) -> Figure:
    """A quantity over two varied parameters, interpolated in the triangles of points.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.open_study`, an adaptive map.
    quantity : str
        One of its variables, with a value at three points or more.

    Returns
    -------
    matplotlib.figure.Figure
        Filled contours with labelled levels; points are dots, failed ones crosses.
    """
    names = study.attrs["sampled"]
    # contours are straight in the coordinates that were sampled: of a logarithmic
    # range its logarithm is drawn, with ticks that say the values
    logarithmic = [study[name].attrs["scale"] == "log" for name in names]
    x, y = (
        np.log10(study[name].values) if is_log else study[name].values
        for name, is_log in zip(names, logarithmic, strict=True)
    )
    solved = np.isfinite(study[quantity].values)
    failed = study.status.values == "failed"
    triangles = Triangulation(x[solved], y[solved])
    values = study[quantity].values[solved]
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(5.2, 3.8))
        filled = axes.tricontourf(triangles, values, levels=12, cmap="viridis")
        dots: dict[str, Any] = {"ls": "", "clip_on": False, "zorder": 3}
        at = x[solved], y[solved]
        axes.plot(*at, marker="o", mfc="black", mec="white", mew=0.4, ms=2.6, **dots)
        axes.plot(x[failed], y[failed], marker="x", color="black", ms=4, **dots)
        lines = axes.tricontour(
            triangles,
            values,
            levels=np.asarray(filled.levels)[1:-1:2],
            colors="white",
            linewidths=0.8,
        )
        axes.clabel(lines, fontsize=7)
        for axis, name, is_log in zip("xy", names, logarithmic, strict=True):
            if is_log:
                ticks = log_ticks(study[name].values)
                set_ticks = getattr(axes, f"set_{axis}ticks")
                set_ticks(np.log10(ticks), labels=[f"{tick:g}" for tick in ticks])
            getattr(axes, f"set_{axis}label")(axis_label(name))
        axes.set_title(
            f"{cell_label(study.attrs['cell'])}, {study.attrs['model']}, "
            f"{solved.sum()} points"
        )
        figure.colorbar(filled, label=quantity_label(study[quantity]))
    return figure
