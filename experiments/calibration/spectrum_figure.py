"""Figure of spectra that a model was fitted to."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.observables import impedance_columns
from aslb.experiments.output.figure_style import MUTED, styled

REACH = 1.05  # times the largest part


@styled
def plot_spectra(found: Calibration) -> Figure:
    """Nyquist plot of each spectrum, measured and fitted, with equal axes."""
    spectra = [one for data in found.data for one in data.spectra]
    real, imaginary = impedance_columns(found.data)
    ends = np.cumsum([len(one.frequencies) for one in spectra])[:-1]
    figure, column = plt.subplots(
        len(spectra), 1, figsize=(5.6, 3.2 * len(spectra)), squeeze=False
    )
    for axes, one, at, down in zip(
        column[:, 0],
        spectra,
        np.split(real, ends),
        np.split(imaginary, ends),
        strict=True,
    ):
        measured = one.real, np.negative(one.imaginary)
        axes.plot(*measured, "o", ms=4, color=MUTED[0], label="measured")
        fitted = found.modelled[at], -found.modelled[down]
        axes.plot(*fitted, color=MUTED[6], label="fitted")
        axes.set(
            title=f"{100 * one.soc:g} % state of charge, "
            f"{min(one.frequencies):.3g} to {max(one.frequencies):.3g} Hz",
            xlim=(0, REACH * max(one.real)),
            ylim=(min(0, *np.negative(one.imaginary)), None),
            ylabel="−Z″ / Ω",
        )
        axes.set_aspect("equal", adjustable="box")
        axes.legend(loc="upper left")
    column[-1, 0].set_xlabel("Z′ / Ω")
    return figure
