import numpy as np
import pytest

from aslb.errors import InputError
from aslb.experiments.analyses.design.improvement import Tried, helps, improvable
from aslb.parameters.composition.cell import Cell

CELL = Cell("Cao2021_thin_halide")
NOW = Tried(-0.07, np.array([180.0, 130.0]))


@pytest.mark.parametrize(
    ("margin", "capacities", "good"),
    [
        (-0.05, [181.0, 134.0], True),
        (-0.08, [180.0, 129.0], False),
        (-0.069, [178.0, 129.0], False),  # a larger share, of less
        (-0.05, [180.0 - 1e-3, 134.0], True),  # what the solver is off by
    ],
)
def test_an_end_helps_if_more_is_met_and_no_capacity_is_lost(margin, capacities, good):
    assert helps(Tried(margin, np.array(capacities)), NOW, -0.07) == good


def test_what_cannot_improve_is_refused_as_such():
    with pytest.raises(InputError, match=r"^improve 'foo'"):
        improvable(CELL, [], ["foo"])


def test_parameter_values_improve_in_what_is_named():
    own = Cell(CELL.parameter_values())
    assert improvable(own, [], []) == []
    (one,) = improvable(own, [], ["Catholyte conductivity [S.m-1] 0.04 0.2"])
    assert (one.low, one.high) == (0.04, 0.2)
