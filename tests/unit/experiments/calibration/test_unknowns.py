"""What a cell has not is left out, and refused where it is asked for."""

from dataclasses import replace

import pytest

from aslb.errors import InputError
from aslb.experiments.calibration.fit import calibrate
from aslb.experiments.calibration.unknowns import NUISANCES, UNKNOWNS, those_of
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

CELL = Cell("Cao2021_thin_halide")
DATA = Measured((0.1,), (1,), (150.0,), (3.0,))


def test_names_of_another_material_are_left_out():
    known = dict(CELL.quantities)
    every = [*UNKNOWNS, *NUISANCES]
    # the other forms of diffusion are in other cells
    assert those_of(known, every) == [*UNKNOWNS[:4], *NUISANCES]
    del known[UNKNOWNS[2]]
    known[NUISANCES[0]] = known["Positive electrode OCP [V]"]  # a function
    assert those_of(known, every) == [*UNKNOWNS[:2], UNKNOWNS[3], *NUISANCES[1:]]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"unknowns": ["Nonsense"]}, "unknown 'Nonsense' is no parameter of the cell"),
        ({"unknowns": ["Positive electrode OCP [V]"]}, "has no range to search"),
        ({"unknowns": []}, "no unknown to fit in 'Cao2021_thin_halide'"),
        ({"starts": 0}, "0 starts; accepted: 1 or more"),
        ({"curves": "curves.csv"}, "curves in a file; accepted: with data in a file"),
        ({"model": "DFN"}, "unknown model 'DFN'"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(request_, message):
    with pytest.raises(InputError, match=message) as refused:
        calibrate(CELL, DATA, **request_)
    assert "\n" not in str(refused.value)


def test_cells_without_data_each_are_refused_in_one_line():
    message = "^2 cells and 1 sets of data; accepted: one a cell$"
    for data in (DATA, [DATA]):
        with pytest.raises(InputError, match=message):
            calibrate([CELL, CELL], data)


def test_unknown_with_another_range_in_another_cell_is_refused():
    name = UNKNOWNS[0]
    narrow = replace(CELL.quantities[name], upper=0.99)
    message = f"^unknown '{name}' from 0.4 to 1 and from 0.4 to 0.99; accepted: one"
    with pytest.raises(InputError, match=message):
        calibrate([CELL, CELL.with_values({name: narrow})], [DATA, DATA])
