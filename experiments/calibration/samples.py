"""Samples of a reference cell that are as likely as the calibration says."""

from __future__ import annotations

import numpy as np

from aslb.experiments.calibration.fit import unknowns_of
from aslb.experiments.calibration.posterior import Posterior
from aslb.experiments.engine.simulate import CELLS
from aslb.parameters.composition.cell import Cell

LEVELS = (2.5, 97.5)  # %, the ends of a band

OWN = {cell: getattr(Cell(cell).fit, "own", ()) for cell in CELLS}
"""What cell-3's calibration says nothing of: drawn from the ranges of each cell."""


def reference_posterior() -> Posterior:
    """Posterior of cell-3 that ships with the package."""
    fit = Cell("Cao2021_thin_halide").fit
    assert fit is not None
    unknowns = unknowns_of(fit.cell.quantities, fit.names)
    return Posterior(unknowns, fit.position, fit.covariance)


def sample(cell: str, number: int, seed: int) -> list[dict[str, float]]:
    """Random parameters of a reference cell.

    Parameters
    ----------
    cell : str
        Name of a reference cell.
    number : int
        How many sets.
    seed : int
        Of the random numbers.

    Returns
    -------
    list of dict of str to float
        Sets of values by name. What the cells share follows the calibration; what only
        this cell has is spread evenly over its range, in its logarithm if that spans
        decades. A fitted active fraction of its own keeps its value.
    """
    shared = reference_posterior().sample(number, seed)
    cell_quantities = Cell(cell).quantities
    own = [
        name
        for name in OWN[cell]
        if cell_quantities[name].kind != "fitted"
        and cell_quantities[name].lower < cell_quantities[name].upper
    ]
    unknowns = unknowns_of(cell_quantities, own)
    rng = np.random.default_rng([seed, sorted(OWN).index(cell)])
    drawn = rng.random((number, len(own)))
    sets = []
    for common, row in zip(shared, drawn, strict=True):
        values = {
            name: value for name, value in common.items() if name not in OWN[cell]
        }
        values |= {
            unknown.name: unknown.value(unit)
            for unknown, unit in zip(unknowns, row, strict=True)
        }
        sets.append(values)
    return sets


def effective_number(weights: np.ndarray) -> float:
    """How many samples of equal weight would say as much.

    Parameters
    ----------
    weights : numpy.ndarray
        Weight of each sample.

    Returns
    -------
    float
        The number; 0 if no sample counts.

    References
    ----------
    .. [1] L. Kish, Survey Sampling, Wiley 1965.
    """
    total = float(weights.sum())
    return total**2 / float((weights**2).sum()) if total > 0 else 0.0


def weighted_band(numbers: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Ends of the 95 % band of weighted samples.

    Parameters
    ----------
    numbers : numpy.ndarray
        One value for each sample; NaN where it is unknown.
    weights : numpy.ndarray
        Weight of each sample.

    Returns
    -------
    tuple of float
        Lower and upper end; NaN if nothing is known.
    """
    known = np.isfinite(numbers) & (weights > 0)
    if not known.any():
        return np.nan, np.nan
    low, high = np.quantile(
        numbers[known],
        np.array(LEVELS) / 100,
        weights=weights[known],
        method="inverted_cdf",
    )
    return float(low), float(high)
