"""Numbers of Python and numpy are taken, and all else is refused in one line."""

import math
from fractions import Fraction

import numpy as np
import pytest

from aslb.errors import InputError
from aslb.parameters.given import count, number, real, share, whole

NUMBERS = [3, 3.0, np.int64(3), np.uint8(3), np.float32(3), np.float64(3), Fraction(3)]


@pytest.mark.parametrize("value", NUMBERS)
def test_a_number_of_any_kind_is_one(value):
    assert real(value) == number(value) == 3
    assert isinstance(number(value), float)
    assert isinstance(real(value), int | float)


@pytest.mark.parametrize("value", ["3", None, True, np.True_, [3], np.array([3]), 3j])
def test_what_is_no_number_is_refused(value):
    for check in (real, number, whole):
        with pytest.raises(InputError, match="; accepted: a "):
            check(value)
    with pytest.raises(InputError, match=r"fraction .*; accepted: between 0 and 1"):
        share("fraction", value)


def test_what_is_not_finite_is_a_number_and_nothing_to_count_with():
    assert math.isnan(real(math.nan))
    for value in (math.nan, math.inf, 10**400):
        with pytest.raises(InputError, match="; accepted: a finite number"):
            number(value)


def test_whole_numbers_are_counted():
    assert whole(np.int64(3)) == count(np.uint8(3), 1, 3) == 3
    assert isinstance(whole(np.int64(3)), int)
    with pytest.raises(InputError, match=r"2\.0; accepted: a whole number"):
        whole(2.0)
    with pytest.raises(InputError, match="4; accepted: 1 to 3"):
        count(4, 1, 3)
