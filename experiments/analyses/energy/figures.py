"""Figures of the energy study."""

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

PER = (("specific_energy", "Wh kg$^{-1}$"), ("energy_density", "Wh L$^{-1}$"))
POWER = (("specific_power", "W kg$^{-1}$"), ("power_density", "W L$^{-1}$"))


def plot_energy(study: xr.Dataset) -> Figure:
    """Energy per mass and volume against separator thickness, a line a boundary.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.energy_density`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, for the slowest rate.
    """
    slowest = study.isel(c_rate=0)
    thickness_um = study.thickness.values * 1e6
    with plt.rc_context(STYLE):
        figure, panels = plt.subplots(1, 2, figsize=(7.4, 3.9))
        for axes, (name, unit) in zip(panels, PER, strict=True):
            for n, boundary in enumerate(study.boundary.values):
                axes.plot(
                    thickness_um,
                    slowest[name].sel(boundary=boundary),
                    color=MUTED[n],
                    marker=MARKERS[n],
                    ms=4,
                    label=_short(boundary) if axes is panels[0] else None,
                )
            axes.set(
                xscale="log",
                xlabel="Separator thickness / µm",
                ylabel=f"{study[name].attrs['long_name']} / {unit}",
            )
            axes.set_ylim(bottom=0)
            built = study.attrs["as_built_thickness"] * 1e6
            if np.isfinite(built):
                mark_as_built(axes, built)
            plain_ticks(axes, thickness_um)
        figure.suptitle(_title(study, rate_label(float(slowest.c_rate))), fontsize=9)
        figure.legend(loc="outside lower center", ncols=3)
    return figure


def plot_ragone(study: xr.Dataset, boundary: str) -> Figure:
    """Energy against mean power, a line for each separator thickness.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.energy_density`.
    boundary : str
        What is counted.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, with the rates beside the thinnest separator.
    """
    at = study.sel(boundary=boundary)
    colours = rate_colours(study.thickness.size)
    with plt.rc_context(STYLE):
        figure, panels = plt.subplots(1, 2, figsize=(7.4, 3.6))
        for axes, energy, power in zip(panels, PER, POWER, strict=True):
            (energy_name, energy_unit), (power_name, power_unit) = energy, power
            for i, thickness in enumerate(study.thickness.values):
                axes.plot(
                    at[power_name].isel(thickness=i),
                    at[energy_name].isel(thickness=i),
                    color=colours[i],
                    marker=MARKERS[i % len(MARKERS)],
                    ms=4,
                    label=f"{thickness * 1e6:.4g} µm" if axes is panels[0] else None,
                )
            for k, c_rate in enumerate(study.c_rate.values):
                point = at.isel(thickness=0, c_rate=k)
                if np.isfinite(point[power_name]):
                    axes.annotate(
                        rate_label(c_rate),
                        (float(point[power_name]), float(point[energy_name])),
                        xytext=(0, 5),
                        textcoords="offset points",
                        ha="center",
                        fontsize=7,
                        color="0.3",
                    )
            axes.set(
                xscale="log",
                xlabel=f"Mean discharge power / {power_unit}",
                ylabel=f"{study[energy_name].attrs['long_name']} / {energy_unit}",
            )
            axes.set_ylim(0, axes.get_ylim()[1] * 1.06)
            plain_ticks(axes, at[power_name].values)
        figure.suptitle(_title(study, _short(boundary)), fontsize=9)
        figure.legend(loc="outside right center", title="Separator")
    return figure


def plot_breakdown(study: xr.Dataset) -> Figure:
    """Share of each component in mass and volume, a bar for each separator.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.energy_density`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, with the totals above the bars.
    """
    labels = [f"{thickness * 1e6:.4g}" for thickness in study.thickness.values]
    with plt.rc_context(STYLE):
        figure, panels = plt.subplots(1, 2, figsize=(7.4, 3.6), sharey=True)
        for axes, name, what, total_unit, scale in (
            (panels[0], "areal_mass", "Mass", "mg cm$^{-2}$", 1.0),
            (panels[1], "layer_thickness", "Volume", "µm", 1e6),
        ):
            total = study[name].sum("component")
            bottom = np.zeros(study.thickness.size)
            for n, component in enumerate(study.component.values):
                share = 100 * (study[name].sel(component=component) / total).values
                axes.bar(
                    labels,
                    share,
                    0.75,
                    bottom=bottom,
                    color=MUTED[n],
                    label=component if axes is panels[0] else None,
                )
                bottom += share
            for label, value in zip(labels, scale * total.values, strict=True):
                axes.annotate(
                    f"{value:.0f}",
                    (label, 100),
                    xytext=(0, 2),
                    textcoords="offset points",
                    ha="center",
                    fontsize=7,
                )
            axes.set_title(f"{what}; totals in {total_unit}", fontsize=9, pad=12)
        panels[0].set(ylabel="Share / %", ylim=(0, 100))
        figure.supxlabel("Separator thickness / µm", fontsize=9)
        handles, names = panels[0].get_legend_handles_labels()
        figure.legend(handles[::-1], names[::-1], loc="outside right center")
    return figure


def _short(boundary: str) -> str:
    """The last thing that a long boundary includes: '… + anode'."""
    parts = boundary.split("+")
    return " + ".join(parts) if len(parts) < 4 else f"… + {parts[-1]}"


def _title(study: xr.Dataset, more: str) -> str:
    anode = "" if study.attrs["anode"] == "as-built" else f" | {study.attrs['anode']}"
    return f"{cell_label(study.attrs['cell'])}{anode}, {study.attrs['model']}, {more}"
