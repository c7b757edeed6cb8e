import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.experiments.analyses.thickness.critical import bracket, narrowed

LAYERS = np.geomspace(20e-6, 1e-3, 7)


@given(crossing=st.integers(1, 6), fraction=st.floats(0.1, 0.9))
def test_bracket_holds_the_first_fall_below_the_fraction(crossing, fraction):
    relative = np.where(np.arange(7) < crossing, 1.0, fraction / 2)
    assert bracket(LAYERS, relative, fraction) == (crossing - 1, crossing)


def test_no_bracket_where_the_range_ends_first():
    assert bracket(LAYERS, np.ones(7), 0.8) is None
    assert bracket(LAYERS, np.zeros(7), 0.8) is None


def test_unsolved_points_are_stepped_over():
    relative = np.array([1, 0.95, math.nan, 0.85, math.nan, 0.5, 0.1])
    assert bracket(LAYERS, relative, 0.8) == (3, 5)
    assert bracket(LAYERS, np.full(7, math.nan), 0.8) is None


@given(length=st.floats(5e-5, 2e-3), fraction=st.floats(0.5, 0.9))
def test_the_crossing_of_a_known_curve_is_found_to_a_tenth_percent(length, fraction):
    def relative(points):
        return np.exp(-np.array([t for t, _ in points]) / length)

    columns = relative([(t, 1) for t in LAYERS])[:, None]
    (found,) = narrowed(relative, LAYERS, np.array([1.0]), columns, fraction)
    exact = -length * math.log(fraction)
    if LAYERS[0] < exact < LAYERS[-1]:
        assert found == pytest.approx(exact, rel=1e-3)
    else:
        assert math.isnan(found)


@pytest.mark.parametrize("node", range(6))
def test_a_point_that_is_the_crossing_itself_is_found(node):
    """Rounding of its logarithm may put it outside of the bracket."""
    fraction = 0.8
    columns = np.where(np.arange(7) <= node, fraction, 0.1)[:, None]

    def below(points):
        return np.full(len(points), 0.1)

    (found,) = narrowed(below, LAYERS, np.array([1.0]), columns, fraction)
    assert LAYERS[node] <= found <= LAYERS[node] * 1.2
