"""How likely data are, of a model that is itself a little wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import halfnorm

from aslb.experiments.calibration.observables import are_capacities, observables
from aslb.parameters.composition.measured import Measured

ERROR_SHARE = 0.03
"""Of the largest capacity: scale of the half-normal distribution of the model error
before any data. Assumed: porous-electrode models follow rate tests to some percent."""


@dataclass(frozen=True)
class Likelihood:
    """Normal, with what reading the data and the model lack.

    Each capacity of the model is off by an error of its own, of one unknown standard
    deviation: the model discrepancy of Kennedy and O'Hagan [1]_, here without
    correlation between rates. Efficiencies and voltages have the uncertainty of their
    data alone.

    Parameters
    ----------
    measured, spread : numpy.ndarray
        Data, and the standard uncertainty of each.
    capacities : numpy.ndarray
        Which of them are capacities.

    References
    ----------
    .. [1] M. C. Kennedy, A. O'Hagan, J. R. Stat. Soc. B 2001, 63, 425,
       doi:10.1111/1467-9868.00294.
    """

    measured: np.ndarray
    spread: np.ndarray
    capacities: np.ndarray

    @classmethod
    def of(cls, data: Sequence[Measured]) -> Likelihood:
        """Of the data of cells, as `observables` has them."""
        labels, measured, spread = observables(*data)
        return cls(measured, spread, are_capacities(labels))

    def errors(self, units: np.ndarray) -> np.ndarray:
        """Standard deviations of the model [mAh/g] at shares of what is known of it."""
        largest = self.measured[self.capacities].max(initial=0.0)
        return halfnorm.ppf(units, scale=max(ERROR_SHARE * largest, 1e-9))

    def __call__(self, modelled: np.ndarray, errors: np.ndarray) -> np.ndarray:
        """Logarithm of the likelihood, one for each row of `modelled` and its error."""
        variance = self.spread**2 + np.outer(errors**2, self.capacities)
        squares = (modelled - self.measured) ** 2 / variance
        return -0.5 * (squares + np.log(2 * np.pi * variance)).sum(axis=1)
