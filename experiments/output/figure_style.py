"""What all figures share: sizes, labels of rates, and colours safe for all eyes."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, NullLocator

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
    return list(mpl.colormaps["viridis_r"](np.linspace(0.18, 0.95, max(number, 1))))


def cell_label(name: str) -> str:
    """A parameter set's name in words: 'thin halide'."""
    return name.removeprefix("Cao2021_").replace("_", " ")


def mark_as_built(axes: Axes, thickness_um: float, *, above: bool = False) -> None:
    """Mark the thickness that a cell was built with [µm], in the axes or above them."""
    axes.axvline(thickness_um, color="0.6", ls=":", lw=1, zorder=0)
    axes.annotate(
        f"as built, {thickness_um:.0f} µm",
        (thickness_um, 1.01 if above else 0.02),
        xycoords=("data", "axes fraction"),
        rotation=0 if above else 90,
        ha="center" if above else "right",
        va="bottom",
        color="0.4",
        fontsize=7,
    )


def rate_blocks(c_rates: np.ndarray) -> list[np.ndarray]:
    """Indices of consecutive cycles at one rate."""
    changes = np.flatnonzero(np.diff(c_rates)) + 1
    return np.split(np.arange(len(c_rates)), changes)


def mark_rates(axes: Axes, cycles: np.ndarray, c_rates: np.ndarray) -> None:
    """Write the rate of each block of cycles above the axes, lines between blocks."""
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(cycles[0] - 0.5, cycles[-1] + 0.5)
    for block in rate_blocks(c_rates):
        axes.annotate(
            rate_label(float(c_rates[block[0]])),
            (cycles[block].mean(), 1.0),
            xycoords=("data", "axes fraction"),
            ha="center",
            va="bottom",
            fontsize=8,
        )
        if block[-1] < len(cycles) - 1:
            axes.axvline(cycles[block[-1]] + 0.5, color="0.85", lw=0.8, zorder=0)


def mark_remarks(
    axes: Axes,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    remarks: npt.ArrayLike,
    colour: Any,
    *,
    marker: str = "o",
    size: float = 3.5,
) -> None:
    """Draw points that have a remark as open markers, over what is there."""
    x, y, said = np.broadcast_arrays(x, y, remarks)
    at = said != ""
    if not at.any():
        return
    style: dict[str, Any] = {"marker": marker, "ms": size, "mfc": "white", "ls": ""}
    axes.plot(x[at], y[at], color=colour, clip_on=False, zorder=4, **style)


def remark_handles(remarks: npt.ArrayLike, file: str) -> list[Line2D]:
    """What a legend says of open markers, if there are any, and where to read on."""
    if not (np.asarray(remarks) != "").any():
        return []
    style: dict[str, Any] = {"marker": "o", "ms": 4, "ls": "", "mfc": "white"}
    return [Line2D([], [], color="0.3", label=f"remark in {file}", **style)]


def explain_remarks(figure: Figure, remarks: npt.ArrayLike, file: str) -> None:
    """Say below a figure what its open markers are, if it has any."""
    if handles := remark_handles(remarks, file):
        figure.legend(handles=handles, loc="outside lower center")


def spread(number: int, most: int) -> list[int]:
    """Indices of at most so many of a number of things, the ends among them."""
    return (
        np.unique(np.linspace(0, number - 1, min(number, most)).round())
        .astype(int)
        .tolist()
    )


def apart(values: npt.ArrayLike, gap: float) -> np.ndarray:
    """Values moved as little as keeps neighbours a gap apart, in the same order.

    Parameters
    ----------
    values : array_like
        In any order; one that is NaN stays.
    gap : float
        Least distance between two.

    Returns
    -------
    numpy.ndarray
        Those that come too close are spread evenly about their mean.
    """
    moved = np.array(values, dtype=float)
    order = np.argsort(moved)[: np.isfinite(moved).sum()]
    groups: list[list[float]] = []  # each is spread about the mean of its values
    for value in moved[order]:
        groups.append([value])
        while len(groups) > 1 and _low(groups[-1], gap) - _high(groups[-2], gap) < gap:
            last = groups.pop()
            groups[-1] += last
    spread_out = [_low(g, gap) + gap * n for g in groups for n in range(len(g))]
    moved[order] = spread_out
    return moved


def _low(group: list[float], gap: float) -> float:
    return float(np.mean(group)) - gap * (len(group) - 1) / 2


def _high(group: list[float], gap: float) -> float:
    return float(np.mean(group)) + gap * (len(group) - 1) / 2


def label_ends(
    axes: Axes, x: float, values: np.ndarray, texts: list[str], colours: list[Any]
) -> None:
    """Write what lines are beside their right ends, none over another.

    The limits of the y-axis have to be final.
    """
    low, high = axes.get_ylim()
    points = axes.get_window_extent().height * 72 / axes.figure.dpi
    places = apart(values, 8.5 * (high - low) / points)
    for value, place, text, colour in zip(values, places, texts, colours, strict=True):
        if np.isfinite(value):
            axes.annotate(
                text,
                (x, place),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                color=colour,
                fontsize=8,
                annotation_clip=False,
            )


def plain_ticks(axes: Axes, values: np.ndarray) -> None:
    """Label a logarithmic x-axis over these values with 1, 3, 10, 30 and so on."""
    low, high = np.nanmin(values) * 0.999, np.nanmax(values) * 1.001
    ticks = [tick for tick in TICKS if low <= tick <= high]
    axes.set_xticks(ticks, labels=[str(tick) for tick in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
