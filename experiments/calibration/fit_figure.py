"""Figure of rate tests and curves that a model was fitted to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.observables import (
    CAPACITY,
    FIRST,
    kinds_of,
    rates_of,
)
from aslb.experiments.output.figure_style import (
    MARKERS,
    MUTED,
    ONE_COLUMN,
    TWO_COLUMNS,
    cell_label,
    explain,
    rate_colours,
    rate_label,
    styled,
)

SIGMA = "Residual: fitted − measured; σ: standard uncertainty of the data"


@styled
def plot_fit(found: Calibration) -> Figure:
    """Measured and fitted capacities and curves, with the residuals below.

    Residuals are in standard uncertainties of the data; numbers that are neither are
    told below the figure.
    """
    curves = any(data.curves for data in found.data)
    rates = any(data.c_rates for data in found.data)
    columns = int(rates) + int(curves)
    figure, grid = plt.subplots(
        2,
        columns,
        figsize=(ONE_COLUMN if columns == 1 else TWO_COLUMNS, 3.4),
        height_ratios=(2.2, 1),
        sharex="col",
        squeeze=False,
    )
    if rates:
        _plot_rates(found, *grid[:, 0])
    if curves:
        _plot_curves(found, *grid[:, -1])
    grid[1, 0].set_ylabel("Residual [σ]")
    handles = [] if not rates else grid[0, 0].get_legend_handles_labels()[0]
    explain(figure, handles, [*_others(found), SIGMA], 2)
    return figure


def _cells(found: Calibration) -> Iterator[tuple[str, Any, np.ndarray, list[str]]]:
    """Label, data, places among the observables and their kinds, of each cell."""
    end = 0
    for base, data in zip(found.bases, found.data, strict=True):
        kinds = kinds_of(data)
        places = np.arange(end, end + len(kinds))
        end += len(kinds)
        said = f"{cell_label(base.name)}, " if len(found.data) > 1 else ""
        yield said, data, places, kinds


def _residuals(found: Calibration) -> np.ndarray:
    return (found.modelled - found.measured) / found.uncertainty


def _plot_rates(found: Calibration, above: Axes, below: Axes) -> None:
    ticks: set[float] = set()
    for n, (cell, data, places, kinds) in enumerate(_cells(found)):
        colour, rates = MUTED[(2 * n) % len(MUTED)], rates_of(data)
        for kind, marker in ((CAPACITY, MARKERS[0]), (FIRST, MARKERS[2])):
            own = np.array([one == kind for one in kinds])
            if not own.any():
                continue
            at, x = places[own], rates[own]
            said = f"{cell}{'first discharge' if kind == FIRST else 'measured'}"
            dots: dict[str, Any] = {"ls": "", "marker": marker, "color": colour}
            errors = found.uncertainty[at]
            above.errorbar(x, found.measured[at], errors, **dots, lw=0.8, label=said)
            order = np.argsort(x, kind="stable")
            look: dict[str, Any] = {
                "lw": 0.8,
                "color": colour,
                "marker": marker,
                "mfc": "white",
            }
            look |= {"label": f"{cell}fitted" if kind == CAPACITY else None, "ms": 2.5}
            above.plot(x[order], found.modelled[at][order], zorder=3, **look)
            below.plot(x, _residuals(found)[at], **dots)
            ticks |= {*map(float, x)}
    above.set(xscale="log", ylabel="Discharge capacity [mAh/g]")
    below.set_xlabel("Rate")
    shown = sorted(ticks)
    below.set_xticks(shown, labels=[*map(rate_label, shown)])
    below.minorticks_off()
    _within(below)


def _plot_curves(found: Calibration, above: Axes, below: Axes) -> None:
    for _, data, places, kinds in _cells(found):
        if not data.curves:
            continue
        known = sorted({c_rate for c_rate, *_ in data.curves})
        colours = dict(zip(known, rate_colours(len(known)), strict=True))
        for k, (c_rate, passed, voltages) in enumerate(data.curves):
            at = places[[kind == f"curve {k}" for kind in kinds]]
            colour = colours[c_rate]
            above.plot(passed, voltages, "o", ms=2, color=colour)
            above.plot(passed, found.modelled[at], lw=0.8, color=colour)
            below.plot(passed, _residuals(found)[at], "o", ms=2, color=colour)
            above.annotate(
                rate_label(c_rate),
                (passed[-1], voltages[-1]),
                xytext=(2, 0),
                textcoords="offset points",
                color=colour,
            )
    above.set(ylabel="Voltage against the foil [V]")
    below.set_xlabel("Capacity [mAh/g]")
    _within(below)


def _within(axes: Axes) -> None:
    """Shade one standard uncertainty, symmetrically about nothing."""
    reach = max(2.0, 1.15 * float(np.abs(axes.get_ylim()).max()))
    axes.set_ylim(-reach, reach)
    axes.axhspan(-1, 1, color="0.92", lw=0, zorder=0)
    axes.axhline(0, color="0.5", lw=0.6, zorder=0)


def _others(found: Calibration) -> Iterator[str]:
    """A line for each number that is no capacity and of no curve."""
    off = _residuals(found)
    for _, _, places, kinds in _cells(found):
        for place, kind in zip(places, kinds, strict=True):
            if kind == "efficiency":
                yield (
                    f"{found.observables[place]}: measured "
                    f"{found.measured[place]:.3f}, fitted {found.modelled[place]:.3f} "
                    f"({off[place]:+.1f} σ)"
                )
