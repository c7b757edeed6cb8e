"""How good predictions with 95 % bands were, once the numbers have been measured.

A table of predictions has a row for each, with the columns `prediction`, `lower` and
`upper` (95 % band) and `measured`, all in the row's unit; what is not known is NaN.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

from aslb.errors import InputError


def errors(table: pd.DataFrame) -> pd.Series:
    """Prediction less measurement, in the unit of each row."""
    return table["prediction"] - table["measured"]


def rms(table: pd.DataFrame) -> float:
    """Root of the mean square of the errors that are known; NaN if none is."""
    return float(np.sqrt((errors(table) ** 2).mean()))


def inside(table: pd.DataFrame) -> pd.Series:
    """Whether the band holds the measurement; NA without band or measurement.

    Raises
    ------
    InputError
        If a band ends below its start.
    """
    band = _scored(table)
    return band["measured"].between(band["lower"], band["upper"]).reindex(table.index)


def share_inside(table: pd.DataFrame) -> float:
    """Share of the measurements that their bands hold, 0 to 1; NaN if there is none."""
    return float(inside(table).astype(float).mean())


def crps(table: pd.DataFrame) -> pd.Series:
    """Continuous ranked probability score, in the unit of each row; 0 is the best.

    Of the normal distribution whose central 95 % are the band; its mean is the middle
    of the band, not the prediction. NaN without band or measurement. A band without
    width gives the absolute error.

    Raises
    ------
    InputError
        If a band ends below its start.

    References
    ----------
    Gneiting & Raftery, J. Am. Stat. Assoc. 102, 359 (2007), section 4.2,
    doi:10.1198/016214506000001437.
    """
    band = _scored(table)
    width = (band["upper"] - band["lower"]) / (2 * norm.ppf(0.975))
    width = width.clip(lower=1e-9)  # the limit of a band without width, not 0 / 0
    z = (band["measured"] - (band["lower"] + band["upper"]) / 2) / width
    spread = 2 * norm.pdf(z) - 1 / np.sqrt(np.pi)
    return (width * (z * (2 * norm.cdf(z) - 1) + spread)).reindex(table.index)


def _scored(table: pd.DataFrame) -> pd.DataFrame:
    """Rows with a band and a measurement."""
    if (table["upper"] < table["lower"]).any():
        raise InputError("a band ends below its start; accepted: lower <= upper")
    return table[["measured", "lower", "upper"]].dropna()
