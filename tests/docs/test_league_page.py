"""The league's page is made of the tables of a command, or refused in one line."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "generate" / "league.py"


def test_a_folder_without_tables_is_one_line(tmp_path):
    done = subprocess.run(
        [sys.executable, SCRIPT, tmp_path], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"league: no league.csv in {tmp_path}; accepted: ")
    assert done.stderr.count("\n") == 1
