"""Rate tests as studies: many cells, every cycle kept, none lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import numpy as np
import pybamm
import pytest

from aslb.experiments import InputError, export_study, open_study, rate_test, sweep
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.experiments.study.store import FILE, StudyStore
from aslb.parameters.composition.masses import active_mass

NAME = "membrane thickness [um]"
RATES = [[0.2, 2], [1.0, 3], [0.2, 2]]
C_RATES = [0.2, 0.2, 1.0, 1.0, 1.0, 0.2, 0.2]
STUDY = {
    "model": "SolidStateSPM",
    "rtol": 1e-6,
    "protocol": {"name": "rate_test", "rates": RATES},
    "vary": {NAME: [50, 300]},
    "outputs": {
        "quantities": ["charge_capacity", "discharge_capacity"],
        "losses_at_depth": [0.5],
        "curve_points": 5,
    },
}
TOML = """
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


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    out = tmp_path_factory.mktemp("swept")
    return out, sweep(STUDY, out)


def test_every_cycle_is_what_plain_simulations_give(swept):
    _, data = swept
    assert (data.status == "ok").all()
    assert data.discharge_capacity.dims == (NAME, "cycle")
    assert data.c_rate.dims == ("cycle",)
    assert data.c_rate.values.tolist() == C_RATES
    assert data.cycle.values.tolist() == [1, 2, 3, 4, 5, 6, 7]
    outputs = Outputs(("charge_capacity", "discharge_capacity"), (0.5,), 5)
    protocol = rate_test([(0.2, 2), (1.0, 3), (0.2, 2)])
    for thickness in data[NAME].values:
        cell = pybamm.ParameterValues("Cao2021_thin_halide")
        cell["Separator thickness [m]"] = thickness * 1e-6
        plain = simulate_cycles(
            cell, "SolidStateSPM", protocol, outputs, rtol=1e-6
        ).cycles
        point = data.sel({NAME: thickness})
        for number, cycle in enumerate(plain, start=1):
            mine = point.sel(cycle=number)
            for name, value in zip(
                outputs.columns, cycle.values(outputs, active_mass(cell)), strict=True
            ):
                assert float(mine[name]) == pytest.approx(value, rel=1e-4, abs=1e-6)
            for name, curve in zip(outputs.curves, cycle.curves, strict=True):
                np.testing.assert_allclose(mine[name], curve, atol=1e-3)


def test_it_is_told_how_many_cycles_were_solved(swept, tmp_path):
    from aslb.experiments.study.report import sweep_summary, write_figures

    out, data = swept
    solved = int(data.cycles_solved.sum())
    assert 2 * 4 <= solved < 2 * len(C_RATES)
    summary, failed = sweep_summary(out)
    assert f"No ageing: {solved} of 14 cycles were solved" in summary
    assert failed == 0
    assert write_figures(out) == []


def test_a_table_has_one_row_a_cycle(swept):
    import pandas as pd

    out, data = swept
    table = pd.read_csv(export_study(out, "csv"))
    assert len(table) == 14
    assert table.c_rate.tolist() == 2 * C_RATES
    assert table.cycle.tolist() == 2 * [1, 2, 3, 4, 5, 6, 7]
    np.testing.assert_allclose(
        table["discharge_capacity [mAh/g]"], data.discharge_capacity.values.ravel()
    )
    read = pd.read_parquet(export_study(out, "parquet"))
    pd.testing.assert_frame_equal(read, table, check_dtype=False)


def test_points_are_added_and_other_rates_refused(tmp_path):
    sweep(STUDY, tmp_path)
    data = sweep({**STUDY, "vary": {NAME: [50, 90]}}, tmp_path, extend=True)
    assert dict(data.sizes) == {"point": 3, "cycle": 7, "depth": 5}
    assert (data.status == "ok").all()
    protocol = {"name": "rate_test", "rates": [[0.2, 7]]}
    with pytest.raises(InputError, match="a study with another rates"):
        sweep({**STUDY, "protocol": protocol}, tmp_path, extend=True)
    with pytest.raises(InputError, match="a study with another rates"):
        sweep({**STUDY, "protocol": {"c_rate": 1}}, tmp_path, extend=True)


def test_a_killed_rate_test_goes_on_to_bit_identical_rows(tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(TOML)
    command = [sys.executable, "-m", "aslb.cli", "sweep", str(study), "--strict"]

    def start(out):
        return subprocess.Popen(
            [*command, "--out", str(out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def rows(out):
        database = sqlite3.connect(out / FILE)
        found = database.execute("SELECT * FROM points ORDER BY id").fetchall()
        database.close()
        return found

    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert start(whole).wait() == 0
    running = start(killed)
    kept = 0
    while kept == 0 and running.poll() is None:
        time.sleep(0.02)
        if (killed / FILE).exists():
            store = StudyStore(killed / FILE)
            kept = store.counts()["ok"]
            store.close()
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert 0 < kept < 30
    assert np.isnan(open_study(killed).discharge_capacity.values).any()
    assert start(killed).wait() == 0
    assert rows(killed) == rows(whole)
