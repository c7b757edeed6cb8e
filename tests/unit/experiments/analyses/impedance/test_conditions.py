"""What a spectrum is asked at is checked before anything is solved."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb import InputError, impedance, resistance
from aslb.experiments.analyses.impedance.conditions import (
    FREQUENCIES,
    checked_frequencies,
    checked_states,
    checked_temperatures,
)

POSITIVE = st.floats(1e-6, 1e9)


@given(st.lists(POSITIVE, min_size=1, max_size=20, unique=True))
def test_frequencies_that_rise_or_fall_are_taken(frequencies):
    rising = sorted(frequencies)
    assert list(checked_frequencies(rising)) == rising
    assert list(checked_frequencies(rising[::-1])) == rising[::-1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([0.0, 1.0], "frequency 0 Hz; accepted: positive numbers"),
        ([-1.0], "frequency -1 Hz; accepted: positive numbers"),
        ([np.nan, 1], "frequency nan Hz; accepted: positive numbers"),
        ([1, 10, 5], "frequency 5 Hz after 10 Hz; accepted: all rising or all"),
        ([10, 1, 5], "frequency 5 Hz after 1 Hz"),
        ([3, 3], "frequency 3 Hz after 3 Hz; .* none twice"),
        ([1, 2, 2], "frequency 2 Hz after 2 Hz"),
        ([], "frequencies: none; accepted: one or more numbers"),
        (["high"], "frequencies: .*; accepted: numbers"),
    ],
)
def test_other_frequencies_are_one_line(given, said):
    with pytest.raises(InputError, match=said) as raised:
        checked_frequencies(given)
    assert "\n" not in str(raised.value)


def test_usual_frequencies_hold_every_decade():
    decades = 10.0 ** np.arange(-3, 7)
    assert all(np.isclose(FREQUENCIES, decade).any() for decade in decades)


def test_states_and_temperatures_are_those_of_cells():
    assert list(checked_states(0.5)) == [0.5]
    assert list(checked_temperatures([298.15, 350])) == [298.15, 350]
    with pytest.raises(InputError, match="state of charge 50; accepted: 0 to 1"):
        checked_states([0.5, 50])
    with pytest.raises(InputError, match=r"state of charge 0.5 twice"):
        checked_states([0.5, 0.5])
    with pytest.raises(InputError, match="temperature 25 K; accepted: 200 to 500 K"):
        checked_temperatures(25)


@pytest.mark.parametrize("ask", [impedance, resistance])
def test_no_cell_is_one_line(ask):
    with pytest.raises(InputError, match=r"cells: \[\]; accepted: a list of names"):
        ask([])
