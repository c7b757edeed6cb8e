"""The design map drawn: energy where a rate leaves enough, and published cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from aslb.experiments.analyses.design.figures import MM, TWO_COLUMNS
from aslb.experiments.output.figure_style import (
    cell_label,
    plain_ticks,
    rate_label,
    styled,
)

STEP = 50  # Wh/kg between two colours
NOT_ENOUGH = "0.87"
SIZE = 6  # of labels, in points
RINGS = (5, 11, 18, 26, 36, 48, 62, 78)  # from a cell to its label, in points
SIDES = ((1, 0), (1, 1), (1, -1), (0, 1), (0, -1), (-1, 0), (-1, 1), (-1, -1))


@styled
def plot_map(study: xr.Dataset) -> Figure:
    """Specific energy over thickness and areal capacity, a panel a rate, one scale.

    It is left grey where less of the capacity is kept than asked. Circles are published
    cells at their own membrane and loading, whatever else they are made of.
    """
    layers = study.thickness.values * 1e6
    loadings = 0.1 * study.areal_capacity.values  # mAh/cm2
    kept = study.retention >= study.attrs["kept"]
    shown = study.specific_energy.where(kept)
    most = float(np.nan_to_num(shown.max(), nan=STEP))
    levels = np.arange(0, STEP * (np.ceil(most / STEP) + 1), STEP)
    rates = study.c_rate.values
    figure, panels = plt.subplots(
        1, len(rates), figsize=(TWO_COLUMNS, 68 * MM), sharey=True, squeeze=False
    )
    for axes, rate in zip(panels.flat, rates, strict=True):
        at = study.sel(c_rate=rate)
        axes.set_facecolor(NOT_ENOUGH)
        filled = _draw(axes, layers, loadings, at, levels, study.attrs["kept"])
        axes.set_xscale("log")
        plain_ticks(axes, layers)
        axes.set_title(_title(at, study.attrs["kept"]), fontsize=8)
        axes.set_xlim(layers[0], layers[-1])
        axes.set_ylim(loadings[0], loadings[-1])
    panels[0, 0].set_ylabel("Areal capacity / mAh cm$^{-2}$")
    figure.supxlabel("Membrane thickness / µm", fontsize=9)
    figure.colorbar(
        filled, ax=panels, label="Specific energy delivered / Wh kg$^{-1}$", pad=0.01
    )
    figure.suptitle(
        f"{cell_label(study.attrs['cell'])}, anode {study.attrs['anode']}; counted: "
        f"{study.attrs['boundary'].replace('+', ' + ')}",
        fontsize=8,
    )
    figure.canvas.draw()  # labels go where there is room, once the layout is known
    figure.set_layout_engine("none")
    for n, axes in enumerate(panels.flat):
        _published(axes, study, labelled=n == 0)
    return figure


def _draw(
    axes: Axes,
    layers: np.ndarray,
    loadings: np.ndarray,
    at: xr.Dataset,
    levels: np.ndarray,
    least: float,
) -> Any:
    """Colours and lines of one rate, cut off where too little is kept."""
    order = ("areal_capacity", "thickness")
    energy = at.specific_energy.transpose(*order).values
    kept = at.retention.transpose(*order).values
    over = (layers, loadings)
    filled = axes.contourf(*over, energy, levels=levels, cmap="cividis")
    lines = axes.contour(
        *over, energy, levels=levels[1:], colors="white", linewidths=0.6
    )
    axes.clabel(lines, fontsize=SIZE, fmt="%g")
    if np.nanmin(kept) < least:
        below = [-1.0, least]
        axes.contourf(*over, kept, levels=below, colors=[NOT_ENOUGH], zorder=2.5)
        axes.contour(
            *over, kept, levels=[least], colors="black", linewidths=1.1, zorder=2.6
        )
    return filled


def _title(at: xr.Dataset, least: float) -> str:
    rate = rate_label(float(at.c_rate))
    most = float(at.retention.max())
    if most < least:
        return f"{rate}: at best {most:.0%} is kept"
    return f"{rate}, {least:.0%} of the capacity kept"


def places(study: xr.Dataset) -> list[tuple[float, float, str]]:
    """Thickness [µm], areal capacity [mAh/cm2] and name of published cells.

    Cells at one place have one name.
    """
    found: dict[tuple[float, float], list[str]] = {}
    for name in study.published.values:
        at = study.sel(published=name)
        x, y = at.published_thickness * 1e6, 0.1 * at.published_areal_capacity
        found.setdefault((round(float(x), 1), round(float(y), 3)), []).append(str(name))
    return [(x, y, published_label(names)) for (x, y), names in found.items()]


def published_label(names: Sequence[str]) -> str:
    """Name of published cells at one place: author and year, and what all share.

    Examples
    --------
    >>> published_label(["Cao2021_thick_sulfide", "Cao2021_thick_halide"])
    'Cao 2021 thick'
    """
    words = [re.sub(r"^([A-Z][a-z]+)(\d{4})_", r"\1 \2 ", name) for name in names]
    split = [word.replace("_", " ").split() for word in words]
    shared = []
    for column in zip(*split, strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    return " ".join(shared)


def _published(axes: Axes, study: xr.Dataset, *, labelled: bool) -> None:
    """Circles of published cells, with their names where these are to be."""
    low, high = axes.get_xlim(), axes.get_ylim()
    inside = [
        place
        for place in places(study)
        if low[0] <= place[0] <= low[1] and high[0] <= place[1] <= high[1]
    ]
    for x, y, _ in inside:
        axes.plot(x, y, "o", ms=4, mfc="white", mec="black", mew=0.8, zorder=5)
    if not labelled:
        return
    scale = 72 / axes.figure.dpi
    points = [scale * axes.transData.transform(place[:2]) for place in inside]
    room = scale * axes.get_window_extent().get_points()
    taken = [_box(point, 6, 6) for point in points]
    # the ones with most neighbours choose first
    crowd = [sum(np.hypot(*(p - q)) < 40 for q in points) for p in points]
    for n in np.argsort(crowd)[::-1]:
        x, y, text = inside[n]
        width, height = 0.52 * SIZE * len(text), 1.25 * SIZE
        middle = _room_for(points[n], width, height, taken, room)
        taken.append(_box(middle, width, height))
        far = np.hypot(*(middle - points[n])) > width / 2 + 10
        axes.annotate(
            text,
            (x, y),
            xytext=tuple(middle - points[n]),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=SIZE,
            zorder=6,
            path_effects=[withStroke(linewidth=1.6, foreground="white")],
            arrowprops={"arrowstyle": "-", "lw": 0.5, "shrinkB": 3} if far else None,
        )


def _box(middle: np.ndarray, width: float, height: float) -> np.ndarray:
    half = np.array([width, height]) / 2
    return np.array([middle - half, middle + half])


def _room_for(
    point: np.ndarray,
    width: float,
    height: float,
    taken: Sequence[np.ndarray],
    room: np.ndarray,
) -> np.ndarray:
    """Middle of a label close to a point, inside of the axes and over nothing."""
    for ring in RINGS:
        for side in SIDES:
            reach = np.array([width / 2, height / 2]) * side + ring * np.array(side)
            box = _box(point + reach, width, height)
            inside = (box[0] >= room[0]).all() and (box[1] <= room[1]).all()
            if inside and not any(_overlap(box, other) for other in taken):
                return point + reach
    return point + np.array([width / 2 + RINGS[0], 0])


def _overlap(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((one[0] < other[1]).all() and (other[0] < one[1]).all())
