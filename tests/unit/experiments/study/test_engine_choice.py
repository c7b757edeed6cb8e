"""Lanes where they can be had, and IDAKLU where not."""

import warnings

import numpy as np
import pybamm
import pytest

from aslb.experiments import InputError, Study, cccv
from aslb.experiments.ensemble import compiler
from aslb.experiments.study import engine_choice
from aslb.experiments.study.engine_choice import engine_for

CELL, LAYER = "Cao2021_thin_halide", "separator.thickness [um]"
LANES = {"name": "lanes", "width": 4}
IDAKLU = {"name": "IDAKLU"}
DRIVE = pybamm.Experiment(
    [pybamm.step.current(np.column_stack([np.arange(9.0), np.full(9, 1e-3)]))]
)


@pytest.fixture(autouse=True)
def a_compiler(monkeypatch):
    monkeypatch.delenv(compiler.WIDTH, raising=False)
    monkeypatch.setattr(engine_choice, "find_compiler", lambda: ("g++",))
    monkeypatch.setattr(compiler, "_processor", lambda: "sse2 avx2")


def study(points, protocol=None, model="SolidStateSPM", **options):
    layers = np.linspace(20, 200, points)
    return Study(CELL, protocol or cccv(1.0), {LAYER: layers}, model=model, **options)


@pytest.mark.parametrize("model", ["SolidStateSPM", "SolidStateDFN"])
def test_lanes_are_chosen_where_there_is_a_compiler(model):
    assert engine_for(study(1, model=model), None) == LANES


def test_what_is_asked_for_is_had():
    assert engine_for(study(1), "lanes") == LANES
    assert engine_for(study(999), "IDAKLU") == IDAKLU
    with pytest.raises(InputError, match="engine 'CVODE'; accepted: lanes or ID"):
        engine_for(study(1), "CVODE")


def test_without_a_compiler_it_is_said_once_and_idaklu(monkeypatch):
    monkeypatch.setattr(engine_choice, "find_compiler", lambda: None)
    with pytest.warns(UserWarning, match=r"no C\+\+ compiler.*aslb\[compil") as said:
        assert engine_for(study(999), None) == IDAKLU
    assert len(said) == 1
    # nothing is said where it makes no difference
    assert engine_for(study(1), None) == IDAKLU
    assert engine_for(study(999), "IDAKLU") == IDAKLU
    with pytest.raises(InputError, match=r"^engine 'lanes': no C\+\+ compiler"):
        engine_for(study(1), "lanes")


def test_a_protocol_that_cannot_be_compiled_is_told_where_lanes_are_asked_for():
    with pytest.raises(InputError, match=r"^engine 'lanes': step ") as refused:
        engine_for(study(1, DRIVE), "lanes")
    assert "\n" not in str(refused.value)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert engine_for(study(999, DRIVE), None) == IDAKLU
    with pytest.raises(InputError, match=r"^engine 'lanes': step "):
        engine_for(study(1, start=DRIVE), "lanes")


@pytest.mark.parametrize("width", ["8", "5"])
def test_lanes_that_cannot_be_had_are_refused(width, monkeypatch):
    monkeypatch.setenv(compiler.WIDTH, width)
    for asked in (None, "lanes"):
        with pytest.raises(InputError, match=width):
            engine_for(study(999), asked)
    assert engine_for(study(999), "IDAKLU") == IDAKLU


def test_fewer_lanes_can_be_asked_for(monkeypatch):
    monkeypatch.setenv(compiler.WIDTH, "2")
    assert engine_for(study(1), "lanes")["width"] == 2
