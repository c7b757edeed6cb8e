"""Scores of predictions, against closed forms."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import trapezoid
from scipy.stats import norm

from aslb.errors import InputError
from aslb.experiments.validation.blind_score import (
    crps,
    errors,
    inside,
    rms,
    share_inside,
)

Z = 1.959963984540054  # of a standard normal distribution, 97.5 % are below


def table(*rows):
    names = ["prediction", "lower", "upper", "measured"]
    return pd.DataFrame(rows, columns=names, dtype=float)


def test_crps_of_a_standard_normal_distribution_at_its_mean():
    (found,) = crps(table((0, -Z, Z, 0)))
    assert found == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi))


def test_crps_is_the_integral_that_defines_it():
    """Of (F - H)² over all numbers, F the distribution and H the measurement's step."""
    mean, width, measured = 150.0, 8.0, 131.0
    x = np.linspace(50, 250, 200_001)
    integral = trapezoid((norm.cdf(x, mean, width) - (x >= measured)) ** 2, x)
    # about the middle of the band, wherever the prediction is in it
    row = (140, mean - Z * width, mean + Z * width, measured)
    assert crps(table(row))[0] == pytest.approx(integral, rel=1e-4)


@pytest.mark.parametrize("measured", [0.0, 25.0])
def test_crps_of_a_band_without_width_is_the_error(measured):
    assert crps(table((0, 0, 0, measured)))[0] == pytest.approx(measured, abs=1e-8)


def test_errors_and_their_rms_over_what_is_measured():
    found = table((10, 0, 20, 7), (3, 0, 9, 7), (5, 0, 9, np.nan))
    assert errors(found).tolist()[:2] == [3, -4]
    assert rms(found) == pytest.approx(np.sqrt((9 + 16) / 2))


def test_inside_counts_bands_with_a_measurement_only():
    found = table((5, 4, 6, 6), (5, 4, 6, 7), (5, 4, 6, np.nan), (5, np.nan, np.nan, 5))
    assert inside(found).tolist()[:2] == [True, False]
    assert inside(found)[2:].isna().all()
    assert crps(found)[2:].isna().all()
    assert share_inside(found) == 0.5


def test_nothing_measured_has_no_score():
    found = table((5, 4, 6, np.nan))
    assert np.isnan([rms(found), share_inside(found), *crps(found)]).all()


@pytest.mark.parametrize("score", [inside, crps])
def test_a_band_upside_down_is_refused(score):
    with pytest.raises(InputError, match=r"^a band ends below its start; accepted: "):
        score(table((5, 6, 4, 5)))
