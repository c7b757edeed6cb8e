"""What the page shows, said as a link, a cell file, a command and Python."""

import shlex
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb import Cell
from aslb.cli import cli
from aslb.errors import InputError
from aslb.explore.sliders import scales_of
from aslb.explore.state import C_RATES, FILE, State, state_of
from aslb.models.registry import DFN, SPM

NAMES = ("Cao2021_thin_halide", "Asano2018_chloride")


@cache
def offered():
    return {name: Cell(name) for name in NAMES}


@cache
def scales(name):
    return scales_of(offered()[name])


@st.composite
def states(draw):
    """Anything that can be set on the page, and between its stops too."""
    name = draw(st.sampled_from(NAMES))
    values = {}
    for key in draw(st.lists(st.sampled_from([*scales(name)]), unique=True)):
        scale = scales(name)[key]
        low, *_, high = scale.steps
        value = draw(st.sampled_from(scale.steps) | st.floats(low, high))
        if value not in (scale.own, scale.stop):
            values[key] = value
    rates = st.sampled_from(C_RATES) | st.floats(1e-3, 1e3)
    c_rates = tuple(sorted(draw(st.sets(rates, min_size=1, max_size=8))))
    return State(name, values, c_rates, draw(st.sampled_from(c_rates)))


@given(states())
@settings(max_examples=40, deadline=None)
def test_a_link_brings_back_the_state(state):
    assert state_of(state.query(), offered()) == state


@given(states())
@settings(max_examples=15, deadline=None)
def test_the_cell_file_and_the_python_give_the_same_cell(tmp_path_factory, state):
    cell = offered()[state.cell]
    shown = state.explored(cell)
    path = tmp_path_factory.mktemp("cells") / FILE
    path.write_text(state.toml(cell), encoding="utf-8")
    assert Cell(path).hash == shown.hash
    lines = state.python(cell, SPM).splitlines()
    found = {"Cell": Cell}
    exec(next(line for line in lines if line.startswith("cell = ")), found)
    assert found["cell"].hash == shown.hash


@given(states())
@settings(max_examples=15, deadline=None)
def test_the_commands_ask_for_what_is_shown(state):
    cell = offered()[state.cell]
    text = state.command(cell, DFN).replace("\\\n", "")
    thickness, impedance = map(shlex.split, text.splitlines())
    program, name, *arguments = thickness
    asked = cli.commands[name].make_context(name, arguments).params
    assert (program, asked["cell"], asked["model"]) == ("aslb", FILE, DFN)
    assert asked["c_rates"] == state.c_rates
    layer = state.explored(cell).numbers["Separator thickness [m]"]
    assert asked["range_um"] == pytest.approx((1e6 * layer,) * 2, rel=1e-12)
    program, name, *arguments = impedance
    asked = cli.commands[name].make_context(name, arguments).params
    assert asked["cells"] == (FILE,)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"cell": "nowhere.toml"}, "link: no cell 'nowhere.toml'; accepted: Cao2021"),
        ({"thickness": "30"}, "link: unknown 'thickness'; the nearest: 'thickness"),
        ({"thickness_um": "thin"}, "link: thickness_um: 'thin'; accepted: a number"),
        ({"thickness_um": "nan"}, "link: thickness_um: nan; accepted: from 5 to 1000"),
        ({"thickness_um": "1e9"}, "link: thickness_um: 1e9; accepted: from 5 to 1000"),
        ({"rates": "C/20,fast"}, "link: 'fast' is not a C-rate"),
        ({"foo": "1", "x": ""}, "link: unknown 'foo', 'x'; accepted: cell, rates, "),
        ({"rates": "0"}, "link: C-rate 0; accepted: from 0.001"),
        ({"rates": "1,2,3,4,5,6,7,8,9"}, "link: 9 rates; accepted: at most 8"),
        ({"losses_at": "-1C"}, "link: C-rate -1C; accepted"),
    ],
)
def test_a_link_that_asks_for_what_there_is_not_is_one_line(query, told):
    with pytest.raises(InputError) as refused:
        state_of(query, offered())
    assert str(refused.value).startswith(told)
    assert len(refused.value.lines) == 1


def test_a_link_without_words_is_the_first_cell_as_built():
    assert state_of({}, offered()) == State(NAMES[0])
