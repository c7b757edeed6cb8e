"""What is known of a number before any data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import truncnorm

from aslb.parameters.ranges import Unknown

UNITS = np.linspace(0.001, 0.999, 21)
UNIFORM = Unknown("a", 2.0, 5.0, False)
DECADES = Unknown("b", 1e-16, 1e-13, True)


@given(
    median=st.floats(0.05, 20), factor=st.floats(1.2, 10), unit=st.floats(0.001, 0.999)
)
def test_a_known_number_is_log_normal_within_its_range(median, factor, unit):
    known = Unknown("c", 0.1, 10.0, True, median, factor)
    ends = np.log(np.array([0.1, 10.0]) / median) / np.log(factor)
    expected = truncnorm.ppf(unit, *ends)
    assert known.deviations(unit) == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert known.value(unit) == pytest.approx(median * factor**expected, rel=1e-5)
    assert known.unit(known.value(unit)) == pytest.approx(unit, abs=1e-6)


@pytest.mark.parametrize("one", [UNIFORM, DECADES])
def test_a_range_is_even_in_values_or_their_logarithms(one):
    even = np.log(one.values(UNITS)) if one.logarithmic else one.values(UNITS)
    deviations = one.deviations(UNITS)
    slope = np.diff(even) / np.diff(deviations)
    np.testing.assert_allclose(slope, slope[0])
    assert one.deviations(0.5) == 0
    many = one.deviations(np.linspace(0, 1, 100_001))
    assert many.std() == pytest.approx(1, abs=1e-4)
