"""What was asked against what there is, and what must improve, drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from aslb.experiments.analyses.design.answer import Answer
from aslb.experiments.analyses.design.requirement import RETENTION, Measure
from aslb.experiments.analyses.design.variable import DECADE, spoken
from aslb.experiments.output.figure_style import (
    MUTED,
    ONE_COLUMN,
    TWO_COLUMNS,
    cell_label,
    styled,
)
from aslb.experiments.study.figures import log_ticks
from aslb.parameters.units import split_unit, symbol

MM = 1 / 25.4
ASKED = MUTED[2]


def in_words(answer: Answer) -> str:
    """Cell and anode, as titles have them."""
    anode = answer.attrs["anode"]
    return f"{cell_label(answer.attrs['cell'])}, anode {anode}"


@styled
def plot_designs(answer: Answer) -> Figure:
    """Designs by the first two of what is asked, the front and what is asked for.

    Colours tell the goal, or the first variable. Bars are 90 % bands.
    """
    question = answer.question
    across, up = _axes_of(answer)
    colour = question.goal_variable or question.variables[0]
    known = answer.designs.dropna(subset=[across[0], up[0]])
    values = known[colour.name.name]
    wide = values.min() > 0 and values.max() > DECADE * values.min()
    norm = (LogNorm if wide else Normalize)(values.min(), values.max())
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 78 * MM))
    dots = axes.scatter(
        known[across[0]], known[up[0]], c=values, norm=norm, cmap="cividis", s=5, lw=0
    )
    front = known[known["front"]].sort_values(across[0])
    axes.plot(
        front[across[0]], front[up[0]], color="black", lw=0.9, drawstyle="steps-pre"
    )
    _bars(axes, answer, across[0], up[0])
    _asked(axes, answer)
    best = answer.best
    axes.plot(
        best[across[0]],
        best[up[0]],
        marker="*",
        ms=10,
        mfc="white",
        mec="black",
        ls="",
        zorder=5,
    )
    for axis, (name, label) in zip("xy", (across, up), strict=True):
        getattr(axes, f"set_{axis}label")(label)
        if name.startswith(RETENTION):
            percent = FuncFormatter(lambda value, _: f"{100 * value:.0f}")
            getattr(axes, f"{axis}axis").set_major_formatter(percent)
    bar = figure.colorbar(dots, label=colour.label)
    if wide:
        ticks = log_ticks(values.to_numpy())
        bar.set_ticks(ticks, labels=[f"{tick:g}" for tick in ticks])
        bar.ax.yaxis.set_minor_locator(NullLocator())
    star = "best" if answer.feasible else "closest"
    lines = [in_words(answer), f"line: front; star: {star} design"]
    if answer.front_bands is not None:
        lines.append("bars: 90 % of what would be measured")
    figure.suptitle("\n".join(lines), fontsize=7)
    return figure


def _axes_of(answer: Answer) -> list[tuple[str, str]]:
    """Column and label of both axes: a share of the capacity is across."""
    measures = [*answer.question.measures][:2]
    measures.sort(key=lambda one: one.quantity != RETENTION)
    found = [(one.column, one.label) for one in measures]
    if len(found) == 1:
        goal = answer.question.goal_variable
        assert goal is not None  # a goal that is measured would be the second
        found.insert(0, (goal.name.name, goal.label))
    return found


def _bars(axes: Axes, answer: Answer, across: str, up: str) -> None:
    table = answer.front_bands
    if table is None:
        return
    style: dict[str, Any] = {"color": "0.35", "lw": 0.7, "zorder": 2}
    if f"{across}_lower" in table:
        axes.hlines(
            table[up], table[f"{across}_lower"], table[f"{across}_upper"], **style
        )
    axes.vlines(table[across], table[f"{up}_lower"], table[f"{up}_upper"], **style)


def _asked(axes: Axes, answer: Answer) -> None:
    """Shade what is asked for, where both axes are of it."""
    least: dict[Measure, float] = dict(answer.question.requirements)
    columns = {measure.column: value for measure, value in least.items()}
    x, y = (columns.get(name) for name, _ in _axes_of(answer))
    # no share and no energy is negative
    (left, right), (low, high) = np.maximum([axes.get_xlim(), axes.get_ylim()], 0)
    right = max(right, (x or right) * 1.06)
    high = max(high, (y or high) * 1.06)
    x, y = left if x is None else x, low if y is None else y
    axes.fill([x, right, right, x], [y, y, high, high], color=ASKED, alpha=0.15, lw=0)
    axes.plot([right, x, x], [y, y, high], color=ASKED, lw=1, ls="--")
    axes.annotate(
        "asked",
        ((x + right) / 2, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 2),
        textcoords="offset points",
        ha="center",
        va="bottom",
        color=ASKED,
        fontsize=8,
    )
    axes.set(xlim=(left, right), ylim=(low, high))


@styled
def plot_improvements(answer: Answer) -> Figure:
    """How close the end of what is known of each quantity comes to what is asked."""
    table: pd.DataFrame = answer.improvements.sort_values("margin")
    reach = 100 * (1 + table["margin"].to_numpy(float))
    base = 100 * (1 + answer.best["margin"])
    rows = np.arange(len(table))
    enough = table["needed"].notna().to_numpy()
    figure, axes = plt.subplots(figsize=(TWO_COLUMNS, (16 + 7 * len(table)) * MM))
    colours = np.where(enough, ASKED, "0.65")
    axes.barh(rows, reach - base, left=base, color=colours, height=0.65)
    axes.axvline(100, color="black", lw=1)
    axes.axvline(base, color="0.5", lw=0.8)
    for row, item in zip(rows, table.to_dict("records"), strict=True):
        axes.annotate(
            _needed(item),
            (1, row),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
        )
    axes.set_yticks(rows, labels=[_plain(words) for words in table["words"]])
    low, high = min(base, reach.min()), max(100.0, reach.max())
    axes.set_xlim(low - 0.03 * (high - low), high + 0.03 * (high - low))
    axes.annotate(
        "asked",
        (100, 1),
        xycoords=("data", "axes fraction"),
        ha="center",
        va="bottom",
        fontsize=8,
    )
    axes.set_xlabel("Share of what is asked, at the best design / %")
    return figure


def _plain(words: str) -> str:
    return words.replace("Positive particle", "Particle").replace(
        "Positive electrode ", "Cathode "
    )


def _needed(item: Mapping[Any, Any]) -> str:
    _, unit = split_unit(item["quantity"])
    shown = f" {symbol(unit)}" if unit else ""
    if np.isfinite(item["needed"]):
        return f"{spoken(item['now'])} → {spoken(item['needed'])}{shown} is enough"
    return f"{spoken(item['now'])} → {spoken(item['end'])}{shown} is not enough"
