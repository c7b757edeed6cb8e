"""The charts of the page."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_hex

from aslb.experiments.output.figure_style import (
    MUTED,
    apart,
    rate_colours,
    rate_label,
)
from aslb.explore.answer import DEPTHS, FREQUENCIES, Answer
from aslb.explore.drawing import (
    GREY,
    HEIGHT,
    INK,
    LETTER,
    WIDTH,
    Axis,
    Chart,
    svg,
    upwards,
)
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import COMPONENTS

NOW = "#332288"
MEASURED = "#CC6677"
LEAST_LOSS = 2e-3  # V: less is no area that can be seen
LEAST_LABEL = 5e-3  # V, at the end of the discharge
NAMED = {1e6: "1 MHz", 1e3: "1 kHz", 1.0: "1 Hz", 1e-3: "1 mHz"}
"""Frequencies that are named in a spectrum [Hz]."""


def discharge_curves(answer: Answer, cell: Cell) -> Chart:
    """Voltage against capacity at each rate."""
    ends = cell.cutoffs()
    most = upwards(np.nanmax([*answer.capacity, 1]) * 1.02, 50)
    low, high = ends["lower_cutoff"] - 0.22, ends["upper_cutoff"] + 0.15
    chart = Chart(
        "Discharge at each rate",
        Axis("Discharge capacity [mAh/g]", 0, most),
        Axis("Voltage against the foil [V]", low, high),
    )
    colours = [to_hex(one) for one in rate_colours(len(answer.capacity))]
    for capacity, voltage, colour in zip(
        answer.capacity, answer.voltage, colours, strict=True
    ):
        chart.line(np.multiply(DEPTHS, capacity), voltage, colour)
    labels = [*map(rate_label, answer.state.c_rates)]
    gives = answer.capacity > 0
    wide = (LETTER * max(map(len, labels)) + 8) * most / chart.width
    places = between(answer.capacity[gives], wide, most)
    shown = zip(places, *(np.array(x)[gives] for x in (labels, colours)), strict=True)
    for place, label, colour in shown:
        chart.text(place, ends["lower_cutoff"], label, colour, anchor="middle", dy=15)
    if nothing := [*np.array(labels)[answer.capacity == 0]]:
        words = f"nothing at {', '.join(nothing)}"
        chart.text(most, high, words, GREY, anchor="end", dx=-6, dy=16)
    return chart


def between(values: np.ndarray, wide: float, most: float) -> np.ndarray:
    """Middles of labels near values, none over another, all between 0 and most.

    Parameters
    ----------
    values : numpy.ndarray
        Where they are best.
    wide : float
        Width of a label.
    most : float
        End of the axis.
    """
    middles = apart(values, wide)
    order = np.argsort(middles)
    steps = wide * np.arange(len(order))
    last = most - wide / 2 - steps[-1:]
    middles[order] = np.clip(middles[order] - steps, wide / 2, last) + steps
    return middles


def loss_stack(answer: Answer, cell: Cell) -> Chart:
    """Where the voltage goes at one rate: from the curve up to the open circuit."""
    shown, ends = answer.shown, cell.cutoffs()
    capacity = np.multiply(DEPTHS, answer.capacity[shown])
    losses = np.maximum(answer.losses[shown], 0)
    most = upwards(np.nanmax([answer.capacity[shown], 1]) * 1.02, 50)
    rate = rate_label(answer.state.losses_at)
    chart = Chart(
        f"Where the voltage goes at {rate}",
        Axis("Discharge capacity [mAh/g]", 0, most),
        Axis(
            "Voltage against the foil [V]",
            ends["lower_cutoff"] - 0.05,
            ends["upper_cutoff"] + 0.35,
        ),
        right=200,
    )
    below = answer.voltage[shown].copy()
    middles, labels, colours = [], [], []
    for name, loss, colour in zip(LOSSES, losses.T, MUTED, strict=True):
        if not loss.max() > LEAST_LOSS:
            continue
        chart.area(capacity, below, below + loss, colour)
        if loss.max() > LEAST_LABEL:
            middles.append(below[-1] + loss[-1] / 2)
            labels.append(f"{name} {1e3 * loss[-1]:.0f} mV")
            colours.append(colour)
        below = below + loss
    chart.line(capacity, below, GREY, width=1.5, dash="5 3")
    chart.line(capacity, answer.voltage[shown], INK, width=2.5)
    gap = 16 * (chart.y.high - chart.y.low) / chart.height
    places = apart(middles, gap)
    places += max(0.0, chart.y.low + gap / 3 - min(places, default=np.inf))
    edge = answer.capacity[shown], most * 1.02
    for place, at, label, colour in zip(places, middles, labels, colours, strict=True):
        chart.line(edge, [at, place], colour, width=1.5)
        chart.points([edge[1]], [place], colour)
        chart.text(edge[1], place, label, dx=9)
    if np.isfinite(below).all():
        chart.text(capacity[18], below[18], "open circuit", GREY, dy=-8)
        chart.text(capacity[6], answer.voltage[shown][6], "voltage", INK, dy=20)
    return chart


def rate_capability(answer: Answer, as_built: Answer, cell: Cell) -> Chart:
    """Capacity against rate, beside the cell as built and what was measured on it."""
    rates = answer.state.c_rates
    blocks = measured_blocks(cell)
    low, high = min([*rates, *blocks]) / 1.25, max([*rates, *blocks]) * 1.25
    most = max([*_finite(answer), *_finite(as_built), *(q for q, _ in blocks.values())])
    chart = Chart(
        "Capacity against rate",
        Axis(
            "Rate of charge and discharge",
            low,
            high,
            [(rate, rate_label(rate)) for rate in rates],
            logarithmic=True,
        ),
        Axis("Discharge capacity [mAh/g]", 0, upwards(most * 1.04, 50)),
    )
    moved = bool(answer.state.values)
    if moved:
        chart.line(rates, as_built.capacity, GREY, dash="5 3")
    chart.line(rates, answer.capacity, NOW, width=2.5)
    said = np.array([bool(remark) for remark in answer.remarks])
    chart.points(np.array(rates)[~said], answer.capacity[~said], NOW)
    chart.points(np.array(rates)[said], answer.capacity[said], NOW, hollow=True)
    for rate, (capacity, spread) in blocks.items():
        chart.line([rate, rate], [capacity - spread, capacity + spread], MEASURED)
        chart.points([rate], [capacity], MEASURED, radius=3.5)
    key = [(NOW, "as set" if moved else "as built")]
    key += [(GREY, "as built")] * moved
    key += [(MEASURED, "measured on the cell as built")] * bool(blocks)
    for row, (colour, words) in enumerate(key):
        chart.text(low, 0, words, colour, dx=10, dy=-12 - 17 * (len(key) - 1 - row))
    return chart


def measured_blocks(cell: Cell) -> dict[float, tuple[float, float]]:
    """Capacity measured at each rate and its uncertainty [mAh/g]; the first block."""
    found: dict[float, tuple[float, float]] = {}
    if cell.measured is not None:
        for rate, capacity, spread in zip(
            cell.measured.c_rates,
            cell.measured.capacities,
            cell.measured.uncertainties,
            strict=True,
        ):
            if np.isfinite(capacity):
                found.setdefault(rate, (capacity, spread))
    return found


def energies(answer: Answer, as_built: Answer, which: str) -> Chart:
    """Energy by what is counted, at the rate whose losses are shown."""
    title, unit, step = {
        "specific_energy": ("Specific energy", "Wh/kg", 100),
        "energy_density": ("Energy density", "Wh/L", 250),
    }[which]
    now, built = (getattr(one, which)[one.shown] for one in (answer, as_built))
    rows = [float(row) for row in range(len(COMPONENTS), 0, -1)]
    words = [f"+ {part}" if k else part for k, part in enumerate(COMPONENTS)]
    most = upwards(float(np.nanmax([*now, *built, 1])) * 1.12, step)
    rate = rate_label(answer.state.losses_at)
    chart = Chart(
        f"{title} at {rate}, by what is counted",
        Axis(f"{title} [{unit}]", 0, most),
        Axis("", 0.4, len(rows) + 0.6, list(zip(rows, words, strict=True))),
        left=138,
    )
    for row, value, before in zip(rows, now, built, strict=True):
        chart.bar(value, row, 0.62, MUTED[1])
        said, start = f"{value:.0f}", value
        if answer.state.values:
            chart.line([before] * 2, [row - 0.42, row + 0.42], GREY, width=2.5)
            # a number that would be over the mark is put behind it
            ahead = (before - value) * chart.width / most
            if -8 < ahead < 8 + LETTER * len(said) + 6:
                start = before
        chart.text(start, row, said, INK, dx=8)
    if answer.state.values:
        words_at = most, 0.62
        chart.text(*words_at, "grey: as built", GREY, anchor="end", dx=-6)
    return chart


def nyquist(answer: Answer, as_built: Answer) -> Chart:
    """The impedance of the cell at rest."""
    shown = [as_built.impedance, answer.impedance]
    real = max(float(one.real.max()) for one in shown)
    high = max(float(-one.imag.min()) for one in shown)
    blank = Chart("", Axis("", 0, 1), Axis("", 0, 1))
    flat = blank.height / blank.width
    step = 10 ** np.floor(np.log10(real)) / 2
    wide = upwards(max(real * 1.05, high * 1.1 / flat), step)
    chart = Chart(
        "Impedance at rest, half charged",
        Axis("Z′ [Ω cm²]", 0, wide),
        Axis("−Z″ [Ω cm²]", 0, wide * flat),
    )
    if answer.state.values:
        z = as_built.impedance
        chart.line(z.real, -z.imag, GREY, dash="5 3")
    z = answer.impedance
    chart.line(z.real, -z.imag, NOW, width=2.5)
    named: list[tuple[float, float]] = []  # places, so that no name is over another
    for frequency, words in NAMED.items():
        k = int(np.argmin(np.abs(np.log(FREQUENCIES / frequency))))
        place = tuple(float(one) for one in chart.at(z.real[k], -z.imag[k]))
        chart.points([z.real[k]], [-z.imag[k]], NOW)
        if all(abs(place[0] - x) > 46 or abs(place[1] - y) > 16 for x, y in named):
            chart.text(z.real[k], -z.imag[k], words, NOW, anchor="middle", dy=-9)
            named.append((place[0], place[1]))
    return chart


def charts(answer: Answer, as_built: Answer, cell: Cell) -> list[Chart]:
    """All charts of the page, in order."""
    return [
        discharge_curves(answer, cell),
        loss_stack(answer, cell),
        rate_capability(answer, as_built, cell),
        nyquist(answer, as_built),
        energies(answer, as_built, "specific_energy"),
        energies(answer, as_built, "energy_density"),
    ]


def in_one_svg(found: list[Chart], columns: int = 2) -> str:
    """All charts as one drawing, to be kept."""
    rows = -(-len(found) // columns)
    parts = [
        f"<g transform='translate({WIDTH * (k % columns)} {HEIGHT * (k // columns)})'>"
        f"{chart.body()}</g>"
        for k, chart in enumerate(found)
    ]
    return svg("".join(parts), WIDTH * columns, HEIGHT * rows)


def _finite(answer: Answer) -> list[float]:
    return [float(q) for q in answer.capacity if np.isfinite(q)] or [1.0]
