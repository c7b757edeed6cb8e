"""Where the voltage goes at each thickness, drawn."""

from __future__ import annotations

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from aslb.experiments.analyses.impedance.colours import colour_of
from aslb.experiments.output.figure_style import (
    TWO_COLUMNS,
    plain_ticks,
    rate_label,
    spread,
    styled,
    subject,
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

    Magnitudes, all on one scale: losses are negative on charge.
    """
    study = study.isel(c_rate=spread(study.c_rate.size, MOST_RATES))
    thickness_um = study.thickness.values * 1e6
    # one thickness is drawn as a bar about it
    one = thickness_um.size == 1
    across = thickness_um * [0.9, 1.1] if one else thickness_um
    places = {
        words: abs(study[name].sel(depth=depth, method="nearest"))
        for words, (name, depth) in ROWS.items()
    }
    names = seen(places.values())
    colours = [*map(colour_of, names)]
    figure, grid = plt.subplots(
        len(places),
        study.c_rate.size,
        figsize=(TWO_COLUMNS, 4.6),
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    for row, (words, losses) in zip(grid, places.items(), strict=True):
        for axes, c_rate in zip(row, study.c_rate.values, strict=True):
            stack = 1e3 * losses.sel(c_rate=c_rate, component=names)
            stack = stack.transpose("component", "thickness")
            heights = np.repeat(stack, 2, axis=1) if one else stack
            areas = axes.stackplot(across, heights, colors=colours, lw=0)
            axes.set(xscale="log", xlim=(across.min(), across.max()))
            plain_ticks(axes, thickness_um)
        row[0].set_ylabel(f"{words.capitalize()}\nloss [mV]")
    for axes, c_rate in zip(grid[0], study.c_rate.values, strict=True):
        axes.set_title(rate_label(c_rate))
    figure.suptitle(subject(study.attrs), x=0.01, ha="left")
    figure.supxlabel("Separator thickness [µm]")
    figure.legend(areas[::-1], names[::-1], loc="outside right center")
    return figure


def seen(losses: Iterable[xr.DataArray]) -> list[str]:
    """Components of losses [V] that can be seen anywhere, or all if none is known."""
    losses = [*losses]
    names = [*map(str, losses[0].component.values)]
    found = [
        name
        for name in names
        if any((abs(of.sel(component=name)) > SHOWN).any() for of in losses)
    ]
    return found or names
