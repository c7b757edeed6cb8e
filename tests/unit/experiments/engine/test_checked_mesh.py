"""What lies beyond where the mesh was checked is told of a point."""

import pybamm
import pytest

from aslb.experiments.engine.checked_mesh import CellOnMesh, rates_beyond
from aslb.experiments.regulated_charge import RegulatedCharge
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell

CELL = "Cao2021_thin_halide"
THICKNESS = "Positive electrode thickness [m]"
KELVIN = "Ambient temperature [K]"


def beyond(cell=CELL, **varied):
    values = Cell(cell).vary(varied).parameter_values()
    return CellOnMesh(values).beyond({})


def test_cells_that_ship_are_within_but_for_one_cathode():
    found = {cell: beyond(cell) for cell in SHIPPED if beyond(cell)}
    assert found == {"Kato2018_thick": ["cathode of 679.6 µm (20 to 250 µm)"]}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("cathode.thickness [um]", 400, "cathode of 400 µm (20 to 250 µm)"),
        ("cathode.thickness [um]", 19, "cathode of 19 µm (20 to 250 µm)"),
        (
            "catholyte.conductivity [mS.cm-1]",
            10,  # at 30 °C, and told at 25 °C
            "catholyte of 8.122 mS/cm (0.05 to 5 mS/cm)",
        ),
    ],
)
def test_what_of_a_cell_lies_beyond_is_named(name, value, said):
    assert beyond(**{name: value}) == [said]


@pytest.mark.parametrize("value", [20, 250])
def test_the_ends_are_within(value):
    assert not beyond(**{"cathode.thickness [um]": value})


def test_a_conductivity_is_that_at_the_temperature_of_the_point():
    name = "catholyte.conductivity [mS.cm-1]"
    assert not beyond(**{name: 0.08})
    cold = beyond(**{name: 0.08, "conditions.temperature [C]": 0})
    assert [said.split(" of ")[0] for said in cold] == ["catholyte"]


def test_what_varies_has_its_value_at_the_point():
    values = Cell(CELL).parameter_values()
    values.update({THICKNESS: "[input]", KELVIN: "[input]"})
    cell = CellOnMesh(values)
    assert not cell.beyond({THICKNESS: 55e-6, KELVIN: 298.15})
    assert cell.beyond({THICKNESS: 300e-6, KELVIN: 298.15}) == [
        "cathode of 300 µm (20 to 250 µm)"
    ]
    (said,) = cell.beyond({THICKNESS: 55e-6, KELVIN: 240.0})
    assert said.startswith("catholyte of 0.0")


def test_rates_of_charge_and_discharge_count_and_are_told_once():
    step = pybamm.step
    fast = "rate of 5C (0.05 to 2C)"
    assert rates_beyond([RegulatedCharge(4, 5.0, 1), step.c_rate(5)], 1) == [fast]
    assert rates_beyond([step.current(10)], 2) == [fast]
    assert rates_beyond([step.c_rate(-0.01), step.c_rate(1)], 1) == [
        "rate of 0.01C (0.05 to 2C)"
    ]
    others = [step.rest(60), step.voltage(4), step.power(9), step.c_rate(1 / 20)]
    assert not rates_beyond(others, 1)
