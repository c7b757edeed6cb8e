"""What the rate test tells: files, figures, and a summary to read."""

from __future__ import annotations

from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from aslb.experiments.output.columns import tidy
from aslb.experiments.output.figure_style import (
    MARKERS,
    MUTED,
    cell_label,
    rate_colours,
    rate_label,
    styled,
)
from aslb.experiments.output.report import Report
from aslb.experiments.study.summary import no_ageing, of_bands


def report(study: xr.Dataset) -> Report:
    """Sum a rate test up: capacities and efficiencies by cell and cycle, and curves."""
    solved, known = int(study.cycles_solved.sum()), int((study.status == "ok").sum())
    texts = [
        "Discharge capacity, coulombic and energy efficiency by cycle",
        _text(study),
        no_ageing((solved, known)),
    ]
    return Report(
        "\n\n".join(texts + of_bands(study.attrs)),
        {"rate": rate_table(study)},
        {"rate": partial(plot_capacity, study), "curves": partial(plot_curves, study)},
    )


def _text(study: xr.Dataset) -> str:
    table = pd.DataFrame({("", "rate"): map(rate_label, study.c_rate.values)})
    for name in study.cell.values:
        cell = study.sel(cell=name)
        for label, values in (
            ("mAh/g", cell.discharge_capacity),
            ("CE %", 100 * cell.coulombic_efficiency),
            ("EE %", 100 * cell.energy_efficiency),
        ):
            table[str(name), label] = [f"{value:.1f}" for value in values.values]
    table.index = study.cycle.values
    return table.to_string()


def rate_table(study: xr.Dataset) -> pd.DataFrame:
    """Capacity and efficiencies of each cycle, as in ``rate.csv``."""
    names = [
        "charge_capacity",
        "discharge_capacity",
        "coulombic_efficiency",
        "energy_efficiency",
        "status",
        "reason",
    ]
    table = tidy(study, names)
    table.insert(2, "c_rate", table.pop("c_rate"))
    return table


def _blocks(study: xr.Dataset) -> list[np.ndarray]:
    """Indices of consecutive cycles at one rate."""
    changes = np.flatnonzero(np.diff(study.c_rate.values)) + 1
    return np.split(np.arange(study.cycle.size), changes)


@styled
def plot_capacity(study: xr.Dataset) -> Figure:
    """Discharge capacity against cycle number, a line for each cell, rates above."""
    figure, axes = plt.subplots(figsize=(5.6, 3.4))
    for n, name in enumerate(study.cell.values):
        cell, colour = study.isel(cell=n), MUTED[(2 * n) % len(MUTED)]
        if "discharge_capacity_lower" in study:
            ends = (cell.discharge_capacity_lower, cell.discharge_capacity_upper)
            axes.vlines(study.cycle, *ends, color=colour, alpha=0.4, lw=2.5)
        axes.plot(
            study.cycle,
            cell.discharge_capacity,
            ls="",
            marker=MARKERS[n % len(MARKERS)],
            ms=5,
            mfc="none",
            color=colour,
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
    figure.supxlabel("\n".join(of_bands(study.attrs)), fontsize=8)
    figure.legend(loc="outside upper center", ncols=max(1, study.cell.size))
    return figure


@styled
def plot_curves(study: xr.Dataset) -> Figure:
    """Charge and discharge curves of the last cycle at each rate, a panel a cell."""
    # a rate that comes back at the end is drawn once, as it was the first time
    last: dict[float, int] = {}
    for block in _blocks(study):
        last.setdefault(float(study.c_rate[block[0]]), int(block[-1]))
    rates = sorted(last)
    figure, (panels,) = plt.subplots(
        1,
        study.cell.size,
        figsize=(2.6 * study.cell.size + 1.2, 3.0),
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    for n, axes in enumerate(panels):
        for c_rate, colour in zip(rates, rate_colours(len(rates)), strict=True):
            at = study.isel(cell=n, cycle=last[c_rate])
            for half in ("charge", "discharge"):
                axes.plot(
                    study.depth * float(at[f"{half}_capacity"]),
                    at[f"{half}_voltage"],
                    color=colour,
                    label=rate_label(c_rate) if half == "charge" else None,
                )
        axes.set_title(cell_label(str(study.cell.values[n])), fontsize=9)
    panels[0].set_ylabel("Voltage against the foil / V")
    figure.supxlabel("Capacity / mAh g$^{-1}$ (LCO)", fontsize=9)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside right center")
    return figure
