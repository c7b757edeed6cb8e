"""Rate tests of a study: each cycle of its points."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import (
    MARKERS,
    TWO_COLUMNS,
    cell_label,
    mark_rates,
    mark_remarks,
    rate_colours,
    remark_handles,
    spread,
    styled,
)
from aslb.experiments.output.remarks import remarks_of
from aslb.experiments.study.figures import FILE, quantity_label, tick_label
from aslb.parameters.composition.names import label

MOST = 9
"""Points that are drawn of each cell."""

BESIDE = 0.6  # of a cycle, over which its points are spread


@styled
def plot_cycles(study: xr.Dataset, quantity: str) -> Figure:
    """A quantity against the cycle, a panel a cell and a colour a point.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.open_study`, of rate tests.
    quantity : str
        One of its variables.

    Returns
    -------
    matplotlib.figure.Figure
        The figure. Of many points some are drawn, evenly spread in their order.
    """
    values, varied = study[quantity], _varied(study)
    points, remarks = (
        _by_panel(of, study, varied) for of in (values, remarks_of(study))
    )
    cells, cycles = points["_panel"].values, points["cycle"].values
    figure, (panels,) = plt.subplots(
        1,
        len(cells),
        figsize=(TWO_COLUMNS, 2.8),
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    shown = spread(points.sizes["_point"], MOST)
    colours, beside = rate_colours(len(shown)), _places(len(shown))
    for k, (axes, name) in enumerate(zip(panels, cells, strict=True)):
        for n, (at, colour) in enumerate(zip(shown, colours, strict=True)):
            marker = MARKERS[n % len(MARKERS)]
            x, y = cycles + beside[n], points.values[k, at]
            said = _label(study, points.isel(_point=at), varied)
            style = {"ls": "", "marker": marker, "ms": 2.5, "color": colour}
            axes.plot(x, y, label=said, **style)
            marked = remarks.values[k, at]
            mark_remarks(axes, x, y, marked, colour, marker=marker, size=2.5)
        if "c_rate" in study.coords and study["c_rate"].dims == ("cycle",):
            mark_rates(axes, cycles, study["c_rate"].values)
        axes.set_xlabel("Cycle")
        axes.set_title(cell_label(str(name)), pad=13)  # above the rates
    panels[0].set_ylabel(quantity_label(study[quantity]))
    handles, _ = panels[0].get_legend_handles_labels()
    handles += remark_handles(remarks.isel(_point=shown), FILE)
    if handles:
        title = ",\n".join(map(label, _names(study, varied)))
        figure.legend(handles=handles, loc="outside right center", title=title)
    return figure


def _varied(study: xr.Dataset) -> list[str]:
    """Dimensions along which there are points of a cell."""
    return [str(name) for name in study.status.dims if name != "cell"]


def _by_panel(
    values: xr.DataArray, study: xr.Dataset, varied: list[str]
) -> xr.DataArray:
    """Values by panel, which is a cell, by point and by cycle."""
    if "cell" in values.dims:  # of a list it lies along the points
        values = values.rename(cell="_panel")
    else:
        values = values.expand_dims(_panel=[study.attrs["cell"]])
    if not varied:
        values = values.expand_dims(_only=[0])
    points = values.stack(_point=varied or ["_only"])
    return points.transpose("_panel", "_point", "cycle")


def _places(number: int) -> np.ndarray:
    """Where points of one cycle stand beside it, so that none covers another."""
    return BESIDE * (np.arange(number) - (number - 1) / 2) / max(number - 1, 1)


def _names(study: xr.Dataset, varied: list[str]) -> list[str]:
    """What tells points apart; of a list it lies along the points."""
    along = [str(name) for name in study.coords if study[name].dims == ("point",)]
    return [name for name in along if name != "point"] or varied


def _label(study: xr.Dataset, point: xr.DataArray, varied: list[str]) -> str:
    values = {name: point[name].item() for name in _names(study, varied)}
    return ", ".join(
        cell_label(value) if isinstance(value, str) else tick_label(name, value)
        for name, value in values.items()
    )
