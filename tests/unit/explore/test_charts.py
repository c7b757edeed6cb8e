"""Charts of answers that no model was asked for."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb import Cell
from aslb.explore.answer import DEPTHS, FREQUENCIES, Answer
from aslb.explore.charts import between, discharge_curves, energies
from aslb.explore.state import State
from aslb.models.registry import DFN
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.masses import BOUNDARIES

CELL = Cell("Cao2021_thin_halide")
RATES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)


def answer(capacity, energy=100.0, **values):
    capacity = np.array(capacity, float)
    shape = (len(RATES), len(DEPTHS))
    energy = np.full((len(RATES), len(BOUNDARIES)), energy)
    return Answer(
        State(CELL.name, values, RATES),
        DFN,
        capacity,
        np.full(shape, 3.0),
        np.zeros((*shape, len(LOSSES))),
        np.zeros((len(RATES), len(LOSSES))),
        energy,
        energy,
        ("",) * len(RATES),
        {},
        np.ones(len(FREQUENCIES), complex),
        0.1,
    )


def words_of(chart):
    """Places and anchors of words by what they are."""
    found = re.findall(
        r"<text x='([\d.-]+)' y='[\d.-]+' fill='\S+' text-anchor='(\w+)'[^>]*>([^<]*)<",
        chart.body(),
    )
    return {words: (float(x), anchor) for x, anchor, words in found}


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8))
def test_labels_are_apart_and_inside(values):
    middles = np.sort(between(np.array(values), 20.0, 200.0))
    assert (np.diff(middles) >= 20 - 1e-6).all()
    assert middles[0] >= 10 - 1e-6
    assert middles[-1] <= 190 + 1e-6


def test_rates_that_give_the_same_are_named_inside_of_the_axes():
    chart = discharge_curves(answer([189, 189, 188, 188, 187, 185]), CELL)
    words = words_of(chart)
    for label in ("C/20", "C/10", "C/5", "C/2", "1C", "2C"):
        x, _ = words[label]
        assert chart.left < x < chart.left + chart.width


def test_rates_that_give_nothing_are_told_together():
    words = words_of(discharge_curves(answer([100, 50, 20, 5, 0, 0]), CELL))
    assert "nothing at 1C, 2C" in words
    assert "1C" not in words


@pytest.mark.parametrize("before", [90.0, 100.0, 105.0, 115.0, 300.0])
def test_a_number_is_not_over_the_mark_of_the_cell_as_built(before):
    capacity = [100] * len(RATES)
    now = answer(capacity, thickness_um=100.0)
    chart = energies(now, answer(capacity, before), "specific_energy")
    mark = float(chart.at(before, 1)[0])
    x, _ = words_of(chart)["100"]
    # three digits of 6.3 px
    assert not x - 2 < mark < x + 21
