"""Quantities of Python are counted in the unit that they say."""

from dataclasses import replace

import pytest

from aslb.errors import InputError
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.si import in_si
from aslb.parameters.quantity import Quantity, derive

CELL = Cell("Cao2021_thin_halide")
NAME = "Separator thickness [m]"


def of(value, unit, **more):
    return Quantity(value, unit, "assumed", "a test", **more)


def test_a_length_in_micrometres_is_one():
    layer = of(50.0, "um", lower=40.0, upper=60.0)
    made = CELL.with_values({NAME: layer})
    assert made.numbers[NAME] == pytest.approx(50e-6)
    assert made.quantities[NAME].lower == pytest.approx(40e-6)
    assert made.quantities[NAME].unit == "m"


def test_so_it_is_in_a_section():
    whole = CELL.state.composition
    separator = replace(whole.separator, thickness=of(50.0, "um"))
    warm = replace(whole.conditions, temperature=of(60.0, "C"))
    made = Cell(replace(whole, separator=separator, conditions=warm))
    assert made.numbers[NAME] == pytest.approx(50e-6)
    assert made.numbers["Ambient temperature [K]"] == pytest.approx(333.15)


def test_another_unit_is_one_line():
    with pytest.raises(InputError, match=r"unit 'kg'; accepted: m, cm, mm, um, nm"):
        CELL.with_values({NAME: of(1.0, "kg")})
    whole = CELL.state.composition
    wrong = replace(whole, foil=replace(whole.foil, thickness=of(1.0, "banana")))
    with pytest.raises(InputError, match=r"foil\.thickness: unit 'banana'; accepted"):
        Cell(wrong)
    solid = replace(whole.cathode.catholyte, density=of(2.5, "g.cm-3"))
    dense = replace(whole, cathode=replace(whole.cathode, catholyte=solid))
    with pytest.raises(InputError, match=r"catholyte\.density: unit 'g\.cm-3'"):
        Cell(dense)


def test_what_is_derived_stays_in_its_own_unit():
    twice = derive("um", "a test", lambda one: 2 * one, one=of(1.0, "um"))
    with pytest.raises(InputError, match=r"derived in 'um'; accepted: derived in m"):
        in_si("length", twice, "m")


def test_a_misspelt_name_is_told_what_comes_near():
    wrong = "Separator thicknes [m]"
    with pytest.raises(InputError, match=r"the nearest: 'Separator thickness \[m\]'"):
        CELL.with_values({wrong: of(1.0, "m")})


@pytest.mark.parametrize(
    "wrong", ["Separator thicknes [m]", "Separator thickness [um]"]
)
def test_so_it_is_in_parameter_values(wrong):
    values = CELL.parameter_values()
    values[wrong] = 47e-6
    with pytest.raises(InputError) as error:
        Cell(values)
    said = f"unknown parameter '{wrong}'; the nearest: 'Separator thickness [m]'"
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("words", [":literal:log-linear", ":literal:two sizes"])
def test_parameter_values_of_any_reading_are_a_cell(words):
    cell = Cell(f"Cao2021_thin_halide{words}")
    assert Cell(cell.parameter_values()).numbers == cell.numbers


def test_what_a_model_of_ones_own_has_is_left_alone():
    values = CELL.parameter_values()
    values["Dendrite length [m]"] = 1e-6
    values["Negative electrode porosity"] = 0.3  # of PyBaMM's own sets
    assert Cell(values).numbers["Dendrite length [m]"] == 1e-6


def test_no_number_is_infinite():
    with pytest.raises(ValueError, match="accepted: finite numbers"):
        of(float("inf"), "m")
    values = CELL.parameter_values()
    values[NAME] = float("nan")
    with pytest.raises(InputError, match=r"thickness \[m\]': nan; accepted: a finite"):
        Cell(values)
