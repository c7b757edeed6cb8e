from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.errors import InputError
from aslb.experiments.analyses.design.requirement import (
    RETENTION,
    SLOW,
    UNITS,
    Measure,
    Requirement,
    measure_of,
    requirement,
)

RATES = st.sampled_from([1 / 10, 1 / 5, 1 / 3, 1 / 2, 1.0, 1.5, 2.0])
NUMBERS = st.floats(1e-3, 1e4)


@st.composite
def requirements(draw):
    quantity = draw(st.sampled_from(sorted(UNITS)))
    share = quantity == RETENTION
    least = draw(st.floats(0.01, 0.99)) if share else draw(NUMBERS)
    return Requirement(Measure(quantity, draw(RATES)), least)


@given(requirements())
def test_what_is_said_is_read_back(asked):
    assert requirement(str(asked)) == asked


@given(st.text(max_size=30))
def test_any_text_is_understood_or_refused(said):
    with suppress(InputError):
        assert isinstance(requirement(said), Requirement)


@pytest.mark.parametrize(
    "said",
    [
        "retention 0.8 1C",
        "retention 80% at 1C",
        "retention 80 % 1",
        "retention 0.8 @ 1",
    ],
)
def test_a_share_is_spoken_in_several_ways(said):
    assert requirement(said) == Requirement(Measure(RETENTION, 1.0), 0.8)


def test_an_energy_is_at_the_slow_rate_unless_said_otherwise():
    assert requirement("specific_energy 300").measure.c_rate == SLOW
    assert requirement("specific_energy 300 Wh/kg at C/2").measure.c_rate == 0.5


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("specific_energie 300", "nearest: 'specific_energy'"),
        ("specific_energy", "a number is missing"),
        ("specific_energy lots", "'lots'; accepted: a positive number"),
        ("specific_energy -3", "'-3'; accepted: a positive number"),
        ("specific_energy 300 W/kg", "unit 'W/kg'; accepted: Wh/kg, or none"),
        ("specific_energy 300 Wh/L at 1C", "unit 'Wh/L'; accepted: Wh/kg, or none"),
        ("retention 0.8 Wh at 1C", "unit 'Wh'; accepted: %, or none"),
        ("specific_energy 300 at W/kg", "'W/kg' is not a C-rate"),
        ("specific_energy 300 C/x", "'C/x' is not a C-rate"),
        ("specific_energy 300 at C/2 or so", "no C-rate"),
        ("retention 0.8", "at which rate?"),
        ("retention 1.2 1C", "accepted: between 0 and 1"),
        ("retention 0.8 C/30", "accepted: a higher rate"),
        ("specific_energy 300 1e9", "accepted: 0.001 to 1000"),
        ("", "unknown quantity ''"),
    ],
)
def test_what_makes_no_sense_is_refused(said, about):
    with pytest.raises(InputError) as refused:
        requirement(said)
    assert about in str(refused.value)
    assert len(refused.value.lines) == 1


def test_a_goal_may_be_measured():
    assert measure_of("specific_energy at 1C") == Measure("specific_energy", 1.0)
    assert measure_of("separator.thickness") is None


def test_columns_have_units_and_no_slash():
    assert Measure("specific_energy", 0.05).column == "specific_energy_C20_Wh_kg"
    assert Measure(RETENTION, 1.0).column == "retention_1C"
