"""Figures of the thickness study."""

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
    mark_as_built,
    plain_ticks,
    rate_colours,
    rate_label,
)


def plot_capacity(study: xr.Dataset) -> Figure:
    """Discharge capacity against separator thickness, a line for each rate.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.thickness`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; critical thicknesses are marked with stars.
    """
    thickness_um = study.thickness.values * 1e6
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(5.2, 3.6))
        as_built = study.attrs["as_built_thickness"] * 1e6
        if thickness_um.min() <= as_built <= thickness_um.max():
            mark_as_built(axes, as_built)
        colours = rate_colours(study.c_rate.size)
        for k, c_rate in enumerate(study.c_rate.values):
            if "discharge_capacity_lower" in study:
                axes.fill_between(
                    thickness_um,
                    study.discharge_capacity_lower.isel(c_rate=k),
                    study.discharge_capacity_upper.isel(c_rate=k),
                    color=colours[k],
                    alpha=0.2,
                    lw=0,
                )
            axes.plot(
                thickness_um,
                study.discharge_capacity.isel(c_rate=k),
                color=colours[k],
                marker=MARKERS[k % len(MARKERS)],
                ms=3,
                label=rate_label(c_rate),
            )
        critical_um = study.critical_thickness.values * 1e6
        if np.isfinite(critical_um).any():
            fraction = study.attrs["fraction"]
            axes.plot(
                critical_um,
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
        figure.legend(loc="outside right center")
    return figure


def plot_losses(study: xr.Dataset, depth: float = 0.5) -> Figure:
    """Where the voltage goes at each thickness, a panel for each rate.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.thickness`.
    depth : float, optional
        Depth of discharge at which to look; the nearest stored one is taken.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    at = study.sel(depth=depth, method="nearest")
    thickness_um = study.thickness.values * 1e6
    components = [
        (n, name)
        for n, name in enumerate(study.component.values)
        if np.nanmax(np.abs(at.loss.sel(component=name))) > 1e-4
    ]
    columns = min(3, study.c_rate.size)
    rows = -(-study.c_rate.size // columns)
    with plt.rc_context(STYLE):
        figure, grid = plt.subplots(
            rows,
            columns,
            figsize=(2.4 * columns + 1.6, 2.1 * rows + 0.6),
            sharex=True,
            squeeze=False,
        )
        for axes, c_rate in zip(grid.flat, study.c_rate.values, strict=False):
            loss = at.loss.sel(c_rate=c_rate)
            areas = axes.stackplot(
                thickness_um,
                [1e3 * loss.sel(component=name) for _, name in components],
                colors=[MUTED[n % len(MUTED)] for n, _ in components],
                labels=[name for _, name in components],
                lw=0,
            )
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
        figure.legend(
            areas[::-1],
            [name for _, name in components][::-1],
            loc="outside right center",
        )
    return figure


def _title(study: xr.Dataset) -> str:
    return f"{cell_label(study.attrs['cell'])}, {study.attrs['model']}"
