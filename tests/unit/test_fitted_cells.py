"""Who carries values that were fitted to the reference cells, and who must not."""

from pathlib import Path

import pytest

from aslb.parameters.cells.cao2021.fit import calibration
from aslb.parameters.composition.cell import Cell

EXAMPLE = Path(__file__).parents[2] / "examples" / "lco_li3ycl6.toml"
REFERENCE = {
    "Cao2021_thin_halide": "cell-3",
    "Cao2021_thick_halide": "cell-3",
    "Cao2021_thick_sulfide": "cell-1",
}


@pytest.mark.parametrize(("cell", "fitted_to"), REFERENCE.items())
def test_reference_cells_carry_the_fit_and_say_so(cell, fitted_to):
    known = Cell(cell).quantities
    values = {**calibration()["cell-3"]["values"], **calibration()[fitted_to]["values"]}
    for name, value in values.items():
        assert known[name].kind == "fitted"
        assert known[name].value == value
        assert known[name].fitted_to.startswith("Cao2021 cell-")


@pytest.mark.parametrize("cell", ["Asano2018_chloride", EXAMPLE])
def test_other_cells_do_not_carry_the_fit_of_the_reference_cells(cell):
    known = Cell(cell).quantities
    assert not [name for name, q in known.items() if "Cao2021" in q.fitted_to]
    for name, value in calibration()["cell-3"]["values"].items():
        assert known[name].value != value
