"""Fractions of the charge are found in the step in which they pass."""

import numpy as np

from aslb.experiments.engine.reading import at_depths


def found(charges, depths):
    times = [np.arange(float(len(charge))) for charge in charges]
    charges = [np.array(charge, float) for charge in charges]
    return [
        (step, np.flatnonzero(own).tolist(), when.tolist())
        for step, own, when in at_depths(charges, times, np.array(depths))
    ]


def test_times_are_at_fractions_of_what_passed():
    assert found([[0, 1, 4]], [0, 0.125, 0.5, 1]) == [
        (0, [0, 1, 2, 3], [0.0, 0.5, 1 + 1 / 3, 2.0])
    ]


def test_a_step_goes_on_where_the_one_before_it_ended():
    assert found([[0, -2], [-2, -4]], [0.25, 0.75]) == [
        (0, [0], [0.5]),
        (1, [1], [0.5]),
    ]
    assert found([[0, -2], [-2, -4], [-4, -8]], [0.375, 0.75]) == [
        (1, [0], [0.5]),
        (2, [1], [0.5]),
    ]


def test_what_passed_in_between_does_not_count():
    """A charge, a discharge that is not given, and another charge."""
    assert found([[0, -2], [0, -2]], [0.25, 0.75]) == [(0, [0], [0.5]), (1, [1], [0.5])]


def test_there_are_none_without_steps():
    assert found([], [0.5]) == []
    assert found([[0, 1]], []) == []
