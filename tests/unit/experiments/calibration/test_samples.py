"""Samples of a reference cell, and the bands drawn from them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.errors import InputError
from aslb.experiments.analyses.rate.study import CELLS
from aslb.experiments.calibration.bands import ends_of, fit_of, sample
from aslb.experiments.calibration.posterior import posterior_of
from aslb.experiments.calibration.unknowns import NUISANCES, UNKNOWNS, those_of
from aslb.parameters.composition.cell import Cell

numbers_ = st.lists(st.floats(0, 1e3), min_size=1, max_size=60)


@given(numbers=numbers_)
def test_without_a_model_error_the_ends_are_the_quantiles(numbers):
    expected = np.quantile(numbers, [0.025, 0.975])
    assert ends_of(np.array(numbers)) == pytest.approx(expected, abs=1e-9)


def test_model_error_is_added_in_quadrature_about_the_median():
    samples = np.arange(1000.0, 2001.0)  # median 1500, quantiles 475 away
    lower, upper = ends_of(samples, 200)
    assert lower == pytest.approx(1500 - np.hypot(475, 1.96 * 200))
    assert upper == pytest.approx(1500 + np.hypot(475, 1.96 * 200))


def test_ends_are_of_each_column_without_what_is_not_known_and_not_negative():
    samples = np.array([[1.0, np.nan, np.nan], [1.0, 7.0, np.nan]])
    lower, upper = ends_of(samples, 2)
    np.testing.assert_allclose(lower, [0, 7 - 3.92, np.nan])
    np.testing.assert_allclose(upper, [1 + 3.92, 7 + 3.92, np.nan])


@given(numbers=numbers_, error=st.floats(0, 100), more=st.floats(0, 100))
def test_a_larger_model_error_never_narrows_a_band(numbers, error, more):
    inner, outer = (ends_of(np.array(numbers), e) for e in (error, error + more))
    assert outer[0] <= inner[0] + 1e-9
    assert inner[1] <= outer[1] + 1e-9


def test_bands_that_miss_what_was_fitted_are_refused_in_one_line():
    cell = Cell("Cao2021_thin_halide")
    held, missed = (
        cell.with_fit(replace(cell.fit, missed=names))
        for names in ((), ("capacity at 1C [mAh/g]", "first discharge [mAh/g]"))
    )
    assert fit_of(held) is held.fit
    reason = (
        r"^the bands of 'Cao2021_thin_halide' miss what it was fitted to, capacity at "
        r"1C \[mAh/g\], first discharge \[mAh/g\]; accepted: "
    )
    with pytest.raises(InputError, match=reason) as refused:
        fit_of(missed)
    assert "\n" not in str(refused.value)


def test_shipped_posterior_has_all_unknowns_narrower_than_their_ranges():
    cell = Cell("Cao2021_thin_halide")
    around = posterior_of(cell.fit)
    every = set(those_of(cell.quantities, [*UNKNOWNS, *NUISANCES]))
    # the contact was an unknown of the other cell
    every.remove("Negative electrode interface resistance [Ohm.m2]")
    assert {unknown.name for unknown in around.unknowns} == every
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
        ("Catholyte conductivity [S.m-1]", False),
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
