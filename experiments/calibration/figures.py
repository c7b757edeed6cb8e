"""Figures of a calibration."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.posterior import Posterior
from aslb.experiments.output.figure_style import MUTED, STYLE


def plot_fit(found: Calibration) -> Figure:
    """Residuals in standard uncertainties of the data.

    Parameters
    ----------
    found : Calibration
        From `calibrate`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    weighted = (found.modelled - found.measured) / found.uncertainty
    rows = np.arange(len(weighted))
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(5.6, 0.32 * len(rows) + 1.1))
        axes.axvspan(-1, 1, color="0.92", lw=0)
        axes.axvline(0, color="0.5", lw=0.8)
        axes.hlines(rows, 0, weighted, color=MUTED[0])
        axes.plot(weighted, rows, "o", color=MUTED[0], ms=5)
        axes.set_yticks(rows, labels=found.observables)
        axes.invert_yaxis()
        reach = max(2.0, 1.1 * float(np.abs(weighted).max()))
        axes.set(
            xlim=(-reach, reach),
            xlabel="(fitted model - data) / standard uncertainty of the data",
        )
    return figure


def plot_posterior(wide: Posterior) -> Figure:
    """How far the data narrow each range, and what goes together.

    Parameters
    ----------
    wide : Posterior
        Unknowns, and nuisances if there are any.

    Returns
    -------
    matplotlib.figure.Figure
        Intervals within the ranges on the left, correlations on the right.
    """
    labels = [unknown.name.split(" [")[0] for unknown in wide.unknowns]
    short = [
        label.replace("Positive electrode ", "")
        .replace("Positive particle ", "")
        .replace("Negative electrode ", "foil ")
        .replace("for lithium metal electrode", "of the foil")
        for label in labels
    ]
    rows = np.arange(len(labels))
    spread = np.sqrt(np.diag(wide.covariance))
    with plt.rc_context(STYLE):
        figure, (left, right) = plt.subplots(
            1, 2, figsize=(9.0, 0.3 * len(rows) + 1.6), width_ratios=(1.3, 1)
        )
        low = np.clip(wide.position - 1.96 * spread, 0, 1)
        high = np.clip(wide.position + 1.96 * spread, 0, 1)
        left.hlines(rows, 0, 1, color="0.88", lw=7)
        left.hlines(rows, low, high, color=MUTED[0], lw=3)
        left.plot(wide.position, rows, "o", color=MUTED[6], ms=5)
        left.set_yticks(rows, labels=short)
        left.set_xticks([0, 1], labels=["lower", "upper"])
        left.set(xlabel="end of the literature range", xlim=(-0.03, 1.03))
        left.set_title("value and 95 % interval", fontsize=9)
        left.invert_yaxis()
        image = right.imshow(wide.correlation, cmap="PuOr", vmin=-1, vmax=1)
        right.set_xticks(rows, labels=[str(row + 1) for row in rows])
        right.set_yticks(rows, labels=[str(row + 1) for row in rows])
        right.set_title("correlation, in the order on the left", fontsize=9)
        figure.colorbar(image, ax=right, shrink=0.8)
    return figure
