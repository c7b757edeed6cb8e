"""Studies in lanes: kept bit by bit, held against IDAKLU, and never half the one."""

import os
import subprocess
import sys

import numpy as np
import pytest
from in_process import InProcess
from stored_rows import rows

from aslb.experiments import InputError, Study, cccv, rate_test
from aslb.experiments.ensemble import cache, compiler
from aslb.experiments.ensemble.compiler import find_compiler, lane_width
from aslb.experiments.study import recheck, run, solve
from aslb.experiments.study.report import sweep_report
from aslb.experiments.study.run import SweepInterrupted
from aslb.experiments.study.store import FILE, StudyStore

pytestmark = pytest.mark.skipif(find_compiler() is None, reason="needs a compiler")

CELL, LAYER = "Cao2021_thin_halide", "separator.thickness [um]"
KEPT = {
    "model": "SolidStateSPM",
    "quantities": ["discharge_capacity", "specific_energy"],
    "losses_at_depth": [0.5],
    "curve_points": 4,
}
VARY = {LAYER: np.geomspace(20, 500, 20), "c_rate": [0.2, 0.5, 1.0, 2.0, 4.0]}
FEW = {LAYER: [30.0, 300.0], "c_rate": [0.5, 1.0]}


def study(vary=VARY, protocol=None, **options):
    return Study(CELL, protocol or cccv(), vary, **{**KEPT, **options})


def noted(folder, key):
    store = StudyStore(folder / FILE)
    found = store.meta(key)
    store.close()
    return found


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(solve, "TOGETHER", {"SolidStateSPM": 1})
    monkeypatch.setattr(solve, "cores", lambda: 1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A study in lanes, solved at once."""
    folder = tmp_path_factory.mktemp("whole")
    study().run(folder, engine="lanes", recheck=0)
    return folder


def test_its_numbers_are_those_of_idaklu_within_tolerance(whole, tmp_path):
    some = {LAYER: VARY[LAYER][::9], "c_rate": VARY["c_rate"]}
    plain = study(some, rtol=1e-6).run(tmp_path, engine="IDAKLU", executor=InProcess())
    data = study().run(whole)
    assert (data.status == "ok").all()
    assert (data.attempts == 1).all()
    own = data.sel({LAYER: plain[LAYER]})
    # mAh/g, W.h/kg, and V
    for name, close in (
        ("discharge_capacity", 0.1),
        ("specific_energy", 0.5),
        ("Separator loss at 0.5 [V]", 1e-3),
    ):
        np.testing.assert_allclose(own[name], plain[name], rtol=0, atol=close)
    assert set(data.data_vars) == set(plain.data_vars)


class Interrupted:
    """The keyboard is struck instead of the third commit."""

    def __init__(self, monkeypatch):
        self.left, self.save = 2, StudyStore.save
        self.patch = monkeypatch
        monkeypatch.setattr(StudyStore, "save", lambda *a: self(*a))

    def __call__(self, store, results):
        self.left -= 1
        if self.left < 0:
            self.patch.setattr(StudyStore, "save", self.save)
            raise KeyboardInterrupt
        return self.save(store, results)


@pytest.mark.parametrize("executor", [None, InProcess()])
def test_an_interrupted_study_goes_on_to_bit_identical_rows(
    whole, tmp_path, monkeypatch, small_chunks, executor
):
    Interrupted(monkeypatch)
    with pytest.raises(SweepInterrupted, match="of 100 points are kept in"):
        study().run(tmp_path, engine="lanes", recheck=0, executor=executor)
    store = StudyStore(tmp_path / FILE)
    assert 0 < store.counts()["ok"] < 100
    store.close()
    study().run(tmp_path, recheck=0, executor=executor)
    assert rows(tmp_path) == rows(whole)
    assert noted(tmp_path, "engine") == {"name": "lanes", "width": lane_width()}


KILLED = """
import os, signal, sys
from pathlib import Path
from test_lanes_study import solve, study, StudyStore

solve.TOGETHER = {"SolidStateSPM": 1}
save, left = StudyStore.save, [2]

def dying(store, results):
    found = save(store, results)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return found

StudyStore.save = dying
study().run(Path(sys.argv[1]), engine="lanes", recheck=0)
"""


def test_a_killed_study_goes_on_to_bit_identical_rows(whole, tmp_path, pytestconfig):
    tests = pytestconfig.rootpath / "tests"
    paths = [str(tests / "support"), str(tests / "integration" / "study")]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -9, done.stderr
    store = StudyStore(tmp_path / FILE)
    assert 0 < store.counts()["ok"] < 100
    store.close()
    study().run(tmp_path, recheck=0)
    assert rows(tmp_path) == rows(whole)


def test_cycles_of_a_rate_test_are_kept_bit_by_bit(tmp_path, monkeypatch, small_chunks):
    vary = {LAYER: np.geomspace(20, 500, 30)}
    protocol = rate_test([(0.2, 2), (1, 3), (0.2, 2)])
    study(vary, protocol).run(tmp_path / "whole", engine="lanes", recheck=0)
    Interrupted(monkeypatch)
    with pytest.raises(SweepInterrupted):
        study(vary, protocol).run(tmp_path / "cut", engine="lanes", recheck=0)
    study(vary, protocol).run(tmp_path / "cut", recheck=0)
    assert rows(tmp_path / "cut") == rows(tmp_path / "whole")


def test_a_share_is_solved_again_and_said(tmp_path, monkeypatch, in_process):
    study().run(tmp_path, engine="lanes", recheck=0.05)
    found = noted(tmp_path, recheck.RECHECK)
    assert (found["of"], found["points"], found["solved"]) == (100, 5, 5)
    assert 0 < found["largest"]["discharge_capacity"] < 0.1  # mAh/g
    said = "Solved again with IDAKLU: 5 of 100 points; largest difference in discharge "
    assert said in sweep_report(tmp_path)[0].summary
    # not twice, though a larger share is another one
    monkeypatch.setattr(recheck, "solve_points", lambda *_: pytest.fail("solved"))
    study().run(tmp_path, recheck=0.05)
    assert noted(tmp_path, recheck.RECHECK) == found


def test_a_difference_is_found(tmp_path, monkeypatch):
    solved = recheck.solve_points

    def other(packed, tasks):
        (found,) = solved(packed, tasks)
        found.values[0] += 3.0
        return [found]

    monkeypatch.setattr(recheck, "solve_points", other)
    study(FEW).run(tmp_path, engine="lanes", recheck=1)
    found = noted(tmp_path, recheck.RECHECK)
    assert found["points"] == 4
    assert found["largest"]["discharge_capacity"] == pytest.approx(3, abs=0.1)


def test_where_idaklu_solves_all_nothing_is_solved_again(tmp_path):
    study(FEW).run(tmp_path, engine="IDAKLU", recheck=1, executor=InProcess())
    assert noted(tmp_path, recheck.RECHECK) is None
    for share in (-0.1, 1.5):
        with pytest.raises(InputError, match=rf"recheck: {share:g}; accepted: 0 to 1"):
            study(FEW).run(tmp_path, recheck=share)


def test_what_lanes_cannot_solve_is_left_to_idaklu(tmp_path):
    vary = {"c_rate": [1.0], "Ambient temperature [K]": [298.15, 1e-3]}
    found = {
        engine: study(vary, start="as assembled").run(
            tmp_path / engine, engine=engine, recheck=0, executor=InProcess()
        )
        for engine in ("lanes", "IDAKLU")
    }
    lanes, plain = found["lanes"], found["IDAKLU"]
    assert lanes.status.values.tolist() == [["ok", "failed"]]
    assert lanes.attempts.values.tolist() == [[1, 3]]
    assert lanes.reason.values.tolist() == plain.reason.values.tolist()


def test_a_store_goes_on_as_it_was_begun(whole, tmp_path, monkeypatch):
    with pytest.raises(InputError, match="begun with engine 'lanes'; accepted: the sa"):
        study().run(whole, engine="IDAKLU")
    study(FEW).run(tmp_path, engine="IDAKLU", executor=InProcess())
    with pytest.raises(InputError, match="was begun with engine 'IDAKLU'"):
        study(FEW).run(tmp_path, engine="lanes")
    other = 1 if lane_width() > 1 else 2
    with monkeypatch.context() as patch:
        patch.setattr(run, "lane_width", lambda: other)
        said = f"begun with {lane_width()} lanes, and this machine has {other}; accep"
        with pytest.raises(InputError, match=said):
            study().run(whole)
    with monkeypatch.context() as patch:
        patch.setenv(compiler.WIDTH, "7")
        with pytest.raises(InputError, match="ASLB_LANES=7; accepted: 1, 2, 4 or 8"):
            study().run(whole)
    monkeypatch.setattr(run, "find_compiler", lambda: None)
    with pytest.raises(InputError, match=r"begun with lanes, and here is no C\+\+ com"):
        study().run(whole)


def test_a_compiler_that_fails_is_told_and_points_are_solved_one_by_one(
    tmp_path, monkeypatch
):
    monkeypatch.setenv(cache.CACHE, str(tmp_path / "cache"))
    monkeypatch.setattr("aslb.experiments.engine.side_by_side._solver_of", _failing)
    with pytest.warns(UserWarning, match=r"^lanes: g\+\+ failed: disk full$"):
        data = study(FEW).run(engine="lanes", recheck=0, executor=InProcess())
    assert (data.status == "ok").all()


def test_a_cache_that_others_can_write_to_is_refused_before_anything_is_solved(
    tmp_path, monkeypatch
):
    monkeypatch.setenv(cache.CACHE, str(tmp_path))
    tmp_path.chmod(0o777)
    for engine in (None, "lanes"):
        with pytest.raises(
            InputError, match=f"^{tmp_path} can be written to by others"
        ):
            study(FEW).run(tmp_path / "out", engine=engine)
    assert not (tmp_path / "out" / FILE).exists()
    begun = study(FEW).run(tmp_path / "out", engine="IDAKLU", executor=InProcess())
    assert (begun.status == "ok").all()


def _failing(packed):
    raise compiler.NoCompiler("g++ failed: disk full")


def test_engine_and_share_are_options_of_the_command(aslb, tmp_path):
    file = tmp_path / "study.toml"
    file.write_text(
        'model = "SolidStateSPM"\n[vary]\n"membrane thickness [um]" = [30, 300]\n'
        "c_rate = [0.5, 1.0]\n"
    )
    out = tmp_path / "out"
    asked = ["sweep", str(file), "--out", str(out), "--engine", "lanes"]
    done = aslb([*asked, "--recheck", "1"])
    assert done.returncode == 0, done.stderr
    assert "Solved again with IDAKLU: 4 of 4 points" in done.stdout
    assert noted(out, "engine")["name"] == "lanes"
    other = aslb([*asked[:-1], "IDAKLU"])
    assert other.returncode != 0
    assert "was begun with engine 'lanes'" in other.stderr
