"""What was measured stands at the cycles of its block."""

import numpy as np

from aslb.experiments.analyses.rate.study import _measured
from aslb.parameters.composition.cell import Cell


def test_blocks_of_one_rate_follow_each_other_as_they_were_measured():
    cell = Cell("Cao2021_thin_halide")
    known = cell.measured.capacities
    assert known[0] != known[-1]  # at C/20, before and after the fast cycles
    found = _measured(cell, [(0.05, 2), (3.0, 1), (0.05, 1)])
    assert found == [known[0], known[0], found[2], known[-1]]
    assert np.isnan(found[2])


def test_of_a_cell_that_nobody_measured_nothing_is_known():
    assert np.isnan(_measured(Cell("Asano2018_chloride"), [(0.1, 2)])).all()
