"""The shipped calibration's procedure, on a linear model where the answer is known."""

import io
import json
from functools import partial

import numpy as np
import pandas as pd
import pytest
from in_process import InProcess

import aslb.experiments.calibration.emulation as emulation
import aslb.experiments.calibration.posterior as uncertainty
import aslb.experiments.calibration.sampling as sampling
import aslb.experiments.calibration.searches as search
import aslb.experiments.calibration.target as target
import aslb.experiments.validation.cao2021.calibration as reference
from aslb.experiments.calibration.bands import sample
from aslb.experiments.calibration.observables import observables
from aslb.experiments.calibration.report import report
from aslb.experiments.calibration.unknowns import (
    NUISANCES,
    UNKNOWNS,
    those_of,
    unknowns_of,
)
from aslb.parameters.cells.cao2021.cell import ACTIVE, CONTACT, OHMIC_SHARE, OXIDATION
from aslb.parameters.cells.cao2021.fit import data_of
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import offset_at

SPM = "SolidStateSPM"
CELL, THICK = Cell("Cao2021_thin_halide"), Cell("Cao2021_thick_halide")
NAMES = those_of(CELL.quantities, dict.fromkeys([*UNKNOWNS, *NUISANCES]))
RANGES = {one.name: one for one in unknowns_of(CELL.quantities, NAMES)}
OF_THICK = unknowns_of(THICK.quantities, [CONTACT])[0]
TRUTH = {
    name: RANGES[name].unit(CELL.quantities[name].number) for name in NAMES[4:]
} | dict(zip(NAMES, (0.3, 0.6, 0.45, 0.7), strict=False))
TRUTH[CONTACT] = 0.4
SLOPES = np.random.default_rng(0).normal(0, 8, (7, 1 + len(NAMES)))


def linear(tests, values):
    """Observables that agree with the data where the unknowns are the truth."""
    found = []
    for test in tests:
        _, measured, spread = observables(test.data)
        away = np.zeros(1 + len(NAMES))
        for k, name in enumerate(NAMES):
            known = OF_THICK if name == CONTACT and test.mass < 0 else RANGES[name]
            if name in test.names:
                away[k] = known.unit(values[name]) - TRUTH[name]
        found += [*(measured + spread * (SLOPES[: len(measured)] @ away))]
    return np.array(found)


def all_linear(tests, values, threads=1, fallback=True):
    return np.array([linear(tests, one) for one in values])


@pytest.fixture(scope="module")
def calibrated():
    with pytest.MonkeyPatch.context() as patch:
        own = {"fitted_to": "Cao2021 cell-1", "values": {ACTIVE: 0.43}, "data": {}}
        patch.setattr(reference, "_own", lambda *_: own)
        patch.setattr(reference, "JOINT", ())
        patch.setattr(reference, "observe", linear)
        for module in (search, target):
            patch.setattr(module, "observe_all", all_linear)
        patch.setattr(emulation, "BLOCK", 500)
        patch.setattr(sampling, "MOST", 80)
        # which cell a test is of, by the sign of its mass
        real = search.rate_test_of

        def marked(cell, *others):
            sign = -1 if cell.name == THICK.name else 1
            return real(cell, *others)._replace(mass=float(sign))

        for module in (search, uncertainty, reference):
            patch.setattr(module, "rate_test_of", marked)
        run = partial(reference.calibrate_reference, starts=2, seed=0, model=SPM)
        return run(executor=InProcess())


def test_the_values_that_made_the_data_are_found(calibrated):
    found, contents, _ = calibrated
    names = [unknown.name for unknown in found.unknowns]
    assert names == [*NAMES[:4], CONTACT]
    expected = [TRUTH[name] for name in names]
    np.testing.assert_allclose(found.position, expected, atol=1e-3)
    assert found.cost == pytest.approx(0, abs=1e-3)
    alone = contents["cell-3 only"]["values"]
    for name in NAMES[:4]:
        assert alone[name] == pytest.approx(found.values[name], rel=1e-2)
    assert CONTACT not in alone


def test_what_is_shipped_is_what_was_found(calibrated):
    found, contents, files = calibrated
    assert contents["command"] == (
        "aslb calibrate --cell Cao2021_thin_halide --seed 0 --starts 2"
    )
    shared = contents["shared"]
    assert shared["role"] == "after unblinding"
    assert shared["values"] == found.values
    assert shared["cost"] == found.cost
    assert shared["posterior"]["model_error"] == found.posterior.model_error
    assert shared["posterior"]["evidence"] == found.posterior.evidence
    assert contents["cell-1"]["values"] == {ACTIVE: 0.43}
    name = "narrow_two-levels"
    assert json.loads(files[f"{name}.json"]) == json.loads(json.dumps(contents))
    draws = pd.read_csv(io.StringIO(files[f"{name}_shared.csv"]))
    np.testing.assert_allclose(draws, found.posterior.draws(1000), rtol=1e-3)
    assert CONTACT in draws
    alone = pd.read_csv(io.StringIO(files[f"{name}_cell-3-only.csv"]))
    assert offset_at(1.0) in alone


def test_fitted_cell_carries_its_fit_into_a_file_and_back(calibrated, tmp_path):
    found, *_ = calibrated
    (tmp_path / "cell.toml").write_text(report(found).texts["cell.toml"])
    again = Cell(tmp_path / "cell.toml")
    assert again.hash == found.cell.hash
    for name, value in found.values.items():
        # the contact is that of the other cell
        fitted = again.quantities[name].kind == "fitted"
        assert fitted == (name != CONTACT)
        assert (again.quantities[name].number == value) == fitted
    assert again.fit.data == found.data[0]
    assert sample(again, 2, seed=0) == sample(found.cell, 2, seed=0)


def test_what_one_cell_has_alone_is_moved_in_that_cell_only(monkeypatch):
    own = uncertainty.own_of(THICK, CELL, NAMES)
    assert CONTACT in own
    targets = []

    def caught(target, start, seed):
        targets.append(target)
        raise KeyboardInterrupt

    monkeypatch.setattr(sampling, "sample", caught)
    values = {name: CELL.numbers[name] for name in NAMES[:4]}
    values[CONTACT] = THICK.numbers[CONTACT]
    data = [data_of("cell-3"), data_of("cell-2")]
    asked = [CELL, THICK], data, values, {CONTACT: 1}, SPM, "published", 0
    with pytest.raises(KeyboardInterrupt):
        uncertainty.posterior(*asked)
    thin, thick = targets[0].tests
    assert CONTACT not in thin.names
    assert CONTACT in thick.names
    assert thin.names == set(NAMES) - {CONTACT}


def test_a_cells_own_values_are_those_that_its_data_ask_for(monkeypatch):
    """Cell-1: three numbers for three data, with the single-particle model."""
    shared = CELL.fit.values
    found = reference._own(
        "cell-1",
        reference.DEFAULT,
        {k: v for k, v in shared.items() if k != CONTACT},
        (ACTIVE, OHMIC_SHARE, OXIDATION),
        SPM,
    )
    for name, (measured, modelled) in found["data"].items():
        assert modelled == pytest.approx(measured, rel=0.01), name
    assert 0 < found["values"][OHMIC_SHARE] < 1
