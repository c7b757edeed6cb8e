"""Whether chains have converged: R-hat, effective samples and autocorrelation."""

from __future__ import annotations

import warnings

import numpy as np

with warnings.catch_warnings():
    # of its own future
    warnings.filterwarnings("ignore", category=FutureWarning)
    import arviz


def rhat(chain: np.ndarray) -> np.ndarray:
    """Rank-normalised split R-hat of each column of a chain; 1 if all chains agree.

    Parameters
    ----------
    chain : numpy.ndarray
        Steps, walkers and columns.

    References
    ----------
    .. [1] A. Vehtari et al., Bayesian Anal. 2021, 16, 667, doi:10.1214/20-BA1221.
    """
    return np.array([arviz.rhat(column) for column in _columns(chain)])


def effective(chain: np.ndarray) -> np.ndarray:
    """Effective samples of each column of a chain in its bulk, as of `rhat`."""
    return np.array([arviz.ess(column) for column in _columns(chain)])


def autocorrelation(chain: np.ndarray) -> np.ndarray:
    """Autocorrelation of each column of a chain at each lag, mean of the walkers.

    Returns
    -------
    numpy.ndarray
        Lags and columns.
    """
    return np.array(
        [arviz.autocorr(column, axis=-1).mean(axis=0) for column in _columns(chain)]
    ).T


def _columns(chain: np.ndarray) -> np.ndarray:
    """As arviz takes them: columns, walkers and steps."""
    return np.ascontiguousarray(np.transpose(chain, (2, 1, 0)))
