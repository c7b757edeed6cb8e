"""What the rate test tells: files, figures, and a summary to read."""

from __future__ import annotations

from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from aslb.experiments.output.columns import tidy
from aslb.experiments.output.figure_style import (
    MARKERS,
    MUTED,
    ONE_COLUMN,
    TWO_COLUMNS,
    cell_label,
    explain,
    mark_rates,
    mark_remarks,
    rate_blocks,
    rate_colours,
    rate_label,
    remark_handles,
    styled,
)
from aslb.experiments.output.remarks import Signs, remarks_of
from aslb.experiments.output.report import Report
from aslb.experiments.study.summary import banded, no_ageing, of_bands, outside


def report(study: xr.Dataset) -> Report:
    """Sum a rate test up: capacities and efficiencies by cell and cycle, and curves."""
    solved, known = int(study.cycles_solved.sum()), int((study.status == "ok").sum())
    texts = [
        "Discharge capacity, coulombic and energy efficiency by cycle",
        _text(study),
        no_ageing((solved, known)),
        *filter(None, [_outside(study)]),
    ]
    return Report(
        "\n\n".join(texts + of_bands(study.attrs)),
        {"rate": rate_table(study)},
        {"rate": partial(plot_capacity, study), "curves": partial(plot_curves, study)},
    )


def _outside(study: xr.Dataset) -> str:
    """Where the capacity is outside of its band, which files and figures have."""
    return outside(
        banded(
            study,
            "discharge_capacity",
            lambda at: f"{at['cell']} at {rate_label(at['c_rate'])}",
        )
    )


def _text(study: xr.Dataset) -> str:
    signs = Signs()
    table = pd.DataFrame({("", "rate"): map(rate_label, study.c_rate.values)})
    for name in study.cell.values:
        cell = study.sel(cell=name)
        for label, values, remarks in (
            ("mAh/g", cell.discharge_capacity, remarks_of(cell)),
            ("CE %", 100 * cell.coulombic_efficiency, ""),
            ("EE %", 100 * cell.energy_efficiency, ""),
        ):
            table[str(name), label] = signs.marked(values, remarks)
    table.index = study.cycle.values
    return "\n".join([table.to_string(), *signs.notes()])


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


@styled
def plot_capacity(study: xr.Dataset) -> Figure:
    """Discharge capacity against cycle number, a line for each cell, rates above."""
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 2.5))
    for n, name in enumerate(study.cell.values):
        cell, colour = study.isel(cell=n), _colour(n)
        if "discharge_capacity_lower" in study:
            ends = (cell.discharge_capacity_lower, cell.discharge_capacity_upper)
            axes.vlines(study.cycle, *ends, color=colour, alpha=0.25, lw=3)
        points = study.cycle, cell.discharge_capacity
        marker, label = MARKERS[n % len(MARKERS)], cell_label(str(name))
        axes.plot(*points, ls="", marker=marker, ms=3, color=colour, label=label)
        mark_remarks(axes, *points, remarks_of(cell), colour, marker=marker, size=3)
    mark_rates(axes, study.cycle.values, study.c_rate.values)
    axes.set(xlabel="Cycle", ylabel="Discharge capacity [mAh/g]")
    axes.set_ylim(bottom=min(0, *axes.get_ylim()))
    handles, _ = axes.get_legend_handles_labels()
    handles += _plot_measured(axes, study)
    handles += remark_handles(remarks_of(study), "rate.csv")
    explain(figure, handles, of_bands(study.attrs))
    return figure


def _plot_measured(axes: Axes, study: xr.Dataset) -> list[Line2D]:
    """What was measured of each block of cycles, if anything was."""
    if "measured_capacity" not in study:
        return []
    blocks = rate_blocks(study.c_rate.values)
    for n, row in enumerate(study.measured_capacity.values):
        for block in blocks:
            ends = study.cycle.values[block[[0, -1]]] + np.array([-0.4, 0.4])
            axes.hlines(row[block[0]], *ends, color=_colour(n), lw=0.8)
    return [Line2D([], [], color="0.3", lw=0.8, label="measured mean")]


def _colour(n: int) -> str:
    return MUTED[(2 * n) % len(MUTED)]


@styled
def plot_curves(study: xr.Dataset) -> Figure:
    """Charge and discharge curves of the last cycle at each rate, a panel a cell."""
    # a rate that comes back at the end is drawn once, as it was the first time
    last: dict[float, int] = {}
    for block in rate_blocks(study.c_rate.values):
        last.setdefault(float(study.c_rate[block[0]]), int(block[-1]))
    rates = sorted(last)
    figure, (panels,) = plt.subplots(
        1,
        study.cell.size,
        figsize=(TWO_COLUMNS if study.cell.size > 1 else ONE_COLUMN, 2.4),
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    for n, axes in enumerate(panels):
        for c_rate, colour in zip(rates, rate_colours(len(rates)), strict=True):
            at = study.isel(cell=n, cycle=last[c_rate])
            for half in ("charge", "discharge"):
                passed = study.depth * float(at[f"{half}_capacity"])
                voltage = at[f"{half}_voltage"]
                label = rate_label(c_rate) if half == "charge" else None
                axes.plot(passed, voltage, color=colour, label=label)
                mark_remarks(axes, passed[-1], voltage[-1], remarks_of(at), colour)
        axes.set_title(cell_label(str(study.cell.values[n])))
    panels[0].set_ylabel("Voltage against the foil [V]")
    figure.supxlabel("Capacity [mAh/g]")
    handles, _ = panels[0].get_legend_handles_labels()
    shown = remarks_of(study.isel(cycle=[*last.values()]))
    handles += remark_handles(shown, "rate.csv")
    figure.legend(handles=handles, loc="outside right center")
    return figure
