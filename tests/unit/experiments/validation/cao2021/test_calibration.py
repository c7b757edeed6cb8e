"""The shipped calibration's procedure, on a linear model where the answer is known."""

from functools import partial

import numpy as np
import pytest
from in_process import InProcess

import aslb.experiments.calibration.posterior as uncertainty
import aslb.experiments.calibration.searches as search
import aslb.experiments.validation.cao2021.calibration as reference
from aslb.experiments.calibration.bands import sample
from aslb.experiments.calibration.observables import observables
from aslb.experiments.calibration.posterior import wide_posterior
from aslb.experiments.calibration.report import report
from aslb.experiments.calibration.unknowns import (
    NUISANCES,
    UNKNOWNS,
    those_of,
    unknowns_of,
)
from aslb.parameters.composition.cell import Cell

SPM = "SolidStateSPM"
CELL = "Cao2021_thin_halide"
NAMES = those_of(Cell(CELL).quantities, [*UNKNOWNS, *NUISANCES])
RANGES = unknowns_of(Cell(CELL).quantities, NAMES)
TRUTH = np.array([0.3, 0.6, 0.45, 0.7])
SLOPES = np.random.default_rng(0).normal(0, 8, (7, len(NAMES)))
ACTIVE = "Positive electrode active fraction"


def linear(tests, values):
    """Observables that agree with the data where the unknowns are the truth."""
    _, measured, spread = observables(*(test.data for test in tests))
    known = Cell(CELL).quantities
    at_truth = np.array([item.unit(known[item.name].number) for item in RANGES])
    at_truth[: len(TRUTH)] = TRUTH
    here = [
        item.unit(values[item.name]) if item.name in values else unit
        for item, unit in zip(RANGES, at_truth, strict=True)
    ]
    return measured + spread * (SLOPES @ (np.array(here) - at_truth))


@pytest.fixture(scope="module")
def calibrated():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "observe", linear)
        patch.setattr(uncertainty, "observe", linear)
        patch.setattr(reference, "sulfide_active_fraction", lambda *_: 0.43)
        run = partial(reference.calibrate_reference, starts=2, seed=0, model=SPM)
        return run(executor=InProcess())


def test_the_values_that_made_the_data_are_found(calibrated):
    found, _ = calibrated
    assert [unknown.name for unknown in found.unknowns] == NAMES[:4]
    np.testing.assert_allclose(found.position, TRUTH, atol=1e-4)
    assert found.cost == pytest.approx(0, abs=1e-4)
    assert len(found.starts) == 2
    np.testing.assert_allclose(found.jacobian, SLOPES[:, :4], rtol=1e-6)


def test_wide_posterior_has_the_unknowns_first_and_then_the_nuisances(calibrated):
    found, _ = calibrated
    wide = found.posterior
    assert [unknown.name for unknown in wide.unknowns] == NAMES
    np.testing.assert_array_equal(wide.position[:4], found.position)
    known = Cell(CELL).quantities
    for unknown, unit in list(zip(wide.unknowns, wide.position, strict=True))[4:]:
        assert unknown.value(unit) == pytest.approx(known[unknown.name].number)


def test_wide_posterior_is_what_data_and_ranges_say_together(calibrated):
    wide = calibrated[0].posterior
    expected = np.linalg.inv(SLOPES.T @ SLOPES + 12 * np.eye(len(NAMES)))
    np.testing.assert_allclose(wide.covariance, expected, rtol=1e-5, atol=1e-8)


def test_what_is_shipped_is_what_was_found(calibrated):
    found, contents = calibrated
    wide = found.posterior
    assert contents["command"] == "aslb calibrate --seed 0 --starts 2"
    thin, thick = contents["cell-3"], contents["cell-1"]
    assert thin["values"] == found.values
    assert thin["cost"] == found.cost
    assert thin["fitted_to"] == Cell(CELL).fit.data.source
    assert thin["posterior"]["names"] == NAMES
    assert thin["posterior"]["position"] == wide.position.tolist()
    assert thin["posterior"]["covariance"] == wide.covariance.tolist()
    assert thin["posterior"]["model_error"] == wide.model_error
    assert thin["posterior"]["missed"] == list(wide.missed)
    assert thick["values"] == {ACTIVE: 0.43}
    assert "cell-1" in thick["fitted_to"]


def test_a_cell_that_cannot_be_solved_ends_the_calibration_and_says_why(
    monkeypatch, calibrated
):
    found, _ = calibrated

    def fail(*_):
        raise RuntimeError("solver: no")

    monkeypatch.setattr(uncertainty, "observe", fail)
    cell = Cell(CELL)
    with pytest.raises(RuntimeError, match=r"uncertainty of the calibration: .*no"):
        wide_posterior(
            [cell], [cell.fit.data], found.unknowns, found.position, SPM, InProcess()
        )


def test_fitted_cell_carries_its_fit_into_a_file_and_back(calibrated, tmp_path):
    found, _ = calibrated
    (tmp_path / "cell.toml").write_text(report(found).texts["cell.toml"])
    again = Cell(tmp_path / "cell.toml")
    assert again.hash == found.cell.hash
    for name, value in found.values.items():
        assert again.quantities[name].kind == "fitted"
        assert again.quantities[name].number == value
        assert again.quantities[name].fitted_to == found.source
    assert again.fit.data == found.data[0]
    np.testing.assert_array_equal(again.fit.covariance, found.posterior.covariance)
    assert sample(again, 2, seed=0) == sample(found.cell, 2, seed=0)


def test_what_another_cell_has_otherwise_is_its_own_and_is_not_moved(monkeypatch):
    thin, thick = Cell(CELL), Cell("Cao2021_thick_halide")
    own = uncertainty.own_of(thick, thin, NAMES)
    assert sorted(own) == sorted(thick.fit.own)
    moved = []

    def observe(tests, values):
        moved[:] = [test.names for test in tests]
        return np.tile(linear(tests[:1], values), 2)

    monkeypatch.setattr(uncertainty, "observe", observe)
    data = [thin.fit.data] * 2
    uncertainty.wide_posterior([thin, thick], data, RANGES[:4], TRUTH, SPM, InProcess())
    assert moved == [set(NAMES), set(NAMES).difference(own)]
