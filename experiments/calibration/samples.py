"""Samples of a calibrated cell that are as likely as its data say."""

from __future__ import annotations

from concurrent.futures import Executor

import numpy as np

from aslb.errors import InputError
from aslb.experiments.calibration.each import Failure, each
from aslb.experiments.calibration.observables import observables, observe, packed_test
from aslb.experiments.calibration.posterior import posterior_of
from aslb.experiments.calibration.unknowns import those_of, unknowns_of, values_at
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import Fit


def fit_of(cell: Cell) -> Fit:
    """The fit that a cell carries.

    Raises
    ------
    InputError
        If it carries none.
    """
    if cell.fit is None:
        raise InputError(
            f"bands need a calibration, which '{cell.name}' does not have; accepted: "
            "a cell that was fitted, as Cao2021_thin_halide or one from aslb calibrate"
        )
    return cell.fit


def sample(cell: Cell, number: int, seed: int) -> list[dict[str, float]]:
    """Random parameters of a calibrated cell.

    Parameters
    ----------
    cell : Cell
        A cell that carries a fit.
    number : int
        How many sets.
    seed : int
        Of the random numbers.

    Returns
    -------
    list of dict of str to float
        Sets of values by name. What the fit says follows its posterior; what the cell
        has of its own is spread evenly over its range, in its logarithm if that spans
        decades. A fitted value of its own, and one that was chosen, stays.

    Raises
    ------
    InputError
        If the cell carries no fit.
    """
    fit = fit_of(cell)
    shared = posterior_of(fit).sample(number, seed)
    loose = [n for n in fit.own if cell.quantities[n].kind != "fitted"]
    unknowns = unknowns_of(cell.quantities, those_of(cell.quantities, loose))
    # another stream than that of what cells share
    drawn = np.random.default_rng([seed, 1]).random((number, len(unknowns)))
    return [
        {name: value for name, value in common.items() if name not in fit.own}
        | values_at(unknowns, row.tolist())
        for common, row in zip(shared, drawn, strict=True)
    ]


def sample_weights(
    fit: Fit, number: int, seed: int, model: str, executor: Executor | None = None
) -> np.ndarray:
    """Weight of each sample: how well the data bear it, against what was drawn.

    The samples come from a Gaussian around the optimum, cut off at the ranges. Where
    the model is not linear that Gaussian and the data disagree, and the weights make up
    for it.

    Parameters
    ----------
    fit : Fit
        The fit; its data are those of the cell that was fitted.
    number, seed : int
        As for `sample`.
    model : str
        Name of the model.
    executor : concurrent.futures.Executor, optional
        Where to run.

    Returns
    -------
    numpy.ndarray
        One weight for each sample, at most 1; 0 where the cell could not be solved.
    """
    around = posterior_of(fit)
    sets = around.sample(number, seed)
    _, measured, spread = observables(fit.data)
    packed = packed_test(fit.cell, fit.data, model, fit.names)
    modelled = each(
        observe,
        (packed, fit.data, fit.cell.active_mass),
        sets,
        description="weights",
        executor=executor,
    )
    exponents = np.full(number, -np.inf)
    for k, numbers in enumerate(modelled):
        if not isinstance(numbers, Failure):
            cost = float((((numbers - measured) / spread) ** 2).sum())
            exponents[k] = (around.distance(sets[k]) - cost) / 2
    if not np.isfinite(exponents).any():
        return np.zeros(number)
    return np.exp(exponents - exponents.max())
