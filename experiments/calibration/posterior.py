"""How sure a calibration is: covariance, what the data cannot see, and samples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from aslb.experiments.calibration.observables import (
    are_capacities,
    observables,
    observe_all,
    rate_test_of,
)
from aslb.experiments.calibration.unknowns import (
    NUISANCES,
    UNKNOWNS,
    Unknown,
    names_of,
    those_of,
    unknowns_of,
    values_at,
)
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured

PRIOR_VARIANCE = 1 / 12  # of a position anywhere from 0 to 1 in its range
STEP = 0.01  # of the range of an unknown: well above the solver's tolerance
DRAWN_AT_ONCE = 1024
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
    model_error : float, optional
        What capacities differ by from the best fit, root mean square [mAh/g].
    missed : tuple of str, optional
        Fitted data outside of the bands that this gives them.
    """

    unknowns: list[Unknown]
    position: np.ndarray
    covariance: np.ndarray
    model_error: float = 0.0
    missed: tuple[str, ...] = ()

    @property
    def correlation(self) -> np.ndarray:
        """Correlation matrix."""
        spread = np.sqrt(np.diag(self.covariance))
        return self.covariance / np.outer(spread, spread)

    def without(self, names: Iterable[str]) -> Posterior:
        """The posterior of all other parameters."""
        kept = [k for k, one in enumerate(self.unknowns) if one.name not in names]
        return replace(
            self,
            unknowns=[self.unknowns[k] for k in kept],
            position=self.position[kept],
            covariance=self.covariance[np.ix_(kept, kept)],
        )

    def interval(self) -> tuple[np.ndarray, np.ndarray]:
        """Ends of the 95 % intervals as positions, cut off at the ranges."""
        reach = INTERVAL * np.sqrt(np.diag(self.covariance))
        low, high = np.clip([self.position - reach, self.position + reach], 0, 1)
        return low, high

    def table(self) -> pd.DataFrame:
        """Value and 95 % interval of each parameter, cut off at its range."""
        columns = {"value": self.position}
        columns["lower"], columns["upper"] = self.interval()
        return pd.DataFrame(
            {
                "name": [unknown.name for unknown in self.unknowns],
                **{
                    name: values_at(self.unknowns, at).values()
                    for name, at in columns.items()
                },
                "range_lower": [unknown.lower for unknown in self.unknowns],
                "range_upper": [unknown.upper for unknown in self.unknowns],
            }
        )

    def sample(self, number: int, seed: int) -> list[dict[str, float]]:
        """Random values of all parameters, from the Gaussian cut off at the ranges.

        What falls outside is drawn again: moved to the end of its range it would pile
        up there, with a density that is not the Gaussian's.

        Values are by name; the first sets are the same for any number.
        """
        rng = np.random.default_rng(seed)
        inside = np.empty((0, len(self.unknowns)))
        while len(inside) < number:
            drawn = rng.multivariate_normal(
                self.position, self.covariance, size=DRAWN_AT_ONCE
            )
            within = ((drawn >= 0) & (drawn <= 1)).all(axis=1)
            inside = np.concatenate([inside, drawn[within]])
        return [values_at(self.unknowns, row) for row in inside[:number]]


def posterior_of(fit: Fit) -> Posterior:
    """The posterior that a fit carries."""
    unknowns = unknowns_of(fit.cell.quantities, fit.names)
    return Posterior(
        unknowns, fit.position, fit.covariance, fit.model_error, fit.missed
    )


def posterior(
    unknowns: list[Unknown], position: np.ndarray, jacobian: np.ndarray
) -> Posterior:
    """Covariance (JᵀJ + 12·I)⁻¹ from what the data say and what the ranges say.

    J is the change of each residual, in standard uncertainties of the data, over the
    range of each parameter; each range is a prior of its own variance, 1/12.
    """
    curvature = jacobian.T @ jacobian + np.eye(len(unknowns)) / PRIOR_VARIANCE
    return Posterior(unknowns, position, np.linalg.inv(curvature))


def around(position: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Steps that stay within the ranges, and the position with each step taken."""
    steps = np.where(position + STEP <= 1, STEP, -STEP)
    return steps, np.array([position, *(position + np.diag(steps))])


def differences(residuals: Sequence[np.ndarray], steps: np.ndarray) -> np.ndarray:
    """Jacobian from residuals at a position, and a step away along each axis."""
    here, *moved = residuals
    return (np.array(moved) - here).T / steps


def informed(
    unknowns: list[Unknown],
    position: np.ndarray,
    modelled: np.ndarray,
    jacobian: np.ndarray,
    data: Sequence[Measured],
    names: Sequence[str] = (),
) -> Posterior:
    """Posterior with the model error e that the residuals of the capacities show.

    e² is their mean square, or that of the reading uncertainty of a rate test if that
    is larger: no capacity is predicted better than it is read. The variance of a
    capacity is that of its datum and e². Missed is what lies outside of model ±
    1.96·√(J Σ Jᵀ + e²); for what is no capacity of the rate test its own uncertainty is
    in the place of e.

    Parameters
    ----------
    unknowns, position
        As of `Posterior`.
    modelled : numpy.ndarray
        What the model gives there.
    jacobian : numpy.ndarray
        J: its change over the range of each parameter, in its unit.
    data, names
        As for `observables`.
    """
    labels, measured, spread = observables(*data, names=names)
    capacities, away = are_capacities(labels), modelled - measured
    reading = np.concatenate([one.uncertainties for one in data])
    squares = np.mean(away[capacities] ** 2), np.mean(reading**2)
    error = float(np.sqrt(max(squares)))
    total = np.hypot(spread, error * capacities)
    found = posterior(unknowns, position, jacobian / total[:, None])
    own = np.where(capacities, error, spread)
    variance = ((jacobian @ found.covariance) * jacobian).sum(axis=1) + own**2
    outside = np.abs(away) > INTERVAL * np.sqrt(variance)
    missed = tuple(label for label, out in zip(labels, outside, strict=True) if out)
    return replace(found, model_error=error, missed=missed)


def own_of(cell: Cell, first: Cell, names: Sequence[str]) -> tuple[str, ...]:
    """Which of these parameters a cell has otherwise than the first one, or not."""
    known, other = cell.quantities, first.quantities
    shared = those_of(known, names)
    return tuple(
        name
        for name in names
        if name not in shared or known[name].interval != other[name].interval
    )


def wide_posterior(
    cells: Sequence[Cell],
    data: Sequence[Measured],
    unknowns: Sequence[Unknown],
    only: Mapping[str, int],
    position: np.ndarray,
    model: str,
) -> Posterior:
    """Posterior of unknowns and, after them, of what was left at its value, together.

    A nuisance keeps its value in the fit. It has a range all the same, and the data
    restrict it as far as they can see it. Nuisances are those of the first cell: what
    another cell has otherwise is its own, and not moved there.
    """
    sought = [unknown.name for unknown in unknowns]
    left = [name for name in (*UNKNOWNS, *NUISANCES) if name not in sought]
    first = cells[0].quantities
    nuisances = unknowns_of(first, those_of(first, left))
    every = [*unknowns, *nuisances]
    at_values = [n.unit(first[n.name].number) for n in nuisances]
    here = np.array([*position, *at_values])
    steps, positions = around(here)
    tests = []
    for place, (cell, measured) in enumerate(zip(cells, data, strict=True)):
        own = own_of(cell, cells[0], [n.name for n in nuisances])
        left = [item.name for item in every if item.name not in own]
        names = names_of(place, left, only)
        tests.append(rate_test_of(cell, measured, model, names))
    values = [values_at(every, row) for row in positions]
    modelled = [*observe_all(tests, values, threads=None)]
    jacobian = differences(modelled, steps)
    titles = [cell.name for cell in cells]
    return informed(every, here, modelled[0], jacobian, data, titles)


def identifiability(unknowns: list[Unknown], jacobian: np.ndarray) -> pd.DataFrame:
    """Directions of parameter space, from the best to the worst seen by the data.

    Of a Jacobian as for `posterior`. A row for each direction: `spread`, its standard
    deviation with the data alone as a share of the range; `verdict`, "identifiable" or
    "not identifiable"; and the share of each parameter in it. A direction is not
    identifiable if the data narrow the range of a parameter by less than half.
    """
    _, singular, directions = np.linalg.svd(jacobian, full_matrices=True)
    strength = np.zeros(len(unknowns))
    strength[: len(singular)] = singular
    with np.errstate(divide="ignore"):
        spread = 1 / strength
    narrowed = 1 / np.sqrt(strength**2 + 1 / PRIOR_VARIANCE)
    unseen = narrowed > UNSEEN * np.sqrt(PRIOR_VARIANCE)
    table = pd.DataFrame(directions, columns=[unknown.name for unknown in unknowns])
    table.insert(0, "spread", spread)
    table.insert(1, "verdict", np.where(unseen, "not identifiable", "identifiable"))
    return table
