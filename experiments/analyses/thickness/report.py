"""What the thickness study tells: files, figures, and a summary to read."""

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
    mark_as_built,
    plain_ticks,
    rate_colours,
    rate_label,
    styled,
)
from aslb.experiments.output.report import Report
from aslb.experiments.study.summary import no_ageing, of_bands


def report(study: xr.Dataset) -> Report:
    """Sum a thickness study up: capacities, critical thicknesses and losses."""
    cell = study.attrs["cell"]
    capacities = ["discharge_capacity", "fraction_of_thin_limit", "status", "reason"]
    losses = {"depth": "depth_of_discharge"}
    texts = [_capacity_text(study), _critical_text(study), no_ageing(None)]
    return Report(
        "\n\n".join(texts + of_bands(study.attrs)),
        {
            "thickness": tidy(study, capacities, cell=cell),
            "critical_thickness": critical_table(study),
            "losses": tidy(study, ["loss"], cell=cell).rename(columns=losses),
        },
        {
            "thickness": partial(plot_capacity, study),
            "losses": partial(plot_losses, study),
        },
    )


def _capacity_text(study: xr.Dataset) -> str:
    table = study.discharge_capacity.to_pandas()
    table.index = [f"{value * 1e6:.4g}" for value in table.index]
    table.loc["-> 0"] = study.thin_limit_capacity.values
    table = table.rename(columns=rate_label).rename_axis(
        index="thickness / µm", columns=None
    )
    return (
        f"Discharge capacity of {study.attrs['cell']} / mAh per g of LCO\n\n"
        + table.to_string(float_format="%.1f", na_rep="failed")
    )


def _critical_text(study: xr.Dataset) -> str:
    fraction = study.attrs["fraction"]
    lines = [f"Separator thickness at {fraction:.0%} of the thin limit"]
    for k, c_rate in enumerate(study.c_rate.values):
        critical = float(study.critical_thickness[k]) * 1e6
        solved = study.fraction_of_thin_limit.isel(c_rate=k).dropna("thickness")
        if np.isfinite(critical):
            text = f"{critical:.0f} µm"
        elif solved.size == 0:
            text = "unknown: no point was solved"
        elif solved.min() >= fraction:
            text = f"beyond {float(solved.thickness[-1]) * 1e6:.4g} µm"
        else:
            text = f"below {float(solved.thickness[0]) * 1e6:.4g} µm"
        lines.append(f"  {rate_label(c_rate):>5}  {text}")
    return "\n".join(lines)


def critical_table(study: xr.Dataset) -> pd.DataFrame:
    """Critical thickness at each rate, as in ``critical_thickness.csv``."""
    table = pd.DataFrame({"cell": study.attrs["cell"], "c_rate": study.c_rate.values})
    table["fraction"] = study.attrs["fraction"]
    for name in study:
        if str(name).startswith("critical_thickness"):
            table[f"{name}_um"] = study[name].values * 1e6
    return table


@styled
def plot_capacity(study: xr.Dataset) -> Figure:
    """Discharge capacity against separator thickness, a line for each rate.

    Critical thicknesses are marked with stars.
    """
    thickness_um = study.thickness.values * 1e6
    figure, axes = plt.subplots(figsize=(5.2, 3.6))
    as_built = study.attrs["as_built_thickness"] * 1e6
    if thickness_um.min() <= as_built <= thickness_um.max():
        mark_as_built(axes, as_built)
    colours = rate_colours(study.c_rate.size)
    for k, c_rate in enumerate(study.c_rate.values):
        at = study.isel(c_rate=k)
        if "discharge_capacity_lower" in study:
            ends = (at.discharge_capacity_lower, at.discharge_capacity_upper)
            axes.fill_between(thickness_um, *ends, color=colours[k], alpha=0.2, lw=0)
        axes.plot(
            thickness_um,
            at.discharge_capacity,
            color=colours[k],
            marker=MARKERS[k % len(MARKERS)],
            ms=3,
            label=rate_label(c_rate),
        )
    if study.critical_thickness.notnull().any():
        fraction = study.attrs["fraction"]
        axes.plot(
            study.critical_thickness * 1e6,
            fraction * study.thin_limit_capacity,
            ls="",
            marker="*",
            ms=13,
            mfc="white",
            mec="black",
            label=f"{fraction:.0%} of thin limit",
        )
    axes.set(
        xscale="log",
        xlabel="Separator thickness / µm",
        ylabel="Discharge capacity / mAh g$^{-1}$ (LCO)",
        title=_title(study),
    )
    axes.set_ylim(bottom=0)
    plain_ticks(axes, thickness_um)
    figure.supxlabel("\n".join(of_bands(study.attrs)), fontsize=8)
    figure.legend(loc="outside right center")
    return figure


@styled
def plot_losses(study: xr.Dataset, depth: float = 0.5) -> Figure:
    """Where the voltage goes at each thickness, a panel for each rate.

    At the stored depth of discharge that is nearest to `depth`.
    """
    at = study.sel(depth=depth, method="nearest")
    thickness_um = study.thickness.values * 1e6
    shown = [
        (name, MUTED[n % len(MUTED)])
        for n, name in enumerate(study.component.values)
        if np.nanmax(np.abs(at.loss.sel(component=name))) > 1e-4
    ]
    names, colours = zip(*shown, strict=True)
    columns = min(3, study.c_rate.size)
    rows = -(-study.c_rate.size // columns)
    figure, grid = plt.subplots(
        rows,
        columns,
        figsize=(2.4 * columns + 1.6, 2.1 * rows + 0.6),
        sharex=True,
        squeeze=False,
    )
    for axes, c_rate in zip(grid.flat, study.c_rate.values, strict=False):
        loss = 1e3 * at.loss.sel(c_rate=c_rate, component=list(names))
        stack = loss.transpose("component", "thickness")
        areas = axes.stackplot(thickness_um, stack, colors=colours, labels=names, lw=0)
        axes.set_title(rate_label(c_rate), fontsize=9)
        axes.set(xscale="log", xlim=(thickness_um.min(), thickness_um.max()))
        plain_ticks(axes, thickness_um)
    for axes in grid.flat[study.c_rate.size :]:
        axes.remove()
    figure.suptitle(_title(study), fontsize=10)
    figure.supxlabel("Separator thickness / µm", fontsize=9)
    figure.supylabel(
        f"Voltage loss at {float(at.depth):.0%} of the discharge / mV", fontsize=9
    )
    figure.legend(areas[::-1], names[::-1], loc="outside right center")
    return figure


def _title(study: xr.Dataset) -> str:
    return f"{cell_label(study.attrs['cell'])}, {study.attrs['model']}"
