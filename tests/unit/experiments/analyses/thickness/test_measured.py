"""What was measured on cells, at the rates of a study."""

import numpy as np

from aslb.experiments.analyses.thickness.measured import measured_points
from aslb.parameters.composition.cell import Cell

THIN, THICK = "Cao2021_thin_halide", "Cao2021_thick_halide"


def test_capacities_stand_at_the_thickness_of_their_cell():
    found = measured_points([Cell(THIN), Cell(THICK)], (0.05, 0.5, 2.0))
    assert found.measured_cell.values.tolist() == [THIN, THICK]
    np.testing.assert_array_equal(
        found.measured_capacity, [[178, 134, np.nan], [np.nan, 101, np.nan]]
    )
    np.testing.assert_allclose(found.measured_thickness, [47e-6, 976e-6])


def test_a_cell_of_which_nothing_is_known_at_these_rates_is_left_out():
    found = measured_points([Cell(THIN), Cell(THICK)], [0.05])
    assert found.measured_cell.values.tolist() == [THIN]
    assert not measured_points([Cell("Asano2018_chloride")], [0.05]).variables
