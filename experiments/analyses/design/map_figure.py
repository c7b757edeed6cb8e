"""The design map drawn: energy where a rate leaves enough, and published cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextPath

from aslb.experiments.analyses.design.figures import MM
from aslb.experiments.output.figure_style import (
    TWO_COLUMNS,
    apart,
    mark_remarks,
    plain_ticks,
    published_label,
    rate_label,
    remark_handles,
    styled,
    subject,
)
from aslb.experiments.output.remarks import remarks_of

STEP = 50  # Wh/kg between two colours
FINE = 241  # lines and columns between which a map is drawn, straight in between
FILE = "map.csv"  # with the remarks
NOT_ENOUGH = "0.87"
SIZE = 6  # of labels of lines, in points
NAMES = 5.5  # of names, so that all have room


@styled
def plot_map(study: xr.Dataset) -> Figure:
    """Specific energy over thickness and areal capacity, a panel a rate, one scale.

    It is left grey where less of the capacity is kept than asked. Circles are published
    cells at their own membrane and loading, whatever else they are made of.
    """
    kept = study.retention >= study.attrs["kept"]
    most = float(np.nan_to_num(study.specific_energy.where(kept).max(), nan=STEP))
    levels = np.arange(0, STEP * (np.ceil(most / STEP) + 1), STEP)
    rates = study.c_rate.values
    figure, panels = plt.subplots(
        1, len(rates), figsize=(TWO_COLUMNS, 68 * MM), sharey=True, squeeze=False
    )
    for axes, rate in zip(panels.flat, rates, strict=True):
        filled = _draw(axes, study.sel(c_rate=rate), levels, study.attrs["kept"])
    panels[0, 0].set_ylabel("Areal capacity [mAh/cm²]")
    panels[0, len(rates) // 2].set_xlabel("Membrane thickness [µm]")
    figure.colorbar(filled, ax=panels, label="Specific energy [Wh/kg]", pad=0.01)
    figure.suptitle(
        f"{subject(study.attrs)}, anode {study.attrs['anode']}; counted: "
        f"{study.attrs['boundary'].replace('+', ' + ')}",
        fontsize=8,
    )
    if handles := remark_handles(remarks_of(study).where(kept, ""), FILE):
        figure.legend(handles=handles, loc="outside lower right")
    engine = figure.get_layout_engine()
    engine.set(wspace=0.04)  # type: ignore[union-attr, call-arg]
    figure.canvas.draw()  # labels go where there is room, once the layout is known
    figure.set_layout_engine("none")
    emptiest = int(np.argmin(kept.sum(["thickness", "areal_capacity"]).values))
    for n, axes in enumerate(panels.flat):
        _published(axes, study, labelled=n == emptiest)
    return figure


def _draw(axes: Axes, at: xr.Dataset, levels: np.ndarray, least: float) -> Any:
    """Colours and lines of one rate, cut off where too little is kept."""
    layers, loadings = at.thickness.values * 1e6, 0.1 * at.areal_capacity.values
    fine = _finer(at)
    over = (fine.log_um.values, fine.areal_capacity.values * 0.1)
    energy = np.ma.masked_where(fine.retention < least, fine.specific_energy)
    axes.set_facecolor(NOT_ENOUGH)
    at_log = (10 ** over[0], over[1])
    filled = axes.contourf(*at_log, energy, levels=levels, cmap="cividis")
    if energy.count():
        style: dict[str, Any] = {"colors": "white", "linewidths": 0.6}
        lines = axes.contour(*at_log, energy, levels=levels[1:], **style)
        axes.clabel(lines, fontsize=SIZE, fmt="%g")
        axes.contour(
            *at_log, fine.retention, levels=[least], colors="black", linewidths=1.1
        )
    said = remarks_of(at).where(at.retention >= least, "")
    marks = said.transpose("thickness", "areal_capacity").values
    mark_remarks(axes, layers[:, None], loadings, marks, "black", size=1.8)
    axes.set(xscale="log", xlim=(layers[0], layers[-1]))
    axes.set_ylim(loadings[0], loadings[-1])
    plain_ticks(axes, layers)
    axes.set_title(_title(at, least), fontsize=8)
    return filled


def _finer(at: xr.Dataset) -> xr.Dataset:
    """Energy and retention between the points of a map, in the logarithm across."""
    drawn = at[["specific_energy", "retention"]].drop_attrs()
    drawn = drawn.assign_coords(
        log_um=("thickness", np.log10(1e6 * at.thickness.values))
    )
    drawn = drawn.swap_dims(thickness="log_um").drop_vars("thickness")
    ends = {name: drawn[name].values for name in ("log_um", "areal_capacity")}
    wanted = {name: np.linspace(x[0], x[-1], FINE) for name, x in ends.items()}
    return drawn.interp(wanted).transpose("areal_capacity", "log_um")


def _title(at: xr.Dataset, least: float) -> str:
    rate = rate_label(float(at.c_rate))
    most = float(at.retention.max())
    if most < least:
        return f"{rate}: at best {100 * most:.0f} % is kept"
    return f"{rate}, {100 * least:.0f} % of the capacity kept"


def places(study: xr.Dataset) -> list[tuple[float, float, str]]:
    """Thickness [µm], areal capacity [mAh/cm2] and name of published cells.

    Cells at one place have one name.
    """
    found: dict[tuple[float, float], list[str]] = {}
    for name in study.published.values:
        at = study.sel(published=name)
        x, y = at.published_thickness * 1e6, 0.1 * at.published_areal_capacity
        found.setdefault((round(float(x), 1), round(float(y), 3)), []).append(str(name))
    return [(x, y, shared_label(names)) for (x, y), names in found.items()]


def within(study: xr.Dataset) -> list[tuple[float, float, str]]:
    """Those of `places` that lie on the map."""
    low, high = (1e6 * study.thickness.values[end] for end in (0, -1))
    least, most = (0.1 * study.areal_capacity.values[end] for end in (0, -1))
    return [
        place
        for place in places(study)
        if low <= place[0] <= high and least <= place[1] <= most
    ]


def shared_label(names: Sequence[str]) -> str:
    """Name of published cells at one place: author and year, and what all share.

    Examples
    --------
    >>> shared_label(["Cao2021_thick_sulfide", "Cao2021_thick_halide"])
    'Cao 2021 thick'
    """
    split = [published_label(name).split() for name in names]
    shared = []
    for column in zip(*split, strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    return " ".join(shared)


def _published(axes: Axes, study: xr.Dataset, *, labelled: bool) -> None:
    """Circles of published cells, with their names where these are to be."""
    inside = sorted(within(study))
    for x, y, _ in inside:
        axes.plot(
            x, y, "o", ms=4, mfc="white", mec="black", mew=0.8, zorder=5, clip_on=False
        )
    if not labelled or not inside:
        return
    scale = 72 / axes.figure.dpi  # from pixels to points
    points = np.array([scale * axes.transData.transform(one[:2]) for one in inside])
    low, high = scale * axes.get_window_extent().get_points()
    over = apart(points[:, 0], NAMES)
    rises = over > (low[0] + high[0]) / 2
    rows = _rows(over, rises, [_width(text) for _, _, text in inside])
    first = points[:, 1].max() + 2 * NAMES
    gap = min(1.6 * NAMES, (high[1] - NAMES - first) / max(1, len(rows) - 1))
    for n, (x, y, text) in enumerate(inside):
        at = np.array([over[n], first + gap * rows[n]]) - points[n]
        axes.annotate(
            text,
            (x, y),
            xytext=tuple(at),
            textcoords="offset points",
            ha="right" if rises[n] else "left",
            va="center",
            fontsize=NAMES,
            zorder=6,
            path_effects=[withStroke(linewidth=1.6, foreground="white")],
            arrowprops={"arrowstyle": "-", "lw": 0.4, "shrinkA": 0, "shrinkB": 2}
            | {"relpos": (float(rises[n]), 0.3)},
            annotation_clip=False,
        )


def _width(text: str) -> float:
    """How wide a name is drawn [pt]."""
    return float(TextPath((0, 0), text, size=NAMES).get_extents().width)


def _rows(
    over: np.ndarray, rises: np.ndarray, widths: Sequence[float]
) -> npt.NDArray[np.int_]:
    """Row of each name from below, so that no line goes through another name.

    Parameters
    ----------
    over : numpy.ndarray
        Where the line of each name rises [pt], from left to right.
    rises : numpy.ndarray
        Whether a name stands left of its line, as in the right half.
    widths : sequence of float
        How wide each name is [pt].

    Returns
    -------
    numpy.ndarray
        The lines of all names above a row pass it: the next row is of the name that
        fewest of these cross, and of such names of the one closest to the middle.
    """
    left = np.flatnonzero(~rises)[::-1].tolist()
    right = np.flatnonzero(rises).tolist()
    waiting = [n for pair in zip_longest(right, left) for n in pair if n is not None]
    starts = np.where(rises, over - np.array(widths), over)
    rows = np.empty(len(rises), int)

    def crossed(n: int) -> int:
        others = over[[other for other in waiting if other != n]]
        return int(((starts[n] < others) & (others < starts[n] + widths[n])).sum())

    for row in range(len(rises)):
        lowest = min(waiting, key=crossed)
        waiting.remove(lowest)
        rows[lowest] = row
    return rows
