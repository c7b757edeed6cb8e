"""How much a sample counts: how likely the data are with it, over how it was drawn."""

import numpy as np
import pytest
from in_process import InProcess
from scipy.stats import multivariate_normal

import aslb.experiments.calibration.observables as model
from aslb.experiments.calibration.bands import sample_weights
from aslb.experiments.calibration.observables import observables
from aslb.experiments.calibration.posterior import posterior_of
from aslb.parameters.composition.cell import Cell

SAMPLES, SEED = 12, 3
FIT = Cell("Cao2021_thin_halide").fit
AROUND = posterior_of(FIT)
SLOPES = np.random.default_rng(1).normal(0, 3, (7, len(AROUND.unknowns)))


def positions(sets):
    """Where sets of values lie in their ranges."""
    return np.array(
        [[u.unit(values[u.name]) for u in AROUND.unknowns] for values in sets]
    )


def residuals(values):
    return SLOPES @ (positions([values])[0] - AROUND.position)


def linear(packed, data, mass, values):
    """Observables whose weighted residuals are known."""
    _, measured, spread = observables(data)
    return measured + spread * residuals(values)


def weights(monkeypatch, observe):
    monkeypatch.setattr(model, "observe", observe)
    return sample_weights(FIT, SAMPLES, SEED, "SolidStateSPM", InProcess())


def test_weight_is_likelihood_over_density(monkeypatch):
    sets = AROUND.sample(SAMPLES, SEED)
    squares = np.array([(residuals(values) ** 2).sum() for values in sets])
    drawn = multivariate_normal(AROUND.position, AROUND.covariance)
    expected = -squares / 2 - drawn.logpdf(positions(sets))
    found = weights(monkeypatch, linear)
    assert found == pytest.approx(np.exp(expected - expected.max()), rel=1e-6)
    assert found.max() == 1


def test_sample_that_cannot_be_solved_weighs_nothing(monkeypatch):
    calls = []

    def first_fails(*task):
        calls.append(task)
        if len(calls) == 1:
            raise RuntimeError("solver: no")
        return linear(*task)

    found = weights(monkeypatch, first_fails)
    assert found[0] == 0
    assert (found[1:] > 0).all()


def test_where_no_sample_can_be_solved_none_weighs(monkeypatch):
    def fail(*_):
        raise RuntimeError("solver: no")

    assert not weights(monkeypatch, fail).any()
