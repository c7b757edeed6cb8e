"""Energy against capacity retention, with what no other point beats."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr
from matplotlib.colors import LogNorm, Normalize
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import (
    MARKERS,
    ONE_COLUMN,
    explain,
    mark_remarks,
    rate_label,
    remark_handles,
    styled,
)
from aslb.experiments.output.remarks import remarks_of
from aslb.experiments.protocols import C_RATE
from aslb.experiments.study.figures import FILE, SPREAD, quantity_label, set_title
from aslb.parameters.composition.names import label

LINES = ("-", "--", "-.", ":")


@styled
def plot_pareto(study: xr.Dataset, energy: str = "specific_energy") -> Figure:
    """Energy at each point against the capacity that its rate leaves.

    Points compete with those of the same rate: at a lower one any cell has more of
    both. The lowest rate is what retention is counted from, and is not shown.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.open_study`, a grid of rates and at least one parameter,
        with the discharge capacity and an energy of one boundary.
    energy : str, optional
        "specific_energy" or "energy_density".

    Returns
    -------
    matplotlib.figure.Figure
        The figure; colours tell the first parameter that varies, markers the rate.
    """
    retention = 100 * capacity_retention(study)
    values = study[energy].sel({C_RATE: retention[C_RATE]})
    remarks = remarks_of(study).sel({C_RATE: retention[C_RATE]})
    varied = next(str(dim) for dim in study.status.dims if dim not in (C_RATE, "cell"))
    levels = study[varied]
    wide = levels.min() > 0 and levels.max() > SPREAD * levels.min()
    norm = (LogNorm if wide else Normalize)(float(levels.min()), float(levels.max()))
    slowest = rate_label(float(study[C_RATE].min()))
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 3.1))
    for k, rate in enumerate(retention[C_RATE].values):
        of_rate = [of.sel({C_RATE: rate}) for of in (retention, values, remarks)]
        x, y, said, colour = (
            array.values.ravel() for array in xr.broadcast(*of_rate, levels)
        )
        front = pareto_front(x, y)
        order = np.argsort(x[front])
        marker, line = MARKERS[k % len(MARKERS)], LINES[k % len(LINES)]
        # up to a point's retention and energy, the point itself has them
        axes.plot(
            x[front][order],
            y[front][order],
            drawstyle="steps-pre",
            color="black",
            linestyle=line,
            linewidth=0.8,
            marker=marker,
            markerfacecolor="none",
            markersize=5,
            label=f"Front at {rate_label(rate)}",
        )
        dots = axes.scatter(
            x,
            y,
            c=colour,
            norm=norm,
            cmap="viridis",
            marker=marker,
            s=11,
            zorder=3,
            linewidths=0,
        )
        # the colour of the dot stays, about what is open
        mark_remarks(axes, x, y, said, "white", marker=marker, size=1)
    axes.set_xlabel(f"Capacity retention from {slowest} [%]")
    axes.set_ylabel(quantity_label(study[energy]))
    set_title(axes, study, energy)
    figure.colorbar(dots, label=label(varied))
    handles, _ = axes.get_legend_handles_labels()
    handles += remark_handles(remarks, FILE)
    explain(figure, handles)
    return figure


def pareto_front(first: npt.ArrayLike, second: npt.ArrayLike) -> np.ndarray:
    """Which points are dominated by no other, more of either being better.

    A point dominates another if it is as good in both quantities and better in one.
    """
    points = pd.DataFrame({"first": np.ravel(first), "second": np.ravel(second)})
    known = points.dropna()
    best = known.groupby("first").second.max().sort_index(ascending=False)
    beyond = best.cummax().shift(fill_value=-np.inf)
    front = best[best > beyond]
    on_front = known.second == known["first"].map(front)
    return on_front.reindex(points.index, fill_value=False).to_numpy()


def capacity_retention(study: xr.Dataset) -> xr.DataArray:
    """Discharge capacity over that at the lowest rate, all else equal [-].

    It is that of all rates above the lowest; NaN where nothing was delivered at it.
    """
    ordered = study.discharge_capacity.sortby(C_RATE)
    slowest = ordered.isel({C_RATE: 0}, drop=True)
    return (ordered / slowest.where(slowest > 0)).isel({C_RATE: slice(1, None)})
