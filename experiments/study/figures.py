"""Figures of a stored study: maps of two varied parameters, and lines of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.tri import Triangulation
from scipy.spatial import Delaunay

from aslb.experiments.output.figure_style import (
    ONE_COLUMN,
    SMALL,
    explain,
    label_ends,
    mark_remarks,
    rate_colours,
    rate_label,
    remark_handles,
    spread,
    styled,
    subject,
)
from aslb.experiments.output.remarks import remarks_of
from aslb.experiments.protocols import C_RATE
from aslb.parameters.composition.names import label

FILE = "study.csv"  # with the remarks
MOST_LINES = 9
SPREAD = 30  # values this far apart, first to last, are shown on a logarithmic axis


@styled
def plot_map(study: xr.Dataset, quantity: str) -> Figure:
    """A quantity over two varied parameters, as filled contours with labelled levels.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.open_study`, a grid of two parameters.
    quantity : str
        One of its variables.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; points that failed are crosses.
    """
    across, up = map(str, study[quantity].dims)
    x, y = study[across].values, study[up].values
    values = np.ma.masked_invalid(study[quantity].values.T)
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 2.7))
    _scale(axes, "x", across, x)  # before the labels of lines, which follow them
    _scale(axes, "y", up, y)
    said = quantity_label(study[quantity])
    draw_contours(axes.contourf, axes.contour, x, y, values, label=said)
    failed = np.argwhere(study.status.values == "failed")
    if len(failed):
        axes.plot(
            x[failed[:, 0]], y[failed[:, 1]], ls="", marker="x", color="black", ms=3
        )
    remarks = remarks_of(study).values
    mark_remarks(axes, x[:, None], y[None, :], remarks, "black")
    explain(figure, remark_handles(remarks, FILE))
    set_title(axes, study, quantity)
    return figure


@styled
def plot_lines(study: xr.Dataset, quantity: str) -> Figure:
    """A quantity against the first varied parameter, a line for each of the second.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.open_study`, a grid of two parameters.
    quantity : str
        One of its variables.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    across, other = map(str, study[quantity].dims)
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 2.6))
    levels = study[other].values
    shown = spread(len(levels), MOST_LINES)
    texts = [tick_label(other, levels[k]) for k in shown]
    colours = rate_colours(len(shown))
    for colour, text, k in zip(colours, texts, shown, strict=True):
        values = study[quantity].isel({other: k})
        axes.plot(study[across], values, color=colour, label=text)
        remarks = remarks_of(study).isel({other: k})
        mark_remarks(axes, study[across], values, remarks, colour)
    _scale(axes, "x", across, study[across].values)
    axes.set_ylabel(quantity_label(study[quantity]))
    set_title(axes, study, quantity)
    ends = study[quantity].isel({across: -1, other: shown}).values
    if np.isfinite(ends).all():
        label_ends(axes, float(study[across][-1]), ends, texts, colours)
    else:
        figure.legend(loc="outside right center")
    notes = [] if other == C_RATE else [f"At the lines: {label(other)}"]
    shown_remarks = remarks_of(study).isel({other: shown})
    explain(figure, remark_handles(shown_remarks, FILE), notes)
    return figure


def has_triangle(study: xr.Dataset, quantity: str) -> bool:
    """Whether a quantity has values at three points that are not in a line."""
    solved = _in_square(_drawn(study))[np.isfinite(study[quantity].values)]
    return len(solved) > 2 and np.linalg.matrix_rank(solved - solved[0]) == 2


@styled
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
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 2.7))
    draw_contours(
        axes.tricontourf,
        axes.tricontour,
        triangles,
        study[quantity].values[solved],
        label=quantity_label(study[quantity]),
    )
    # a line without points would count as one in the corner of the figure
    dots: dict[str, Any] = {"ls": "", "clip_on": False, "zorder": 3}
    dots["in_layout"] = False
    axes.plot(*drawn[solved].T, "o", mfc="black", mec="white", mew=0.3, ms=1.8, **dots)
    axes.plot(*drawn[failed].T, "x", color="black", ms=3, **dots)
    remarks = remarks_of(study).values
    mark_remarks(axes, drawn[:, 0], drawn[:, 1], remarks, "black")
    explain(figure, remark_handles(remarks, FILE))
    for axis, name in zip("xy", study.attrs["sampled"], strict=True):
        if study[name].scale == "log":
            ticks = log_ticks(study[name].values)
            axes.set(**{f"{axis}ticks": np.log10(ticks)})
            labels = [tick_label(name, tick) for tick in ticks]
            axes.set(**{f"{axis}ticklabels": labels})
        getattr(axes, f"set_{axis}label")(label(name))
    axes.set_title(f"{subject(study.attrs)}, {solved.sum()} points")
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


def draw_contours(
    fill: Callable[..., ContourSet],
    draw: Callable[..., ContourSet],
    *values: Any,
    label: str,
) -> None:
    """Filled contours with labelled levels and a colour bar.

    `fill` and `draw` are those of the axes for what the values are: a grid, or
    triangles.
    """
    filled = fill(*values, levels=12, cmap="viridis")
    levels = np.asarray(filled.levels)[1:-1:2]
    lines = draw(*values, levels=levels, colors="white", linewidths=0.8)
    filled.axes.clabel(lines, fontsize=SMALL)
    filled.axes.figure.colorbar(filled, ax=filled.axes, label=label)


def set_title(axes: Axes, study: xr.Dataset, quantity: str) -> None:
    """Say the cell, the model and, of an energy, what masses and volumes count."""
    boundary = study[quantity].attrs.get("boundary")
    said = f"\n{boundary.replace('+', ' + ')}" if boundary else ""
    axes.set_title(f"{subject(study.attrs)}{said}")


def _scale(axes, axis: str, name: str, values: np.ndarray) -> None:
    if values.min() > 0 and values.max() > SPREAD * values.min():
        getattr(axes, f"set_{axis}scale")("log")
        ticks = log_ticks(values)
        labels = [tick_label(name, tick) for tick in ticks]
        getattr(axes, f"set_{axis}ticks")(ticks, labels=labels)
        axes.minorticks_off()
    getattr(axes, f"set_{axis}label")(label(name))


def log_ticks(values: np.ndarray) -> list[float]:
    """Ticks of a logarithmic axis over positive values."""
    return [
        digit * 10.0**power
        for power in range(-15, 15)
        for digit in (1, 2, 5)
        if values.min() <= digit * 10.0**power * 1.001
        and digit * 10.0**power <= values.max() * 1.001
    ]


def tick_label(name: str, value: float) -> str:
    """A value of a varied parameter; a rate as it is spoken."""
    return rate_label(value) if name == C_RATE else f"{float(f'{value:.3g}'):g}"


def quantity_label(values: xr.DataArray) -> str:
    """Label of what was kept of each point."""
    words = str(values.name).replace("_", " ")
    words = words[0].upper() + words[1:]
    unit = values.attrs.get("units", "1")
    return words if unit == "1" or "[" in words else f"{words} [{unit}]"
