"""The commands as a user types them."""

import json

import pandas as pd
import pytest
from command_line import run_aslb

REFUSED = {
    "thickness --cell Foo": "unknown cell 'Foo'; accepted: Cao2021_thick_sulfide",
    "thickness --range-um -5 100": "thickness range -5 to 100 µm",
    "thickness --range-um 0 100": "thickness range 0 to 100 µm",
    "thickness --range-um nan 100": "thickness range nan to 100 µm",
    "thickness --points 0": "0 points; accepted: 1 or more",
    "thickness --c-rate abc": "'abc' is not a C-rate; accepted: C/20",
    "thickness --c-rate 0": "C-rate 0; accepted: a positive number",
    "thickness --c-rate 500 --points 1": "C-rate 500 is impossible",
    "thickness --lower-cutoff 4.5": "4.5 V is not below upper cut-off 3.85 V",
    "thickness --fraction 1.5": "fraction 1.5; accepted: between 0 and 1",
    "rate --model X": "unknown model 'X'; accepted: SolidStateDFN, SolidStateSPM",
    "rate --hold 0": "hold of 0 h; accepted: a positive number of hours",
    "nonsense": "No such command 'nonsense'",
}


@pytest.mark.parametrize("arguments", REFUSED)
def test_bad_input_is_one_line_and_status_2(arguments, aslb, tmp_path):
    done = aslb(arguments)
    assert done.returncode == 2
    assert REFUSED[arguments] in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_thickness_leaves_tables_figures_and_manifest(tmp_path):
    done = run_aslb(
        "thickness --range-um 50 5000 --points 3 --c-rate 1C --c-rate C/5 --bands 0 "
        "--beside none --no-hold-study",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert "Discharge capacity of Cao2021_thin_halide" in done.stdout
    assert "it/s" not in done.stderr  # no progress bar in a pipe
    out = tmp_path / "results" / "thickness"
    table = pd.read_csv(out / "thickness.csv")
    assert list(table) == [
        "cell",
        "thickness_um",
        "c_rate",
        "discharge_capacity_mAh_g",
        "fraction_of_thin_limit",
        "status",
        "reason",
    ]
    assert len(table) == 6
    assert table.discharge_capacity_mAh_g.between(0, 274).all()
    critical = pd.read_csv(out / "critical_thickness.csv")
    assert list(critical) == ["cell", "c_rate", "fraction", "critical_thickness_um"]
    assert critical.critical_thickness_um.dropna().between(50, 5000).all()
    losses = pd.read_csv(out / "losses.csv")
    assert list(losses) == [
        "cell",
        "thickness_um",
        "c_rate",
        "depth_of_discharge",
        "component",
        "loss_V",
    ]
    for name in ("thickness.png", "thickness.svg", "losses.png", "losses.svg"):
        assert (out / name).stat().st_size > 10_000
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["arguments"]["points"] == 3
    assert manifest["versions"]["pybamm"].startswith("26.10")
    assert manifest["wall_time_s"] > 0


def test_rate_leaves_table_and_figures(aslb, tmp_path):
    done = aslb("rate --cell Cao2021_thin_halide --model SolidStateSPM")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "results" / "rate"
    table = pd.read_csv(out / "rate.csv")
    assert list(table) == [
        "cell",
        "cycle",
        "c_rate",
        "charge_capacity_mAh_g",
        "discharge_capacity_mAh_g",
        "coulombic_efficiency",
        "energy_efficiency",
        "status",
        "reason",
    ]
    assert (table.status == "ok").all()
    assert len(table) == 28
    assert "Fitted values of Cao2021_thin_halide: 6 to [Cao2021 cell-3: " in done.stdout
    for name in ("rate.png", "rate.svg", "curves.png", "curves.svg"):
        assert (out / name).stat().st_size > 10_000


def test_help_needs_no_study(aslb):
    for arguments in ("--help", "thickness --help", "rate --help", "--version"):
        assert aslb(arguments).returncode == 0
