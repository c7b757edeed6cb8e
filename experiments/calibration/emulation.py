"""The posterior as an emulator of the model sees it, and how well it sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import emcee
import numpy as np
from scipy.stats import multivariate_t

from aslb.errors import InputError
from aslb.experiments.calibration.convergence import rhat
from aslb.experiments.calibration.emulator import Emulator
from aslb.experiments.calibration.target import Target

DESIGN = 384  # first solutions: half of them anywhere, half around the start
ROUND = 192  # and in each round, where the emulator sees the posterior
ROUNDS = 16
HEAT = 1.4  # so many times less do data count: an emulator is not sure of its answers
LIKELY = 60.0  # logarithms below the most likely, from which on none is followed
FEWEST = 300  # but so many are
GOOD_SHARE = 0.85  # of what draws of the model are worth, in two rounds: it will do
CHECKED = 256  # draws that say how good the last one is
WALKERS = 64
STEPS = 500  # of a round
BLOCK = 4000  # steps between looks at the convergence of the last one
BLOCKS = 4
THIN = 10
GOOD_RHAT = 1.1
APART = 1e-4  # of what is known beforehand, between walkers at a start
EVIDENCE_DRAWS = 20_000

LogPosterior = Callable[[np.ndarray], np.ndarray]


class Emulation(NamedTuple):
    """The posterior of an emulator, and of the model where that was solved.

    Parameters
    ----------
    draws : numpy.ndarray
        Of the emulator's posterior, a row each.
    log_posterior : callable
        Logarithm of that posterior, unnormalised.
    evidence, evidence_error : float
        Logarithm of the evidence of the model, and its standard error.
    share : float
        Share of the draws that the model's posterior is worth, by the weights that
        correct them.
    solved : int
        How often the model was solved.
    """

    draws: np.ndarray
    log_posterior: LogPosterior
    evidence: float
    evidence_error: float
    share: float
    solved: int


def emulate(target: Target, start: np.ndarray, rng: np.random.Generator) -> Emulation:
    """Emulators, each with what was solved where the one before saw the posterior.

    Parameters
    ----------
    target : Target
        Whose posterior it is.
    start : numpy.ndarray
        A likely position.
    rng : numpy.random.Generator
        Of all that is random.

    Raises
    ------
    InputError
        If the model answers nothing, or the same whatever it is asked.
    """
    design = rng.standard_normal((DESIGN, target.size))
    design[::2] = start + 0.5 * design[::2]
    answers = target.answers(design, fallback=False)
    solved, walkers, shares = DESIGN, None, [0.0]
    number = walkers_for(target, WALKERS)
    for _ in range(ROUNDS):
        known = np.isfinite(answers).all(axis=1)
        design, answers = design[known], answers[known]
        if len(design) <= target.size or not np.ptp(answers, axis=0).any():
            raise InputError(
                "no cell within the ranges of the unknowns answers to the data; "
                "accepted: rates [1/h], not currents, that the cell can follow"
            )
        worth = target.log_posterior(design, answers)
        if walkers is None:
            walkers = design[np.argsort(worth)[-number:]]
        log_posterior = _emulated(target, design, answers, worth)
        chain = _chain(target, log_posterior, walkers, STEPS, rng)
        draws = chain[STEPS // 2 :: 5].reshape(-1, target.size)
        new = rng.choice(draws, ROUND, replace=False)
        found = target.answers(new, fallback=False)
        solved += ROUND
        ratios = _ratios(target, new, found, log_posterior)
        best = target.log_posterior(new, found) - target.log_posterior(new, found, HEAT)
        shares.append(_share(ratios) / _share(best))
        if min(shares[-2:]) >= GOOD_SHARE:
            break
        design = np.concatenate([design, new])
        answers = np.concatenate([answers, found])
        walkers = rng.choice(draws, number, replace=False)
    draws = _converged(target, log_posterior, chain[-1], rng)
    new = rng.choice(draws, CHECKED, replace=False)
    ratios = _ratios(target, new, target.answers(new), log_posterior)
    emulated, error = _evidence(draws, log_posterior, rng)
    worth = np.exp(ratios)
    relative = worth.std() / worth.mean() / np.sqrt(CHECKED)
    return Emulation(
        draws,
        log_posterior,
        emulated + float(np.log(worth.mean())),
        float(np.hypot(error, relative)),
        _share(ratios),
        solved + CHECKED,
    )


def _emulated(
    target: Target, design: np.ndarray, answers: np.ndarray, worth: np.ndarray
) -> LogPosterior:
    """The posterior of an emulator that follows what is likely, and no further."""
    enough = np.sort(worth)[-min(FEWEST, len(worth))]
    kept = worth >= min(worth.max() - LIKELY, enough)
    emulator = Emulator(
        target.straight(design[kept]),
        target.smooth(answers[kept]),
        np.exp((worth[kept] - worth.max()) / target.size),
    )

    return lambda positions: target.log_posterior(
        positions, target.rough(emulator(target.straight(positions))), HEAT
    )


def _chain(
    target: Target,
    log_posterior: LogPosterior,
    walkers: np.ndarray,
    steps: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """So many steps of an emulator's posterior: steps, walkers and columns."""
    sampler = sampler_of(target.size, log_posterior, len(walkers), _MOVES, rng)
    # no two walkers are at one place: a snooker move divides by how far they are
    first = walkers + APART * rng.standard_normal(walkers.shape)
    sampler.run_mcmc(first, steps, skip_initial_state_check=True)
    return sampler.get_chain()


def _converged(
    target: Target,
    log_posterior: LogPosterior,
    walkers: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Draws of an emulator's posterior, once its walkers agree or `BLOCKS` are done."""
    blocks = []
    for _ in range(BLOCKS):
        blocks.append(_chain(target, log_posterior, walkers, BLOCK, rng))
        walkers = blocks[-1][-1]
        later = np.concatenate(blocks)[len(blocks) * BLOCK // 8 :: THIN]
        if rhat(later).max() < GOOD_RHAT:
            break
    return later.reshape(-1, target.size)


_MOVES = [(emcee.moves.DEMove(), 0.8), (emcee.moves.DESnookerMove(), 0.2)]


def walkers_for(target: Target, least: int) -> int:
    """How many an affine-invariant ensemble takes: twice the columns, or more."""
    return max(least, 2 * target.size)


def sampler_of(
    size: int,
    log_posterior: LogPosterior,
    walkers: int,
    moves: Any,
    rng: np.random.Generator,
) -> emcee.EnsembleSampler:
    """An ensemble sampler whose random numbers are those of `rng`."""
    sampler = emcee.EnsembleSampler(
        walkers, size, log_posterior, vectorize=True, moves=moves
    )
    # emcee's wrapper prints a traceback of whatever ends it, Ctrl-C too
    sampler.log_prob_fn = log_posterior
    sampler.random_state = np.random.RandomState(rng.integers(2**32)).get_state()
    return sampler


def _ratios(
    target: Target, positions: np.ndarray, answers: np.ndarray, emulated: LogPosterior
) -> np.ndarray:
    """Logarithm of the model's posterior over the emulator's; none where it failed."""
    ratios = target.log_posterior(positions, answers) - emulated(positions)
    return np.where(np.isfinite(ratios), ratios, -np.inf)


def _share(ratios: np.ndarray) -> float:
    """Effective share of draws with weights of these logarithms (Kish)."""
    weights = np.exp(ratios - ratios.max())
    return float(weights.sum() ** 2 / (weights**2).sum() / len(weights))


def _evidence(
    draws: np.ndarray, log_posterior: LogPosterior, rng: np.random.Generator
) -> tuple[float, float]:
    """Logarithm of an emulator's evidence, and its standard error.

    Importance sampling from Student's t with the moments of its draws.
    """
    around = multivariate_t(draws.mean(axis=0), np.cov(draws.T), df=5, seed=rng)
    positions = around.rvs(EVIDENCE_DRAWS)
    parts = np.array_split(positions, 20)
    logarithms = np.concatenate([log_posterior(part) for part in parts])
    logarithms -= around.logpdf(positions)
    weights = np.exp(logarithms - logarithms.max())
    relative = weights.std() / weights.mean() / np.sqrt(len(weights))
    return float(np.log(weights.mean()) + logarithms.max()), float(relative)
