"""Rate tests of a study: each cycle of its points."""

from __future__ import annotations

import matplotlib.pyplot as plt
import xarray as xr
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import (
    MARKERS,
    cell_label,
    rate_colours,
    spread,
    styled,
)
from aslb.experiments.study.figures import quantity_label

MOST = 9
"""Points that are drawn of each cell."""


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
    values = study[quantity]
    if "cell" in values.dims:  # of a list it lies along the points
        values = values.rename(cell="_panel")
    else:
        values = values.expand_dims(_panel=[study.attrs["cell"]])
    varied = [str(name) for name in values.dims if name not in ("_panel", "cycle")]
    if not varied:
        values = values.expand_dims(_only=[0])
    points = values.stack(_point=varied or ["_only"])
    points = points.transpose("_panel", "_point", "cycle")
    cells = points["_panel"].values
    figure, (panels,) = plt.subplots(
        1,
        len(cells),
        figsize=(2.8 * len(cells) + 2.4, 3.4),
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    shown = spread(points.sizes["_point"], MOST)
    for axes, rows, name in zip(panels, points.values, cells, strict=True):
        for n, (at, colour) in enumerate(
            zip(shown, rate_colours(len(shown)), strict=True)
        ):
            axes.plot(
                points.cycle,
                rows[at],
                ls="",
                marker=MARKERS[n % len(MARKERS)],
                ms=4,
                color=colour,
                label=_label(study, points.isel(_point=at), varied),
            )
        axes.set(title=cell_label(str(name)), xlabel="Cycle")
    panels[0].set_ylabel(quantity_label(study[quantity]))
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="outside right center", title=_title(study, varied)
    )
    return figure


def _names(study: xr.Dataset, varied: list[str]) -> list[str]:
    """What tells points apart; of a list it lies along the points."""
    along = [str(name) for name in study.coords if study[name].dims == ("point",)]
    return [name for name in along if name != "point"] or varied


def _label(study: xr.Dataset, point: xr.DataArray, varied: list[str]) -> str:
    values = [point[name].item() for name in _names(study, varied)]
    return ", ".join(x if isinstance(x, str) else f"{x:.4g}" for x in values)


def _title(study: xr.Dataset, varied: list[str]) -> str:
    return ",\n".join(_names(study, varied))
