"""A cell answers alike for names, files, sections and parameter values."""

from dataclasses import replace
from pathlib import Path

import cloudpickle
import numpy as np
import pybamm
import pytest

import aslb
from aslb.errors import InputError
from aslb.parameters import Quantity, values
from aslb.parameters.cells.cao2021.cell import CONTACT, thin_halide_composition
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "lco_li3ycl6.toml"
THIN = "Cao2021_thin_halide"
RADIUS = "Positive particle radius [m]"
LAYER = "separator.thickness [um]"


@pytest.mark.parametrize("made_of", [THIN, EXAMPLE, thin_halide_composition()])
def test_values_are_the_quantities(made_of):
    cell = Cell(made_of)
    found = cell.parameter_values()
    for name, value in values(cell.quantities).items():
        assert found[name] == value
    assert list(cell.provenance()["name"]) == list(cell.quantities)


@pytest.mark.parametrize(
    ("made_of", "name", "source"),
    [
        (THIN, THIN, THIN),
        (EXAMPLE, "lco_li3ycl6", str(EXAMPLE)),
        (thin_halide_composition(), "custom", "custom"),
        (pybamm.ParameterValues(THIN), "custom", "custom"),
    ],
)
def test_a_cell_has_a_name_and_a_source(made_of, name, source):
    cell = Cell(made_of)
    assert (cell.name, cell.source) == (name, source)
    assert Cell(made_of, name="mine").name == "mine"
    assert Cell.of(cell) is cell
    assert name in repr(cell)


def test_numbers_of_a_cell_do_not_depend_on_how_it_was_given():
    named, own = Cell(THIN), Cell(pybamm.ParameterValues(THIN))
    composed = Cell(thin_halide_composition())
    assert named.hash == own.hash == composed.hash
    assert named.hash != named.vary({"separator.thickness [um]": 48}).hash
    area = 3.14159265 / 4 * 0.0127**2
    for cell in (named, own, composed):
        assert cell.area == pytest.approx(area)
        assert cell.active_mass == pytest.approx(0.8 * 0.1984 * area)
        assert cell.cutoffs() == {"upper_cutoff": 3.85, "lower_cutoff": 2.5}
        assert cell.cutoffs(upper=4.0)["upper_cutoff"] == 4.0


def test_the_package_has_the_class():
    assert aslb.Cell is Cell


@pytest.mark.parametrize(
    ("made_of", "message"),
    [
        ("Foo", "unknown cell 'Foo'; accepted: Cao2021_thick_sulfide, "),
        ("Chen2020", "'Chen2020' is no solid-state cell: it has no 'Separator elec"),
        (pybamm.ParameterValues("Chen2020"), "'custom' is no solid-state cell"),
        (3, "3 is no cell; accepted: Cao2021"),
        ("none.toml", "cell file none.toml: No such file"),
    ],
)
def test_what_is_no_cell_is_refused_in_one_line(made_of, message):
    with pytest.raises(InputError) as error:
        Cell(made_of)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_a_cell_never_changes():
    cell = Cell(THIN)
    before = dict(cell.quantities)
    cell.vary({"cathode.thickness [um]": 100})
    cell.with_values({RADIUS: Quantity(1e-6, "m", "measured", "a test")})
    copied = cell.parameter_values()
    copied[RADIUS] = 1.0
    assert dict(cell.quantities) == before
    assert cell.parameter_values()[RADIUS] == before[RADIUS].value
    with pytest.raises(TypeError):
        cell.quantities[RADIUS] = 1.0


@pytest.mark.parametrize("made_of", [THIN, EXAMPLE, pybamm.ParameterValues(THIN)])
def test_a_cell_travels_to_other_processes(made_of):
    cell = Cell(made_of).vary({"separator.thickness_um": 20})
    _ = cell.hash, cell.numbers, cell.entries  # cached
    copied = cloudpickle.loads(cloudpickle.dumps(cell))
    assert copied.hash == cell.hash
    assert (copied.fit is None) == (cell.fit is None)


def test_other_values_keep_their_own_provenance():
    mine = Quantity(1e-6, "m", "measured", "sieve analysis", 0.5e-6, 2e-6)
    cell = Cell(THIN).with_values({RADIUS: mine})
    assert cell.quantities[RADIUS] == mine
    assert cell.numbers[RADIUS] == 1e-6
    with pytest.raises(InputError, match="no quantity 'radius'"):
        cell.with_values({"radius": mine})


def test_parameter_values_have_no_provenance():
    with pytest.raises(InputError, match="parameter values without provenance"):
        _ = Cell(pybamm.ParameterValues(THIN)).quantities


@pytest.mark.parametrize("name", list(SHIPPED))
def test_the_parameter_set_of_pybamm_is_the_cell(name):
    assert Cell(pybamm.ParameterValues(name)).hash == Cell(name).hash


def test_each_cell_of_the_paper_carries_the_fit_and_its_printed_numbers():
    thin, thick, sulfide = (Cell(name) for name in list(SHIPPED)[2::-1])
    for cell in (thin, thick, sulfide):
        assert len(cell.fit.draws) == 1000
        assert set(cell.fit.values) - {CONTACT} <= set(cell.fit.names)
    assert thin.fit.data.capacities == (178, 179, 165, 134, 124)
    assert thick.fit.data.capacities[2:] == (147, 101, 58)
    assert [len(cell.fit.own) for cell in (thin, thick, sulfide)] == [1, 2, 7]
    assert thin.measured.capacities == (178, 179, 165, 134, 124, 177)
    assert thin.measured.cycles == (3, 5, 5, 5, 5, 5)
    firsts = [cell.measured.first_discharge[0] for cell in (thin, thick, sulfide)]
    assert firsts == [172, 163, 112]
    for cell, known in ((thick, 3), (sulfide, 1)):
        assert len(cell.measured.capacities) == 6
        assert np.isfinite(cell.measured.capacities).sum() == known


def test_a_fit_gives_its_values_and_leaves_what_is_the_cells_own():
    cell = Cell(EXAMPLE)
    fit = replace(Cell(THIN).fit, own=("Positive electrode active fraction",))
    fitted = cell.with_fit(fit)
    assert fitted.fit is fit
    name = "Positive particle lithiated diffusivity [m2.s-1]"
    assert fitted.quantities[name].kind == "fitted"
    assert fitted.numbers[name] == fit.values[name]
    assert fitted.quantities[name].lower == cell.quantities[name].lower
    assert fitted.numbers["Positive electrode active fraction"] == 0.8
    far = replace(fit, values={name: 1.0})
    with pytest.raises(InputError, match="outside its range"):
        cell.with_fit(far)


def test_a_fit_says_nothing_of_what_varied():
    cell = Cell(THIN).vary(
        {"interfaces.junction [Ohm.cm2]": 3, "separator.thickness_um": 9}
    )
    assert cell.fit.own == (CONTACT, "Separator-catholyte junction resistance [Ohm.m2]")


def test_what_was_measured_is_of_the_cell_it_was_measured_on(tmp_path):
    cell = Cell("Cao2021_thin_halide")
    active = "Positive electrode active fraction"
    assert active in cell.fit.values
    for same in (cell.vary({active: 0.8}), Cell("Cao2021_thin_halide:literal")):
        assert same.measured is not None  # another guess at it, and another reading
    thicker = Quantity(80e-6, "m", "measured", "mine")
    for other in (
        cell.vary({"separator.thickness [um]": 80}),
        cell.vary({active: 0.8, "catholyte.conductivity [mS/cm]": 1}),
        cell.with_values({"Separator thickness [m]": thicker}),
    ):
        assert other.measured is None
    file = tmp_path / "mine.toml"
    file.write_text(
        'base = "Cao2021_thin_halide"\n[vary]\n"separator.thickness [um]" = 80\n'
    )
    assert Cell(file).measured is None


def test_what_a_cell_was_fitted_to_was_measured_on_it(tmp_path):
    cell = Cell("Cao2021_thin_halide")
    mine = Measured((0.1, 1.0), (3, 3), (160.0, 100.0), (1.0, 1.0), source="mine")
    fitted = cell.with_fit(replace(cell.fit, data=mine))
    assert fitted.measured is mine
    fitted.save(tmp_path / "fitted.toml")
    assert Cell(tmp_path / "fitted.toml").measured.capacities == (160.0, 100.0)


@pytest.mark.parametrize("number", [np.int64(30), np.float32(30), np.float64(30)])
def test_numbers_of_numpy_vary_it(number, tmp_path):
    varied = Cell(THIN).vary({LAYER: number})
    assert varied.hash == Cell(THIN).vary({LAYER: 30}).hash
    varied.save(tmp_path / "varied.toml")
    assert Cell(tmp_path / "varied.toml").hash == varied.hash
    own = Cell(THIN).parameter_values()
    own["Separator thickness [m]"] = np.float32(30e-6)
    assert Cell(own).numbers["Separator thickness [m]"] == pytest.approx(30e-6)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda cell: cell.vary(LAYER), f"vary: '{LAYER}'; accepted: a mapping"),
        (lambda cell: cell.vary({3: 30}), "vary: 3 is no name; accepted"),
        (
            lambda cell: cell.with_values({"Separator thickness [m]": 1e-5}),
            "'Separator thickness [m]': 1e-05; accepted: a Quantity, or a number with",
        ),
        (lambda cell: cell.with_values(3), "values: 3; accepted: a mapping of PyBaMM"),
    ],
)
def test_a_change_that_is_none_is_named_in_one_line(change, message):
    with pytest.raises(InputError) as error:
        change(Cell(THIN))
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)
