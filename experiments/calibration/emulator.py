"""The model's answers between parameters at which it was solved."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import RBFInterpolator

SMOOTHING = 1e-3  # of solutions that are exact to the solver's tolerance
LEAST = 0.2  # of the weight of what matters most: all counts a little


class Emulator:
    """Radial basis functions, cubic with a linear trend.

    Distances count along each parameter as much as the answers follow it where they are
    likely, so that a few hundred solutions serve for a dozen parameters.

    Parameters
    ----------
    positions : numpy.ndarray
        Where the model was solved, a row each, in standard deviations of what is known
        beforehand.
    answers : numpy.ndarray
        What it gave, a row each, in standard uncertainties of the data.
    weights : numpy.ndarray
        How much each of them counts for what is followed.
    """

    def __init__(self, positions: np.ndarray, answers: np.ndarray, weights: np.ndarray):
        root = np.sqrt(weights)[:, None]
        trend = np.column_stack([np.ones(len(positions)), positions])
        slopes = np.linalg.lstsq(root * trend, root * answers, rcond=None)[0][1:]
        followed = np.sqrt((slopes**2).sum(axis=1))
        self._scale = np.maximum(np.sqrt(followed / followed.max()), LEAST)
        self._between = RBFInterpolator(
            positions * self._scale,
            answers,
            kernel="cubic",
            degree=1,
            smoothing=SMOOTHING,
        )

    def __call__(self, positions: np.ndarray) -> np.ndarray:
        """Answers at other positions, a row each."""
        return self._between(positions * self._scale)
