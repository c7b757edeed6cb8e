import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.experiments.output.figure_style import (
    apart,
    cell_label,
    rate_label,
    spread,
)


@pytest.mark.parametrize(
    ("c_rate", "label"),
    [(0.05, "C/20"), (1 / 3, "C/3"), (1, "1C"), (2.5, "2.5C"), (0.4, "0.4C")],
)
def test_rates_read_as_they_are_spoken(c_rate, label):
    assert rate_label(c_rate) == label


def test_cells_read_as_words():
    assert cell_label("Cao2021_thin_halide") == "thin halide"


@given(st.lists(st.floats(-1e3, 1e3), max_size=8), st.floats(0.1, 100))
def test_labels_never_come_closer_than_the_gap_and_keep_their_order(values, gap):
    moved = apart(values, gap)
    assert (np.diff(moved[np.argsort(values)]) >= gap * (1 - 1e-9) - 1e-9).all()


def test_labels_move_no_more_than_they_must():
    assert apart([5, 0, 100], 4).tolist() == [5, 0, 100]
    assert apart([1.0, 0.0, np.nan, 50], 4).tolist()[:2] == [2.5, -1.5]
    assert np.isnan(apart([1.0, np.nan], 4)[1])


def test_few_of_many_are_spread_with_the_ends():
    assert spread(6, 4) == [0, 2, 3, 5]
    assert spread(3, 4) == [0, 1, 2]
    assert spread(1, 6) == [0]
