"""The likelihood of data, against the normal distribution by hand."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from aslb.experiments.calibration.likelihood import ERROR_SHARE, Likelihood
from aslb.parameters.composition.measured import Measured

DATA = Measured(
    (0.05, 1.0, 0.05),
    (3, 5, 3),
    (170.0, 120.0, 168.0),
    (3.0, 4.0, 3.0),
    first_discharge=(165.0, 6.0),
    first_efficiency=(0.98, 0.003),
)
LIKELIHOOD = Likelihood.of([DATA])
MODEL = np.array([[172.0, 118.0, 172.0, 172.0, 0.985]])


def test_errors_are_the_same_wherever_a_rate_comes_again():
    """Two blocks and the first cycle at C/20 share one error, 1C has its own."""
    error = 5.0
    covariance = np.diag([9.0, 16.0, 9.0, 36.0, 9e-6])
    same = [0, 2, 3]
    covariance[np.ix_(same, same)] += error**2
    covariance[1, 1] += error**2
    measured = [170.0, 120.0, 168.0, 165.0, 0.98]
    by_hand = multivariate_normal(measured, covariance).logpdf(MODEL[0])
    assert LIKELIHOOD(MODEL, np.array([error]))[0] == pytest.approx(by_hand)


def test_cells_share_the_errors():
    two = Likelihood.of([DATA, replace(DATA, c_rates=(0.05, 0.5, 0.05))])
    assert two.distinct.tolist() == [0.05, 0.5, 1.0]


def test_without_an_error_a_model_is_judged_by_the_reading_alone():
    apart = (MODEL[0] - LIKELIHOOD.measured) / LIKELIHOOD.spread
    normal = -0.5 * (apart**2 + np.log(2 * np.pi * LIKELIHOOD.spread**2))
    found = LIKELIHOOD(MODEL, np.array([1e-9]))[0]
    assert found == pytest.approx(normal.sum())


def test_scale_of_the_error_beforehand_is_a_share_of_the_largest_capacity():
    median = LIKELIHOOD.errors(np.array([0.5]))[0]
    assert median == pytest.approx(0.6745 * ERROR_SHARE * 170, rel=1e-3)


def test_offsets_are_what_the_data_leave_of_the_errors():
    """At 1C one datum: a normal mean and variance, as in any textbook."""
    number, error = 20_000, 3.0
    model = np.repeat(MODEL, number, axis=0)
    rng = np.random.default_rng(0)
    offsets = LIKELIHOOD.offsets(model, np.full(number, error), rng)[:, 1]
    worth = error**2 / (error**2 + 16)
    assert offsets.mean() == pytest.approx(worth * (120 - 118), abs=0.06)
    assert offsets.std() == pytest.approx(error * np.sqrt(1 - worth), rel=0.02)


def test_offsets_go_to_what_is_missing_where_the_data_are_sure():
    sure = replace(LIKELIHOOD, spread=np.full(5, 1e-6))
    rng = np.random.default_rng(0)
    model = LIKELIHOOD.measured + np.array([2.0, -3.0, 2.0, 2.0, 0.0])
    found = sure.offsets(model[None], np.array([5.0]), rng)[0]
    np.testing.assert_allclose(found, [-2.0, 3.0], atol=1e-4)


def test_a_curve_of_many_points_is_worth_a_few():
    def curve(number):
        points = tuple(np.linspace(10, 150, number)), tuple(np.linspace(4, 3, number))
        return Likelihood.of([replace(DATA, curves=((1.0, *points),))]).spread[5:]

    assert curve(5).tolist() == [0.02] * 5
    # the same information, however finely it was recorded
    assert (1 / curve(500) ** 2).sum() == pytest.approx((1 / curve(5) ** 2).sum())
