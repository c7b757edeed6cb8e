"""An entry of a design changes what a cell made that way would have otherwise."""

from pathlib import Path

import numpy as np
import pybamm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.experiments import InputError
from aslb.parameters import values
from aslb.parameters.cells.shipped import CELLS
from aslb.parameters.composition.cell_file import read_cell
from aslb.parameters.composition.entries import ENTRIES
from aslb.parameters.composition.names import resolve
from aslb.parameters.composition.vary import all_changes, check_design, plain_numbers

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "lco_li3ycl6.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
DENSITIES = ("Separator density [kg.m-3]", "Positive electrode density [kg.m-3]")
NUMBERS = {
    cell: plain_numbers(pybamm.ParameterValues(values(compose())))
    for cell, compose in CELLS.items()
}
cells = st.sampled_from(list(CELLS))
fractions = st.floats(0.05, 0.95)


def composed(tmp_path, **replacements):
    """Numbers of the example cell with lines of its file replaced."""
    text = TEXT
    for old, new in replacements.values():
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = tmp_path / "cell.toml"
    path.write_text(text, encoding="utf-8")
    return plain_numbers(pybamm.ParameterValues(values(read_cell(path))))


def changed(cell, **entries):
    names = list(cell)
    written = {resolve(name, names): value for name, value in entries.items()}
    return cell | all_changes(cell, written)


@given(cell=cells, entry=st.sampled_from(list(ENTRIES)), factor=fractions)
def test_a_cell_has_the_entry_that_it_was_given(cell, entry, factor):
    before = NUMBERS[cell]
    value = factor * ENTRIES[entry].read(before)
    after = before | ENTRIES[entry].change(before, value)
    assert ENTRIES[entry].read(after) == pytest.approx(value)
    # and is the cell that it was when the entry is taken back
    again = after | ENTRIES[entry].change(after, ENTRIES[entry].read(before))
    assert again == pytest.approx(before)


@given(cell=cells, factor=st.floats(0.1, 10), fraction=fractions)
def test_the_order_in_which_entries_are_written_does_not_matter(cell, factor, fraction):
    mass = factor * ENTRIES["cathode.areal_mass"].read(NUMBERS[cell])
    entries = {"cathode.areal_mass [kg.m-2]": mass}
    composition = {"cathode.active_mass_fraction": fraction}
    both = changed(NUMBERS[cell], **entries, **composition)
    assert both == changed(NUMBERS[cell], **composition, **entries)
    assert ENTRIES["cathode.areal_mass"].read(both) == pytest.approx(mass)
    assert ENTRIES["cathode.active_mass_fraction"].read(both) == pytest.approx(fraction)


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
        found = changed(plain, **entry)
        # what a plain simulation charges with, not a study
        found["Current function [A]"] *= 1.5
        assert found == pytest.approx(file, rel=1e-12)


def test_another_mixture_is_what_a_file_with_that_mixture_composes(tmp_path):
    plain = composed(tmp_path)
    found = changed(plain, **{"cathode.active_mass_percent": 70})
    mass = 1e2 * ENTRIES["cathode.areal_mass"].read(found)
    file = composed(
        tmp_path,
        mixture=("active_mass_percent = 85", "active_mass_percent = 70"),
        mass=("areal_mass_mg_cm2 = 13.8", f"areal_mass_mg_cm2 = {mass!r}"),
    )
    found["Current function [A]"] = file["Current function [A]"]
    assert found == pytest.approx(file, rel=1e-12)
    solids = (
        "Positive electrode conductor volume fraction",
        "Positive electrode porosity",
    )
    assert sum(found[name] for name in solids) == pytest.approx(
        sum(plain[name] for name in solids)
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
    found = changed(composed(tmp_path), **entry)
    found["Current function [A]"] = file["Current function [A]"]
    assert found == pytest.approx(file, rel=1e-9)


@given(cell=cells, factor=st.floats(0.1, 10))
def test_masses_follow_thicknesses(cell, factor):
    before = NUMBERS[cell]
    for layer in ("separator", "cathode"):
        entry = f"{layer}.areal_mass"
        mass = ENTRIES[entry].read(before)
        thickness = ENTRIES[entry].parameter
        after = changed(
            before, **{f"{layer}.thickness [m]": factor * before[thickness]}
        )
        assert ENTRIES[entry].read(after) == pytest.approx(factor * mass)
        for density in DENSITIES:
            assert after[density] == before[density]


@pytest.mark.parametrize("lacking", ["absent", "a function"])
def test_a_number_that_an_entry_needs_and_a_cell_lacks_is_named(lacking):
    density = DENSITIES[1]
    numbers = {**NUMBERS["Cao2021_thin_halide"], density: abs}
    if lacking == "absent":
        del numbers[density]
    values = pybamm.ParameterValues(numbers)
    name = resolve("cathode.areal_mass [kg.m-2]", numbers)
    with pytest.raises(InputError, match=r"needs 'Positive electrode density .* mine"):
        check_design("mine", values, [name], np.array([0.1]))
