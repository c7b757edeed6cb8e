"""Discharges of random cells are those of an independent code.

`independent_cell` and `independent_discharge`, in the tests' support, were written from
docs/model.md alone, and discretised by other means. The package is solved on a fine
mesh, so that equations are compared and not meshes.
"""

import pytest
from cross_code import plain
from cross_code_runs import compare, drawn
from independent_discharge import Discharge

SEED, CELLS = 0, 50
# one and two sizes of particle, In-Li and lithium, LCO and NMC
QUICK = (0, 1, 2, 25, 27)
# percent of nominal; one voltage is all but level where it meets its cut-off, so that a
# millivolt is worth a tenth of a percent
CLOSE, GRAZING = 0.01, {43: 0.1}
NUMBERS = [
    pytest.param(n, marks=[] if n in QUICK else pytest.mark.slow) for n in range(CELLS)
]


@pytest.mark.parametrize("number", NUMBERS)
def test_discharge_is_that_of_an_independent_code(number):
    (row,) = compare(1, SEED, first=number)
    assert abs(row["difference [% of nominal]"]) < GRAZING.get(number, CLOSE), row
    assert row["mean voltage to 98 % [mV]"] < 0.3, row
    assert row["largest voltage to 98 % [mV]"] < 5, row


@pytest.mark.slow
@pytest.mark.parametrize("number", QUICK)
def test_independent_code_is_converged(number):
    """Twice the elements and a tenth of the tolerance change less than 0.02 %."""
    row, values = drawn(number, SEED)
    cell = plain(values)
    start = cell.lithiation(row["state of charge"])
    coarse, fine = (
        Discharge(cell, **accuracy).solve(start)[0][-1]
        for accuracy in ({}, {"depths": 12, "radii": 16, "tolerance": 1e-6})
    )
    assert coarse == pytest.approx(fine, rel=2e-4)
