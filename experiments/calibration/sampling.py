"""Markov chains of the porous-electrode model, at some thousand solutions.

An ensemble sampler [1]_ takes ten thousands of steps in a dozen dimensions. Here an
emulator of the model takes them; where it ends is only *proposed* to the chain of the
model, which solves it and accepts or refuses (delayed acceptance [2]_), so that the
chain is that of the model and not of its emulator. Moves of differential evolution
[3]_ between its walkers reach what the emulator might not propose.

References
----------
.. [1] D. Foreman-Mackey et al., PASP 2013, 125, 306, doi:10.1086/670067 (emcee).
.. [2] J. A. Christen, C. Fox, J. Comput. Graph. Stat. 2005, 14, 795,
   doi:10.1198/106186005X76983.
.. [3] B. A. Nelson et al., Astrophys. J. Suppl. 2014, 210, 11,
   doi:10.1088/0067-0049/210/1/11.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import emcee
import numpy as np
from threadpoolctl import threadpool_limits
from tqdm import tqdm

from aslb.experiments.calibration.convergence import effective, rhat
from aslb.experiments.calibration.emulation import emulate, sampler_of, walkers_for
from aslb.experiments.calibration.target import Target

WALKERS = 32
BLOCK = 40  # steps between looks at the convergence
MOST = 3200
BURNT = 20  # first steps, which do not count
GOOD_RHAT = 1.018
ENOUGH = 500  # effective samples of the worst parameter


class Chain(NamedTuple):
    """What was sampled.

    Parameters
    ----------
    positions : numpy.ndarray
        Steps, walkers and columns of a position of the target.
    answers : numpy.ndarray
        What the model gave there: steps, walkers and answers.
    evidence, evidence_error : float
        Logarithm of the evidence, and its standard error.
    solved : int
        How often the model was solved.
    accepted : float
        Share of the steps that were accepted.
    """

    positions: np.ndarray
    answers: np.ndarray
    evidence: float
    evidence_error: float
    solved: int
    accepted: float


# matrices of a step are small: threads would wait for each other ten times as long
@threadpool_limits.wrap(limits=1, user_api="blas")
def sample(target: Target, start: np.ndarray, seed: int) -> Chain:
    """Chains of the model, until they have converged or `MOST` steps are taken.

    Parameters
    ----------
    target : Target
        What is sampled.
    start : numpy.ndarray
        A likely position.
    seed : int
        Of all that is random.
    """
    rng = np.random.default_rng(seed)
    emulated = emulate(target, start, rng)
    solved = emulated.solved

    def of_model(positions: np.ndarray) -> np.ndarray:
        nonlocal solved
        solved += len(positions)
        answers = target.answers(positions)
        # emcee keeps what comes after the first column
        return np.column_stack([target.log_posterior(positions, answers), answers])

    def proposed(now: np.ndarray, random: Any) -> tuple[np.ndarray, np.ndarray]:
        new = emulated.draws[random.randint(len(emulated.draws), size=len(now))]
        return new, emulated.log_posterior(now) - emulated.log_posterior(new)

    moves = [(emcee.moves.MHMove(proposed), 0.8), (emcee.moves.DEMove(), 0.2)]
    walkers = walkers_for(target, WALKERS)
    sampler = sampler_of(target.size, of_model, walkers, moves, rng)
    state: Any = rng.choice(emulated.draws, walkers, replace=False)
    with tqdm(desc="posterior", total=MOST, unit="step", disable=None) as bar:
        while sampler.iteration < MOST:
            state = sampler.run_mcmc(state, BLOCK)
            bar.update(BLOCK)
            chain = sampler.get_chain(discard=BURNT)
            if rhat(chain).max() <= GOOD_RHAT and effective(chain).min() >= ENOUGH:
                break
    return Chain(
        chain,
        sampler.get_blobs(discard=BURNT),
        emulated.evidence,
        emulated.evidence_error,
        solved,
        float(sampler.acceptance_fraction.mean()),
    )
