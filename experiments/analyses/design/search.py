"""Designs searched: all over their ranges by optuna, and from the best one by SciPy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.stats import qmc

from aslb.errors import InputError

GENERATION = 64  # designs that are solved at once
BESIDE = 0.02  # of a range, how far neighbours are that tell slopes
INSIDE = 5e-4  # margin that a local search keeps, some times the engine's tolerance
MOST, CLOSE = 15, 1e-4  # steps of a local search, and the gain that is worth another

Solve = Callable[[np.ndarray], np.ndarray]
"""Numbers of designs, a row each, from shares of their ranges from 0 to 1."""


def check_optuna() -> Any:
    """The optimiser, if it is installed."""
    try:
        import optuna
    except ImportError:
        raise InputError(
            'design needs optuna; accepted: pip install "aslb[design]"'
        ) from None
    return optuna


@contextmanager
def _quiet(optuna: Any) -> Iterator[None]:
    """Without a line a design."""
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    try:
        yield
    finally:
        optuna.logging.set_verbosity(before)


def explore(
    solve: Solve, dimensions: int, objectives: int, *, generations: int, seed: int
) -> None:
    """Have designs solved where no objective can rise without another one falling.

    NSGA-II [1]_ of optuna [2]_ asks for a generation at once; the first one is a Sobol
    sequence over the ranges.

    Parameters
    ----------
    solve : callable
        Objectives of designs, each as large as can be; NaN where one is not known.
    dimensions : int
        Of designs.
    objectives : int
        Their number.
    generations : int
        How many, of `GENERATION` designs each.
    seed : int
        Of what is random.

    References
    ----------
    .. [1] K. Deb et al., IEEE Trans. Evol. Comput. 2002, 6, 182,
       doi:10.1109/4235.996017.
    .. [2] T. Akiba et al., Proc. KDD 2019, 2623, doi:10.1145/3292500.3330701.
    """
    optuna = check_optuna()
    names = [f"x{n}" for n in range(dimensions)]
    unit = {name: optuna.distributions.FloatDistribution(0, 1) for name in names}
    with _quiet(optuna):
        study = optuna.create_study(
            directions=["maximize"] * objectives,
            sampler=optuna.samplers.NSGAIISampler(
                population_size=GENERATION, seed=seed
            ),
        )
        first = qmc.Sobol(d=dimensions, rng=np.random.default_rng(seed))
        for row in first.random(GENERATION):
            study.enqueue_trial(dict(zip(names, map(float, row), strict=True)))
        for _ in range(generations):
            trials = [study.ask(unit) for _ in range(GENERATION)]
            found = solve(
                np.array([[t.params[name] for name in names] for t in trials])
            )
            for trial, values in zip(trials, found, strict=True):
                if np.isfinite(values).all():
                    study.tell(trial, [*map(float, values)])
                else:
                    study.tell(trial, state=optuna.trial.TrialState.FAIL)


class Found(NamedTuple):
    """The best design that a local search met.

    Parameters
    ----------
    position : numpy.ndarray
        Shares of the ranges.
    goal : float
        The goal there.
    margin : float
        Its smallest margin: not negative where all that is asked is met.
    """

    position: np.ndarray
    goal: float
    margin: float


def best_margin(solve: Solve, start: np.ndarray) -> Found:
    """The design whose smallest margin is largest, from a start (SLSQP [1]_).

    Parameters
    ----------
    solve : callable
        Goal and margins of designs, a row each.
    start : numpy.ndarray
        Shares of the ranges.

    References
    ----------
    .. [1] D. Kraft, Tech. Rep. DFVLR-FB 88-28, 1988, as SciPy has it.
    """
    rows = _Rows(solve)
    worst = float(rows.at(start)[1:].min())

    def slopes(x: np.ndarray) -> np.ndarray:
        found = rows.slopes(x[:-1])[1:]
        return np.column_stack([found, -np.ones(len(found))])

    _local(
        lambda x: -x[-1],
        lambda x: np.append(np.zeros(len(start)), -1.0),
        lambda x: rows.at(x[:-1])[1:] - x[-1],
        slopes,
        np.append(start, worst),
        [(0, 1)] * len(start) + [(-2, 1e3)],
    )
    return rows.best(lambda row: row[1:].min())


def best_goal(solve: Solve, start: np.ndarray) -> Found:
    """The design with the largest goal of those that meet what is asked (SLSQP).

    Parameters
    ----------
    solve : callable
        Goal and margins of designs, a row each.
    start : numpy.ndarray
        Shares of the ranges of one that does.
    """
    rows = _Rows(solve)
    _local(
        lambda x: -rows.at(x)[0],
        lambda x: -rows.slopes(x)[0],
        lambda x: rows.at(x)[1:] - INSIDE,
        lambda x: rows.slopes(x)[1:],
        start,
        [(0, 1)] * len(start),
    )
    return rows.best(lambda row: row[0] if row[1:].min() >= 0 else -np.inf)


class _Rows:
    """Goal and margins of designs, each of which is solved once, with its neighbours.

    Neighbours are `BESIDE` on either side in each range: what the engine solves in one
    call costs little more than the design alone, and gives the slopes.
    """

    def __init__(self, solve: Solve):
        self.solve = solve
        self.known: dict[tuple[float, ...], np.ndarray] = {}
        self._slopes: dict[tuple[float, ...], np.ndarray] = {}

    def at(self, position: np.ndarray) -> np.ndarray:
        """Goal and margins."""
        return self.known[self._solved(position)]

    def slopes(self, position: np.ndarray) -> np.ndarray:
        """Their derivatives, by row and range."""
        return self._slopes[self._solved(position)]

    def _solved(self, position: np.ndarray) -> tuple[float, ...]:
        here = np.clip(position, 0, 1)
        key = tuple(here.tolist())
        if key not in self._slopes:
            steps = BESIDE * np.eye(len(here))
            ends = np.clip([here - steps, here + steps], 0, 1)
            points = np.vstack([here, *ends])
            found = self.solve(points)
            self.known |= zip(map(tuple, points.tolist()), found, strict=True)
            low, high = found[1:].reshape(2, len(here), -1)
            wide = (ends[1] - ends[0]).diagonal()
            self._slopes[key] = ((high - low) / wide[:, None]).T
        return key

    def best(self, score: Callable[[np.ndarray], float]) -> Found:
        """The best of all that were solved."""
        key = max(self.known, key=lambda key: score(self.known[key]))
        row = self.known[key]
        return Found(np.array(key), float(row[0]), float(row[1:].min()))


def _local(
    cost: Any, slope: Any, positive: Any, slopes: Any, start: np.ndarray, bounds: Any
) -> None:
    minimize(
        cost,
        start,
        jac=slope,
        method="SLSQP",
        bounds=bounds,
        constraints=[{"type": "ineq", "fun": positive, "jac": slopes}],
        options={"maxiter": MOST, "ftol": CLOSE},
    )
