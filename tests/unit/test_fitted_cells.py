"""Who carries values that were fitted to the reference cells, and who must not."""

from pathlib import Path

import pytest

from aslb.errors import InputError
from aslb.parameters.cells.cao2021 import readings
from aslb.parameters.cells.cao2021.cell import CONTACT, OHMIC_SHARE
from aslb.parameters.cells.cao2021.readings import READINGS, calibration, reading_of
from aslb.parameters.composition.cell import Cell

EXAMPLE = Path(__file__).parents[2] / "examples" / "lco_li3ycl6.toml"
REFERENCE = {
    "Cao2021_thin_halide": "cell-3",
    "Cao2021_thick_halide": "cell-2",
    "Cao2021_thick_sulfide": "cell-1",
}
FOUND = [reading for reading in READINGS if calibration(reading)]


@pytest.mark.parametrize("reading", FOUND)
@pytest.mark.parametrize(("cell", "number"), REFERENCE.items())
def test_reference_cells_carry_the_fit_and_say_so(cell, number, reading):
    known = Cell(cell + reading.words).quantities
    found = calibration(reading)
    values = {**found["shared"]["values"], **found.get(number, {}).get("values", {})}
    own = {"cell-3": [CONTACT], "cell-2": [], "cell-1": [OHMIC_SHARE]}[number]
    if number == "cell-1":  # it follows from the share
        own += ["Positive electrode reference exchange-current density [A.m-2]"]
    for name in values.keys() - own:
        assert known[name].kind == "fitted"
        assert known[name].value == values[name]
        assert known[name].fitted_to.startswith("Cao2021 cell-")


@pytest.mark.parametrize("reading", FOUND)
def test_a_fit_knows_which_of_its_data_were_predicted_blind(reading):
    blind = {
        number: Cell(cell + reading.words).fit.blind
        for cell, number in REFERENCE.items()
    }
    assert blind == {"cell-3": (), "cell-2": (0.2, 0.5, 1.0), "cell-1": (1.0,)}
    alone = reading._replace(data="cell-3 only").words
    assert {Cell(cell + alone).fit.blind for cell in REFERENCE} == {()}


@pytest.mark.parametrize("reading", FOUND)
def test_every_fitted_value_lies_in_a_range_with_a_source(reading):
    for cell in REFERENCE:
        for name, item in Cell(cell + reading.words).quantities.items():
            if item.kind == "fitted" and isinstance(item.value, float):
                assert item.lower <= item.value <= item.upper, name
                assert item.source, name


def test_words_after_a_name_are_readings():
    assert Cell("Cao2021_thin_halide:literal").cutoffs()["upper_cutoff"] == 4.2
    assert reading_of(["log-linear", "literal"]).words == ":literal:log-linear"
    for name, message in (
        ("Cao2021_thin_halide:wide", "reading 'wide'; accepted: narrow, literal"),
        ("Cao2021_thin_halide:narrow:literal", "a second window; accepted: one"),
        ("Asano2018_chloride:literal", "accepted: none for this cell"),
    ):
        with pytest.raises(InputError, match=message):
            Cell(name)


@pytest.fixture
def no_calibrations(monkeypatch, tmp_path):
    readings.calibration.cache_clear()
    monkeypatch.setattr(readings, "_folder", lambda: tmp_path)
    yield
    readings.calibration.cache_clear()


def test_a_reading_that_is_not_calibrated_says_so(no_calibrations):
    with pytest.warns(UserWarning, match="'lithium-rich foil, two levels, sh"):
        cell = Cell("Cao2021_thin_halide:lithium-rich foil")
    assert cell.fit is None


@pytest.mark.parametrize("cell", ["Asano2018_chloride", EXAMPLE])
def test_other_cells_do_not_carry_the_fit_of_the_reference_cells(cell):
    known = Cell(cell).quantities
    assert not [name for name, q in known.items() if "Cao2021" in q.fitted_to]
    for name, value in calibration()["shared"]["values"].items():
        assert known[name].value != value
