"""How a result was made stands beside it."""

import json
import warnings

import numpy as np
import pybamm
import pytest

STUDY = """
cells = ["Cao2021_thin_halide"]
model = "SolidStateSPM"
[protocol]
name = "cccv"
[vary]
c_rate = [1.0]
"membrane thickness [um]" = [50]
[outputs]
quantities = ["discharge_capacity"]
"""


@pytest.fixture
def quick(monkeypatch):
    """A cell whose capacity and critical thickness cost nothing."""

    def evaluate(cell, sets, *others):
        return np.array([[*values.values()][:2] for values in sets])

    module = "aslb.experiments.analyses.sensitivity.sobol"
    monkeypatch.setattr(f"{module}.capacity_and_critical_thickness", evaluate)


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text())


def test_sensitivity_leaves_table_figure_and_arguments(aslb, quick, tmp_path):
    done = aslb("sensitivity --samples 2 --seed 3")
    out = tmp_path / "results" / "sensitivity"
    assert (out / "sobol.csv").exists()
    assert (out / "sobol.png").exists()
    made = manifest(out)
    assert made["command"] == "aslb sensitivity"
    assert made["arguments"]["seed"] == 3
    assert made["arguments"]["samples"] == 2
    assert list(made["parameter_hash"]) == ["Cao2021_thin_halide"]
    assert "critical thickness" in done.stdout


def test_seed_is_in_the_manifest(aslb, quick, tmp_path):
    aslb("sensitivity --samples 2 --seed 3")
    assert manifest(tmp_path / "results" / "sensitivity")["seed"] == 3


def test_a_sweep_says_how_it_was_made(aslb, tmp_path):
    (tmp_path / "study.toml").write_text(STUDY)
    aslb("sweep study.toml --out swept")
    assert (tmp_path / "swept" / "study.sqlite").exists()
    assert (tmp_path / "swept" / "manifest.json").exists()
    made = manifest(tmp_path / "swept")
    assert made["command"] == "aslb sweep"
    assert made["versions"]["pybamm"]


def test_command_leaves_the_process_as_it_was(aslb):
    shown = warnings.showwarning
    assert "Cao2021_thin_halide" in aslb("cells").stdout
    assert warnings.showwarning is shown


def test_a_study_leaves_the_log_level_as_it_was(aslb, tmp_path):
    level = pybamm.logger.level
    (tmp_path / "study.toml").write_text(STUDY)
    aslb("sweep study.toml --out swept")
    assert pybamm.logger.level == level
