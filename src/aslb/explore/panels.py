"""Parts of the page as HTML: sliders with what is known of them, and the answer."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from html import escape
from typing import Any

from aslb.experiments.output.figure_style import rate_label
from aslb.explore.answer import Answer
from aslb.explore.charts import charts
from aslb.explore.drawing import Chart, svg
from aslb.explore.sentence import what_limits
from aslb.explore.sliders import Scale
from aslb.explore.state import State
from aslb.models.registry import DFN
from aslb.parameters.composition.cell import Cell

CLASSES = {
    "measured": "#117733",
    "derived": "#44AA99",
    "literature": "#332288",
    "fitted": "#882255",
    "assumed": "#999933",
}
"""Colour of each class of a number."""

STYLE = """<style>
@media (min-width:900px) {aside.app-sidebar {display:block !important}
  .lg\\:hidden {display:none !important}}
#App > div {padding-left:18px !important; padding-right:18px !important}
.aslb {color:#222;
  font:14px/1.4 Helvetica,Arial,sans-serif; background:#fff; padding:6px 14px}
.aslb h1 {font-size:19px; margin:0 0 6px; font-weight:bold}
.aslb .slider {margin:0 0 13px}
.aslb .head {display:flex; justify-content:space-between; gap:8px; font-weight:600;
  white-space:nowrap}
.aslb .known {display:flex; justify-content:space-between; font-size:12px; color:#666}
.aslb [class^=o-] {color:#b5330d; font-weight:600}
.aslb .legend {font-size:12px; color:#666; margin:6px 0 10px}
/* the room of names that are only spoken */
.aslb .slider[title] marimo-ui-element {display:block; margin-top:-19px}
.aslb .band {padding:0 8px; height:12px}
.aslb .charts {display:grid; gap:10px 18px;
  grid-template-columns:repeat(auto-fill,minmax(min(390px,100%),1fr))}
.aslb .charts img {width:100%; max-width:620px; aspect-ratio:50/31; margin:0}
.aslb .limits {font-size:16px; margin:0 0 6px; min-height:3.9em; max-width:62em}
.aslb .status {font-size:13px; color:#555; margin:0 0 10px}
.aslb .status b {color:#fff; border-radius:3px; padding:1px 7px; margin-right:5px}
@media (max-width:899px) {.aslb .limits {margin-top:34px}}  /* below the menu */
.aslb .remarks {font-size:13px; color:#555; margin-top:8px}
</style>"""
KEY = " ".join(
    f"<span style='white-space:nowrap'><span style='color:{colour}'>■</span> {name}"
    "</span>"
    for name, colour in CLASSES.items()
)
LEGEND = (
    "<p class='legend'>Below each slider, the range that the source of the cell's "
    f"number gives, and what kind of source: {KEY}</p>"
)
"""What the bars below sliders are."""

SHORT = {"SolidStateSPM": ("SPM", "#DD8800"), DFN: ("DFN", "#117733")}


def slider_panel(scale: Scale, element: Any) -> str:
    """A slider with its value, the class of the number, and the range it may have.

    Parameters
    ----------
    scale : Scale
        The slider of the cell.
    element : object
        What is moved; its text is HTML.
    """
    key, unit = scale.slider.key, scale.slider.unit
    low, high = scale.known
    known = f"{scale.kind} {_number(scale.own)}"
    if low < high:
        known = f"{scale.kind}, {_number(low)} to {_number(high)}"
    return (
        f"<div class='slider' title='{escape(scale.source, quote=True)}'>"
        f"<div class='head'><span>{scale.slider.label}</span>"
        f"<span class='v-{key}'></span></div>{element}{_band(scale)}"
        f"<div class='known'><span>{known} {unit}</span><span class='o-{key}'></span>"
        "</div></div>"
    )


def spoken_only(words: str) -> str:
    """Words that a screen reader reads, and nobody sees."""
    style = (
        "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
    )
    return f"<span style='{style}'>{escape(words)}</span>"


def _band(scale: Scale) -> str:
    """The range along the slider in the colour of its class, and the cell's own."""
    colour = CLASSES.get(scale.kind, "#888888")
    start, end = (100 * scale.place(one) for one in scale.known)
    own = 100 * scale.place(scale.own)
    return (
        "<div class='band'><svg width='100%' height='10'>"
        "<rect x='0' y='4' width='100%' height='2' fill='#e4e4e4'/>"
        f"<rect x='{start:.1f}%' y='2' width='{max(end - start, 0.6):.1f}%' "
        f"height='6' rx='2' fill='{colour}' fill-opacity='0.55'/>"
        f"<rect x='{own:.1f}%' y='0' width='2' height='10' fill='#222'/></svg></div>"
    )


def numbers(scales: Mapping[str, Scale], state: State) -> str:
    """The number beside each slider, as a style: the sliders are not drawn again.

    marimo mounts anew what is drawn again, which takes longer than the model.
    """
    rules = []
    for key, scale in scales.items():
        value = state.values.get(key, scale.own)
        outside = "outside" if scale.beyond(value) else ""
        shown = f"{_number(value)} {scale.slider.unit}".strip()
        rules.append(f".v-{key}::after{{content:'{shown}'}}")
        rules.append(f".o-{key}::after{{content:'{outside}'}}")
    return f"<style>{''.join(rules)}</style>"


def answer_panel(
    answer: Answer, as_built: Answer, cell: Cell, scales: Mapping[str, Scale], then: str
) -> str:
    """What limits, who answered, and the charts.

    Parameters
    ----------
    answer, as_built : Answer
        Of what is set, and of the cell as it ships.
    cell : Cell
        The cell as it ships.
    scales : mapping of str to Scale
        Its sliders by key.
    then : str
        What happens next.
    """
    found = "".join(map(_image, charts(answer, as_built, cell)))
    return (
        f"{numbers(scales, answer.state)}"
        f"<div class='aslb'><p class='limits'>{escape(what_limits(answer))}</p>"
        f"<p class='status'>{_status(answer)} {then}</p>"
        f"<div class='charts'>{found}</div>{_remarks(answer, scales)}</div>"
    )


def _image(chart: Chart) -> str:
    """A chart as an image: a browser draws one faster than marimo its elements."""
    data = b64encode(svg(chart.body()).encode()).decode()
    return f"<img alt='{chart.title}' src='data:image/svg+xml;base64,{data}'/>"


def _status(answer: Answer) -> str:
    word, colour = SHORT[answer.model]
    return (
        f"<b id='model' style='background:{colour}'>{word}</b> "
        f"answered in {1e3 * answer.seconds:.0f} ms."
    )


def _remarks(answer: Answer, scales: Mapping[str, Scale]) -> str:
    rates: dict[str, list[str]] = {}
    for rate, remark in zip(answer.state.c_rates, answer.remarks, strict=True):
        rates.setdefault(remark, []).append(rate_label(rate))
    said = [f"{', '.join(at)}: {escape(it)}" for it, at in rates.items() if it]
    outside = [
        scales[key].slider.label.lower()
        for key, value in answer.state.values.items()
        if scales[key].beyond(value)
    ]
    if outside:
        said.append(
            f"Outside of the range that the source of the cell's number gives: "
            f"{', '.join(outside)}"
        )
    return "".join(f"<div class='remarks'>{line}.</div>" for line in said)


def _number(value: float) -> str:
    """Three digits, as people write them."""
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
