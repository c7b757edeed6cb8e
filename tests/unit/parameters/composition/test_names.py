"""Every scalar of every cell can be named in dotted words, and no two the same way."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb.experiments import InputError
from aslb.experiments.study.name_list import names_text
from aslb.experiments.study.names import CUTOFFS, OF_ANOTHER
from aslb.experiments.study.study_file import study_from
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.entries import ENTRIES
from aslb.parameters.composition.names import dotted, label, resolve
from aslb.parameters.composition.sections import SECTIONS
from aslb.parameters.materials.active_material import DIFFUSIVITY
from aslb.parameters.materials.lithium_cobalt_oxide_diffusion import DIFFUSION
from aslb.parameters.units import SPELLINGS, split_unit

EXAMPLE = str(Path(__file__).resolve().parents[4] / "examples" / "lco_li3ycl6.toml")
CELL = "Cao2021_thin_halide"
NUMBERS = Cell(CELL).numbers


def listed(cell):
    """Names, as the list has them, with their values."""
    table = names_text(cell).split("\n\n")[0]
    rows = (line.split("  ") for line in table.splitlines())
    return {
        row[0]: float(next(cell for cell in row[1:] if cell.strip())) for row in rows
    }


@pytest.mark.parametrize("cell", [*SHIPPED, EXAMPLE])
def test_every_scalar_is_listed_and_every_listed_name_is_accepted(cell):
    numbers = Cell(cell).numbers
    names = listed(cell)
    bases = [split_unit(name)[0] for name in names]
    assert len(set(bases)) == len(bases)
    for pybamm_name in numbers:
        elsewhere = pybamm_name in {*CUTOFFS, *OF_ANOTHER}
        assert (dotted(pybamm_name) in bases) != elsewhere
    assert set(Cell(cell).entries) <= set(bases)
    for name, value in names.items():
        resolved = resolve(name, numbers)
        if not resolved.entry:
            assert resolved.si(value) == pytest.approx(
                numbers[resolved.pybamm_name], rel=1e-5
            )


@settings(deadline=None)
@given(
    name=st.sampled_from(sorted(listed(CELL))),
    data=st.data(),
    factor=st.floats(0.5, 0.99),
)
def test_a_study_takes_every_listed_name_in_every_unit(name, data, factor):
    base, si_unit = split_unit(name)
    unit = data.draw(st.sampled_from([si_unit, *SPELLINGS.get(si_unit, ())]))
    written = f"{base} [{unit}]" if unit else base
    resolved = resolve(written, NUMBERS)
    wanted = factor * listed(CELL)[name]
    value = (wanted - resolved.zero) / resolved.factor
    if name == "conditions.current_function [A]":
        value = -value
    study = study_from({"vary": {written: [value], "c_rate": [1]}})
    _, inputs = study.inputs(study.points[0])
    if resolved.entry:
        varied = Cell(CELL).vary({written: value})
        found = varied.entries[resolved.entry]
        # what a study solves with is what that cell is
        assert inputs == pytest.approx({key: varied.numbers[key] for key in inputs})
    else:
        assert list(inputs) == [resolved.pybamm_name]
        found = inputs[resolved.pybamm_name]
    assert found == pytest.approx(abs(wanted) if value > 0 else wanted)


def test_the_words_of_cell_files_are_accepted():
    # each form of diffusion has words of its own
    forms = {name for form in DIFFUSION.values() for name in form}
    known, refused = {*NUMBERS, *forms} - {DIFFUSIVITY}, []
    for section in set(SECTIONS) - {"electrolytes"}:
        for field in fields(SECTIONS[section]):
            word = f"{section}.{field.metadata.get('word')}"
            try:
                resolve(word, known)
            except InputError:
                refused += [word] if field.metadata else []
    # enters no equation; and a function of lithium in LCO
    assert set(refused) == {"separator.electrolyte_mass_percent"} | {
        "cathode.particle_diffusivity_m2_s"
    }


@settings(deadline=None)
@given(
    name=st.text(max_size=30)
    | st.sampled_from([*NUMBERS, *ENTRIES]).map(lambda n: n[1:])
)
def test_an_unknown_name_is_refused_in_one_line(name):
    if not name.isprintable():
        return
    with pytest.raises(InputError) as error:
        resolve(name, NUMBERS)
    assert "\n" not in str(error.value)
    assert "accepted: " in str(error.value)


def test_a_cell_that_lacks_what_an_entry_needs_is_named():
    bare = {k: v for k, v in NUMBERS.items() if not k.startswith("Positive")}
    with pytest.raises(
        InputError, match=r"unknown parameter 'cathode.thickness \[m\]'"
    ):
        resolve("cathode.thickness [m]", bare)


@pytest.mark.parametrize(
    ("fraction", "powers"),
    [
        ("catholyte.conductivity [mS/cm]", "catholyte.conductivity [mS.cm-1]"),
        ("Catholyte conductivity [S/m]", "Catholyte conductivity [S.m-1]"),
        ("areal capacity [mAh/cm2]", "areal capacity [mAh.cm-2]"),
    ],
)
def test_a_unit_may_be_a_fraction(fraction, powers):
    assert resolve(fraction, NUMBERS) == resolve(powers, NUMBERS)
    studies = [
        study_from({"vary": {x: [1], "c_rate": [1]}}) for x in (fraction, powers)
    ]
    assert studies[0].hash == studies[1].hash


@pytest.mark.parametrize("unit", ["mS/", "mS/cm2", "mS/furlong", "cm/mS"])
def test_another_fraction_is_refused_as_it_was_written(unit):
    name = f"catholyte.conductivity [{unit}]"
    with pytest.raises(InputError) as refused:
        resolve(name, NUMBERS)
    assert str(refused.value) == (
        f"parameter '{name}': unit '{unit}' is not one of it; accepted: "
        "[S.m-1], [S.cm-1], [mS.cm-1]"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cathode.areal_capacity [mAh.cm-2]", "Areal capacity [mAh/cm²]"),
        ("membrane thickness [um]", "Separator thickness [µm]"),
        ("separator.thickness_um", "Separator thickness [µm]"),
        ("conditions.temperature [C]", "Temperature [°C]"),
        ("catholyte.conductivity [mS.cm-1]", "Catholyte conductivity [mS/cm]"),
        ("Positive particle radius [m]", "Particle radius [m]"),
        (
            "Negative electrode interface resistance [Ohm.m2]",
            "Foil interface resistance [Ω m²]",
        ),
        ("cathode.active_mass_percent", "Cathode active mass fraction [%]"),
        ("c_rate", "C-rate"),
        ("hold_h", "Hold [h]"),
    ],
)
def test_figures_have_words_and_units_as_people_write_them(name, said):
    assert label(name) == said


@pytest.mark.parametrize("cell", [*SHIPPED, EXAMPLE])
def test_no_label_has_a_dot_or_an_underscore(cell):
    made = Cell(cell)
    said = [label(name) for name in (*made.numbers, *made.entries)]
    assert [text for text in said if "_" in text or "." in text] == []
