"""Expected information of a datum, against what normal distributions have of it."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from aslb.experiments.validation.cao2021.information import (
    FIRST_RANGE,
    _as_first_understood,
    information,
)
from aslb.parameters.composition.cell import Cell
from aslb.parameters.materials.active_material import REFERENCE_CURRENT

NUMBER = 2000
EVEN = np.full(NUMBER, 1 / NUMBER)


def gained(apart, seed=0, spread=1.0):
    rng = np.random.default_rng(seed)
    draws = [rng.normal(mean, 1.0, (NUMBER, 1)) for mean in (0.0, apart)]
    return information(draws, [EVEN, EVEN], spread, rng)


@pytest.mark.parametrize("apart", [0.0, 1.0, 3.0, 30.0])
def test_information_is_that_of_two_normal_distributions(apart):
    width = np.sqrt(2)  # of draws and noise

    def integrand(x):
        one, other = norm.pdf(x, 0, width), norm.pdf(x, apart, width)
        return one * np.log2(2 * one / (one + other)) if one > 0 else 0.0

    expected, _ = quad(integrand, -8, 8, limit=200)
    bits, mistaken = gained(apart)
    assert bits == pytest.approx(expected, abs=0.03)
    assert mistaken == pytest.approx(norm.cdf(-apart / 2 / width), abs=0.03)


def test_noise_takes_information():
    assert gained(3.0, spread=0.3)[0] > gained(3.0, spread=3.0)[0] + 0.2


def test_weights_take_what_they_leave_out_of_it():
    rng = np.random.default_rng(0)
    one = rng.normal(0, 1, (NUMBER, 1))
    mixed = np.where(np.arange(NUMBER)[:, None] % 2, one, one + 50)
    half = np.where(np.arange(NUMBER) % 2, 2 / NUMBER, 0.0)
    whole, _ = information([one, mixed], [EVEN, EVEN], 1.0, rng)
    none, _ = information([one, mixed], [EVEN, half], 1.0, rng)
    assert whole > 0.2
    assert none == pytest.approx(0, abs=0.03)


def test_first_range_is_as_likely_in_every_decade():
    cell = Cell("Cao2021_thin_halide:cell-3 only:literal:two levels")
    rng = np.random.default_rng(0)
    median, factor = 0.124, 4.27
    currents = median * factor ** rng.standard_normal(40_000)
    sets = [{REFERENCE_CURRENT: x} for x in currents[(currents > 0.005)]]
    currents = currents[currents > 0.005]
    weights = _as_first_understood(cell, sets)
    assert weights[(currents < FIRST_RANGE[0]) | (currents > FIRST_RANGE[1])].sum() == 0
    share = weights[(currents > 0.1) & (currents < 1)].sum()
    assert share == pytest.approx(np.log(10) / np.log(300), abs=0.05)
