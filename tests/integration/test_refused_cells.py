"""Parameter sets that are no solid-state cell are refused before anything is solved."""

import warnings

import pytest
from in_process import InProcess

from aslb.cli import main


@pytest.mark.xfail(
    strict=True,
    raises=(AssertionError, KeyError, RuntimeWarning),
    reason="thickness ends in a traceback, and energy prints NaN",
)
@pytest.mark.parametrize("command", ["thickness", "energy"])
def test_a_cell_with_a_liquid_is_refused_in_one_line(
    command, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    started = "aslb.experiments.engine.execute.get_reusable_executor"
    monkeypatch.setattr(started, lambda **_: InProcess())
    with pytest.raises(SystemExit) as left:
        main([command, "--cell", "Chen2020", "--model", "SolidStateSPM"])
    said = capsys.readouterr()
    assert left.value.code == 2
    assert said.err.count("\n") == 1
    assert "Chen2020" in said.err
    assert "solid-state" in said.err
    assert not said.out
    assert not list(tmp_path.iterdir())
