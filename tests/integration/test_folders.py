"""A folder that cannot be written to is refused before anything is solved."""

import pytest

from aslb.experiments.study import run

DATA = "c_rate,discharge_capacity_mAh_g\n0.1,120\n1,80\n"
COMMANDS = (
    "thickness",
    "rate",
    "energy",
    "design",
    "calibrate --data data.csv",
    "validate",
    "validate --league",
    "sensitivity",
    "sweep study.toml",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_it_is_one_line(command, aslb, tmp_path, monkeypatch):
    def solve(*args):
        raise AssertionError("solved")

    monkeypatch.setattr(run, "_solve", solve)
    (tmp_path / "data.csv").write_text(DATA)
    (tmp_path / "study.toml").write_text("[vary]\nc_rate = [1]\n")
    (tmp_path / "file").write_text("")
    done = aslb(f"{command} --out file/results")
    assert done.returncode == 2
    assert "folder file/results cannot be written to" in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_was_found_is_printed_where_no_file_can_be(aslb, tmp_path):
    (tmp_path / "out" / "rate.csv").mkdir(parents=True)
    done = aslb("rate --cell Cao2021_thin_halide --model SolidStateSPM --out out")
    assert done.returncode == 2
    assert "Discharge capacity, coulombic and energy efficiency" in done.stdout
    assert done.stderr.startswith("aslb: out/rate.csv cannot be written")
    assert done.stderr.count("\n") == 1
