"""The model's answers between parameters at which it was solved."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import RBFInterpolator

SMOOTHING = 1e-3  # of solutions that are exact to the solver's tolerance
LEAST = 0.1  # of how much the direction counts that matters most: all count a little
LIKELY = 200  # solutions at which slopes are looked at
STEP = 0.05  # of the differences that give them


class Emulator:
    """Radial basis functions, cubic with a linear trend.

    Distances count along each direction as much as the answers follow it where they are
    likely (active subspace [1]_), so that some thousand solutions serve for a dozen
    parameters. The directions are those of an emulator that came before, for which
    distances counted along each parameter.

    Parameters
    ----------
    positions : numpy.ndarray
        Where the model was solved, a row each, in standard deviations of what is known
        beforehand.
    answers : numpy.ndarray
        What it gave, a row each.
    weights : numpy.ndarray
        How much each of them counts for what is followed.

    References
    ----------
    .. [1] P. G. Constantine, E. Dow, Q. Wang, SIAM J. Sci. Comput. 2014, 36, A1500,
       doi:10.1137/130916138.
    """

    def __init__(self, positions: np.ndarray, answers: np.ndarray, weights: np.ndarray):
        root = np.sqrt(weights)[:, None]
        trend = np.column_stack([np.ones(len(positions)), positions])
        slopes = np.linalg.lstsq(root * trend, root * answers, rcond=None)[0][1:]
        self._fit(positions, answers, np.diag((slopes**2).sum(axis=1)))
        likely = positions[np.argsort(weights)[-LIKELY:]]
        self._fit(positions, answers, self._products(likely))

    def __call__(self, positions: np.ndarray) -> np.ndarray:
        """Answers at other positions, a row each."""
        return self._between(positions @ self._scale)

    def _fit(
        self, positions: np.ndarray, answers: np.ndarray, products: np.ndarray
    ) -> None:
        """Distances by the products of slopes along pairs of parameters."""
        followed, directions = np.linalg.eigh(products)
        shares = np.maximum(followed / followed.max(), 0) ** 0.25
        self._scale = directions * np.maximum(shares, LEAST)
        self._between = RBFInterpolator(
            positions @ self._scale,
            answers,
            kernel="cubic",
            degree=1,
            smoothing=SMOOTHING,
        )

    def _products(self, positions: np.ndarray) -> np.ndarray:
        """Products of slopes along pairs of parameters, summed over positions."""
        there = self(positions)
        slopes = [
            self(positions + step) - there for step in STEP * np.eye(positions.shape[1])
        ]
        return np.einsum("ipa,jpa->ij", slopes, slopes)
