"""Every value says what it is, and the statements are checked where they can be."""

import inspect
import re

import numpy as np
import pybamm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.parameters import Quantity, values
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell
from aslb.parameters.quantity import derive
from aslb.parameters.units import parse

CELLS = {name: Cell(name) for name in SHIPPED}
EVERY = [(cell, name) for cell in CELLS for name in CELLS[cell].quantities]


def quantities(cell):
    return CELLS[cell].quantities


def derived(cell):
    """Every derived quantity of a cell, those that others are derived from too."""
    pending, seen = list(quantities(cell).items()), []
    while pending:
        name, quantity = pending.pop()
        if quantity.kind == "derived":
            seen.append((name, quantity))
            pending.extend(quantity.inputs.items())
    return seen


@pytest.mark.parametrize(("cell", "name"), EVERY)
def test_unit_is_that_of_the_name(cell, name):
    bracket = re.search(r"\[(.+)\]$", name)
    assert quantities(cell)[name].unit == (bracket[1] if bracket else "1")


@pytest.mark.parametrize(("cell", "name"), EVERY)
def test_every_value_has_a_source_and_a_range(cell, name):
    quantity = quantities(cell)[name]
    assert len(quantity.source) > 3
    assert np.isfinite([quantity.lower, quantity.upper]).all()
    if quantity.kind in ("measured", "fitted"):
        told = "doi:" in quantity.source or "DOI not at hand" in quantity.source
        assert told or quantity.fitted_to


@pytest.mark.parametrize("cell", CELLS)
def test_units_of_derived_values_follow_from_their_formula(cell):
    for name, quantity in derived(cell):
        inputs = {
            key: item.number * parse(item.unit) for key, item in quantity.inputs.items()
        }
        result = quantity.formula(**inputs) * parse("1")
        assert result.is_compatible_with(parse(quantity.unit)), name


@pytest.mark.parametrize("cell", CELLS)
def test_derived_values_are_computed_and_not_typed(cell):
    for name, quantity in derived(cell):
        inputs = {key: item.number for key, item in quantity.inputs.items()}
        computed = quantity.formula(**inputs)
        assert quantity.lower <= computed <= quantity.upper
        if isinstance(quantity.value, float):
            assert quantity.value == computed, name
        else:  # a symbol of parameters of the same set
            value = pybamm.ParameterValues(cell).evaluate(quantity.value)
            assert value == pytest.approx(computed, rel=1e-12), name


@pytest.mark.parametrize("cell", CELLS)
def test_functions_stay_in_their_range(cell):
    parameters = pybamm.ParameterValues(cell)
    sto = np.linspace(0.02, 0.98, 49)
    for name, quantity in quantities(cell).items():
        if not inspect.isfunction(quantity.value):
            continue
        first, *rest = inspect.signature(quantity.value).parameters
        for x in sto:
            arguments = {"sto": x, "ratio": x, "c_s_surf": x * 5e4, "c_s_max": 5e4}
            symbol = quantity.value(
                *(arguments.get(argument, 300.0) for argument in (first, *rest))
            )
            at = parameters.evaluate(pybamm.Scalar(0) + symbol)
            assert quantity.lower <= at <= quantity.upper, (name, x)


@pytest.mark.parametrize("cell", CELLS)
def test_the_shipped_set_is_what_the_quantities_say(cell):
    shipped = pybamm.parameter_sets[cell]
    for name, value in values(quantities(cell)).items():
        assert shipped[name] == value


def test_table_has_a_row_for_every_parameter():
    table = CELLS["Cao2021_thin_halide"].provenance()
    assert set(table["name"]) == set(quantities("Cao2021_thin_halide"))
    assert set(table["class"]) <= {
        "measured",
        "derived",
        "literature",
        "fitted",
        "assumed",
        "setting",
    }


@given(
    mass=st.floats(0.01, 10),
    thickness=st.floats(1e-6, 1e-3),
    spread=st.floats(0, 0.5),
)
def test_range_of_a_derived_value_is_that_of_its_inputs(mass, thickness, spread):
    density = derive(
        "kg.m-3",
        "mass over thickness",
        lambda mass, thickness: mass / thickness,
        mass=Quantity(
            mass, "kg.m-2", "assumed", "any", mass * (1 - spread), mass * (1 + spread)
        ),
        thickness=Quantity(thickness, "m", "assumed", "any"),
    )
    assert density.value == mass / thickness
    assert density.lower == pytest.approx((1 - spread) * mass / thickness)
    assert density.upper == pytest.approx((1 + spread) * mass / thickness)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.0, "m", "guessed", "x"), "unknown kind 'guessed'; accepted: measured"),
        ((1.0, "", "assumed", "x"), "needs a unit"),
        ((1.0, "m", "assumed", ""), "needs a unit"),
        ((1.0, "m", "fitted", "x"), "names what it is fitted to"),
        ((1.0, "m", "derived", "x"), "is computed: use `derive`"),
        ((1.0, "m", "assumed", "x", 2.0, 3.0), "outside its range"),
        ((lambda x: x, "m", "assumed", "x"), "lower and upper bounds"),
    ],
)
def test_what_is_missing_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        Quantity(*arguments)


def test_citations_are_those_of_the_papers_used(capsys):
    pybamm.citations._reset()
    pybamm.ParameterValues("Cao2021_thin_halide")
    pybamm.print_citations()
    printed = capsys.readouterr().out
    for doi in (
        "10.1002/adma.202105505",
        "10.1149/2.0122001JES",
        "10.1149/2.0341915jes",
    ):
        assert doi in printed
    assert "Xu" not in printed
