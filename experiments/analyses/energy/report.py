"""What the energy study tells: files, figures, and a summary to read."""

from __future__ import annotations

from functools import partial
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from aslb.experiments.analyses.energy.lithium import on_lithium
from aslb.experiments.analyses.energy.study import ENERGIES, as_built
from aslb.experiments.output.columns import tidy
from aslb.experiments.output.figure_style import (
    MARKERS,
    MUTED,
    SMALL,
    TWO_COLUMNS,
    explain,
    mark_as_built,
    mark_remarks,
    plain_ticks,
    rate_colours,
    rate_label,
    remark_handles,
    styled,
    subject,
)
from aslb.experiments.output.remarks import Signs, remarks_of
from aslb.experiments.output.report import Report
from aslb.experiments.study.summary import banded, of_bands, outside
from aslb.parameters.composition.masses import BOUNDARIES

POWERS = ("specific_power", "power_density")
FILE = "energy_study.csv"  # with the remarks


def report(study: xr.Dataset, boundary: str = BOUNDARIES[2]) -> Report:
    """Sum an energy study up: by boundary, by component, and by thickness and rate.

    The last counts what is within the boundary.
    """
    signs = Signs()
    texts = [
        _boundary_text(study, signs),
        _breakdown_text(study),
        _rate_text(study, boundary, signs),
        "\n".join(signs.notes()),
        _outside(study, boundary),
        on_lithium(
            study.attrs["anode"],
            study.attrs["one_c_current_density"],
            study.c_rate.values,
        ),
        *of_bands(study.attrs),
    ]
    return Report(
        "\n\n".join(filter(None, texts)),
        {
            "energy": energy_table(study),
            "energy_breakdown": breakdown_table(study),
            "energy_study": study_table(study),
        },
        {
            "energy": partial(plot_energy, study),
            "energy_ragone": partial(plot_ragone, study, boundary),
            "energy_breakdown": partial(plot_breakdown, study),
        },
    )


def _outside(study: xr.Dataset, boundary: str) -> str:
    """Where the energy is outside of its band, which files and figures have."""
    return outside(
        banded(
            study.sel(boundary=boundary),
            ENERGIES[0],
            lambda at: f"{1e6 * at['thickness']:.4g} µm at {rate_label(at['c_rate'])}",
        )
    )


def _text(columns: dict[str, Any], signs: Signs, remark: Any = "") -> str:
    table = pd.DataFrame({name: column.to_series() for name, column in columns.items()})
    marked = table.apply(signs.marked, remarks=remark)
    return marked.rename_axis(None).to_string()


def _boundary_text(study: xr.Dataset, signs: Signs) -> str:
    at = as_built(study).isel(c_rate=0)
    energies = {at[name].attrs["units"]: at[name] for name in ENERGIES}
    table = _text(energies, signs, remarks_of(at).item())
    return (
        f"Energy of {study.attrs['cell']}, anode {study.attrs['anode']}, separator "
        f"{float(at.thickness) * 1e6:.4g} µm, {float(at.discharge_energy):.2f} mWh/cm2 "
        f"at {rate_label(float(at.c_rate))}\n\n{table}\n\n"
        "Current collectors: one foil of each, whole. Casing: "
        f"{study.attrs['casing_mass']:.0%} of the mass and "
        f"{study.attrs['casing_volume']:.0%} of the volume inside it."
    )


def _breakdown_text(study: xr.Dataset) -> str:
    at = as_built(study)
    mass, thickness = at.areal_mass, at.layer_thickness
    columns = {
        "mg/cm2": mass,
        "mass %": 100 * (mass / mass.sum()),
        "µm": 1e6 * thickness,
        "volume %": 100 * (thickness / thickness.sum()),
    }
    return f"Mass and volume by component\n\n{_text(columns, Signs())}"


def _rate_text(study: xr.Dataset, boundary: str, signs: Signs) -> str:
    at = study.sel(boundary=boundary)
    texts = []
    for name in ENERGIES:
        table = pd.DataFrame(
            signs.marked(at[name].values, remarks_of(at).values),
            index=[f"{value * 1e6:.4g}" for value in at.thickness.values],
            columns=[rate_label(value) for value in at.c_rate.values],
        ).rename_axis(index="thickness / µm")
        texts.append(
            f"{at[name].attrs['long_name']} of {boundary} / "
            f"{at[name].attrs['units']}\n\n" + table.to_string()
        )
    return "\n\n".join(texts)


def energy_table(study: xr.Dataset) -> pd.DataFrame:
    """The cell as built at the slowest rate, as in ``energy.csv``."""
    table = study_table(as_built(study).isel(c_rate=[0]).expand_dims("thickness"))
    first = ["cell", "boundary", "specific_energy_Wh_kg", "energy_density_Wh_L"]
    return table[first + [name for name in table if name not in first]]


def study_table(study: xr.Dataset) -> pd.DataFrame:
    """Every thickness, rate and boundary, as in ``energy_study.csv``."""
    first = {name: study.attrs[name] for name in ("cell", "anode")}
    ends = [f"{name}_{end}" for name in ENERGIES for end in ("lower", "upper")]
    names = [*ENERGIES, *POWERS, "discharge_energy", "status", "reason"]
    names += [name for name in ends if name in study]
    return tidy(study, names, **first)


def breakdown_table(study: xr.Dataset) -> pd.DataFrame:
    """Mass and thickness of each component, as in ``energy_breakdown.csv``."""
    table = tidy(study, ["areal_mass", "layer_thickness"], cell=study.attrs["cell"])
    separator = table.pop("thickness_um")
    table["thickness_um"] = 1e6 * table.pop("layer_thickness_m")
    for share, column in (("mass", "areal_mass_mg_cm2"), ("volume", "thickness_um")):
        total = table.groupby(separator)[column].transform("sum")
        table[f"{share}_fraction"] = table[column] / total
    table["separator_thickness_um"] = separator
    built = study.attrs["as_built_thickness"] * 1e6
    table["as_built"] = np.isclose(separator, built, rtol=1e-9)
    return table


@styled
def plot_energy(study: xr.Dataset) -> Figure:
    """Energy per mass and volume against separator thickness, a line a boundary."""
    slowest = study.isel(c_rate=0)
    thickness_um = study.thickness.values * 1e6
    built = study.attrs["as_built_thickness"] * 1e6
    figure, panels = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.9))
    for axes, name in zip(panels, ENERGIES, strict=True):
        for n, boundary in enumerate(study.boundary.values):
            energy = slowest[name].sel(boundary=boundary)
            line = {"color": MUTED[n], "marker": MARKERS[n], "ms": 3}
            axes.plot(thickness_um, energy, **line, label=_short(boundary))
            points = thickness_um, energy, remarks_of(slowest)
            mark_remarks(axes, *points, MUTED[n], marker=MARKERS[n], size=3)
            if f"{name}_lower" in study:
                ends = [slowest[f"{name}_{end}"] for end in ("lower", "upper")]
                ends = [end.sel(boundary=boundary) for end in ends]
                axes.fill_between(thickness_um, *ends, color=MUTED[n], alpha=0.15, lw=0)
        _axes(axes, study, name, "Separator thickness [µm]", thickness_um)
        axes.set_ylim(bottom=0)
        if np.isfinite(built):
            mark_as_built(axes, built)
    title = _title(study, rate_label(float(slowest.c_rate)))
    figure.suptitle(title, x=0.01, ha="left")
    handles, _ = panels[0].get_legend_handles_labels()
    handles += remark_handles(remarks_of(slowest), FILE)
    explain(figure, handles, of_bands(study.attrs))
    return figure


@styled
def plot_ragone(study: xr.Dataset, boundary: str) -> Figure:
    """Energy against mean power, a line for each separator thickness.

    The rates are written beside the thinnest separator.
    """
    at = study.sel(boundary=boundary)
    colours = rate_colours(study.thickness.size)
    figure, panels = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.6))
    for axes, name, power in zip(panels, ENERGIES, POWERS, strict=True):
        for i, thickness in enumerate(study.thickness.values):
            one, marker = at.isel(thickness=i), MARKERS[i % len(MARKERS)]
            label = f"{thickness * 1e6:.4g} µm"
            style = {"color": colours[i], "marker": marker, "ms": 3, "label": label}
            axes.plot(one[power], one[name], **style)
            points = one[power], one[name], remarks_of(one)
            mark_remarks(axes, *points, colours[i], marker=marker, size=3)
        for k, c_rate in enumerate(study.c_rate.values):
            thinnest = at.isel(thickness=0, c_rate=k)
            point = (float(thinnest[power]), float(thinnest[name]))
            if np.isfinite(point[0]):
                _above(axes, rate_label(c_rate), point, 5, color="0.3")
        _axes(
            axes,
            study,
            name,
            f"Mean discharge power [{at[power].attrs['units']}]",
            at[power].values,
        )
        axes.set_ylim(0, axes.get_ylim()[1] * 1.06)
    figure.suptitle(_title(study, _short(boundary)), x=0.01, ha="left")
    handles, _ = panels[0].get_legend_handles_labels()
    figure.legend(handles=handles, loc="outside right center", title="Separator")
    explain(figure, remark_handles(remarks_of(study), FILE))
    return figure


@styled
def plot_breakdown(study: xr.Dataset) -> Figure:
    """Share of each component in mass and volume, a bar for each separator.

    The totals are above the bars.
    """
    labels = [f"{thickness * 1e6:.4g}" for thickness in study.thickness.values]
    figure, panels = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.6), sharey=True)
    for axes, name, title, scale in (
        (panels[0], "areal_mass", "Mass; totals in mg/cm²", 1.0),
        (panels[1], "layer_thickness", "Volume; totals in µm", 1e6),
    ):
        total = study[name].sum("component")
        bottom = np.zeros(study.thickness.size)
        for n, component in enumerate(study.component.values):
            share = 100 * (study[name].sel(component=component) / total).values
            bar = {"color": MUTED[n], "label": component}
            axes.bar(labels, share, 0.75, bottom=bottom, **bar)
            bottom += share
        for label, value in zip(labels, scale * total.values, strict=True):
            _above(axes, f"{value:.0f}", (label, 100), 2)
        axes.set_title(title, pad=11)
    panels[0].set(ylabel="Share [%]", ylim=(0, 100))
    figure.supxlabel("Separator thickness [µm]")
    handles, names = panels[0].get_legend_handles_labels()
    figure.legend(handles[::-1], names[::-1], loc="outside right center")
    return figure


def _axes(
    axes: Any, study: xr.Dataset, name: str, xlabel: str, values: np.ndarray
) -> None:
    ylabel = "{long_name} [{units}]".format(**study[name].attrs)
    axes.set(xscale="log", xlabel=xlabel, ylabel=ylabel)
    plain_ticks(axes, values)


def _above(axes: Any, text: str, point: Any, points: int, **style: Any) -> None:
    offset: Any = {"xytext": (0, points), "textcoords": "offset points"}
    axes.annotate(text, point, **offset, ha="center", fontsize=SMALL, **style)


def _short(boundary: str) -> str:
    """The last thing that a long boundary includes: '… + anode'."""
    parts = boundary.split("+")
    return " + ".join(parts) if len(parts) < 4 else f"… + {parts[-1]}"


def _title(study: xr.Dataset, more: str) -> str:
    anode = study.attrs["anode"]
    said = "" if anode == "as-built" else f", anode {anode}"
    return f"{subject(study.attrs)}{said}, {more}"
