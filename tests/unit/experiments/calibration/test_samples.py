"""Samples of a reference cell, and the bands drawn from them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.experiments.analyses.rate.study import CELLS
from aslb.experiments.calibration.bands import effective_number, sample, weighted_band
from aslb.experiments.calibration.posterior import posterior_of
from aslb.experiments.calibration.unknowns import NUISANCES, UNKNOWNS
from aslb.parameters.composition.cell import Cell

WEIGHTS = st.lists(st.floats(0.01, 1), min_size=1, max_size=30)


@given(numbers=st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=60))
def test_equal_weights_give_the_plain_quantiles(numbers):
    expected = np.quantile(numbers, [0.025, 0.975], method="inverted_cdf")
    found = weighted_band(np.array(numbers), np.full(len(numbers), 0.4))
    assert found == pytest.approx(tuple(expected))


def test_band_leaves_a_fortieth_on_either_side():
    numbers = np.random.default_rng(0).permutation(np.arange(1.0, 1000.0))
    assert weighted_band(numbers, np.ones(999)) == (25, 975)


@given(weights=WEIGHTS, seed=st.integers(0, 9))
def test_ends_are_in_order_and_within_the_samples(weights, seed):
    numbers = np.random.default_rng(seed).normal(size=len(weights))
    lower, upper = weighted_band(numbers, np.array(weights))
    assert numbers.min() <= lower <= upper <= numbers.max()


def test_a_heavy_sample_draws_the_band_to_itself():
    numbers = np.arange(1.0, 101.0)
    weights = np.where(numbers == 70, 1e6, 1.0)
    assert weighted_band(numbers, weights) == (70, 70)


@given(weights=WEIGHTS)
def test_samples_count_for_one_at_least_and_for_all_at_most(weights):
    worth = effective_number(np.array(weights))
    assert 1 - 1e-9 <= worth <= len(weights) * (1 + 1e-9)
    assert effective_number(7 * np.array(weights)) == pytest.approx(worth)


def test_shipped_posterior_has_all_unknowns_narrower_than_their_ranges():
    around = posterior_of(Cell("Cao2021_thin_halide").fit)
    assert [unknown.name for unknown in around.unknowns] == [*UNKNOWNS, *NUISANCES]
    assert ((around.position >= 0) & (around.position <= 1)).all()
    np.testing.assert_allclose(around.covariance, around.covariance.T, atol=1e-12)
    spread = np.linalg.eigvalsh(around.covariance)
    assert 0 < spread.min() <= spread.max() <= 1 / 12 * (1 + 1e-9)


def test_shipped_posterior_lies_where_the_parameters_are():
    cell = Cell("Cao2021_thin_halide")
    around, known = posterior_of(cell.fit), cell.quantities
    for unknown, unit in zip(around.unknowns, around.position, strict=True):
        assert unknown.value(unit) == pytest.approx(known[unknown.name].number)


@pytest.mark.parametrize("cell", CELLS)
def test_same_seed_gives_the_same_samples_and_another_seed_does_not(cell):
    cell = Cell(cell)
    assert sample(cell, 3, seed=5) == sample(cell, 3, seed=5)
    assert sample(cell, 3, seed=5) != sample(cell, 3, seed=6)


@pytest.mark.parametrize(
    ("name", "logarithmic"),
    [
        ("Positive electrode interphase resistance [Ohm.m2]", True),
        ("Separator electrolyte conductivity [S.m-1]", False),
    ],
)
def test_what_only_one_cell_has_is_spread_over_its_range(name, logarithmic):
    cell = Cell("Cao2021_thick_sulfide")
    low, high = cell.quantities[name].lower, cell.quantities[name].upper
    drawn = np.array([values[name] for values in sample(cell, 2000, seed=0)])
    shares = (drawn - low) / (high - low)
    if logarithmic:  # the range spans more than a decade
        shares = np.log(drawn / low) / np.log(high / low)
    assert np.histogram(shares, 4, (0, 1))[0] == pytest.approx(500, rel=0.15)


def test_a_fitted_active_fraction_of_its_own_keeps_its_value():
    name = "Positive electrode active fraction"
    assert name not in sample(Cell("Cao2021_thick_sulfide"), 1, seed=0)[0]
    assert name in sample(Cell("Cao2021_thick_halide"), 1, seed=0)[0]


def test_samples_are_the_gaussian_cut_off_and_do_not_pile_up_at_the_ends():
    around = posterior_of(Cell("Cao2021_thin_halide").fit)
    drawn = around.sample(3000, seed=4)
    units = np.array([[u.unit(v[u.name]) for u in around.unknowns] for v in drawn])
    assert ((units > 0) & (units < 1)).all()
    free = np.random.default_rng(1).multivariate_normal(
        around.position, around.covariance, size=60_000
    )
    inside = free[((free >= 0) & (free <= 1)).all(axis=1)]
    np.testing.assert_allclose(units.mean(axis=0), inside.mean(axis=0), atol=0.02)
    np.testing.assert_allclose(units.std(axis=0), inside.std(axis=0), atol=0.02)


def test_first_samples_are_the_same_for_any_number():
    cell = Cell("Cao2021_thin_halide")
    assert sample(cell, 400, seed=5)[:3] == sample(cell, 3, seed=5)


def test_what_was_varied_is_the_cells_own_and_stays():
    name = "Catholyte conductivity [S.m-1]"
    varied = Cell("Cao2021_thin_halide").vary({name: 0.1})
    assert name in sample(Cell("Cao2021_thin_halide"), 1, seed=0)[0]
    assert name not in sample(varied, 1, seed=0)[0]
