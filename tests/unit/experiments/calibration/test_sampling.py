"""Chains, their convergence and the evidence, where all is known in closed form."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from aslb.errors import InputError
from aslb.experiments.calibration import emulation, sampling
from aslb.experiments.calibration.convergence import autocorrelation, effective, rhat
from aslb.experiments.calibration.emulator import Emulator


class Linear:
    """A model that is linear in two parameters, with normal data: all is known.

    A third column, that of an error, is left as it is beforehand.
    """

    size = 3
    spread = 0.3
    slopes = np.array([[1.0, 0.5], [0.2, 1.5], [1.0, -1.0]])
    data = np.array([0.8, -0.4, 1.0])

    def answers(self, positions, fallback=True):
        return positions[:, :2] @ self.slopes.T

    def straight(self, positions):
        return positions[:, :-1]

    def smooth(self, answers):
        return answers

    def rough(self, smooth):
        return smooth

    def log_posterior(self, positions, answers, heat=1.0):
        prior = -0.5 * (positions**2 + np.log(2 * np.pi)).sum(axis=1)
        off = (answers - self.data) / self.spread
        width = np.log(2 * np.pi * self.spread**2)
        return prior - 0.5 * (off**2 + width).sum(axis=1) / heat

    @property
    def exact(self):
        """Mean and covariance of the posterior, and the evidence."""
        precision = self.slopes.T @ self.slopes / self.spread**2 + np.eye(2)
        covariance = np.linalg.inv(precision)
        mean = covariance @ self.slopes.T @ self.data / self.spread**2
        marginal = self.slopes @ self.slopes.T + self.spread**2 * np.eye(3)
        evidence = multivariate_normal(np.zeros(3), marginal).logpdf(self.data)
        return mean, covariance, evidence


@pytest.fixture(scope="module")
def chain():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(emulation, "BLOCK", 1000)
        yield sampling.sample(Linear(), np.zeros(3), seed=1)


def test_chains_are_those_of_the_posterior(chain):
    mean, covariance, _ = Linear().exact
    flat = chain.positions.reshape(-1, 3)
    np.testing.assert_allclose(flat[:, :2].mean(axis=0), mean, atol=0.03)
    np.testing.assert_allclose(np.cov(flat[:, :2].T), covariance, atol=0.012)
    assert flat[:, 2].std() == pytest.approx(1, abs=0.08)


def test_evidence_is_that_of_the_normal_distribution(chain):
    exact = Linear().exact[2]
    assert chain.evidence == pytest.approx(exact, abs=5 * chain.evidence_error)
    assert chain.evidence_error < 0.05


def test_chains_converge_and_keep_what_the_model_gave(chain):
    assert rhat(chain.positions).max() <= 1.02
    assert effective(chain.positions).min() >= 400
    again = Linear().answers(chain.positions.reshape(-1, 3))
    np.testing.assert_allclose(chain.answers.reshape(-1, 3), again)


def test_same_seed_gives_the_same_chain(monkeypatch):
    for name, value in (("BLOCK", 100), ("STEPS", 50), ("EVIDENCE_DRAWS", 100)):
        monkeypatch.setattr(emulation, name, value)
    monkeypatch.setattr(sampling, "MOST", 40)
    one, same, other = (
        sampling.sample(Linear(), np.zeros(3), seed) for seed in (3, 3, 4)
    )
    np.testing.assert_array_equal(one.positions, same.positions)
    assert not np.array_equal(one.positions, other.positions)


def test_a_poor_emulator_costs_steps_and_not_the_truth(monkeypatch):
    """Delayed acceptance: what is proposed by a wrong model is refused by the right."""

    class Shifted(Emulator):
        def __call__(self, positions):
            return super().__call__(positions) + 0.15

    monkeypatch.setattr(emulation, "Emulator", Shifted)
    monkeypatch.setattr(emulation, "ROUNDS", 2)
    monkeypatch.setattr(emulation, "BLOCK", 1000)
    found = sampling.sample(Linear(), np.zeros(3), seed=2)
    flat = found.positions.reshape(-1, 3)
    np.testing.assert_allclose(flat[:, :2].mean(axis=0), Linear().exact[0], atol=0.05)


def test_an_interrupt_is_told_by_whoever_asked_and_by_nobody_else(capfd):
    def interrupted(positions):
        raise KeyboardInterrupt

    rng = np.random.default_rng(0)
    sampler = emulation.sampler_of(2, interrupted, 8, None, rng)
    with pytest.raises(KeyboardInterrupt):
        sampler.run_mcmc(rng.standard_normal((8, 2)), 1)
    assert capfd.readouterr() == ("", "")


def test_there_are_walkers_enough_for_many_parameters(monkeypatch):
    class Many(Linear):
        size = 21

    for name, value in (("BLOCK", 100), ("ROUNDS", 1), ("EVIDENCE_DRAWS", 100)):
        monkeypatch.setattr(emulation, name, value)
    monkeypatch.setattr(sampling, "MOST", 40)
    found = sampling.sample(Many(), np.zeros(21), seed=1)
    assert found.positions.shape == (20, 42, 21)


def test_what_failed_has_no_part_in_the_emulator(monkeypatch):
    class Failing(Linear):
        def answers(self, positions, fallback=True):
            found = super().answers(positions)
            return found if fallback else np.where(positions[:, :1] > 1, np.nan, found)

    for name, value in (("BLOCK", 100), ("ROUNDS", 2), ("EVIDENCE_DRAWS", 1000)):
        monkeypatch.setattr(emulation, name, value)
    found = emulation.emulate(Failing(), np.zeros(3), np.random.default_rng(0))
    assert np.isfinite(found.draws).all()
    assert np.isfinite(found.evidence)


@pytest.mark.parametrize("answer", [np.nan, 0.0])
def test_data_that_no_cell_can_give_are_refused(answer):
    class Never(Linear):
        def answers(self, positions, fallback=True):
            return np.full((len(positions), 3), answer)

    with pytest.raises(InputError, match="no cell within the ranges of the unknowns"):
        emulation.emulate(Never(), np.zeros(3), np.random.default_rng(0))


def test_emulator_goes_through_what_was_solved():
    rng = np.random.default_rng(0)
    positions = rng.standard_normal((120, 3))
    answers = np.column_stack([np.sin(positions[:, 0]), positions[:, 1] ** 2])
    found = Emulator(positions, answers, np.ones(120))
    np.testing.assert_allclose(found(positions), answers, atol=0.02)
    between = 0.5 * rng.standard_normal((50, 3))
    expected = np.column_stack([np.sin(between[:, 0]), between[:, 1] ** 2])
    np.testing.assert_allclose(found(between), expected, atol=0.25)


def test_independent_draws_have_converged_and_a_drift_has_not():
    rng = np.random.default_rng(0)
    free = rng.standard_normal((500, 8, 1))
    assert rhat(free)[0] < 1.005
    assert effective(free)[0] == pytest.approx(4000, rel=0.15)
    assert abs(autocorrelation(free)[1:20]).max() < 0.1
    drift = free + np.linspace(0, 3, 500)[:, None, None]
    assert rhat(drift)[0] > 1.1
    apart = free + 2 * np.arange(8)[:, None]
    assert rhat(apart)[0] > 1.5
