"""Figures of how sure a calibration is, and of how its chains went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aslb.experiments.calibration.posterior import LEVELS, Posterior
from aslb.experiments.calibration.unknowns import Unknown
from aslb.experiments.output.figure_style import (
    MUTED,
    ONE_COLUMN,
    SMALL,
    TWO_COLUMNS,
    styled,
)
from aslb.parameters.composition.names import label

LEFT = 0.9
"""Of the interval that was known beforehand: data that leave more saw nothing."""

TOLD = 0.3  # correlations from here on are written into their square


@styled
def plot_posterior(unknowns: Sequence[Unknown], units: np.ndarray) -> Figure:
    """How far the data narrow each range, and what goes together.

    Of draws as shares from 0 to 1 of what is known beforehand, a column an unknown.
    Where they are spread as before, the figure says that the data did not see it.
    """
    rows = np.arange(len(unknowns))
    figure, (left, right) = plt.subplots(
        1,
        2,
        figsize=(TWO_COLUMNS, 0.17 * len(rows) + 1.9),
        width_ratios=(0.8, 1),
        sharey=True,
    )
    _plot_intervals(left, unknowns, units)
    image = right.imshow(
        np.corrcoef(units.T) if len(rows) > 1 else [[1.0]],
        cmap="PuOr",
        vmin=-1,
        vmax=1,
        aspect="auto",
    )
    for (row, column), value in np.ndenumerate(image.get_array()):
        if row != column and abs(value) >= TOLD:
            dark = "white" if abs(value) > 0.75 else "black"
            text = f"{value:.1f}".replace("-", "−").replace("0.", ".")
            middle: dict[str, Any] = {
                "ha": "center",
                "va": "center",
                "fontsize": SMALL - 0.5,
            }
            right.text(column, row, text, color=dark, **middle)
    right.set_xticks(rows, labels=_words(unknowns), rotation=90)
    right.set_title("Correlation")
    right.tick_params(length=0)
    left.set_ylim(len(rows) - 0.5, -0.5)
    figure.colorbar(image, ax=right, shrink=0.8, pad=0.02)
    return figure


def _words(unknowns: Sequence[Unknown]) -> list[str]:
    return [label(one.name).split(" [")[0] for one in unknowns]


def _plot_intervals(axes: Axes, unknowns: Sequence[Unknown], units: np.ndarray) -> None:
    rows = np.arange(len(unknowns))
    axes.hlines(rows, 0, 1, color="0.9", lw=6)
    lower, median, upper = np.quantile(units, LEVELS, axis=0)
    unseen = (upper - lower) > LEFT * (LEVELS[2] - LEVELS[0])
    for row, one in enumerate(unknowns):
        colour = "0.55" if unseen[row] else MUTED[0]
        axes.hlines(row, lower[row], upper[row], color=colour, lw=2)
        said = _value(one, median[row])
        said = "not seen by the data" if unseen[row] else said
        beside: dict[str, Any] = {
            "va": "center",
            "fontsize": SMALL,
            "annotation_clip": False,
        }
        axes.annotate(said, (1.03, row), color=colour, **beside)
    axes.plot(median[~unseen], rows[~unseen], "o", color=MUTED[6])
    axes.set_yticks(rows, labels=_words(unknowns))
    axes.set_xticks([0, 1], labels=["lowest", "highest"])
    axes.set(xlabel="of what was known beforehand", xlim=(-0.02, 1.02))
    axes.set_title("Median and 90 % interval after the data")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _value(one: Unknown, unit: float) -> str:
    """The value at a share of what is known beforehand, with its unit."""
    unit_text = label(one.name).partition(" [")[2].rstrip("]")
    return f"{one.value(float(unit)):.3g} {unit_text}".rstrip()


@styled
def plot_autocorrelation(wide: Posterior) -> Figure:
    """How soon the chains forget: one line a parameter, and the worst by name."""
    from aslb.experiments.calibration.convergence import autocorrelation, effective

    found = autocorrelation(wide.positions)[: wide.positions.shape[0] // 2]
    names = [*_words(wide.unknowns), "model error"]
    worst = int(np.argmin(effective(wide.positions)))
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 2.2))
    axes.plot(found, color="0.75", lw=0.6)
    axes.plot(found[:, worst], color=MUTED[0], label=f"slowest: {names[worst]}")
    axes.axhline(0, color="0.5", lw=0.6)
    axes.set(xlabel="Lag [steps]", ylabel="Autocorrelation", xlim=(0, len(found) - 1))
    axes.legend()
    return figure
