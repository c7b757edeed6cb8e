"""How sure a calibration is: covariance, what the data cannot see, and samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from aslb.experiments.calibration.fit import Unknown

PRIOR_VARIANCE = 1 / 12  # of a position anywhere from 0 to 1 in its range
UNSEEN = 0.5  # a direction whose spread keeps this share of the prior's is not seen
INTERVAL = 1.96  # half-width of a 95 % interval in standard deviations


@dataclass(frozen=True)
class Posterior:
    """Gaussian around the optimum, in positions from 0 to 1 within each range.

    Parameters
    ----------
    unknowns : list of Unknown
        The parameters.
    position : numpy.ndarray
        Where they are.
    covariance : numpy.ndarray
        Of those positions.
    """

    unknowns: list[Unknown]
    position: np.ndarray
    covariance: np.ndarray

    @property
    def correlation(self) -> np.ndarray:
        """Correlation matrix."""
        spread = np.sqrt(np.diag(self.covariance))
        return self.covariance / np.outer(spread, spread)

    def table(self) -> pd.DataFrame:
        """Value and 95 % interval of each parameter, cut off at its range."""
        rows = []
        spreads = np.sqrt(np.diag(self.covariance))
        for unknown, unit, spread in zip(
            self.unknowns, self.position, spreads, strict=True
        ):
            ends = np.clip([unit - INTERVAL * spread, unit + INTERVAL * spread], 0, 1)
            rows.append(
                {
                    "name": unknown.name,
                    "value": unknown.value(unit),
                    "lower": unknown.value(ends[0]),
                    "upper": unknown.value(ends[1]),
                    "range_lower": unknown.lower,
                    "range_upper": unknown.upper,
                }
            )
        return pd.DataFrame(rows)

    def sample(self, number: int, seed: int) -> list[dict[str, float]]:
        """Random values of all parameters.

        Parameters
        ----------
        number : int
            How many sets.
        seed : int
            Of the random numbers.

        Returns
        -------
        list of dict of str to float
            Sets of values by name, each within its range.
        """
        rng = np.random.default_rng(seed)
        drawn = rng.multivariate_normal(self.position, self.covariance, size=number)
        return [
            {
                unknown.name: unknown.value(float(unit))
                for unknown, unit in zip(self.unknowns, row, strict=True)
            }
            for row in np.clip(drawn, 0, 1)
        ]

    def distance(self, values: dict[str, float]) -> float:
        """Squared Mahalanobis distance of a set of values from the optimum."""
        away = (
            np.array([unknown.unit(values[unknown.name]) for unknown in self.unknowns])
            - self.position
        )
        return float(away @ np.linalg.solve(self.covariance, away))


def posterior(
    unknowns: list[Unknown], position: np.ndarray, jacobian: np.ndarray
) -> Posterior:
    """Covariance from what the data say and what the ranges say.

    Parameters
    ----------
    unknowns : list of Unknown
        The parameters.
    position : numpy.ndarray
        The optimum, from 0 to 1 in each range.
    jacobian : numpy.ndarray
        Change of each residual, in standard uncertainties of the data, over the range
        of each parameter; one row a residual.

    Returns
    -------
    Posterior
        Covariance (JᵀJ + 12·I)⁻¹: the curvature of the least squares, with each range
        as a prior of its own variance, 1/12.
    """
    curvature = jacobian.T @ jacobian + np.eye(len(unknowns)) / PRIOR_VARIANCE
    return Posterior(unknowns, position, np.linalg.inv(curvature))


def identifiability(unknowns: list[Unknown], jacobian: np.ndarray) -> pd.DataFrame:
    """Directions of parameter space, from the best to the worst seen by the data.

    Parameters
    ----------
    unknowns : list of Unknown
        The parameters.
    jacobian : numpy.ndarray
        As for `posterior`.

    Returns
    -------
    pandas.DataFrame
        A row for each direction: `spread`, its standard deviation with the data alone
        as a share of the range; `verdict`, "identifiable" or "not identifiable"; and
        the share of each parameter in it. A direction is not identifiable if the data
        narrow the range of a parameter by less than half.
    """
    _, singular, directions = np.linalg.svd(jacobian, full_matrices=True)
    strength = np.zeros(len(unknowns))
    strength[: len(singular)] = singular
    with np.errstate(divide="ignore"):
        spread = 1 / strength
    rows = []
    for k, direction in enumerate(directions):
        narrowed = 1 / np.sqrt(strength[k] ** 2 + 1 / PRIOR_VARIANCE)
        unseen = narrowed > UNSEEN * np.sqrt(PRIOR_VARIANCE)
        rows.append(
            {
                "spread": spread[k],
                "verdict": "not identifiable" if unseen else "identifiable",
                **{
                    unknown.name: part
                    for unknown, part in zip(unknowns, direction, strict=True)
                },
            }
        )
    return pd.DataFrame(rows)
