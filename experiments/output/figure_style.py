"""What all figures share: sizes, labels of rates, and colours safe for all eyes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib import style
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, NullLocator

STYLE = "aslb.experiments.output.journal"
"""What `matplotlib.style.use` takes: the file beside this one."""

FEW = 200  # markers that a column of a journal has room for

ONE_COLUMN, TWO_COLUMNS = 89 / 25.4, 183 / 25.4
"""Widths of figures in inches: those of the columns of a journal."""

with style.context(STYLE):
    MUTED: tuple[str, ...] = tuple(mpl.rcParams["axes.prop_cycle"].by_key()["color"])
    SMALL = float(mpl.rcParams["ytick.labelsize"])  # pt, of what is written in axes

styled = style.context(STYLE)
"""Decorates a function that draws."""

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
    return list(mpl.colormaps["viridis_r"](np.linspace(0.28, 1.0, max(number, 1))))


def cell_label(name: str) -> str:
    """A cell's name, or its file's, in words: 'thin halide', 'Asano 2018 chloride'."""
    return published_label(name.removeprefix("Cao2021_"))


def published_label(name: str) -> str:
    """The same with its paper, of the reference cells too: 'Cao 2021 thin halide'."""
    name = Path(name).stem if name.endswith(".toml") else name
    words = re.sub(r"(?<=[a-z])(?=\d{4}_)", " ", name)
    return words.replace("_", " ").replace(":", ", ")


def subject(attributes: Mapping[Any, Any]) -> str:
    """Cell and model of an answer, from its attributes: 'thin halide, DFN'."""
    model = attributes["model"].removeprefix("SolidState")
    return f"{cell_label(attributes['cell'])}, {model}"


def mark_as_built(axes: Axes, thickness_um: float) -> None:
    """Mark the thickness that a cell was built with [µm], and say it above the axes."""
    axes.axvline(thickness_um, color="0.6", ls=":", lw=0.8, zorder=0)
    axes.annotate(
        f"as built, {thickness_um:.0f} µm",
        (thickness_um, 1.0),
        xycoords=("data", "axes fraction"),
        ha="center",
        va="bottom",
        color="0.4",
        fontsize=SMALL,
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
            fontsize=SMALL,
        )
        if block[-1] < len(cycles) - 1:
            axes.axvline(cycles[block[-1]] + 0.5, color="0.85", lw=0.6, zorder=0)


def mark_remarks(
    axes: Axes,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    remarks: npt.ArrayLike,
    colour: Any,
    *,
    marker: str = "o",
    size: float = 2.5,
) -> None:
    """Draw points that have a remark as open markers, over what is there.

    Many are drawn smaller, so that they do not run into one another.
    """
    x, y, said = np.broadcast_arrays(x, y, remarks)
    at = said != ""
    if not at.any():
        return
    smaller = min(1.0, np.sqrt(FEW / at.sum()))
    look: dict[str, Any] = {"marker": marker, "mfc": "white", "ls": ""}
    look |= {"ms": size * smaller, "mew": 0.7 * smaller}
    axes.plot(x[at], y[at], color=colour, clip_on=False, zorder=4, **look)


def remark_handles(remarks: npt.ArrayLike, file: str) -> list[Line2D]:
    """What a legend says of open markers, if there are any, and where to read on."""
    if not (np.asarray(remarks) != "").any():
        return []
    look: dict[str, Any] = {"marker": "o", "ms": 3, "ls": "", "mfc": "white"}
    return [Line2D([], [], color="0.3", mew=0.7, label=f"remark in {file}", **look)]


def explain(
    figure: Figure, handles: Sequence[Artist], notes: Sequence[str] = (), ncols: int = 3
) -> None:
    """Say below a figure what its lines, its open markers and its bands are, if any."""
    if handles or notes:
        figure.legend(
            handles=handles,
            title="\n".join(notes) or None,
            loc="outside lower center",
            ncols=ncols,
            alignment="left",
        )


def below(axes: Axes, handles: Sequence[Artist], ncols: int, title: str = "") -> None:
    """Say below the axes, and their labels, what is drawn in them."""
    axes.legend(
        handles=handles,
        title=title or None,
        loc="upper left",
        bbox_to_anchor=(0, -0.16),
        ncols=ncols,
        alignment="left",
        borderpad=0,
    )


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


def size_of(axes: Axes) -> tuple[float, float]:
    """Width and height of axes [pt], as they are laid out by now."""
    figure = axes.figure
    assert isinstance(figure, Figure)  # none of ours is within another
    figure.draw_without_rendering()
    box = axes.get_window_extent()
    return box.width * 72 / figure.dpi, box.height * 72 / figure.dpi


def label_ends(
    axes: Axes, x: float, values: np.ndarray, texts: list[str], colours: list[Any]
) -> None:
    """Write what lines are beside their right ends, none over another.

    The limits of the y-axis have to be final.
    """
    low, high = axes.get_ylim()
    _, points = size_of(axes)
    places = apart(values, 1.15 * SMALL * (high - low) / points)
    for value, place, text, colour in zip(values, places, texts, colours, strict=True):
        if np.isfinite(value):
            axes.annotate(
                text,
                (x, place),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                color=colour,
                fontsize=SMALL,
                annotation_clip=False,
            )


def plain_ticks(axes: Axes, values: np.ndarray) -> None:
    """Label a logarithmic x-axis over these values with 1, 3, 10, 30 and so on.

    Where none of these is between them, their ends are labelled.
    """
    low, high = np.nanmin(values) * 0.999, np.nanmax(values) * 1.001
    ticks = [tick for tick in TICKS if low <= tick <= high]
    ticks = ticks or [*np.unique([np.nanmin(values), np.nanmax(values)])]
    axes.set_xticks(ticks, labels=[f"{tick:.6g}" for tick in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
