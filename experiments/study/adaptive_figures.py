"""Figure of a map that was sampled where it bends."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.tri import Triangulation
from scipy.spatial import Delaunay

from aslb.experiments.output.figure_style import STYLE, cell_label
from aslb.experiments.study.figures import (
    axis_label,
    draw_contours,
    log_ticks,
    quantity_label,
)


def has_triangle(study: xr.Dataset, quantity: str) -> bool:
    """Whether a quantity has values at three points that are not in a line."""
    solved = _in_square(_drawn(study))[np.isfinite(study[quantity].values)]
    return len(solved) > 2 and np.linalg.matrix_rank(solved - solved[0]) == 2


def plot_adaptive_map(study: xr.Dataset, quantity: str) -> Figure:
    """A quantity over two varied parameters, interpolated in the triangles of points.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.open_study`, an adaptive map.
    quantity : str
        One of its variables, of which `has_triangle` is true.

    Returns
    -------
    matplotlib.figure.Figure
        Filled contours with labelled levels; points are dots, failed ones crosses.
    """
    drawn = _drawn(study)
    solved = np.isfinite(study[quantity].values)
    failed = study.status.values == "failed"
    simplices = Delaunay(_in_square(drawn)[solved]).simplices
    triangles = Triangulation(drawn[solved, 0], drawn[solved, 1], simplices)
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(5.2, 3.8))
        draw_contours(
            axes.tricontourf,
            axes.tricontour,
            triangles,
            study[quantity].values[solved],
            label=quantity_label(study[quantity]),
        )
        dots: dict[str, Any] = {"ls": "", "clip_on": False, "zorder": 3}
        axes.plot(
            *drawn[solved].T, "o", mfc="black", mec="white", mew=0.4, ms=2.6, **dots
        )
        axes.plot(*drawn[failed].T, "x", color="black", ms=4, **dots)
        for axis, name in zip("xy", study.attrs["sampled"], strict=True):
            if study[name].scale == "log":
                ticks = log_ticks(study[name].values)
                axes.set(**{f"{axis}ticks": np.log10(ticks)})
                axes.set(**{f"{axis}ticklabels": [f"{tick:g}" for tick in ticks]})
            getattr(axes, f"set_{axis}label")(axis_label(name))
        axes.set_title(
            f"{cell_label(study.attrs['cell'])}, {study.attrs['model']}, "
            f"{solved.sum()} points"
        )
    return figure


def _drawn(study: xr.Dataset) -> np.ndarray:
    """Coordinates, of a logarithmic range its logarithm.

    Contours are straight in the coordinates that were sampled; an axis that Matplotlib
    scales would bend them.
    """
    sampled = [study[name] for name in study.attrs["sampled"]]
    return np.array([np.log10(s) if s.scale == "log" else s for s in sampled]).T


def _in_square(drawn: np.ndarray) -> np.ndarray:
    """The same in the unit square, where the learner has its triangles."""
    return (drawn - drawn.min(axis=0)) / np.ptp(drawn, axis=0)
