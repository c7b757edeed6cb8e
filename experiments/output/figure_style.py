"""What all figures share: sizes, labels of rates, and colours safe for all eyes."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

STYLE: dict[Any, Any] = {
    "font.size": 9,
    "axes.labelsize": 9,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 1.5,
    "svg.hashsalt": "aslb",
}

styled = mpl.rc_context(STYLE)
"""Decorates a function that draws."""

# P. Tol's "muted" scheme, distinguishable with any colour vision
MUTED = (
    "#332288",
    "#88CCEE",
    "#117733",
    "#44AA99",
    "#999933",
    "#DDCC77",
    "#CC6677",
    "#882255",
    "#AA4499",
)
TICKS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10000)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">")


def rate_label(c_rate: float) -> str:
    """A C-rate as it is spoken: C/20, 1C, 2C."""
    inverse = 1 / c_rate
    if c_rate < 1 and abs(inverse - round(inverse)) < 1e-6:
        return f"C/{round(inverse)}"
    return f"{c_rate:g}C"


def rate_colours(number: int) -> list[Any]:
    """Colours from slow to fast, of rising darkness."""
    return list(mpl.colormaps["viridis_r"](np.linspace(0.1, 0.95, max(number, 1))))


def cell_label(name: str) -> str:
    """A parameter set's name in words: 'thin halide'."""
    return name.removeprefix("Cao2021_").replace("_", " ")


def mark_as_built(axes: Axes, thickness_um: float) -> None:
    """Mark the thickness that a cell was built with [µm]."""
    axes.axvline(thickness_um, color="0.6", ls=":", lw=1, zorder=0)
    axes.annotate(
        f"as built, {thickness_um:.0f} µm",
        (thickness_um, 0.02),
        xycoords=("data", "axes fraction"),
        rotation=90,
        ha="right",
        va="bottom",
        color="0.4",
        fontsize=7,
    )


def plain_ticks(axes: Axes, values: np.ndarray) -> None:
    """Label a logarithmic x-axis over these values with 1, 3, 10, 30 and so on."""
    low, high = np.nanmin(values) * 0.999, np.nanmax(values) * 1.001
    ticks = [tick for tick in TICKS if low <= tick <= high]
    axes.set_xticks(ticks, labels=[str(tick) for tick in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
