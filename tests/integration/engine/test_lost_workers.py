"""Local processes that are killed, by what they work on or by others."""

import os
import signal

import numpy as np
import psutil
from in_process import InProcess
from stored_rows import rows
from work import Item, divided

from aslb.experiments import Study, cccv
from aslb.experiments.engine.execute import hand_out
from aslb.experiments.engine.local_workers import local_workers
from aslb.experiments.study import solve
from aslb.experiments.study.recheck import FEW, RECHECK, rechecking
from aslb.experiments.study.store import StudyStore

POINTS = 24
STUDY = Study(
    "Cao2021_thin_halide",
    cccv(1),
    {"membrane thickness [um]": np.geomspace(20, 1000, POINTS)},
    model="SolidStateSPM",
    quantities=["discharge_capacity"],
)


def workers():
    """Processes of this one that work."""
    return [
        process
        for process in psutil.Process().children()
        if "loky.backend.popen_loky_posix" in process.cmdline()
    ]


def kill_a_worker():
    """Kill one of them."""
    os.kill(workers()[0].pid, signal.SIGKILL)


def test_what_kills_its_worker_is_given_up_and_all_else_is_solved():
    killers = {2, 9}
    items = [Item(k, () if k in killers else (7, 2)) for k in range(16)]
    chunks = (("", items[k : k + 2]) for k in range(0, 16, 2))
    found = []
    hand_out(divided, chunks, found.extend, lambda item, reason: (item.id, reason))
    assert sorted(number for number, *_ in found) == list(range(16))
    lost = {number: rest[0] for number, *rest in found if len(rest) == 1}
    assert lost.keys() == killers
    assert lost[2].startswith("worker lost: TerminatedWorkerError: ")
    # and there are processes for whoever comes next
    assert local_workers().submit(abs, -1).result() == 1


def test_a_killed_worker_costs_a_study_nothing(tmp_path, monkeypatch):
    STUDY.run(tmp_path / "whole", engine="IDAKLU", executor=InProcess())
    save, saved = StudyStore.save, []

    def killing(store, results):
        if not saved:
            kill_a_worker()
        saved.extend(results)
        return save(store, results)

    monkeypatch.setattr(StudyStore, "save", killing)
    monkeypatch.setitem(solve.ALONE, "SolidStateSPM", 1)  # so that more are running
    data = STUDY.run(tmp_path / "killed", engine="IDAKLU")
    assert (data.status == "ok").all()
    assert len(saved) == POINTS
    assert rows(tmp_path / "killed") == rows(tmp_path / "whole")


def test_a_killed_worker_costs_the_recheck_nothing():
    assert POINTS > FEW
    store = StudyStore.in_memory(STUDY, engine={"name": "lanes"})
    with rechecking(store, STUDY, 1.0, None):
        kill_a_worker()
    assert store.meta(RECHECK)["solved"] == POINTS
    store.close()


def test_an_interruption_ends_the_recheck(capfd):
    store = StudyStore.in_memory(STUDY, engine={"name": "lanes"})
    study = rechecking(store, STUDY, 1.0, None)
    study.__enter__()
    working = workers()
    interruption = KeyboardInterrupt()
    assert not study.__exit__(type(interruption), interruption, None)
    _, alive = psutil.wait_procs(working, 10)
    assert working
    assert not alive
    assert capfd.readouterr().err == ""
    store.close()
