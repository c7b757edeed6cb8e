"""Figures of the rate test."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from aslb.experiments.output.figure_style import (
    MARKERS,
    MUTED,
    STYLE,
    cell_label,
    rate_colours,
    rate_label,
)


def _blocks(study: xr.Dataset) -> list[np.ndarray]:
    """Indices of consecutive cycles at one rate."""
    changes = np.flatnonzero(np.diff(study.c_rate.values)) + 1
    return np.split(np.arange(study.cycle.size), changes)


def plot_capacity(study: xr.Dataset) -> Figure:
    """Discharge capacity against cycle number, a line for each cell.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.rate`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, with the rates written above.
    """
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(5.6, 3.4))
        for n, name in enumerate(study.cell.values):
            if "discharge_capacity_lower" in study:
                axes.vlines(
                    study.cycle,
                    study.discharge_capacity_lower.isel(cell=n),
                    study.discharge_capacity_upper.isel(cell=n),
                    color=MUTED[(2 * n) % len(MUTED)],
                    alpha=0.4,
                    lw=2.5,
                )
            axes.plot(
                study.cycle,
                study.discharge_capacity.isel(cell=n),
                ls="",
                marker=MARKERS[n % len(MARKERS)],
                ms=5,
                mfc="none",
                color=MUTED[(2 * n) % len(MUTED)],
                label=cell_label(str(name)),
            )
        blocks = _blocks(study)
        for block in blocks:
            cycles = study.cycle.values[block]
            axes.annotate(
                rate_label(float(study.c_rate[block[0]])),
                (cycles.mean(), 1.0),
                xycoords=("data", "axes fraction"),
                ha="center",
                va="bottom",
            )
            if block is not blocks[-1]:
                axes.axvline(cycles[-1] + 0.5, color="0.85", lw=0.8, zorder=0)
        axes.set(xlabel="Cycle", ylabel="Discharge capacity / mAh g$^{-1}$ (LCO)")
        axes.set_ylim(bottom=min(0, *axes.get_ylim()))
        figure.legend(loc="outside upper center", ncols=max(1, study.cell.size))
    return figure


def plot_curves(study: xr.Dataset) -> Figure:
    """Charge and discharge curves of the last cycle at each rate, a panel a cell.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.rate`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    # a rate that comes back at the end is drawn once, as it was the first time
    last: dict[float, int] = {}
    for block in _blocks(study):
        last.setdefault(float(study.c_rate[block[0]]), int(block[-1]))
    rates = sorted(last)
    colours = rate_colours(len(rates))
    with plt.rc_context(STYLE):
        figure, grid = plt.subplots(
            1,
            study.cell.size,
            figsize=(2.6 * study.cell.size + 1.2, 3.0),
            sharex=True,
            sharey=True,
            squeeze=False,
        )
        for n, axes in enumerate(grid.flat):
            for c_rate, colour in zip(rates, colours, strict=True):
                at = study.isel(cell=n, cycle=last[c_rate])
                for half in ("charge", "discharge"):
                    axes.plot(
                        study.depth * float(at[f"{half}_capacity"]),
                        at[f"{half}_voltage"],
                        color=colour,
                        label=rate_label(c_rate) if half == "charge" else None,
                    )
            axes.set_title(cell_label(str(study.cell.values[n])), fontsize=9)
        grid[0, 0].set_ylabel("Voltage against the foil / V")
        figure.supxlabel("Capacity / mAh g$^{-1}$ (LCO)", fontsize=9)
        handles, labels = grid[0, 0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside right center")
    return figure
