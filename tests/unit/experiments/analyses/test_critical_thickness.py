import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aslb.experiments.analyses.thickness.critical import bracket

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
