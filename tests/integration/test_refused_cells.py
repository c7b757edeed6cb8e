"""Parameter sets that are no solid-state cell are refused before anything is solved."""

import pytest


@pytest.mark.parametrize("command", ["thickness", "energy"])
def test_a_cell_with_a_liquid_is_refused_in_one_line(command, aslb, tmp_path):
    done = aslb(f"{command} --cell Chen2020 --model SolidStateSPM")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Chen2020" in done.stderr
    assert "solid-state" in done.stderr
    assert not done.stdout
    assert not list(tmp_path.iterdir())
