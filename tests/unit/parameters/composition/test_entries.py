"""An entry of a design changes what a cell made that way would have otherwise."""

from pathlib import Path

import pybamm
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aslb.errors import InputError
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.entries import ENTRIES

EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "lco_li3ycl6.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
DENSITIES = ("Separator density [kg.m-3]", "Positive electrode density [kg.m-3]")
CELLS = {name: Cell(name) for name in SHIPPED}
cells = st.sampled_from(list(CELLS.values()))
fractions = st.floats(0.05, 0.95)


def composed(tmp_path, **replacements):
    """The example cell with lines of its file replaced."""
    text = TEXT
    for old, new in replacements.values():
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = tmp_path / "cell.toml"
    path.write_text(text, encoding="utf-8")
    return Cell(path)


def with_unit(entry):
    unit = ENTRIES[entry].unit
    return f"{entry} [{unit}]" if unit else entry


@settings(deadline=None)
@given(cell=cells, entry=st.sampled_from(list(ENTRIES)), factor=fractions)
def test_a_cell_has_the_entry_that_it_was_given(cell, entry, factor):
    assume(entry in cell.entries)  # lithium foil has no ratio
    value = factor * cell.entries[entry]
    after = cell.vary({with_unit(entry): value})
    assert after.entries[entry] == pytest.approx(value)
    assert "varied from " in after.quantities[ENTRIES[entry].parameter].source
    # and is the cell that it was when the entry is taken back
    again = after.vary({with_unit(entry): cell.entries[entry]})
    assert again.numbers == pytest.approx(cell.numbers)


@settings(deadline=None)
@given(
    cell=cells,
    entries=st.dictionaries(st.sampled_from(list(ENTRIES)), fractions, max_size=4),
    data=st.data(),
)
def test_what_a_study_changes_is_what_another_cell_has(cell, entries, data):
    there = entries.keys() & cell.entries.keys()
    settled = {ENTRIES[entry].parameter: entry for entry in sorted(there)}
    written = {
        with_unit(entry): entries[entry] * cell.entries[entry]
        for entry in settled.values()
    }
    alone = "Positive electrode active fraction"
    written |= {alone: 0.4} if data.draw(st.booleans()) else {}
    after = cell.vary(written)
    changes = cell.changes({cell.resolve(name): x for name, x in written.items()})
    assert cell.numbers | changes | {"Current function [A]": 0} == pytest.approx(
        after.numbers | {"Current function [A]": 0}, rel=1e-9
    )


@settings(deadline=None)
@given(cell=cells, factor=st.floats(0.1, 10), fraction=fractions)
def test_the_order_in_which_entries_are_written_does_not_matter(cell, factor, fraction):
    mass = factor * cell.entries["cathode.areal_mass"]
    entries = {"cathode.areal_mass [kg.m-2]": mass}
    composition = {"cathode.active_mass_fraction": fraction}
    both = cell.vary(entries | composition)
    assert both.numbers == cell.vary(composition | entries).numbers
    assert both.entries["cathode.areal_mass"] == pytest.approx(mass)
    assert both.entries["cathode.active_mass_fraction"] == pytest.approx(fraction)


def test_a_thicker_cathode_is_what_a_file_with_that_mass_composes(tmp_path):
    file = composed(
        tmp_path,
        thickness=("thickness_um = 40\n", "thickness_um = 60\n"),
        mass=("areal_mass_mg_cm2 = 13.8", "areal_mass_mg_cm2 = 20.7"),
    )
    plain = composed(tmp_path)
    for entry in (
        {"cathode.thickness_um": 60},
        {"cathode.areal_mass_mg_cm2": 20.7},
        {"cathode.areal_capacity [mAh.cm-2]": 1.5 * 13.8e-3 * 0.85 * 140},
    ):
        found = plain.vary(entry)
        assert found.numbers == pytest.approx(file.numbers, rel=1e-12)


def test_another_mixture_is_what_a_file_with_that_mixture_composes(tmp_path):
    plain = composed(tmp_path)
    found = plain.vary({"cathode.active_mass_percent": 70})
    mass = 1e2 * found.entries["cathode.areal_mass"]
    file = composed(
        tmp_path,
        mixture=("active_mass_percent = 85", "active_mass_percent = 70"),
        mass=("areal_mass_mg_cm2 = 13.8", f"areal_mass_mg_cm2 = {mass!r}"),
    )
    assert found.numbers == pytest.approx(file.numbers, rel=1e-12)
    solids = (
        "Positive electrode conductor volume fraction",
        "Positive electrode porosity",
    )
    assert sum(found.numbers[name] for name in solids) == pytest.approx(
        sum(plain.numbers[name] for name in solids)
    )


@pytest.mark.parametrize(
    ("entry", "old", "new"),
    [
        ({"foil.lithium_to_indium": 0.4}, "indium = 0.2", "indium = 0.4"),
        ({"conditions.area_cm2": 2}, "area_cm2 = 0.71", "area_cm2 = 2"),
        ({"conditions.one_C_mA_g": 200}, "one_C_mA_g = 140", "one_C_mA_g = 200"),
        (
            {"conditions.temperature_C": 60},
            "\ntemperature_C = 25",
            "\ntemperature_C = 60",
        ),
        ({"interfaces.junction_ohm_cm2": 5}, "= [10, 2, 50]", "= 5"),
        ({"foil.thickness_um": 50}, "thickness_um = 100", "thickness_um = 50"),
    ],
)
def test_words_of_a_cell_file_mean_what_they_mean_there(tmp_path, entry, old, new):
    file = composed(tmp_path, line=(old, new))
    found = composed(tmp_path).vary(entry)
    assert found.numbers == pytest.approx(file.numbers, rel=1e-9)


@settings(deadline=None)
@given(cell=cells, factor=st.floats(0.1, 10))
def test_masses_follow_thicknesses(cell, factor):
    for layer in ("separator", "cathode"):
        mass = cell.entries[f"{layer}.areal_mass"]
        thickness = cell.entries[f"{layer}.thickness"]
        after = cell.vary({f"{layer}.thickness [m]": factor * thickness})
        assert after.entries[f"{layer}.areal_mass"] == pytest.approx(factor * mass)
        for density in DENSITIES:
            assert after.numbers[density] == pytest.approx(cell.numbers[density])


@pytest.mark.parametrize(
    "names",
    [
        ["conditions.one_C [mA.g-1]", "cathode.areal_capacity [mAh.cm-2]"],
        ["cathode.active_mass_percent", "cathode.areal_mass_mg_cm2"],
        ["separator.thickness_um"],
    ],
)
def test_what_changes_is_the_same_at_any_point(names):
    """Values that a cell has already, and such as cancel, are inputs too."""
    cell = CELLS["Cao2021_thin_halide"]
    resolved = [cell.resolve(name) for name in names]

    def at(factor):
        return cell.changes(
            {n: factor * cell.entries[n.entry] / n.factor for n in resolved}
        )

    assert set(at(1.0)) == set(at(0.7))
    assert {n.pybamm_name for n in resolved} <= set(at(1.0))


def test_what_was_replaced_gives_way_to_what_is_composed_anew():
    cell = CELLS["Cao2021_thin_halide"].vary({"Separator thickness [m]": 1e-5})
    thick = cell.vary({"separator.areal_mass [mg.cm-2]": 79})
    assert thick.numbers["Separator thickness [m]"] == pytest.approx(470e-6)


def test_parameter_values_of_ones_own_have_no_entries():
    """What follows is not known: a word must not change less than it says."""
    own = Cell(pybamm.ParameterValues("Cao2021_thin_halide"))
    for name in ("cathode.thickness [um]", "conditions.area [m2]"):
        with pytest.raises(InputError, match="unknown parameter"):
            own.resolve(name)
    varied = own.vary({"separator.thickness [um]": 20, "Separator porosity": 0.5})
    assert varied.numbers["Separator thickness [m]"] == pytest.approx(20e-6)
    assert varied.numbers["Separator porosity"] == 0.5
    assert own.numbers["Separator porosity"] != 0.5


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"separator.thickness [um]": -5}, "-5; accepted: a positive number"),
        ({"separator.thickness [um]": "thin"}, "'thin'; accepted: a number"),
        ({"cathode.active_mass_percent": 100}, "100; accepted: less than 100"),
        ({"conditions.temperature_C": -300}, "accepted: above -273.15"),
        ({"Positive electrode porosity": float("nan")}, "nan; accepted: a number"),
        ({"Positive electrode OCP [V]": 4}, "no plain number in this cell"),
        (
            {"cathode.thickness_um": 50, "cathode.areal_mass_mg_cm2": 20},
            "varies twice, under two names",
        ),
    ],
)
def test_what_no_cell_has_is_refused_in_one_line(entries, message):
    with pytest.raises(InputError) as error:
        CELLS["Cao2021_thin_halide"].vary(entries)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
