"""Capacity against thickness and against the hold, drawn."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from aslb.experiments.output.figure_style import (
    MARKERS,
    cell_label,
    explain_remarks,
    label_ends,
    mark_as_built,
    mark_remarks,
    plain_ticks,
    rate_colours,
    rate_label,
    remark_handles,
    spread,
    styled,
)
from aslb.experiments.output.remarks import remarks_of
from aslb.experiments.study.summary import of_bands

MOST_RATES = 6
PAIR = {
    "Cao2021_thin_halide": "membrane only",
    "Cao2021_thick_halide": "membrane and contact",
}
"""What changes with the thickness in each of the two cells that are told together."""

LABEL = "Discharge capacity / mAh g$^{-1}$ (LCO)"


@styled
def plot_capacity(study: xr.Dataset) -> Figure:
    """Discharge capacity against separator thickness, a colour for each rate.

    Solid lines are the cell, dashed ones that beside it, symbols what was measured;
    open points are those about which something is to be said.
    """
    study = study.isel(c_rate=spread(study.c_rate.size, MOST_RATES))
    thickness_um = study.thickness.values * 1e6
    figure, axes = plt.subplots(figsize=(5.6, 4.0))
    labels = line_labels(study)
    shown = [_handle(labels[0])]
    colours = rate_colours(study.c_rate.size)
    for k, colour in enumerate(colours):
        _plot_rate(axes, study.isel(c_rate=k), colour)
    if len(labels) > 1:
        shown.append(_handle(labels[1], ls="--"))
    shown += remark_handles(remarks_of(study), "thickness.csv")
    shown += _plot_measured(axes, study, colours)
    for name in ("as_built_thickness", "beside_as_built_thickness"):
        as_built = study.attrs.get(name, np.nan) * 1e6
        if thickness_um.min() <= as_built <= thickness_um.max():
            mark_as_built(axes, as_built, above=True)
    axes.set(
        xscale="log",
        xlabel="Separator thickness / µm",
        ylabel=LABEL,
    )
    figure.suptitle("\n".join([_title(study), *of_bands(study.attrs)]), fontsize=10)
    axes.set_ylim(bottom=0)
    plain_ticks(axes, thickness_um)
    label_ends(
        axes,
        thickness_um[-1],
        study.discharge_capacity.isel(thickness=-1).values,
        [*map(rate_label, study.c_rate.values)],
        colours,
    )
    figure.legend(handles=shown, loc="outside lower center", ncols=2)
    return figure


def _handle(label: str, **style: Any) -> Line2D:
    return Line2D([], [], color="0.3", label=label, **style)


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
    """Band and lines of one rate."""
    thickness_um = at.thickness.values * 1e6
    if "discharge_capacity_lower" in at:
        ends = (at.discharge_capacity_lower, at.discharge_capacity_upper)
        axes.fill_between(thickness_um, *ends, color=colour, alpha=0.2, lw=0)
    axes.plot(thickness_um, at.discharge_capacity, color=colour)
    if "beside_discharge_capacity" in at:
        axes.plot(
            thickness_um, at.beside_discharge_capacity, color=colour, ls="--", lw=1.2
        )
    mark_remarks(axes, thickness_um, at.discharge_capacity, remarks_of(at), colour)


def _plot_measured(axes: Axes, study: xr.Dataset, colours: list[Any]) -> list[Line2D]:
    """What was measured, at the thickness of each cell."""
    if "measured_capacity" not in study:
        return []
    shown = []
    for n, name in enumerate(study.measured_cell.values):
        at = study.sel(measured_cell=name)
        style: dict[str, Any] = {
            "marker": MARKERS[n],
            "mec": "white",
            "mew": 0.7,
            "ls": "",
        }
        # of two in one place the slower is a ring about the faster
        sizes = np.linspace(9, 5, len(colours))
        for k, colour in enumerate(colours):
            capacity = at.measured_capacity.isel(c_rate=k)
            x = at.measured_thickness * 1e6
            axes.plot(x, capacity, color=colour, zorder=5, ms=sizes[k], **style)
        shown.append(_handle(f"measured, {cell_label(name)}", ms=6, **style))
    return shown


@styled
def plot_hold(study: xr.Dataset) -> Figure:
    """Discharge capacity against the hold, a panel a thickness and a line a rate."""
    study = study.isel(c_rate=spread(study.c_rate.size, MOST_RATES))
    places = study["at"].values
    figure, grid = plt.subplots(
        1, len(places), figsize=(2.9 * len(places), 3.2), sharey=True, squeeze=False
    )
    colours = rate_colours(study.c_rate.size)
    holds = study.hold_h.values
    names = {f"hold_{name}": name for name in ("status", "reason")}
    remarks = remarks_of(study[[*names]].rename(names))
    for axes, place in zip(grid.flat, places, strict=True):
        at = study.sel(at=place)
        for k, colour in enumerate(colours):
            capacity, said = (of.isel(c_rate=k) for of in (at.hold_capacity, remarks))
            axes.plot(holds, capacity, color=colour, marker="o", ms=3)
            mark_remarks(axes, holds, capacity, said.sel(at=place), colour)
        axes.set(xscale="log", xlabel="Hold at the upper cut-off / h")
        axes.set_title(f"{place}, {float(at.at_thickness) * 1e6:.0f} µm", fontsize=9)
        axes.set_xticks(holds, labels=[f"{hold:g}" for hold in holds], minor=False)
        axes.minorticks_off()
    grid[0, 0].set_ylim(bottom=0)
    for axes, place in zip(grid.flat, places, strict=True):
        label_ends(
            axes,
            holds[-1],
            study.hold_capacity.sel(at=place).isel(hold_h=-1).values,
            [*map(rate_label, study.c_rate.values)],
            colours,
        )
    figure.suptitle(_title(study), fontsize=10)
    explain_remarks(figure, remarks, "hold.csv")
    grid[0, 0].set_ylabel(LABEL)
    return figure


def _title(study: xr.Dataset) -> str:
    return f"{cell_label(study.attrs['cell'])}, {study.attrs['model']}"
