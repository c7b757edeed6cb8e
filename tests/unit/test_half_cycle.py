import numpy as np
import pybamm
import pytest

from aslb.experiments.engine.half_cycle import HalfCycle, half_cycle


def test_values_are_read_at_fractions_of_the_charge():
    capacity = np.array([0.0, 1.0, 4.0])
    numbers = HalfCycle(capacity, 1.0, 4 - capacity / 4, {})
    assert numbers.at_depths(numbers.voltage, np.array([0, 0.125, 0.5, 1])) == (
        pytest.approx([4, 3.875, 3.5, 3])
    )


def test_steps_that_end_at_once_count_for_nothing():
    empty = half_cycle([pybamm.EmptySolution("event")], +1)
    assert empty.total == 0
    assert empty.energy == 0
    assert np.isnan(empty.at_depths(empty.voltage, np.array([0.5]))).all()
