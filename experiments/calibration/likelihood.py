"""How likely data are, of a model that is itself a little wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import halfnorm

from aslb.experiments.calibration.observables import observables, rates_of
from aslb.parameters.composition.measured import Measured

ERROR_SHARE = 0.03
"""Of the largest capacity: scale of the half-normal distribution of the model's error
before any data. Assumed: porous-electrode models follow rate tests to some percent."""


@dataclass(frozen=True)
class Likelihood:
    """Normal, with what reading the data and the model lack.

    At each rate the capacities of the model are off by an error of their own, the same
    in every cell with this cathode: the model discrepancy of Kennedy and O'Hagan [1]_,
    a function of the rate without correlation between rates, of one unknown standard
    deviation. Efficiencies and voltages have the uncertainty of their data alone.

    Parameters
    ----------
    measured, spread : numpy.ndarray
        Data, and the standard uncertainty of each.
    rates : numpy.ndarray
        Rate of each capacity [h-1]; NaN for what is none.

    References
    ----------
    .. [1] M. C. Kennedy, A. O'Hagan, J. R. Stat. Soc. B 2001, 63, 425,
       doi:10.1111/1467-9868.00294.
    """

    measured: np.ndarray
    spread: np.ndarray
    rates: np.ndarray

    @classmethod
    def of(cls, data: Sequence[Measured]) -> Likelihood:
        """Of the data of cells, as `observables` has them."""
        _, measured, spread = observables(*data)
        return cls(measured, spread, np.concatenate([rates_of(one) for one in data]))

    @property
    def distinct(self) -> np.ndarray:
        """The rates, rising [h-1]."""
        return np.unique(self.rates[np.isfinite(self.rates)])

    @property
    def _shared(self) -> np.ndarray:
        """Which datum has the error of which rate: data and `distinct`."""
        return (self.rates[:, None] == self.distinct).astype(float)

    def errors(self, units: np.ndarray) -> np.ndarray:
        """Standard deviations of the model [mAh/g] at shares of what is known of it."""
        largest = self.measured[np.isfinite(self.rates)].max(initial=0.0)
        return halfnorm.ppf(units, scale=max(ERROR_SHARE * largest, 1e-9))

    def __call__(self, modelled: np.ndarray, errors: np.ndarray) -> np.ndarray:
        """Logarithm of the likelihood, one for each row of `modelled` and its error."""
        # what is no capacity shares no error: voltages and spectra are many
        alone = np.isnan(self.rates)
        off = self.measured - modelled
        free = ((off[:, alone] / self.spread[alone]) ** 2).sum(axis=1)
        free += 2 * np.log(self.spread[alone]).sum() + alone.sum() * np.log(2 * np.pi)
        together = np.ix_(range(len(errors)), ~alone, ~alone)
        covariance, off = self._covariance(errors)[together], off[:, ~alone]
        solved = np.linalg.solve(covariance, off[..., None])[..., 0]
        _, logarithm = np.linalg.slogdet(2 * np.pi * covariance)
        return -0.5 * ((off * solved).sum(axis=1) + logarithm + free)

    def offsets(
        self, modelled: np.ndarray, errors: np.ndarray, rng: np.random.Generator
    ) -> np.ndarray:
        """What capacities at each of the `distinct` rates are off by, a draw a row.

        That is of the normal distribution that the data leave for the error at each
        rate, given what the model gives.
        """
        shared = self._shared
        variance = (errors**2)[:, None, None]
        gain = variance * np.linalg.solve(
            self._covariance(errors),
            np.broadcast_to(shared, (len(errors), *shared.shape)),
        ).transpose(0, 2, 1)
        off = self.measured - modelled
        mean = (gain @ off[..., None])[..., 0]
        left = variance * (np.eye(shared.shape[1]) - gain @ shared)
        width = np.sqrt(np.maximum(np.einsum("nii->ni", left), 0))
        return mean + width * rng.standard_normal(mean.shape)

    def _covariance(self, errors: np.ndarray) -> np.ndarray:
        """Covariance of data, one for each error of the model."""
        shared = self._shared
        return np.diag(self.spread**2) + (errors**2)[:, None, None] * (
            shared @ shared.T
        )
