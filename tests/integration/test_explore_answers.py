"""The explorer answers as the public interface does."""

from dataclasses import replace

import numpy as np
import pytest

from aslb import Cell, Study, cccv, impedance
from aslb.experiments.study.results import losses
from aslb.explore import tables
from aslb.explore.answer import DEPTHS, FREQUENCIES, BuiltCell
from aslb.explore.charts import charts, in_one_svg
from aslb.explore.sentence import what_limits
from aslb.explore.state import State
from aslb.models.registry import DFN, SPM
from aslb.parameters.composition.masses import BOUNDARIES

NAME = "Cao2021_thin_halide"
MOVED = State(
    NAME,
    {"thickness_um": 150.0, "catholyte_mS_cm": 0.2, "areal_mAh_cm2": 2.5},
    (0.1, 1.0),
)


@pytest.fixture(scope="module")
def built():
    return BuiltCell(Cell(NAME), SPM)


@pytest.fixture(scope="module")
def answer(built):
    return built.answer(MOVED)


def test_it_is_the_third_cycle_of_a_study_of_the_same_cell(built, answer, in_process):
    study = Study(
        MOVED.explored(built.cell),
        lambda **ends: cccv(cycles=3, **ends),
        {"c_rate": [*MOVED.c_rates]},
        model=SPM,
        quantities=["discharge_capacity", "specific_energy", "energy_density"],
        boundaries=[*BOUNDARIES],
        losses_at_depth=[*DEPTHS],
        charge_losses_at_depth=[0.5],
        curve_points=len(DEPTHS),
    )
    data = study.run().isel(cycle=-1)
    for name, own in (
        ("discharge_capacity", answer.capacity),
        ("specific_energy", answer.specific_energy),
        ("energy_density", answer.energy_density),
        ("discharge_voltage", answer.voltage),
    ):
        np.testing.assert_allclose(own, data[name].values, rtol=1e-9)
    lost = losses(data, DEPTHS).transpose("c_rate", "depth", "component")
    np.testing.assert_allclose(answer.losses, lost.values, rtol=1e-9, atol=1e-12)
    on_charge = losses(data, [0.5], "charge").isel(depth=0)
    np.testing.assert_allclose(answer.charge_losses, on_charge.values, rtol=1e-9)


def test_its_spectrum_is_that_of_impedance(built, answer):
    moved = MOVED.explored(built.cell)
    asked = impedance(moved, FREQUENCIES, model=SPM).impedance.values.ravel()
    np.testing.assert_allclose(answer.impedance, asked, rtol=1e-9)


def test_the_python_that_it_tells_gives_the_same(built, answer, in_process):
    found = {}
    exec(MOVED.python(built.cell, SPM), found)
    # fewer readings, so that steps in time differ
    capacity = found["data"].discharge_capacity.values
    np.testing.assert_allclose(answer.capacity, capacity, atol=0.5)
    energy = found["data"].specific_energy.values
    np.testing.assert_allclose(answer.specific_energy, energy, rtol=5e-3)
    assert found["spectrum"].values[0] == pytest.approx(answer.impedance[0], rel=1e-9)


def test_what_would_be_gained_is_what_is_gained(built, answer):
    key = max(answer.gains, key=lambda one: answer.gains[one])
    assert key == "catholyte_mS_cm"
    better = built.answer(replace(MOVED, values={**MOVED.values, key: 0.4}))
    gain = better.capacity[1] - answer.capacity[1]
    assert answer.gains[key] == pytest.approx(gain, abs=0.5)
    assert "twice the catholyte conductivity" in what_limits(answer)


def test_without_a_compiler_the_answer_is_the_same(built, answer):
    alone = BuiltCell.__new__(BuiltCell)
    alone.__dict__ = {**built.__dict__, "_lanes": None}
    slow = alone.answer(replace(MOVED, c_rates=(1.0,)))
    assert slow.capacity[0] == pytest.approx(answer.capacity[1], abs=0.5)


def test_charts_and_tables_hold_what_is_shown(built, answer):
    drawn = charts(answer, built.answer(State(NAME, {}, MOVED.c_rates)), built.cell)
    text = in_one_svg(drawn)
    assert text.count("<text") > 50
    assert "nan" not in text
    rows = tables.by_rate(answer).decode().splitlines()
    assert len(rows) == 1 + len(MOVED.c_rates)
    assert len(tables.curves(answer).decode().splitlines()) == 1 + 2 * len(DEPTHS)
    assert len(tables.spectrum(answer).decode().splitlines()) == 1 + len(FREQUENCIES)


def test_it_says_what_the_mesh_was_not_checked_for():
    built = BuiltCell(Cell("Kato2018_thick"), DFN)
    state = State("Kato2018_thick", {}, (0.1, 5.0), 0.1)
    slow, fast = built.answer(state).remarks
    thick = "outside of the range in which the mesh was checked: cathode of"
    assert thick in slow
    assert thick in fast
    assert "rate of 5C" in fast
    assert "rate" not in slow
