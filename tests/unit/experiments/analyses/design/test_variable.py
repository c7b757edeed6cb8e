import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb.errors import InputError
from aslb.experiments.analyses.design.variable import variable
from aslb.parameters.composition.cell import Cell

CELL = Cell("Cao2021_thin_halide")


def test_a_length_is_in_micrometres_unless_said_otherwise():
    short = variable(CELL, "separator.thickness 10 300")
    full = variable(CELL, "separator.thickness [mm] 0.01 0.3")
    assert short.name.name == "separator.thickness [um]"
    assert short.name.si(short.low) == pytest.approx(full.name.si(full.low))


def test_ends_are_what_is_known_if_none_are_given():
    one = variable(CELL, "catholyte.conductivity")
    known = CELL.quantities["Catholyte conductivity [S.m-1]"]
    assert one.name.si(one.low) == pytest.approx(known.lower)
    assert one.name.si(one.high) == pytest.approx(known.upper)
    assert one.unit == "mS/cm"


@given(st.floats(1, 900), st.floats(1.01, 100))
@settings(max_examples=50, deadline=None)
def test_shares_reach_from_end_to_end(low, ratio):
    one = variable(CELL, f"separator.thickness {low!r} {low * ratio!r}")
    found = one.values([0, 0.5, 1])
    assert found[0] == pytest.approx(low)
    assert found[2] == pytest.approx(low * ratio)
    assert found[0] < found[1] < found[2]


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("foo", "unknown parameter 'foo'"),
        ("separator.thickness 300 10", "the smaller number first"),
        ("separator.thickness -1 2", "accepted: a positive number"),
        ("separator.thickness [kg] 1 2", "unit 'kg' is not one of it"),
        ("separator.density [kg.m-3] 1", "one end of a range"),
        ("cell heat capacity", "unknown parameter"),
        ("conditions.area", "a range is missing"),
        ("cathode.active_mass_fraction 0.5 1.5", "less than 1"),
        ("", "unknown parameter"),
    ],
)
def test_what_is_no_parameter_or_no_range_is_refused_in_one_line(said, about):
    with pytest.raises(InputError) as refused:
        variable(CELL, said)
    assert about in str(refused.value)
    assert len(refused.value.lines) == 1


def test_a_refusal_says_what_was_to_be_done():
    with pytest.raises(InputError, match=r"^improve 'foo'"):
        variable(CELL, "foo", "improve")
