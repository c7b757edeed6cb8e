"""Rate tests of one cell by its name, and of several that have one name."""

import shutil
from pathlib import Path

import pytest

from aslb.experiments import rate

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "lco_li3ycl6.toml"


@pytest.fixture
def short(in_process):
    return {"rates": [("C/2", 1)], "model": "SolidStateSPM"}


def test_a_name_alone_is_one_cell(short):
    study = rate("Cao2021_thin_halide", **short)
    assert study.cell.values.tolist() == ["Cao2021_thin_halide"]
    assert study.c_rate.values.tolist() == [0.5]


def test_files_of_one_name_are_told_by_their_folders(aslb, tmp_path):
    for folder, thickness in {"a": 40, "b": 50}.items():
        (tmp_path / folder).mkdir()
        shutil.copy(EXAMPLE, tmp_path / folder / "mine.toml")
        text = (tmp_path / folder / "mine.toml").read_text()
        (tmp_path / folder / "mine.toml").write_text(
            text.replace("thickness_um = 40", f"thickness_um = {thickness}")
        )
    done = aslb("rate --cell a/mine.toml --cell b/mine.toml --model SolidStateSPM")
    assert done.returncode == 0, done.stderr
    assert "a/mine.toml" in done.stdout
    assert "b/mine.toml" in done.stdout


def test_one_cell_twice_is_one_line(aslb):
    done = aslb("rate --cell Cao2021_thin_halide --cell Cao2021_thin_halide")
    assert done.returncode == 2
    assert done.stderr == "aslb: cells: 'Cao2021_thin_halide' is given twice\n"
