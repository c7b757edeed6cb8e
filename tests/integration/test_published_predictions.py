"""A published cell that is solved, and the commands that predict all of them."""

import numpy as np
import pandas as pd
import pytest
from in_process import InProcess

from aslb.experiments.validation.published import predictions
from aslb.experiments.validation.published.predictions import Prediction, predicted

SPM = "SolidStateSPM"
NAME = "Zhou_LCO_Li2InScCl"


def test_a_published_cell_has_bands_that_fall_with_the_rate():
    found = predicted(NAME, 6, seed=1, model=SPM, executor=InProcess())
    assert found.capacities.shape == (6, 2)
    slow, fast = found.bands().to_dict("records")
    assert slow["median"] > fast["median"]
    assert slow["lower"] < slow["median"] < slow["upper"] < 250
    assert len(found.inputs) == 6
    again = predicted(NAME, 6, seed=1, model=SPM, executor=InProcess())
    np.testing.assert_allclose(found.capacities, again.capacities, rtol=1e-6)


@pytest.fixture
def quick(monkeypatch):
    def made(name, samples, *, seed, model):
        rng = np.random.default_rng(seed)
        capacities = 100 + 10 * rng.standard_normal((samples, 2))
        inputs = pd.DataFrame({"Positive particle radius [m]": capacities[:, 0]})
        return Prediction(name, (0.1, 1.0), capacities, 0 * capacities, inputs)

    monkeypatch.setattr(predictions, "predicted", made)


def test_blind_adds_to_a_file_and_the_league_does_not(aslb, quick, tmp_path):
    done = aslb("validate --league --samples 20 --out league")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "predictions").exists()
    league = pd.read_csv(tmp_path / "league" / "league.csv")
    assert set(league.measure) == {"particle sizes by micrograph"}
    for times in (1, 2):
        done = aslb("validate --blind --samples 20 --out blind")
        assert done.returncode == 0, done.stderr
        kept = pd.read_csv(tmp_path / "predictions" / "blind.csv")
        assert len(kept) == 20 * times


def test_a_file_of_something_else_is_refused_before_anything_is_solved(aslb, tmp_path):
    (tmp_path / "predictions").mkdir()
    (tmp_path / "predictions" / "blind.csv").write_text("x\n")
    done = aslb("validate --blind")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "its first line is 'x'" in done.stderr
    assert aslb("validate --blind --samples 0").returncode == 2
