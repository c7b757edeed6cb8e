"""What resistances tell: the largest, a table, and where each is in a spectrum."""

from __future__ import annotations

from functools import partial
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aslb.experiments.analyses.impedance.colours import COLOURS
from aslb.experiments.analyses.impedance.figures import conditions_label, nyquist
from aslb.experiments.analyses.impedance.study import impedance
from aslb.experiments.output.columns import tidy
from aslb.experiments.output.figure_style import (
    SMALL,
    TWO_COLUMNS,
    cell_label,
    styled,
)
from aslb.experiments.output.report import Report

RANDAU = 40.0  # Ohm.cm2
"""What a solid-state cell may have to charge quickly, as the reference paper quotes it:
S. Randau et al., Nat. Energy 2020, 5, 259, doi:10.1038/s41560-020-0565-1."""

CELSIUS = 273.15
COLUMNS = {
    "resistance_Ohm.cm2": "resistance_ohm_cm2",
    "temperature": "temperature_K",
}


def report(data: xr.Dataset, cells: Any = None) -> Report:
    """Sum resistances up, by component; of given cells beside their spectra."""
    figures = {"resistance": partial(waterfall, data)}
    if cells is not None:
        figures["nyquist"] = partial(_spectra, data, cells)
    return Report(
        "\n\n".join([_lead(data), _text(data)]),
        {"resistance": tidy(data, ["resistance"]).rename(columns=COLUMNS)},
        figures,
    )


def _spectra(data: xr.Dataset, cells: Any) -> Figure:
    at = {"soc": data.soc.values, "temperature": data.temperature.values}
    return nyquist(impedance(cells, **at, model=data.attrs["model"]))


def columns(data: xr.Dataset) -> xr.DataArray:
    """A column a cell, state of charge and temperature, a row a component."""
    return data.resistance.stack(column=("cell", "soc", "temperature"))


def label(data: xr.Dataset, column: xr.DataArray) -> str:
    """A cell, with the state of charge and the temperature if there are several."""
    words = cell_label(str(column.cell.item())), conditions_label(data, column)
    return ", ".join(filter(None, words))


def _lead(data: xr.Dataset) -> str:
    lines = []
    for one in columns(data).transpose("column", "component"):
        total, at = float(one.sum()), int(one.values.argmax())
        largest = str(one.component[at].item())
        share = float(one.max()) / total
        lines.append(
            f"{label(data, one)}: {total:.3g} Ω cm², most of it {largest.lower()} "
            f"({share:.0%})"
        )
    return "\n".join(lines)


def _text(data: xr.Dataset) -> str:
    table = pd.DataFrame(
        {
            label(data, one): one.values
            for one in columns(data).transpose("column", "component")
        },
        index=data.component.values,
    )
    table.loc["sum"] = table.sum()
    where = [
        f"{100 * float(data.soc[0]):g} % state of charge" if data.soc.size == 1 else "",
        f"{float(data.temperature[0]) - CELSIUS:.4g} °C"
        if data.temperature.size == 1
        else "",
    ]
    head = ", ".join(["Area resistance / Ω cm²", *filter(None, where)])
    return f"{head}\n{table.to_string(float_format='{:.2f}'.format)}"


@styled
def waterfall(data: xr.Dataset) -> Figure:
    """Resistances one on top of the other, a bar a cell, with a line at 40 Ohm.cm2."""
    stacked = columns(data)
    bars = stacked.sizes["column"]
    figure, axes = plt.subplots(figsize=(TWO_COLUMNS, 0.26 * bars + 1.0))
    for place in range(bars):
        _bar(axes, stacked.isel(column=place), place)
    axes.set_yticks(
        range(bars), [label(data, stacked.isel(column=n)) for n in range(bars)]
    )
    axes.set_ylim(bars - 0.4, -0.6)
    axes.axvline(RANDAU, color="0.2", ls="--", lw=0.8)
    axes.annotate(
        "40 Ω cm² (Randau 2020)",
        (RANDAU, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(2, 2),
        textcoords="offset points",
        fontsize=SMALL,
        color="0.2",
    )
    axes.set_xlabel("Area resistance [Ω cm²]")
    axes.set_xlim(0, 1.12 * float(stacked.sum("component").max()))
    shown = [name for name in data.component.values if _is_seen(stacked, name)]
    handles = [plt.Rectangle((0, 0), 1, 1, color=COLOURS[name]) for name in shown]
    figure.legend(handles, shown, loc="outside lower center", ncols=4)
    return figure


def _is_seen(stacked: xr.DataArray, name: str) -> bool:
    longest = float(stacked.sum("component").max())
    return float(stacked.sel(component=name).max()) > 0.002 * longest


def _bar(axes: Axes, column: xr.DataArray, place: int) -> None:
    left = 0.0
    for name, value in zip(column.component.values, column.values, strict=True):
        axes.barh(place, value, left=left, color=COLOURS[name], height=0.62)
        left += value
    axes.annotate(
        f"{left:.0f}" if left >= 100 else f"{left:.3g}",
        (left, place),
        xytext=(3, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL,
    )
