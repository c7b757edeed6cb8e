"""Samples of a reference cell, and the bands drawn from them."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from fitted import fitted
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from aslb.errors import InputError
from aslb.experiments.analyses.rate.study import CELLS
from aslb.experiments.calibration.bands import (
    _shared_out,
    ends_of,
    fit_of,
    quantiles_of,
    sample,
    sampled,
)
from aslb.experiments.calibration.unknowns import NUISANCES, UNKNOWNS, those_of
from aslb.parameters.cells.cao2021.cell import CONTACT
from aslb.parameters.cells.cao2021.readings import REFERENCE
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import offset_at


def _nothing(reading, sets):
    return xr.Dataset({"x": ("point", [0.0] * len(sets))})


numbers_ = st.lists(st.floats(0, 1e3), min_size=1, max_size=60)


@given(numbers=numbers_)
def test_ends_are_the_quantiles(numbers):
    expected = np.quantile(numbers, [0.05, 0.95])
    assert ends_of(np.array(numbers)) == pytest.approx(expected, abs=1e-9)


def test_an_error_spreads_samples_as_a_normal_distribution():
    lower, median, upper = quantiles_of(np.full(50, 100.0), 10)
    expected = 100 + 10 * norm.ppf([0.05, 0.5, 0.95])
    assert [lower, median, upper] == pytest.approx(expected, abs=2)
    rng = np.random.default_rng(0)
    free = quantiles_of(rng.normal(100, 6, 4000), 8)  # variances add
    assert free == pytest.approx(expected, abs=0.8)


@given(number=st.floats(0, 1e3), error=st.floats(0, 100), more=st.floats(0, 100))
def test_a_larger_error_never_narrows_the_band_of_what_is_sure(number, error, more):
    sure = np.full(3, number)
    inner, outer = (quantiles_of(sure, e) for e in (error, error + more))
    assert outer[0] <= inner[0] + 1e-9
    assert inner[2] <= outer[2] + 1e-9


def test_ends_are_of_each_column_without_what_is_not_known_and_not_negative():
    samples = np.array([[1.0, np.nan, np.nan], [1.0, 7.0, np.nan]])
    lower, upper = ends_of(samples - 2)
    assert lower[0] == upper[0] == 0
    assert lower[1] == upper[1] == 5
    assert np.isnan([lower[2], upper[2]]).all()


def test_a_cell_without_a_fit_has_no_bands():
    with pytest.raises(InputError, match=r"^bands need a calibration") as refused:
        fit_of(Cell("Asano2018_chloride"))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("number", "weights", "counts"),
    [
        (10, [0.5, 0.3, 0.2], [5, 3, 2]),
        (3, [0.5, 0.3, 0.2], [1, 1, 1]),
        (1, [0.2, 0.8], [0, 1]),
        (7, [1.0], [7]),
    ],
)
def test_samples_are_shared_out_as_readings_are_likely(number, weights, counts):
    assert _shared_out(number, weights) == counts


@given(
    number=st.integers(1, 1000),
    weights=st.lists(st.floats(0.01, 1), min_size=1, max_size=9),
)
def test_no_reading_is_further_from_its_share_than_one_sample(number, weights):
    counts = np.array(_shared_out(number, weights))
    assert counts.sum() == number
    exact = number * np.array(weights) / sum(weights)
    assert (np.abs(counts - exact) < 1).all()


def test_samples_of_all_readings_have_offsets_and_medians():
    cell, counts = fitted(model_error=4.0), []

    def run(reading, sets):
        counts.append(len(sets))
        values = [one["Positive electrode active fraction"] for one in sets]
        return xr.Dataset({"capacity": ("point", np.array(values))})

    found = sampled(cell, run, 40, seed=0, points=[{"a": 1.0}, {"a": 2.0}])
    assert counts == [80]  # one reading: each sample at both points
    capacity = found.of("capacity")
    assert capacity.shape == (40, 2)
    np.testing.assert_array_equal(capacity[:, 0], capacity[:, 1])
    lowest, highest = found.medians(capacity)
    np.testing.assert_array_equal(lowest, highest)
    offsets = found.offsets([0.5, 1.0])
    assert offsets.shape == (40, 2)
    assert offsets.std() == pytest.approx(4, rel=0.3)
    np.testing.assert_array_equal(offsets, found.offsets([0.5, 1.0]))


def test_offsets_at_a_rate_that_was_measured_are_those_of_its_draws():
    cell = fitted()
    draws = cell.fit.draws.assign(**{offset_at(0.5): np.arange(len(cell.fit.draws))})
    cell = cell.with_fit(replace(cell.fit, draws=draws))
    found = sampled(cell, _nothing, 5, seed=3)
    assert found.offsets(0.5)[:, 0].tolist() == found.draws[0][offset_at(0.5)].tolist()
    assert len({*found.offsets(0.5)[:, 0]}) == 5


def test_a_draw_that_comes_again_is_solved_once():
    cell, asked = fitted(), []
    draws = cell.fit.draws.iloc[[0, 1]].reset_index(drop=True)
    cell = cell.with_fit(replace(cell.fit, draws=draws))

    def run(reading, sets):
        asked.extend(sets)
        values = [one["Positive electrode active fraction"] for one in sets]
        return xr.Dataset({"capacity": ("point", values)})

    found = sampled(cell, run, 6, seed=0)
    assert len(asked) == 2
    expected = [one["Positive electrode active fraction"] for one in sample(cell, 6, 0)]
    assert found.of("capacity")[:, 0].tolist() == expected


def test_shipped_readings_share_the_samples_and_sum_to_one():
    for name in CELLS:
        readings = Cell(name).readings()
        assert len(readings) > 1
        assert sum(weight for _, weight in readings) == pytest.approx(1)
        assert Cell(f"{name}:narrow:two levels").readings()[0][1] == 1.0


def test_readings_of_a_varied_cell_vary_alike():
    cell = Cell("Cao2021_thin_halide").vary({"separator.thickness [um]": 30})
    for reading, _ in cell.readings():
        assert reading.numbers["Separator thickness [m]"] == pytest.approx(30e-6)
    mine = cell.with_fit(cell.fit)
    assert mine.readings() == [(mine, 1.0)]


def test_shipped_posterior_has_all_unknowns_and_some_spread():
    cell = Cell("Cao2021_thin_halide")
    every = set(those_of(cell.quantities, [*UNKNOWNS, *NUISANCES]))
    # the contact is that of the other cell
    # what kinetics and diffusion are told at, with the temperature
    assert set(cell.fit.names) == {*every, REFERENCE}
    assert (cell.fit.draws.std() > 0).all()
    assert 1 < cell.fit.model_error < 15


def test_contact_that_makes_up_a_shift_follows_what_is_drawn():
    """Cell-2 beyond cell-3: pellet and contact together, whatever each is."""
    cell = Cell("Cao2021_thick_halide:cell-3 only")
    assert CONTACT in cell.fit.own
    pellet = []
    for values in sample(cell, 60, seed=0):
        temperature = values["Ambient temperature [K]"]
        sigma = values["Separator electrolyte conductivity [S.m-1]"]
        known = cell.numbers
        energy = known["Separator electrolyte conductivity activation energy [J.mol-1]"]
        slower = np.exp(energy / 8.314462618 * (1 / temperature - 1 / 303.15))
        layer = 976e-6 / sigma * temperature / 303.15 * slower
        pellet.append([layer, values[CONTACT]])
    layer, contact = np.array(pellet).T
    total = layer + contact
    # 17 to 23 mV at 1.59 A/m2, with what the other contact and its energies may be
    assert total.std() < 0.75 * np.hypot(layer.std(), contact.std())
    assert np.corrcoef(layer, contact)[0, 1] < -0.5


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


def test_first_samples_are_the_same_for_any_number():
    cell = Cell("Cao2021_thin_halide")
    assert sample(cell, 400, seed=5)[:3] == sample(cell, 3, seed=5)


def test_what_was_varied_is_the_cells_own_and_stays():
    name = "Catholyte conductivity [S.m-1]"
    varied = Cell("Cao2021_thin_halide").vary({name: 0.1})
    assert name in sample(Cell("Cao2021_thin_halide"), 1, seed=0)[0]
    assert name not in sample(varied, 1, seed=0)[0]
