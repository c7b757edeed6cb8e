"""A drawn cell lies in its ranges, and what is derived follows from what was drawn."""

from pathlib import Path

import numpy as np
import pybamm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb.errors import InputError
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.drawn import drawn, ranges

CELLS = {name: Cell(name) for name in SHIPPED}
EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "lco_li3ycl6.toml"
IONIC = "Catholyte conductivity [S.m-1]"
ELECTRONIC = "Positive electrode conductivity [S.m-1]"
SOLIDS = ("Positive electrode porosity", "Positive electrode conductor volume fraction")

cells = st.sampled_from(sorted(CELLS))
seeds = st.integers(0, 2**32 - 1)


def draw(name, seed):
    return drawn(CELLS[name], np.random.default_rng(seed))


def numbers_of(name, found):
    """All numbers of a drawn cell."""
    return {**CELLS[name].numbers, **found.values}


@settings(deadline=None)
@given(name=cells, seed=seeds)
def test_what_is_drawn_lies_in_its_range(name, seed):
    found = draw(name, seed)
    known = ranges(CELLS[name])
    assert found.inputs.keys() == known.keys()
    for key, value in found.inputs.items():
        assert known[key].lower <= value <= known[key].upper
    for key, value in found.values.items():
        quantity = CELLS[name].quantities[key]
        slack = 1e-9 * max(abs(quantity.lower), abs(quantity.upper))
        assert quantity.lower - slack <= value <= quantity.upper + slack, key


@settings(deadline=None)
@given(name=cells, seed=seeds)
def test_the_same_seed_draws_the_same_cell_and_another_another(name, seed):
    first, again, other = draw(name, seed), draw(name, seed), draw(name, seed + 1)
    assert (first.inputs, first.values) == (again.inputs, again.values)
    assert all(first.inputs[key] != other.inputs[key] for key in first.inputs)


@settings(deadline=None)
@given(name=cells, seed=seeds)
def test_what_is_derived_follows(name, seed):
    numbers = numbers_of(name, draw(name, seed))
    area = numbers["Electrode height [m]"] * numbers["Electrode width [m]"]
    mass = numbers["Positive electrode active material areal mass [kg.m-2]"]
    nominal = numbers["Nominal cell capacity [A.h]"]
    one_c = draw(name, seed).inputs.get("conditions.one_C")
    one_c = one_c or CELLS[name].entries["conditions.one_C"]
    assert nominal == pytest.approx(one_c * mass * area)
    assert numbers["Current function [A]"] == pytest.approx(-nominal / 10)
    assert sum(numbers[solid] for solid in SOLIDS) <= 1
    assert numbers["Separator porosity"] <= 1
    sites = numbers["Maximum concentration in positive electrode [mol.m-3]"]
    assert numbers["Initial concentration in positive electrode [mol.m-3]"] == (
        pytest.approx(sites * numbers["Positive electrode stoichiometry as assembled"])
    )


@settings(deadline=None)
@given(size=st.sampled_from(["S", "M", "L", "XL"]), seed=seeds)
def test_a_measured_conductivity_of_a_composite_is_what_was_drawn_of_it(size, seed):
    """One density, porosity and mass fraction in all that follows from them."""
    name = f"Schlautmann2023_{size}"
    found = draw(name, seed)
    numbers = numbers_of(name, found)
    for solid, power, conductivity, key in (
        (SOLIDS[0], "electrolyte", IONIC, "cathode.bruggeman_coefficient_electrolyte"),
        (SOLIDS[1], "electrode", ELECTRONIC, ELECTRONIC),
    ):
        exponent = numbers[f"Positive electrode Bruggeman coefficient ({power})"]
        effective = numbers[conductivity] * numbers[solid] ** exponent
        assert effective == pytest.approx(found.inputs[f"{key}.effective"], rel=1e-9)
    voids = 1 - sum(numbers[solid] for solid in SOLIDS)
    assert voids == pytest.approx(found.inputs["cathode.thickness.voids"], rel=1e-9)


@settings(deadline=None)
@given(seed=seeds)
def test_an_electrolyte_in_two_places_is_drawn_once(seed):
    found = draw("Asano2018_chloride", seed)
    conductivity = found.values[IONIC]
    assert found.values["Separator electrolyte conductivity [S.m-1]"] == conductivity
    assert found.inputs["cathode.catholyte.conductivity"] == conductivity
    assert "separator.electrolyte.conductivity" not in found.inputs


@settings(deadline=None)
@given(seed=seeds)
def test_what_a_file_replaces_is_drawn_and_wins(seed):
    found = draw("Kato2018_thin", seed)
    name = "Positive electrode lithiated conductivity [S.m-1]"
    assert 1 <= found.inputs[name] <= 100
    assert found.values[name] == found.inputs[name]


def test_what_reaches_no_number_is_not_drawn():
    """The radius of the material gives way to that of the cell."""
    inputs = ranges(CELLS["Schlautmann2023_S"])
    assert "Positive particle radius [m]" not in inputs
    assert "cathode.particle_radius.diameter" in inputs


def test_every_input_moves_a_number():
    cell = CELLS["Kato2018_thick"]

    class One:
        """Chance that is a half everywhere but in one place."""

        def __init__(self, place):
            self.count, self.place = -1, place

        def random(self):
            self.count += 1
            return 0.9 if self.count == self.place else 0.5

    middle = drawn(cell, One(-1)).values
    for place, name in enumerate(ranges(cell)):
        assert drawn(cell, One(place)).values != middle, name


def test_a_range_of_ten_is_drawn_in_its_logarithm():
    name, seeds = "cathode.catholyte.conductivity", range(400)
    found = [draw("Kato2018_thin", seed).inputs[name] for seed in seeds]
    assert np.median(found) == pytest.approx((0.028 * 0.35) ** 0.5, rel=0.2)
    area = [draw("Kato2018_thin", seed).inputs["conditions.area"] for seed in seeds]
    assert np.mean(area) == pytest.approx(0.95e-4, rel=0.02)


def crowded(folder, thickness):
    text = EXAMPLE.read_text(encoding="utf-8")
    path = folder / "cell.toml"
    path.write_text(
        text.replace("thickness_um = 40\n", f"thickness_um = {thickness}\n")
    )
    return Cell(path)


def test_solids_without_room_are_drawn_again(tmp_path):
    # three quarters of the range have no room for the central masses
    cell = crowded(tmp_path, [40, 10, 40])
    rng = np.random.default_rng(0)
    for _ in range(20):
        found = drawn(cell, rng)
        numbers = {**cell.numbers, **found.values}
        assert sum(numbers[solid] for solid in SOLIDS) <= 1
        assert found.inputs["cathode.thickness"] > 30e-6


def test_a_cell_that_never_has_room_is_refused(tmp_path):
    full = crowded(tmp_path, 40)
    filled = sum(full.numbers[solid] for solid in SOLIDS)
    least = 40 * filled * (1 + 1e-9)
    cell = crowded(tmp_path, [least, 1, least])
    with pytest.raises(InputError, match=r"none of 1000 cells .* can be: the solids"):
        drawn(cell, np.random.default_rng(0))


def test_parameter_values_of_ones_own_have_no_ranges():
    own = Cell(pybamm.ParameterValues("Asano2018_chloride"))
    with pytest.raises(InputError, match="without provenance"):
        drawn(own, np.random.default_rng(0))
