"""What a calibration can and cannot see, against linear least squares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.errors import InputError
from aslb.experiments.calibration.bands import effective_number, sample, weighted_band
from aslb.experiments.calibration.posterior import identifiability, posterior
from aslb.experiments.calibration.unknowns import Unknown, unknowns_of
from aslb.parameters.composition.cell import Cell

PAIR = [Unknown("a", 0.0, 1.0, False), Unknown("b", 1e-3, 1e3, True)]


@given(unit=st.floats(0, 1), low=st.floats(1e-6, 1), decades=st.floats(0.5, 6))
def test_positions_and_values_are_each_others_inverse(unit, low, decades):
    unknown = Unknown("x", low, low * 10**decades, True)
    assert unknown.unit(unknown.value(unit)) == pytest.approx(unit, abs=1e-9)
    assert unknown.lower <= unknown.value(unit) * (1 + 1e-12)


def test_precise_data_give_the_covariance_of_least_squares():
    jacobian = np.array([[300.0, 20.0], [10.0, 500.0], [100.0, 100.0]])
    found = posterior(PAIR, np.array([0.5, 0.5]), jacobian)
    expected = np.linalg.inv(jacobian.T @ jacobian)
    np.testing.assert_allclose(found.covariance, expected, rtol=1e-3)


def test_no_data_leave_the_variance_of_the_range():
    found = posterior(PAIR, np.array([0.5, 0.5]), np.zeros((1, 2)))
    np.testing.assert_allclose(found.covariance, np.eye(2) / 12)


def test_interchangeable_unknowns_are_not_identifiable():
    seen = identifiability(PAIR, np.array([[50.0, 50.0], [20.0, 20.0]]))
    assert seen["verdict"].tolist() == ["identifiable", "not identifiable"]
    worst = seen.iloc[-1]
    assert worst["a"] == pytest.approx(-worst["b"])


def test_fewer_data_than_unknowns_are_said():
    seen = identifiability(PAIR, np.array([[50.0, 10.0]]))
    assert seen["verdict"].tolist() == ["identifiable", "not identifiable"]
    assert np.isinf(seen["spread"].iloc[-1])


def test_samples_have_the_covariance_they_were_drawn_from():
    found = posterior(PAIR, np.array([0.5, 0.5]), np.array([[30.0, 10.0], [0.0, 40.0]]))
    drawn = found.sample(4000, seed=1)
    units = np.array([[u.unit(values[u.name]) for u in PAIR] for values in drawn])
    np.testing.assert_allclose(np.cov(units.T), found.covariance, rtol=0.1, atol=1e-5)
    assert found.sample(3, seed=7) == found.sample(3, seed=7)


def test_samples_stay_in_their_ranges():
    for cell in ("Cao2021_thin_halide", "Cao2021_thick_sulfide"):
        known = Cell(cell).quantities
        for values in sample(Cell(cell), 50, seed=0):
            for name, value in values.items():
                item = known[name]
                assert item.lower <= value * (1 + 1e-9), name
                assert value <= item.upper * (1 + 1e-9), name


def test_cells_share_what_they_share():
    thin, thick = (
        sample(Cell(cell), 5, seed=3)
        for cell in ("Cao2021_thin_halide", "Cao2021_thick_halide")
    )
    name = "Positive particle lithiated diffusivity [m2.s-1]"
    assert [values[name] for values in thin] == [values[name] for values in thick]


def test_weighted_band_ignores_what_has_no_weight():
    numbers = np.array([1.0, 2.0, 3.0, 1000.0, np.nan])
    weights = np.array([1.0, 1.0, 1.0, 0.0, 1.0])
    assert weighted_band(numbers, weights) == (1.0, 3.0)
    assert np.isnan(weighted_band(numbers, np.zeros(5))).all()


def test_unknown_without_a_range_is_refused():
    known = Cell("Cao2021_thin_halide").quantities
    with pytest.raises(InputError, match="'Nonsense' is no parameter of the cell"):
        unknowns_of(known, ["Nonsense"])
    with pytest.raises(InputError, match="has no range to search"):
        unknowns_of(known, ["Negative electrode thickness [m]"])


def test_equal_weights_count_in_full_and_a_single_one_counts_once():
    assert effective_number(np.full(7, 0.3)) == pytest.approx(7)
    assert effective_number(np.array([0.0, 1.0, 0.0])) == 1
    assert effective_number(np.zeros(3)) == 0
