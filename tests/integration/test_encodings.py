"""Whatever a terminal can show, commands print; files are UTF-8 in any case."""

import json

import pandas as pd
import pytest
from command_line import run_aslb


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-8"])
def test_a_cell_is_printed_on_any_terminal(encoding, tmp_path):
    done = run_aslb("cells Cao2021_thin_halide", tmp_path, encoding)
    assert done.returncode == 0, done.stderr
    assert "Separator thickness [m]\n    4.7e-05 " in done.stdout
    assert ("σ" in done.stdout) == (encoding == "utf-8")


def test_a_study_is_printed_and_its_files_are_utf8(tmp_path):
    text = 'model = "SolidStateSPM"\n[vary]\nc_rate = [1]\n'
    study = tmp_path / "größe_Ω.toml"
    study.write_text(text, encoding="utf-8")
    done = run_aslb("sweep größe_Ω.toml", tmp_path, "cp1252")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "results" / "größe_Ω"
    made = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert made["arguments"]["study"] == "größe_Ω.toml"
    assert len(pd.read_csv(out / "study.csv", encoding="utf-8")) == 1
