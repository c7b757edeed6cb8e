"""`aslb sweep` as a user types it, and as the machine kills it."""

import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest
from command_line import start_aslb
from stored_rows import rows

from aslb.experiments import open_study
from aslb.experiments.study.store import FILE, StudyStore

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lco_li3ycl6.toml"
ALONE = ("--engine", "IDAKLU")  # with lanes it is over before it can be killed
SPM_TOML = """
model = "SolidStateSPM"
[vary]
"membrane thickness [um]" = { log = [20, 1000], points = 20 }
c_rate = [0.2, 0.5, 1.0, 2.0]
[outputs]
quantities = ["charge_capacity", "discharge_capacity", "specific_energy"]
boundaries = ["cathode", "cathode+membrane"]
losses_at_depth = [0.5]
curve_points = 11
"""
MAP_TOML = """
model = "SolidStateSPM"
method = "adaptive"
goal = "discharge_capacity"
points = 60
[vary]
"membrane thickness [um]" = { log = [20, 1000] }
c_rate = { log = [0.2, 4] }
[outputs]
quantities = ["discharge_capacity"]
curve_points = 5
"""
RATE_TEST_TOML = """
model = "SolidStateSPM"
[protocol]
name = "rate_test"
rates = [[0.2, 2], [1, 3], [0.2, 2]]
[vary]
"membrane thickness [um]" = { log = [20, 1000], points = 30 }
[outputs]
quantities = ["discharge_capacity"]
curve_points = 5
"""


def killed(study, out, points, *options):
    """Start a study, and kill its processes once some points are kept."""
    running = start_aslb(["sweep", str(study), *options, "--out", str(out)])
    kept = 0
    while kept < points and running.poll() is None:
        time.sleep(0.01)
        if (out / FILE).exists():
            store = StudyStore(out / FILE)
            kept = store.counts()["ok"]
            store.close()
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    return kept


def test_a_killed_study_goes_on_to_bit_identical_rows(aslb, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(SPM_TOML)
    whole = aslb(["sweep", str(study), *ALONE, "--out", str(tmp_path / "whole")])
    assert whole.returncode == 0, whole.stderr
    assert "80 points, 80 ok, 0 failed, 0 pending" in whole.stdout

    out = tmp_path / "killed"
    assert 0 < killed(study, out, 1, *ALONE) < 80
    status = aslb(["sweep", "--status", "--out", str(out)])
    assert " pending" in status.stdout

    last = aslb(["sweep", str(study), "--out", str(out), "--strict"])
    assert last.returncode == 0, last.stderr
    assert rows(out) == rows(tmp_path / "whole")
    for kind in ("map", "lines"):
        for ending in ("png", "svg"):
            figure = out / f"discharge_capacity-{kind}.{ending}"
            assert figure.stat().st_size > 10_000
    for boundary in ("cathode", "cathode+membrane"):
        figure = out / f"specific_energy_of_{boundary}-pareto.png"
        assert figure.stat().st_size > 10_000


@pytest.mark.slow
def test_a_killed_rate_test_goes_on_to_bit_identical_rows(aslb, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(RATE_TEST_TOML)
    whole, out = tmp_path / "whole", tmp_path / "killed"
    done = aslb(["sweep", str(study), *ALONE, "--strict", "--out", str(whole)])
    assert done.returncode == 0
    assert 0 < killed(study, out, 1, *ALONE) < 30
    assert np.isnan(open_study(out).discharge_capacity.values).any()
    assert aslb(["sweep", str(study), "--strict", "--out", str(out)]).returncode == 0
    assert rows(out) == rows(whole)


def test_a_killed_map_goes_on_to_bit_identical_rows(aslb, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(MAP_TOML)
    whole = aslb(["sweep", str(study), "--out", str(tmp_path / "whole")])
    assert whole.returncode == 0, whole.stderr
    assert "60 points, 60 ok, 0 failed, 0 pending" in whole.stdout
    assert "adaptive map of discharge_capacity: loss 0." in whole.stdout

    out = tmp_path / "killed"
    assert 6 <= killed(study, out, 6) < 60
    status = aslb(["sweep", "--status", "--out", str(out)])
    assert "adaptive map of discharge_capacity" in status.stdout
    assert not (out / "discharge_capacity-map.png").exists()

    last = aslb(["sweep", str(study), "--out", str(out), "--strict"])
    assert last.returncode == 0, last.stderr
    assert rows(out) == rows(tmp_path / "whole")
    assert (out / "discharge_capacity-map.png").stat().st_size > 10_000


def test_the_command_refuses_in_one_line(aslb, tmp_path):
    study = tmp_path / "study.toml"
    for text, message in {
        SPM_TOML.replace("vary", "varies"): "unknown key 'varies'",
        SPM_TOML.replace("points = 20", "points = 100_000_000"): "accepted: 2 to",
        "[": "not TOML",
    }.items():
        study.write_text(text)
        done = aslb(["sweep", str(study), "--out", str(tmp_path / "out")])
        assert done.returncode == 2
        assert message in done.stderr
        assert done.stderr.count("\n") == 1
        assert not (tmp_path / "out").exists()


def test_the_command_refuses_a_map_in_one_line(aslb, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(MAP_TOML.replace('goal = "discharge_capacity"', ""))
    done = aslb(["sweep", str(study), "--out", str(tmp_path / "out")])
    stderr = done.stderr
    assert done.returncode == 2
    assert "goal: None; accepted with method 'adaptive': discharge_capacity" in stderr
    assert stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_command_lists_what_can_be_varied(aslb):
    listed = aslb(["sweep", "--names", str(EXAMPLE)])
    assert listed.returncode == 0, listed.stderr
    assert "cathode.areal_capacity [A.h.m-2]" in listed.stdout
    assert "catholyte.conductivity [S.m-1]" in listed.stdout
    unknown = aslb(["sweep", "--names", "cell-3"])
    stderr = unknown.stderr
    assert unknown.returncode == 2
    assert stderr.startswith("aslb: unknown cell 'cell-3'; accepted: Cao2021")
    assert stderr.count("\n") == 1
