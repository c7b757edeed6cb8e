"""Charts as SVG, written in a millisecond: a slider has to be answered in a blink.

Plotly and matplotlib take 20 to 250 ms for a chart of this page, where marimo mounts
it again at every move; text takes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import numpy.typing as npt
from matplotlib.ticker import MaxNLocator

WIDTH, HEIGHT = 500, 310
LETTER = 6.3  # px, of the mean letter at 12 px
INK, GREY, FAINT = "#222222", "#767676", "#e4e4e4"
FONT = "font-family='Helvetica, Arial, sans-serif' font-size='12'"


@dataclass(frozen=True)
class Axis:
    """An axis: what is along it, and from where to where.

    Parameters
    ----------
    label : str
        Quantity / unit.
    low, high : float
        Its ends.
    ticks : sequence of (float, str), optional
        Where it is labelled, and how; by default at round numbers.
    logarithmic : bool, optional
        Whether it is.
    """

    label: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]] | None = None
    logarithmic: bool = False

    def share(self, values: npt.ArrayLike) -> np.ndarray:
        """How far along the axis values are, from 0 to 1."""
        found, low, high = np.asarray(values, float), self.low, self.high
        if self.logarithmic:
            found, low, high = np.log(found), math.log(low), math.log(high)
        return (found - low) / (high - low)

    def labelled(self) -> list[tuple[float, str]]:
        """Ticks and their labels."""
        if self.ticks is not None:
            return [*self.ticks]
        slack = 1e-9 * (self.high - self.low)
        round_numbers = MaxNLocator(6).tick_values(self.low, self.high)
        return [
            (float(tick), f"{tick:.6g}")
            for tick in round_numbers
            if self.low - slack <= tick <= self.high + slack
        ]


def upwards(largest: float, step: float) -> float:
    """The next multiple of a step, so that axes stand still while a slider moves."""
    if not math.isfinite(largest) or largest <= 0:
        return step
    return step * math.ceil(largest / step - 1e-9)


class Chart:
    """One chart, drawn element by element.

    Parameters
    ----------
    title : str
        What it shows.
    x, y : Axis
        Its axes.
    right : float, optional
        Room for labels on its right side [px].
    left : float, optional
        Room on its left side [px].
    """

    def __init__(
        self, title: str, x: Axis, y: Axis, *, right: float = 24, left: float = 58
    ):
        self.x, self.y = x, y
        self.left, self.top = left, 34.0
        self.width = WIDTH - left - right
        self.height = HEIGHT - self.top - 48
        self.title, self._parts = title, list[str]()

    def at(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Places of points in the drawing [px]."""
        return (
            self.left + self.width * self.x.share(x),
            self.top + self.height * (1 - self.y.share(y)),
        )

    def line(
        self,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        colour: str,
        *,
        width: float = 2,
        dash: str = "",
    ) -> None:
        """Straight lines from point to point; where one is NaN there is a gap."""
        found = np.column_stack(self.at(x, y))
        known = np.isfinite(found).all(axis=1)
        edges = np.flatnonzero(np.diff(known)) + 1
        runs = [run for run in np.split(np.arange(len(known)), edges) if known[run[0]]]
        path = " ".join(_path(found[run]) for run in runs)
        dashed = f" stroke-dasharray='{dash}'" if dash else ""
        if path:
            self._parts.append(
                f"<path d='{path}' fill='none' stroke='{colour}' "
                f"stroke-width='{width:g}' stroke-linejoin='round'{dashed}/>"
            )

    def area(
        self, x: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike, colour: str
    ) -> None:
        """What is between two lines."""
        upper, lower = (np.column_stack(self.at(x, y)) for y in (high, low))
        ring = np.concatenate([upper, lower[::-1]])
        if np.isfinite(ring).all():
            path = _path(ring) + " Z"
            self._parts.append(f"<path d='{path}' fill='{colour}'/>")

    def points(
        self,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        colour: str,
        *,
        hollow: bool = False,
        radius: float = 4,
    ) -> None:
        """Dots."""
        fill = "#ffffff" if hollow else colour
        for a, b in zip(*map(np.ravel, self.at(x, y)), strict=True):
            if math.isfinite(a) and math.isfinite(b):
                self._parts.append(
                    f"<circle cx='{a:.1f}' cy='{b:.1f}' r='{radius:g}' fill='{fill}' "
                    f"stroke='{colour}' stroke-width='1.5'/>"
                )

    def bar(self, value: float, row: float, thick: float, colour: str) -> None:
        """A horizontal bar from the left side to a value, at a place of the y-axis."""
        (x, *_), (top, low) = self.at(
            [value, value], [row + thick / 2, row - thick / 2]
        )
        if math.isfinite(x):
            self._parts.append(
                f"<rect x='{self.left:.1f}' y='{top:.1f}' "
                f"width='{max(x - self.left, 0):.1f}' height='{low - top:.1f}' "
                f"fill='{colour}'/>"
            )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        colour: str = INK,
        *,
        anchor: str = "start",
        dx: float = 0,
        dy: float = 4,
    ) -> None:
        """Words at a point; `dx` and `dy` move them [px]."""
        a, b = (float(one) for one in self.at(x, y))
        if math.isfinite(a) and math.isfinite(b):
            self._parts.append(written(a + dx, b + dy, words, colour, anchor))

    def body(self) -> str:
        """The elements of the drawing, without the element around them."""
        bottom, right = self.top + self.height, self.left + self.width
        frame = [written(self.left, 18, self.title, INK, "start", "bold")]
        for tick, label in self.x.labelled():
            a = self.left + self.width * float(self.x.share(tick))
            frame.append(_ruler(a, self.top, a, bottom))
            frame.append(written(a, bottom + 17, label, GREY, "middle"))
        for tick, label in self.y.labelled():
            b = self.top + self.height * (1 - float(self.y.share(tick)))
            frame.append(_ruler(self.left, b, right, b))
            frame.append(written(self.left - 7, b + 4, label, GREY, "end"))
        middle = self.left + self.width / 2
        frame.append(written(middle, HEIGHT - 8, self.x.label, INK, "middle"))
        if self.y.label:
            at = f"translate(14 {self.top + self.height / 2:.0f}) rotate(-90)"
            word = written(0, 0, self.y.label, INK, "middle")
            frame.append(f"<g transform='{at}'>{word}</g>")
        return "".join(frame + self._parts)


def svg(body: str, width: float = WIDTH, height: float = HEIGHT) -> str:
    """A drawing of elements."""
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}' "
        f"width='{width:g}' height='{height:g}' {FONT} style='background:#fff'>"
        f"{body}</svg>"
    )


def written(
    x: float, y: float, words: str, colour: str, anchor: str, weight: str = "normal"
) -> str:
    """Words with a white rim, so that they can be read over lines."""
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' fill='{colour}' text-anchor='{anchor}' "
        f"font-weight='{weight}' stroke='#fff' stroke-width='3' "
        f"paint-order='stroke'>{escape(words)}</text>"
    )


def _ruler(x: float, y: float, to_x: float, to_y: float) -> str:
    return (
        f"<line x1='{x:.1f}' y1='{y:.1f}' x2='{to_x:.1f}' y2='{to_y:.1f}' "
        f"stroke='{FAINT}'/>"
    )


def _path(points: np.ndarray) -> str:
    return "M" + " L".join([f"{x:.1f} {y:.1f}" for x, y in points.tolist()])
