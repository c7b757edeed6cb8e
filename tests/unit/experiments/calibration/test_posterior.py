"""What a calibration can and cannot see, against linear least squares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.errors import InputError
from aslb.experiments.calibration.bands import sample
from aslb.experiments.calibration.observables import observables
from aslb.experiments.calibration.posterior import identifiability, informed, posterior
from aslb.experiments.calibration.unknowns import Unknown, unknowns_of
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

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


def test_unknown_without_a_range_is_refused():
    known = Cell("Cao2021_thin_halide").quantities
    with pytest.raises(InputError, match="'Nonsense' is no parameter of the cell"):
        unknowns_of(known, ["Nonsense"])
    with pytest.raises(InputError, match="has no range to search"):
        unknowns_of(known, ["Negative electrode thickness [m]"])


DATA = Measured(
    (0.2, 1.0),
    (1, 1),
    (160.0, 120.0),
    (3.0, 4.0),
    first_discharge=(170.0, 8.0),
    first_efficiency=(0.98, 0.003),
)
LABELS, MEASURED, SPREAD = observables(DATA)
JACOBIAN = np.array([[12.0, 5.0], [5.0, 15.0], [12.0, 5.0], [0.002, 0.001]])
MIDDLE = np.array([0.5, 0.5])


def told(*away):
    """Posterior of data from which the model differs by so much."""
    return informed(PAIR, MIDDLE, MEASURED + away, JACOBIAN, [DATA])


def test_model_error_is_what_reading_the_data_does_not_explain():
    # mean squares of the capacities, or of what the rate test is read to
    error = told(6.0, -8.0, 5.0, 0.1).model_error
    assert error == pytest.approx(np.sqrt((36 + 64) / 2))
    assert told(3.0, -3.0, 3.0, 0.1).model_error == pytest.approx(np.sqrt(12.5))


def test_covariance_has_the_variance_of_data_and_model():
    found = told(6.0, -8.0, 5.0, 0.0)
    total = np.hypot(SPREAD, [found.model_error] * 2 + [0, 0])
    expected = posterior(PAIR, MIDDLE, JACOBIAN / total[:, None])
    np.testing.assert_allclose(found.covariance, expected.covariance, rtol=1e-12)


@pytest.mark.parametrize("k", [2, 3])
def test_missed_is_what_lies_outside_of_its_band(k):
    covariance = told(0.0, 0.0, 0.0, 0.0).covariance
    variance = np.diag(JACOBIAN @ covariance @ JACOBIAN.T)
    # a rate's own uncertainty is not in its band, that of the first cycle is
    reach = 1.96 * np.sqrt(np.add(variance, [0, 0, SPREAD[2] ** 2, 0.003**2]))
    for times, missed in ((0.999, ()), (1.001, (LABELS[k],))):
        found = told(*(times * reach * np.eye(4)[k]))
        assert found.missed == missed


def test_model_error_holds_what_the_covariance_alone_would_miss():
    found = told(9.0, 9.0, 9.0, 0.0)
    assert found.model_error == pytest.approx(9)
    assert found.missed == ()
    assert told(9.0, 9.0, 9.0, 1.0).missed == ("first coulombic efficiency",)
