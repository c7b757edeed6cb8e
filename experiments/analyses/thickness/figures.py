"""How thin the membrane must be, and what limits once it is, in one figure."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from aslb.experiments.analyses.thickness.limits_figure import plot_limits
from aslb.experiments.output.figure_style import (
    MARKERS,
    TWO_COLUMNS,
    below,
    cell_label,
    label_ends,
    mark_as_built,
    mark_remarks,
    plain_ticks,
    published_label,
    rate_colours,
    rate_label,
    remark_handles,
    spread,
    styled,
    subject,
)
from aslb.experiments.output.remarks import remarks_of
from aslb.experiments.study.summary import of_bands

MOST_RATES = 6
PAIR = {
    "Cao2021_thin_halide": "membrane made thicker",
    "Cao2021_thick_halide": "pellet with its own contact",
}
"""What the lines of the two cells are that are told together."""

LABEL = "Discharge capacity [mAh/g]"


@styled
def plot_capacity(study: xr.Dataset) -> Figure:
    """Capacity against separator thickness, and what limits at the one as built.

    Solid lines are the cell, dashed ones that beside it, symbols what was measured;
    open points are those about which something is to be said. On each line is marked
    where a fraction of the capacity is lost.
    """
    study = study.isel(c_rate=spread(study.c_rate.size, MOST_RATES))
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(TWO_COLUMNS, 3.1), width_ratios=(1.45, 1)
    )
    shown = _plot_capacities(left, study)
    left.set_title(f"{subject(study.attrs)}: how thin it must be", pad=13)
    plot_limits(right, study)
    label_ends(
        left,
        study.thickness.values[-1] * 1e6,
        study.discharge_capacity.isel(thickness=-1).values,
        [*map(rate_label, study.c_rate.values)],
        rate_colours(study.c_rate.size),
    )
    below(left, shown, 2, "\n".join(of_bands(study.attrs)))
    return figure


def _plot_capacities(axes: Axes, study: xr.Dataset) -> list[Line2D]:
    """Lines, bands, points and marks of all rates, and what explains them."""
    thickness_um = study.thickness.values * 1e6
    labels, colours = line_labels(study), rate_colours(study.c_rate.size)
    for k, colour in enumerate(colours):
        _plot_rate(axes, study.isel(c_rate=k), colour)
        if np.isfinite(study.critical_thickness[k]):
            _mark_critical(axes, study, k, colour)
    lost = f"{100 * (1 - study.attrs['fraction']):.3g} % of the capacity lost"
    shown = []
    if len(labels) > 1:
        shown = [_handle(labels[0]), _handle(labels[1], ls="--", lw=0.8)]
    if np.isfinite(study.critical_thickness).any():
        shown.append(_handle(lost, ls="", marker="|", ms=6, mew=1.2))
    shown += _plot_measured(axes, study, colours)
    shown += remark_handles(remarks_of(study), "thickness.csv")
    for name in ("as_built_thickness", "beside_as_built_thickness"):
        as_built = study.attrs.get(name, np.nan) * 1e6
        if thickness_um.min() <= as_built <= thickness_um.max():
            mark_as_built(axes, as_built)
    axes.set(xscale="log", xlabel="Separator thickness [µm]", ylabel=LABEL)
    axes.set_ylim(bottom=0)
    plain_ticks(axes, thickness_um)
    return shown


def _handle(label: str, **look: Any) -> Line2D:
    return Line2D([], [], color="0.3", label=label, **look)


def line_labels(study: xr.Dataset) -> list[str]:
    """What the lines of the cell, and of that beside it, are called.

    Parameters
    ----------
    study : xarray.Dataset
        From `thickness`.

    Returns
    -------
    list of str
        One or two.
    """
    cells = [study.attrs[name] for name in ("cell", "beside") if name in study.attrs]
    if [cell.split(":")[0] for cell in cells] == [*PAIR]:
        return [*PAIR.values()]
    return [*map(cell_label, cells)]


def _plot_rate(axes: Axes, at: xr.Dataset, colour: Any) -> None:
    """Band and lines of one rate, and where it has lost its share."""
    thickness_um = at.thickness.values * 1e6
    if "discharge_capacity_lower" in at:
        ends = (at.discharge_capacity_lower, at.discharge_capacity_upper)
        axes.fill_between(thickness_um, *ends, color=colour, alpha=0.13, lw=0)
    axes.plot(thickness_um, at.discharge_capacity, color=colour)
    if "beside_discharge_capacity" in at:
        beside = at.beside_discharge_capacity
        axes.plot(thickness_um, beside, color=colour, ls="--", lw=0.7)
    mark_remarks(axes, thickness_um, at.discharge_capacity, remarks_of(at), colour)


def _mark_critical(axes: Axes, study: xr.Dataset, k: int, colour: Any) -> None:
    """Mark where a rate has lost its share, on the side that has more room."""
    at = study.isel(c_rate=k)
    critical = float(at.critical_thickness)
    y = study.attrs["fraction"] * float(at.thin_limit_capacity)
    axes.plot(1e6 * critical, y, marker="|", ms=9, mew=1.3, color=colour, zorder=6)
    others = study.discharge_capacity.drop_sel(c_rate=float(at.c_rate))
    lines = others.interp(thickness=critical).values
    above = np.min(lines[lines > y], initial=np.inf) - y
    beneath = y - np.max(lines[lines < y], initial=0)
    side = 1 if above > beneath else -1
    text = rf"$\mathbf{{{1e6 * critical:.0f}\ µm}}$"
    if "critical_thickness_lower" in at:
        ends = at.critical_thickness_lower, at.critical_thickness_upper
        text += f" ({' – '.join(f'{1e6 * float(end):.0f}' for end in ends)})"
    axes.annotate(
        text,
        (1e6 * critical, y),
        xytext=(0, 5 * side),
        textcoords="offset points",
        ha="center",
        va="bottom" if side > 0 else "top",
        color=colour,
        path_effects=[withStroke(linewidth=2, foreground="white")],
        zorder=6,
    )


def _plot_measured(axes: Axes, study: xr.Dataset, colours: list[Any]) -> list[Line2D]:
    """What was measured, at the thickness of each cell."""
    if "measured_capacity" not in study:
        return []
    shown = []
    for n, name in enumerate(study.measured_cell.values):
        at = study.sel(measured_cell=name)
        look: dict[str, Any] = {
            "marker": MARKERS[n],
            "mec": "white",
            "mew": 0.5,
            "ls": "",
        }
        # of two in one place the slower is a ring about the faster
        sizes = np.linspace(6, 3.5, len(colours))
        for k, colour in enumerate(colours):
            capacity = at.measured_capacity.isel(c_rate=k)
            x = at.measured_thickness * 1e6
            axes.plot(x, capacity, color=colour, zorder=5, ms=sizes[k], **look)
        shown.append(_handle(f"measured, {published_label(name)}", ms=5, **look))
    return shown
