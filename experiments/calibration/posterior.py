"""How sure a calibration is: draws of its unknowns and of the model's error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import ndtri

from aslb.experiments.calibration.likelihood import Likelihood
from aslb.experiments.calibration.observables import SAMPLED_RTOL, rate_test_of
from aslb.experiments.calibration.priors import known_of
from aslb.experiments.calibration.target import Target, shares
from aslb.experiments.calibration.unknowns import (
    UNKNOWNS,
    Unknown,
    names_of,
    nuisances_of,
    those_of,
)
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import MODEL_ERROR, offset_at
from aslb.parameters.composition.measured import Measured

LEVELS = (0.05, 0.5, 0.95)
"""Lower end, middle and upper end of a 90 % interval."""

UNSEEN = 0.5  # a direction of which the data leave this share of the spread, or more
CENTRAL = 0.02  # a start is at least so far from the ends of what is known


@dataclass(frozen=True)
class Posterior:
    """Chains of the model with the data, and how they went.

    Parameters
    ----------
    unknowns : list of Unknown
        The parameters.
    positions : numpy.ndarray
        Steps, walkers, and a column for each parameter and for the model's error, in
        standard deviations of what is known beforehand.
    errors : numpy.ndarray
        Standard deviation of the model's capacities, steps times walkers [mAh/g].
    rates : numpy.ndarray
        Rates of the data [h-1].
    offsets : numpy.ndarray
        What capacities of the model are off by at each of them, a row a draw [mAh/g].
    evidence, evidence_error : float
        Logarithm of the evidence, and its standard error.
    solved : int
        How often the model was solved.
    accepted : float
        Share of the steps that were accepted.
    """

    unknowns: list[Unknown]
    positions: np.ndarray
    errors: np.ndarray
    rates: np.ndarray
    offsets: np.ndarray
    evidence: float
    evidence_error: float
    solved: int
    accepted: float

    @property
    def model_error(self) -> float:
        """What the model's capacities are off by, root mean square [mAh/g]."""
        return float(np.sqrt(np.mean(self.errors**2)))

    @cached_property
    def flat(self) -> np.ndarray:
        """All positions, a row each, without the error."""
        return self.positions.reshape(-1, self.positions.shape[-1])[:, :-1]

    @cached_property
    def values(self) -> np.ndarray:
        """All draws in SI units, a column a parameter."""
        units = shares(self.flat).T
        pairs = zip(self.unknowns, units, strict=True)
        return np.column_stack([one.values(column) for one, column in pairs])

    def draws(self, number: int) -> pd.DataFrame:
        """So many draws, evenly from the chains: see `Fit.draws`."""
        rows = np.linspace(0, len(self.flat) - 1, number).round().astype(int)
        columns = {
            **{u.name: c for u, c in zip(self.unknowns, self.values.T, strict=True)},
            MODEL_ERROR: self.errors,
            **{
                offset_at(c): o for c, o in zip(self.rates, self.offsets.T, strict=True)
            },
        }
        chosen = pd.DataFrame(columns).iloc[rows].reset_index(drop=True)
        # four digits, as files hold them: no posterior is known better
        return chosen.map(lambda value: float(f"{value:.4g}"))

    @property
    def correlation(self) -> np.ndarray:
        """Correlation matrix of the positions."""
        return np.corrcoef(self.flat.T)

    def table(self) -> pd.DataFrame:
        """Median and 90 % interval of each parameter, and how its chains went."""
        from aslb.experiments.calibration.convergence import effective, rhat

        lower, median, upper = np.quantile(self.values, LEVELS, axis=0)
        return pd.DataFrame(
            {
                "name": [unknown.name for unknown in self.unknowns],
                "value": median,
                "lower": lower,
                "upper": upper,
                "range_lower": [unknown.lower for unknown in self.unknowns],
                "range_upper": [unknown.upper for unknown in self.unknowns],
                "r_hat": rhat(self.positions)[:-1],
                "effective_samples": effective(self.positions)[:-1],
            }
        )

    def directions(self, names: Sequence[str]) -> pd.DataFrame:
        """Directions of parameter space, from the best to the worst seen by the data.

        A row for each: `spread`, its standard deviation as a share of what was known
        beforehand; `verdict`, "identifiable" or "not identifiable"; and the share of
        each of the parameters in it. A direction is not identifiable if the data narrow
        it by less than half.
        """
        at = [[one.name for one in self.unknowns].index(name) for name in names]
        variances, vectors = np.linalg.eigh(np.atleast_2d(np.cov(self.flat[:, at].T)))
        spread = np.sqrt(np.maximum(variances, 0))
        table = pd.DataFrame(vectors.T, columns=list(names))
        table.insert(0, "spread", spread)
        unseen = np.where(spread >= UNSEEN, "not identifiable", "identifiable")
        table.insert(1, "verdict", unseen)
        return table


def own_of(cell: Cell, first: Cell, names: Sequence[str]) -> tuple[str, ...]:
    """Which of these parameters a cell has otherwise than the first one, or not."""
    known, other = cell.quantities, first.quantities
    shared = those_of(known, names)
    return tuple(
        name
        for name in names
        if name not in shared or known[name].interval != other[name].interval
    )


def posterior(
    cells: Sequence[Cell],
    data: Sequence[Measured],
    unknowns: Mapping[str, float],
    only: Mapping[str, int],
    model: str,
    exchange_current: str,
    seed: int,
) -> Posterior:
    """Posterior of unknowns and, after them, of what was left at its value, together.

    A nuisance keeps its value in the fit. It has a range all the same, and the data
    restrict it as far as they can see it. Nuisances are those of the first cell: what
    another cell has otherwise is its own, and not moved there.

    Parameters
    ----------
    cells : sequence of Cell
        The cells.
    data : sequence of Measured
        What was measured on each.
    unknowns : mapping of str to float
        Values found, from which chains start.
    only : mapping of str to int
        Unknowns of one cell only, and its place.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    exchange_current : str
        What is known of the exchange current: see `known_of`.
    seed : int
        Of all that is random.
    """
    from aslb.experiments.calibration.sampling import sample

    first = cells[0].quantities
    others = dict.fromkeys(name for one in data for name in nuisances_of(one))
    left = [name for name in (*UNKNOWNS, *others) if name not in unknowns]
    nuisances = those_of(first, left)
    of = {name: cells[only.get(name, 0)] for name in (*unknowns, *nuisances)}
    every = [known_of(cell, [n], exchange_current)[0] for n, cell in of.items()]
    tests = []
    for place, (cell, measured) in enumerate(zip(cells, data, strict=True)):
        own = own_of(cell, cells[0], nuisances)
        names = names_of(place, [name for name in of if name not in own], only)
        tests.append(rate_test_of(cell, measured, model, names, SAMPLED_RTOL))
    likelihood = Likelihood.of(data)
    target = Target(every, tests, likelihood)
    numbers = {**{n: first[n].number for n in nuisances}, **unknowns}
    units = [one.unit(numbers[one.name]) for one in every]
    start = ndtri(np.clip([*units, 0.5], CENTRAL, 1 - CENTRAL))
    chain = sample(target, start, seed)
    errors = target.errors(chain.positions.reshape(-1, target.size))
    answers = chain.answers.reshape(len(errors), -1)
    rng = np.random.default_rng([seed, 2])  # another stream than that of the chain
    offsets = likelihood.offsets(answers, errors, rng)
    said = chain.positions, errors, likelihood.distinct, offsets
    return Posterior(every, *said, *chain[2:])
