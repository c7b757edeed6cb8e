"""Cells of papers: what is stated is there, the rest has a range, results are not."""

import re
from dataclasses import fields, is_dataclass
from importlib.resources import files

import pytest

from aslb.parameters import Quantity
from aslb.parameters.cells.published import PUBLISHED
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell

CELLS = {name: Cell(name) for name in PUBLISHED}
FOLDERS = ("cao2026", "zhou_halide", "li3ycl6_60c", "kato2018", "schlautmann2023")
LI_IN = 0.62  # V vs Li/Li+


def stated(item):
    """Every quantity of sections, those that others are derived from too."""
    if isinstance(item, Quantity):
        yield item
        for each in item.inputs.values():
            yield from stated(each)
    elif isinstance(item, dict):
        for each in item.values():
            yield from stated(each)
    elif is_dataclass(item):
        for field in fields(item):
            yield from stated(getattr(item, field.name))


def active_mass(cell):
    """Mass of active material [mg/cm2]."""
    return (
        100
        * CELLS[cell].numbers["Positive electrode active material areal mass [kg.m-2]"]
    )


def effective(numbers, volume, power, conductivity):
    """Effective conductivity as the model takes it [mS/cm]."""
    share = numbers[f"Positive electrode {volume}"]
    power = numbers[f"Positive electrode Bruggeman coefficient ({power})"]
    return 10 * numbers[conductivity] * share**power


def test_every_cell_that_is_asked_about_ships():
    assert set(PUBLISHED) <= set(SHIPPED)
    assert len(PUBLISHED) == 10


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_assumed_or_measured_has_a_range_and_a_source(name):
    state = CELLS[name].state
    found = [
        *stated(state.composition),
        *stated(dict(state.replaced)),
        PUBLISHED[name].hold,
    ]
    assert len(found) > 50
    exact = {"kg.mol-1"}  # molar masses
    for item in found:
        assert item.source
        if item.kind == "assumed":
            assert item.lower < item.upper, item
        if item.kind == "measured" and item.unit not in exact:
            assert item.lower < item.upper, item


@pytest.mark.parametrize("name", PUBLISHED)
def test_no_result_is_known_of_the_cell(name):
    shipped = SHIPPED[name]([])
    assert shipped.measured() is None
    assert shipped.fit() is None
    fitted = {q.fitted_to for q in CELLS[name].quantities.values()} - {""}
    assert all("_ocp.csv" in data for data in fitted)  # the potential of LCO


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_capacity_but_a_nominal_one_is_written(folder):
    nominal = {"137"}  # by which Zhou et al. state their loading
    texts = [
        file.read_text(encoding="utf-8")
        for file in (files("aslb.parameters.cells") / folder).iterdir()
        if file.name.endswith((".toml", ".yaml", ".py", ".bib"))
    ]
    assert len(texts) >= 2
    written = re.findall(r"([\d.]+) ?mA\.?h?/g", " ".join(texts).replace("mA/g", ""))
    assert set(written) <= nominal
    assert not re.search(r"retention|delivered|discharge capacity", " ".join(texts))


@pytest.mark.parametrize(
    ("size", "ionic", "electronic", "voids"),
    [
        ("S", 0.254, 0.301, 0.14),
        ("M", 0.199, 0.257, 0.18),
        ("L", 0.153, 0.311, 0.21),
        ("XL", 0.165, 0.406, 0.24),
    ],
)
def test_the_composite_conducts_as_was_measured(size, ionic, electronic, voids):
    numbers = CELLS[f"Schlautmann2023_{size}"].numbers
    assert effective(
        numbers, "porosity", "electrolyte", "Catholyte conductivity [S.m-1]"
    ) == pytest.approx(ionic, rel=1e-12)
    assert effective(
        numbers,
        "conductor volume fraction",
        "electrode",
        "Positive electrode conductivity [S.m-1]",
    ) == pytest.approx(electronic, rel=1e-12)
    solids = ("porosity", "conductor volume fraction")
    filled = sum(numbers[f"Positive electrode {solid}"] for solid in solids)
    assert 1 - filled == pytest.approx(voids, rel=1e-9)
    assert numbers["Ambient temperature [K]"] == numbers["Reference temperature [K]"]


@pytest.mark.parametrize(
    ("name", "milligrams"),
    [
        ("Cao2026_thin_film", 8.0),
        ("Cao2026_ptfe_film", 8.0),
        ("Kato2018_thin", 14.5),
        ("Kato2018_thick", 115.4),
        ("Schlautmann2023_S", 10.7),
        ("Schlautmann2023_XL", 10.7),
    ],
)
def test_the_loading_is_the_stated_one(name, milligrams):
    assert active_mass(name) == pytest.approx(milligrams, rel=1e-3)


def test_the_loading_follows_from_the_stated_nominal_capacity():
    capacity = CELLS["Zhou_LCO_Li2InScCl"].entries["cathode.areal_capacity"] / 10
    assert 1.1 < capacity < 1.25
    pellet = CELLS["Zhou_LCO_Li2InScCl"]
    milligrams = 1e6 * pellet.entries["separator.areal_mass"] * pellet.area
    assert milligrams == pytest.approx(60, rel=1e-2)


@pytest.mark.parametrize(
    ("name", "lower", "upper"),
    [
        ("Cao2026_thin_film", 2.6, 4.5),
        ("Cao2026_ptfe_film", 2.6, 4.5),
        ("Zhou_LCO_Li2InScCl", 2.6, 4.3),
        ("Kato2018_thin", 2.5, 4.1),
        ("Kato2018_thick", 2.5, 4.1),
    ],
)
def test_the_window_is_the_stated_one_against_lithium(name, lower, upper):
    cutoffs = CELLS[name].cutoffs()
    assert cutoffs["lower_cutoff"] + LI_IN == pytest.approx(lower)
    assert cutoffs["upper_cutoff"] + LI_IN == pytest.approx(upper)


def test_the_two_films_differ_in_the_separator_alone():
    film, ptfe = (CELLS[f"Cao2026_{film}_film"] for film in ("thin", "ptfe"))
    other = {name for name, x in film.numbers.items() if ptfe.numbers[name] != x}
    assert other
    assert all(name.startswith("Separator") for name in other)
    conductivity = "Separator electrolyte conductivity [S.m-1]"
    assert film.numbers[conductivity] == pytest.approx(0.156)
    assert ptfe.numbers[conductivity] == pytest.approx(0.042)


def test_carbon_conducts_where_the_oxide_does_not():
    name = "Positive electrode lithiated conductivity [S.m-1]"
    with_carbon = CELLS["Kato2018_thin"]
    assert with_carbon.quantities[name].kind == "assumed"
    assert with_carbon.numbers[name] > 1e3 * CELLS["Zhou_LCO_Li2InScCl"].numbers[name]
    assert with_carbon.parameter_values()[name] == with_carbon.numbers[name]


def test_currents_per_area_become_rates_of_the_cells_own_1C():
    for name in ("Kato2018_thin", "Kato2018_thick"):
        capacity = CELLS[name].entries["cathode.areal_capacity"] / 10  # mAh/cm2
        currents = [rate * capacity for rate in PUBLISHED[name].c_rates]
        assert currents == pytest.approx([0.5, 2, 10])
    assert PUBLISHED["Schlautmann2023_M"].c_rates == (0.05, 1.0)
