import pytest

from aslb.parameters.composition.anode import cell_with_anode, with_anode
from aslb.parameters.composition.cell import Cell

CELL = Cell("Cao2021_thin_halide")
LIMITS = ("Lower voltage cut-off [V]", "Upper voltage cut-off [V]")


@pytest.mark.parametrize("anode", ["as-built", "Li"])
@pytest.mark.parametrize("thickness", [None, 50e-6])
def test_a_cell_has_the_numbers_of_its_values_and_cutoffs_of_its_own(anode, thickness):
    values, shift = with_anode(CELL.parameter_values(), anode, thickness)
    cell, same = cell_with_anode(CELL, anode, thickness)
    assert same == shift
    for name, value in values.items():
        found = cell.parameter_values()[name]
        if name in LIMITS:
            assert found + shift == pytest.approx(value)
        elif isinstance(value, int | float):
            assert found == pytest.approx(value), name


def test_a_cell_keeps_its_design_and_its_fit():
    cell, _ = cell_with_anode(CELL, "Li")
    assert cell.entries["cathode.areal_capacity"] > 0
    assert cell.fit is not None
    assert len(cell.readings()) == len(CELL.readings())
