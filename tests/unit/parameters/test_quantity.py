"""A quantity holds a number inside its range, and refuses anything else."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb.parameters import Quantity, values
from aslb.parameters.quantity import Interval, computed

finite = st.floats(-1e12, 1e12)
positive = st.floats(0.1, 1e3)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(finite, finite, finite)
def test_number_is_taken_exactly_if_it_lies_in_its_range(value, one, other):
    lower, upper = sorted((one, other))

    def build():
        return Quantity(value, "m", "assumed", "any", lower, upper)

    if lower <= value <= upper:
        assert build().number == value
    else:
        with pytest.raises(ValueError, match="outside its range"):
            build()


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.text(min_size=1))
def test_unknown_kind_is_refused_with_the_kinds_there_are(kind):
    known = ("measured", "derived", "literature", "fitted", "assumed", "setting")
    if kind not in known:
        with pytest.raises(ValueError, match="unknown kind") as raised:
            Quantity(1.0, "m", kind, "any")
        assert all(name in str(raised.value) for name in known)


def test_function_is_no_number():
    quantity = Quantity(abs, "V", "assumed", "any", 0.0, 1.0)
    with pytest.raises(TypeError, match="not a plain number"):
        _ = quantity.number


def test_quantity_cannot_be_changed():
    quantity = Quantity(1.0, "m", "assumed", "any", 0.5, 2.0)
    with pytest.raises(AttributeError):
        quantity.value = 100.0


def test_values_are_the_values_by_the_same_names():
    length = Quantity(1.0, "m", "assumed", "any")
    potential = Quantity(abs, "V", "assumed", "any", 0.0, 1.0)
    assert values({"a [m]": length, "b [V]": potential}) == {"a [m]": 1.0, "b [V]": abs}


@given(a=positive, b=positive)
def test_a_computed_range_holds_what_the_inputs_can_give(a, b):
    first, second = Interval(a, 0.9 * a, 1.1 * a), Interval(b, 0.9 * b, 1.2 * b)
    ratio = computed(lambda x, y: x / y, first, second)
    assert ratio.lower == pytest.approx(0.9 * a / (1.2 * b))
    assert ratio.upper == pytest.approx(1.1 * a / (0.9 * b))
    assert ratio.meets(ratio)
    assert not ratio.meets(Interval(9 * ratio.value, 8 * ratio.value, math.inf))


def test_what_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="is nan"):
        computed(lambda x: x - x, math.inf)


@pytest.mark.parametrize("value", [np.int64(2), np.float32(2)])
def test_a_number_of_numpy_is_a_plain_number(value):
    item = Quantity(value, "m", "assumed", "a test", lower=np.float32(1), upper=3)
    assert item == Quantity(2.0, "m", "assumed", "a test", lower=1.0, upper=3)
    assert item.number == 2
    assert type(item.value) is type(item.lower) is float
