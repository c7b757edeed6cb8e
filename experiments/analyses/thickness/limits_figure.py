"""What limits a cell as built: where the voltage is when the discharge ends."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch

from aslb.experiments.analyses.impedance.colours import colour_of
from aslb.experiments.analyses.thickness.headline import (
    layer_of,
    micrometres,
    sizes,
)
from aslb.experiments.analyses.thickness.losses_figure import seen
from aslb.experiments.output.figure_style import SMALL, below, rate_label, size_of

LETTER = 0.58
"""Width of a letter over the size of its font, about."""


def plot_limits(axes: Axes, study: xr.Dataset) -> None:
    """Draw each loss at the end of the discharge, a bar a rate, and name all of them.

    At the thickness as built, or at the thinnest of what was built with none.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where to.
    study : xarray.Dataset
        From `thickness`.
    """
    layer = layer_of(study)
    layer = layer if np.isfinite(layer) else float(study.thickness[0])
    losses = study.loss.sel(depth=1.0, method="nearest")
    names, rates = seen([losses]), study.c_rate.values
    own = [[*losses.component.values].index(name) for name in names]
    bars = np.array([1e3 * sizes(losses.sel(c_rate=r), layer)[own] for r in rates])
    middles = np.cumsum(bars, axis=1) - bars / 2
    colours = [*map(colour_of, names)]
    for n, colour in enumerate(colours):
        left = middles[:, n] - bars[:, n] / 2
        axes.barh(range(len(rates)), bars[:, n], 0.74, left, color=colour)
    axes.set_yticks(range(len(rates)), labels=[*map(rate_label, rates)])
    axes.set_ylim(-0.6, max(len(rates), 4) - 0.4)  # bars of few rates are no blocks
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set(xlabel="Voltage lost when the discharge ends [mV]", xlim=(0, None))
    axes.set_title(f"What limits it at {micrometres(layer)}", pad=13)
    if np.isfinite(bars).all():
        _name(axes, names, bars, middles, colours)


def _name(
    axes: Axes,
    names: list[str],
    bars: np.ndarray,
    middles: np.ndarray,
    colours: list[str],
) -> None:
    """Write names into the widest parts, and below the axes where there is no room."""
    width, _ = size_of(axes)
    point = np.ptp(axes.get_xlim()) / width
    narrow = []
    for n, name in enumerate(names):
        row, words = int(np.argmax(bars[:, n])), name.split()
        if max(map(len, words)) * LETTER * SMALL * point > bars[row, n]:
            narrow.append(n)
            continue
        dark = np.dot(to_rgb(colours[n]), (0.3, 0.59, 0.11)) < 0.5
        axes.text(
            middles[row, n],
            row,
            "\n".join(words),
            ha="center",
            va="center",
            fontsize=SMALL,
            linespacing=0.95,
            color="white" if dark else "black",
        )
    if narrow:
        handles = [Patch(color=colours[n], label=names[n]) for n in narrow]
        below(axes, handles, ncols=2)
