"""Figure of spectra that a model was fitted to."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter

from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.observables import impedance_columns
from aslb.experiments.output.figure_style import MUTED, styled
from aslb.parameters.composition.measured_spectrum import MeasuredSpectrum

WIDTH = 5.6  # inches
ROOM = 0.08  # of the widest extent, around what is shown


@styled
def plot_spectra(found: Calibration) -> Figure:
    """Nyquist plot of each spectrum, measured and fitted, with equal axes."""
    spectra = [one for data in found.data for one in data.spectra]
    real, imaginary = impedance_columns(found.data)
    ends = np.cumsum([len(one.frequencies) for one in spectra])[:-1]
    parts = [np.split(at, ends) for at in (real, imaginary)]
    boxes = [
        _box(found.measured[at], -found.measured[down])
        for at, down in zip(*parts, strict=True)
    ]
    shapes = [np.diff(high)[0] / np.diff(wide)[0] for wide, high in boxes]
    figure, column = plt.subplots(
        len(spectra),
        1,
        figsize=(WIDTH, sum(WIDTH * shape + 0.6 for shape in shapes)),
        height_ratios=shapes,
        squeeze=False,
    )
    for axes, one, at, down, (wide, high) in zip(
        column[:, 0], spectra, *parts, boxes, strict=True
    ):
        for numbers, how, said in (
            (found.measured, {"color": MUTED[0], "ls": "", "ms": 7}, "measured"),
            (found.modelled, {"color": MUTED[6], "lw": 1.2, "ms": 4}, "fitted"),
        ):
            axes.plot(numbers[at], -numbers[down], marker=".", label=said, **how)
        axes.set(xlim=wide, ylim=high, ylabel="−Z″ / Ω")
        axes.set_title(_conditions(one), fontsize=9, loc="left")
        axes.set_aspect("equal", adjustable="box")
        axes.legend(loc="upper left")
    column[-1, 0].set_xlabel("Z′ / Ω")
    return figure


def _box(real: np.ndarray, minus: np.ndarray) -> list[np.ndarray]:
    """Ends of both axes: all that was measured, with some room, and for the legend."""
    room = ROOM * max(np.ptp(real), np.ptp(minus))
    ends = [np.array([one.min() - room, one.max() + room]) for one in (real, minus)]
    ends[1][1] += 2 * room
    return ends


def _conditions(one: MeasuredSpectrum) -> str:
    lowest, highest = (
        EngFormatter("Hz")(end) for end in (min(one.frequencies), max(one.frequencies))
    )
    return f"{100 * one.soc:g} % state of charge, {lowest} to {highest}"
