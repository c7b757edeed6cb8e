"""Figure of spectra that a model was fitted to."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter

from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.fit_figure import SIGMA
from aslb.experiments.calibration.observables import impedance_columns
from aslb.experiments.output.figure_style import (
    MUTED,
    TWO_COLUMNS,
    explain,
    styled,
)
from aslb.parameters.composition.measured_spectrum import MeasuredSpectrum

ROOM = 0.08  # of the widest extent, around what is shown


@styled
def plot_spectra(found: Calibration) -> Figure:
    """Nyquist plot of each spectrum, measured and fitted, and residuals beside it.

    Axes of the first are equal; residuals of both parts are over the frequency.
    """
    spectra = [one for data in found.data for one in data.spectra]
    real, imaginary = impedance_columns(found.data)
    ends = np.cumsum([len(one.frequencies) for one in spectra])[:-1]
    parts = [np.split(at, ends) for at in (real, imaginary)]
    figure, grid = plt.subplots(
        len(spectra),
        2,
        figsize=(TWO_COLUMNS, 2.0 * len(spectra) + 0.5),
        width_ratios=(1.6, 1),
        squeeze=False,
    )
    for row, one, at, down in zip(grid, spectra, *parts, strict=True):
        _plot_nyquist(row[0], found, at, down)
        row[0].set_title(_conditions(one))
        _plot_residuals(row[1], found, np.array(one.frequencies), at, down)
    grid[-1, 0].set_xlabel("Z′ [Ω]")
    grid[-1, 1].set_xlabel("Frequency [Hz]")
    handles = [
        *grid[0, 0].get_legend_handles_labels()[0],
        *grid[0, 1].get_legend_handles_labels()[0],
    ]
    explain(figure, handles, [SIGMA], 4)
    return figure


def _plot_nyquist(
    axes: Axes, found: Calibration, at: np.ndarray, down: np.ndarray
) -> None:
    dots: dict[str, Any] = {"color": MUTED[0], "ls": "", "marker": "o", "ms": 2.5}
    axes.plot(found.measured[at], -found.measured[down], label="measured", **dots)
    line: dict[str, Any] = {"color": MUTED[6], "lw": 0.9}
    axes.plot(found.modelled[at], -found.modelled[down], label="fitted", **line)
    wide, high = _box(found.measured[at], -found.measured[down])
    axes.set(xlim=wide, ylim=high, ylabel="−Z″ [Ω]")
    axes.set_aspect("equal", adjustable="box", anchor="W")


def _plot_residuals(
    axes: Axes,
    found: Calibration,
    frequencies: np.ndarray,
    at: np.ndarray,
    down: np.ndarray,
) -> None:
    off = (found.modelled - found.measured) / found.uncertainty
    axes.axhspan(-1, 1, color="0.92", lw=0, zorder=0)
    axes.axhline(0, color="0.5", lw=0.6, zorder=0)
    for places, said, colour in ((at, "Z′", MUTED[2]), (down, "Z″", MUTED[4])):
        look: dict[str, Any] = {"ls": "", "marker": "o", "ms": 2.5, "color": colour}
        axes.plot(frequencies, off[places], label=f"residual of {said}", **look)
    reach = max(2.0, 1.15 * float(np.abs(off[[*at, *down]]).max()))
    axes.set(xscale="log", ylabel="Residual [σ]", ylim=(-reach, reach))


def _box(real: np.ndarray, minus: np.ndarray) -> list[np.ndarray]:
    """Ends of both axes: all that was measured, with some room."""
    room = ROOM * max(np.ptp(real), np.ptp(minus))
    return [np.array([one.min() - room, one.max() + room]) for one in (real, minus)]


def _conditions(one: MeasuredSpectrum) -> str:
    lowest, highest = (
        EngFormatter("Hz")(end) for end in (min(one.frequencies), max(one.frequencies))
    )
    return f"{100 * one.soc:g} % state of charge, {lowest} to {highest}"
