"""Capacity against the hold at the upper cut-off, drawn."""

from __future__ import annotations

import matplotlib.pyplot as plt
import xarray as xr
from matplotlib.figure import Figure

from aslb.experiments.analyses.thickness.figures import LABEL, MOST_RATES
from aslb.experiments.output.figure_style import (
    TWO_COLUMNS,
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


@styled
def plot_hold(study: xr.Dataset) -> Figure:
    """Discharge capacity against the hold, a panel a thickness and a line a rate."""
    study = study.isel(c_rate=spread(study.c_rate.size, MOST_RATES))
    places = study["at"].values
    figure, grid = plt.subplots(
        1, len(places), figsize=(TWO_COLUMNS, 2.5), sharey=True, squeeze=False
    )
    colours = rate_colours(study.c_rate.size)
    holds = study.hold_h.values
    names = {f"hold_{name}": name for name in ("status", "reason")}
    remarks = remarks_of(study[[*names]].rename(names))
    for axes, place in zip(grid.flat, places, strict=True):
        at = study.sel(at=place)
        for k, colour in enumerate(colours):
            capacity, said = (of.isel(c_rate=k) for of in (at.hold_capacity, remarks))
            axes.plot(holds, capacity, color=colour, marker="o", ms=2.5)
            mark_remarks(axes, holds, capacity, said.sel(at=place), colour)
        axes.set(xscale="log", xlabel="Hold at the upper cut-off [h]")
        axes.set_title(f"{place}, {float(at.at_thickness) * 1e6:.0f} µm")
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
    figure.suptitle(subject(study.attrs), x=0.01, ha="left")
    explain(figure, remark_handles(remarks, "hold.csv"))
    grid[0, 0].set_ylabel(LABEL)
    return figure
