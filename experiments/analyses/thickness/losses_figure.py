"""Where the voltage goes at each thickness, drawn."""

from __future__ import annotations

import matplotlib.pyplot as plt
import xarray as xr
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import (
    MUTED,
    cell_label,
    plain_ticks,
    rate_label,
    spread,
    styled,
)

MOST_RATES = 4
ROWS = {
    "half of the charge": ("charge_loss", 0.5),
    "half of the discharge": ("loss", 0.5),
    "end of the discharge": ("loss", 1.0),
}
"""Where in the cycle: variable and depth."""

SHOWN = 1e-3  # V: less is no area that can be seen


@styled
def plot_losses(study: xr.Dataset) -> Figure:
    """Voltage losses against thickness, a row a place in the cycle, a column a rate.

    Magnitudes: losses are negative on charge.
    """
    study = study.isel(c_rate=spread(study.c_rate.size, MOST_RATES))
    thickness_um = study.thickness.values * 1e6
    places = {
        words: 1e3 * abs(study[name].sel(depth=depth, method="nearest"))
        for words, (name, depth) in ROWS.items()
    }
    seen = [
        str(name)
        for name in study.component.values
        if any((at.sel(component=name) > 1e3 * SHOWN).any() for at in places.values())
    ]
    names = seen or [*map(str, study.component.values)]  # where all points failed
    every = [*study.component.values]
    colours = [MUTED[every.index(name) % len(MUTED)] for name in names]
    columns = study.c_rate.size
    figure, grid = plt.subplots(
        len(places),
        columns,
        figsize=(1.75 * columns + 2.2, 5.6),
        sharex=True,
        sharey="row",
        squeeze=False,
    )
    for row, (words, losses) in zip(grid, places.items(), strict=True):
        for axes, c_rate in zip(row, study.c_rate.values, strict=True):
            stack = losses.sel(c_rate=c_rate, component=names)
            stack = stack.transpose("component", "thickness")
            areas = axes.stackplot(thickness_um, stack, colors=colours, lw=0)
            axes.set(xscale="log", xlim=(thickness_um.min(), thickness_um.max()))
            plain_ticks(axes, thickness_um)
        row[0].set_ylabel(f"{words.capitalize()}\nloss / mV")
    for axes, c_rate in zip(grid[0], study.c_rate.values, strict=True):
        axes.set_title(rate_label(c_rate), fontsize=9)
    title = f"{cell_label(study.attrs['cell'])}, {study.attrs['model']}"
    figure.suptitle(title, fontsize=10)
    figure.supxlabel("Separator thickness / µm", fontsize=9)
    figure.legend(areas[::-1], names[::-1], loc="outside right center")
    return figure
