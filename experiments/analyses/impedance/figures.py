"""Nyquist and Bode figures of spectra."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aslb.experiments.analyses.impedance.arcs import arcs_of
from aslb.experiments.analyses.impedance.colours import colour_of
from aslb.experiments.output.figure_style import (
    MARKERS,
    MUTED,
    TWO_COLUMNS,
    cell_label,
    rate_colours,
    styled,
)

REAL = "Z′ [Ω cm²]"
IMAGINARY = "−Z″ [Ω cm²]"
SMALLEST = 0.02  # of what a figure shows, below which an arc has no label
TAILS = ("Particle concentration", "Open circuit")
LINES = ("-", "--", "-.", ":")
PANEL = 4.7  # inches that a panel is wide: a legend is beside it
LEFT, ABOVE, BELOW = 0.5, 0.25, 0.4  # inches around it
FLATTEST = 0.12  # height of a panel over its width
MOST_ROWS = 24  # of a legend
TAIL = 1.1  # times all other resistances, where the tail of diffusion is cut off


@styled
def nyquist(data: xr.Dataset) -> Figure:
    """Nyquist plot, equal axes and decades marked, a panel a cell.

    Of one spectrum a cell its arcs are named; of several the curves are.
    """
    heights, rights = zip(*(_extent(data.sel(cell=c)) for c in data.cell), strict=True)
    figure, column = _panels(
        [height / right for height, right in zip(heights, rights, strict=True)]
    )
    looks = _looks(data)
    for axes, cell, height, right in zip(
        column, data.cell, heights, rights, strict=True
    ):
        spectra = data.sel(cell=cell).stack(point=("soc", "temperature"))
        for n, look in enumerate(looks):
            one = spectra.isel(point=n)
            _curve(axes, one, look, conditions_label(data, one))
        if len(looks) == 1:
            _name_arcs(axes, spectra.isel(point=0))
            axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
        axes.set(xlim=(0, right), ylim=(0, height), ylabel=IMAGINARY)
        axes.set_title(cell_label(str(cell.item())))
    if len(looks) > 1:
        _explain_conditions(figure, column[0], "upper right")
    column[-1].set_xlabel(f"{REAL}; a dot a decade")
    return figure


def _panels(shapes: list[float]) -> tuple[Figure, list[Axes]]:
    """Panels below one another, of one width, and as high as their shapes say.

    A layout that fits what is written cannot keep the scales of both axes equal.
    """
    high = sum(PANEL * shape + ABOVE + BELOW for shape in shapes)
    figure = plt.figure(figsize=(TWO_COLUMNS, high), layout="none")
    panels, top = [], high
    for shape in shapes:
        top -= ABOVE + PANEL * shape
        place = (
            LEFT / TWO_COLUMNS,
            top / high,
            PANEL / TWO_COLUMNS,
            PANEL * shape / high,
        )
        panels.append(figure.add_axes(place))
        top -= BELOW
    return figure, panels


def _looks(data: xr.Dataset) -> list[dict[str, Any]]:
    """Colour and line of each state of charge and temperature of a cell.

    Colours tell states of charge, and lines temperatures; of one state colours do.
    Every other line is then dashed and above the rest: where two are one, both are
    seen.
    """
    states, temperatures = data.soc.size, data.temperature.size
    if states * temperatures == 1:
        return [{"color": "0.3"}]
    if 1 in (states, temperatures):
        colours = rate_colours(states * temperatures)
        return [
            {"color": colour, "ls": LINES[n % 2], "zorder": 2 + n % 2}
            for n, colour in enumerate(colours)
        ]
    return [
        {"color": colour, "ls": LINES[n % len(LINES)]}
        for colour in rate_colours(states)
        for n in range(temperatures)
    ]


def _explain_conditions(figure: Figure, axes: Axes, place: Any) -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc=place, ncols=1 + len(labels) // MOST_ROWS)


def _curve(axes: Axes, one: xr.Dataset, look: dict[str, Any], label: str) -> None:
    z, frequency = one.impedance.values, one.frequency.values
    axes.plot(z.real, -z.imag, label=label, **look)
    decades = np.log10(frequency)
    at = np.isclose(decades, decades.round())
    dots = {"color": look["color"], "zorder": look.get("zorder")}
    axes.plot(z.real[at], -z.imag[at], "o", ms=2, **dots)


def conditions_label(data: xr.Dataset, one: xr.Dataset | xr.DataArray) -> str:
    """State of charge and temperature of one of several, where they differ."""
    said = []
    if data.soc.size > 1:
        said.append(f"SOC {100 * float(one.soc):g} %")
    if data.temperature.size > 1:
        said.append(f"{float(one.temperature) - 273.15:.4g} °C")
    return ", ".join(said)


def _extent(spectra: xr.Dataset) -> tuple[float, float]:
    """How high and how wide [Ohm.cm2] a panel is: the tail of diffusion is cut off."""
    arcs = [name for name in spectra.component.values if name not in TAILS]
    parts = spectra.component_impedance.sel(component=arcs)
    right = TAIL * float(parts.real.sum("component").max())
    inside = spectra.impedance.real <= right
    height = 1.2 * float((-spectra.impedance.imag).where(inside).max())
    return max(height, FLATTEST * right), right


def _name_arcs(axes: Axes, one: xr.Dataset) -> None:
    """Mark the top of each arc that can be seen, with its name and frequency."""
    arcs = arcs_of(one)
    large = arcs[arcs.resistance_ohm_cm2 > SMALLEST * arcs.resistance_ohm_cm2.sum()]
    for n, (_, arc) in enumerate(large.iterrows()):
        axes.plot(
            arc["z_real_ohm_cm2"],
            arc["minus_z_imag_ohm_cm2"],
            MARKERS[n % len(MARKERS)],
            ls="",
            ms=4.5,
            color=colour_of(arc["element"]),
            label=f"{arc['element']}, {_frequency(arc['frequency_Hz'])}",
            zorder=3,
        )


def _frequency(hertz: float) -> str:
    units = {1e6: "MHz", 1e3: "kHz", 1.0: "Hz", 1e-3: "mHz"}
    factor = next((size for size in units if hertz >= size), 1e-3)
    return f"{float(f'{hertz / factor:.2g}'):g} {units[factor]}"


@styled
def bode(data: xr.Dataset) -> Figure:
    """Bode plot: magnitude and phase against frequency, a curve a spectrum.

    Cells with one spectrum each are in one panel, with several in one each.
    """
    looks = _looks(data)
    cells = [*data.cell.values]
    single = len(looks) == 1
    figure, grid = plt.subplots(
        2,
        1 if single else len(cells),
        figsize=(TWO_COLUMNS, 3.4),
        sharex=True,
        sharey="row",
        squeeze=False,
    )
    for k, cell in enumerate(cells):
        above, below = grid[:, 0 if single else k]
        spectra = data.sel(cell=cell).stack(point=("soc", "temperature"))
        if single:  # then colours tell cells
            looks = [{"color": MUTED[(2 * k) % len(MUTED)]}]
        for n, look in enumerate(looks):
            one = spectra.isel(point=n)
            said = cell_label(str(cell)) if single else conditions_label(data, one)
            z, frequency = one.impedance.values, one.frequency.values
            above.loglog(frequency, abs(z), label=said, **look)
            below.semilogx(frequency, -np.angle(z, deg=True), **look)
        above.set_title("" if single else cell_label(str(cell)))
        below.set_xlabel("Frequency [Hz]")
    grid[0, 0].set_ylabel("|Z| [Ω cm²]")
    grid[1, 0].set_ylabel("−Phase [°]")
    _explain_conditions(figure, grid[0, 0], "outside right upper")
    return figure


def table_of(data: xr.Dataset) -> pd.DataFrame:
    """A row a frequency: the spectrum in ohms and in Ohm.cm2, and its components."""
    whole = data.impedance.to_dataframe().reset_index()
    by = ["cell", "soc", "temperature", "frequency"]
    table = whole[by].rename(
        columns={"temperature": "temperature_K", "frequency": "frequency_Hz"}
    )
    area = data.area.to_series().reindex(whole["cell"]).to_numpy()
    for name, factor in (("ohm", 1 / area), ("ohm_cm2", 1.0)):
        table[f"z_real_{name}"] = whole["impedance"].to_numpy().real * factor
        table[f"z_imag_{name}"] = whole["impedance"].to_numpy().imag * factor
    for component in data.component.values:
        part = data.component_impedance.sel(component=component, drop=True)
        column = str(component).lower().replace(" ", "_")
        values = part.to_series().to_numpy()
        table[f"{column}_real_ohm_cm2"] = values.real
        table[f"{column}_imag_ohm_cm2"] = values.imag
    return table
