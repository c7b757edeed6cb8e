"""A study on a Dask cluster of separate processes, one of which is killed."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from in_process import InProcess
from stored_rows import rows

from aslb.experiments import InputError, sweep
from aslb.experiments.engine.execute import cluster_executor
from aslb.experiments.study import solve
from aslb.experiments.study.store import FILE, StudyStore

pytest.importorskip("distributed")
STUDY = """
model = "SolidStateSPM"
[vary]
"membrane thickness [um]" = { log = [20, 1000], points = 40 }
c_rate = [0.2, 0.5, 1.0, 2.0]
[outputs]
quantities = ["discharge_capacity"]
"""


@pytest.fixture
def cluster(tmp_path):
    """A scheduler, and two workers on loopback."""
    address = tmp_path / "scheduler.json"
    python = [sys.executable, "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    common = ["--scheduler-file", str(address), "--no-dashboard", "--host", "127.0.0.1"]
    scheduler = ["distributed.cli.dask_scheduler", *common, "--port", "0"]
    started = [subprocess.Popen([*python, *scheduler], **quiet)]
    while not address.exists():
        time.sleep(0.1)
    worker = ["distributed.cli.dask_worker", *common, "--nthreads", "1", "--no-nanny"]
    started += [
        subprocess.Popen([*python, *worker], cwd=tmp_path, **quiet) for _ in range(2)
    ]
    yield json.loads(address.read_text())["address"], started[1:]
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_costs_a_study_nothing(cluster, tmp_path, monkeypatch):
    content = {
        "model": "SolidStateSPM",
        "protocol": {"c_rate": 1.0},
        "vary": {"membrane thickness [um]": {"log": [20, 1000], "points": 24}},
        "outputs": {"quantities": ["discharge_capacity"]},
    }
    sweep(content, tmp_path / "whole", engine="IDAKLU", executor=InProcess())
    address, workers = cluster
    save, saved = StudyStore.save, []

    def killing(store, results):
        if not saved:
            workers[0].kill()
        saved.extend(results)
        return save(store, results)

    monkeypatch.setattr(StudyStore, "save", killing)
    monkeypatch.setitem(solve.ALONE, "SolidStateSPM", 1)  # so that more are running
    with cluster_executor(address) as executor:
        data = sweep(content, tmp_path / "killed", engine="IDAKLU", executor=executor)
    assert (data.status == "ok").all()
    assert len(saved) == 24
    assert rows(tmp_path / "killed") == rows(tmp_path / "whole")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_command_loses_nothing_with_a_killed_worker(cluster, tmp_path):
    address, workers = cluster
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    out = tmp_path / "out"
    command = ["sweep", str(study), "--out", str(out), "--scheduler", address]
    command += ["--engine", "IDAKLU"]  # lanes are done before one can be killed
    running = subprocess.Popen(
        [sys.executable, "-m", "aslb.cli", *command, "--strict"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    kept = 0
    while kept == 0 and running.poll() is None:
        time.sleep(0.02)
        if (out / FILE).exists():
            store = StudyStore(out / FILE)
            kept = store.counts()["ok"]
            store.close()
    assert kept < 160
    os.kill(workers[0].pid, signal.SIGKILL)
    stdout, stderr = running.communicate()
    assert running.returncode == 0, stderr
    assert "160 points, 160 ok, 0 failed, 0 pending" in stdout


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_an_adaptive_map_is_the_same_on_a_cluster(cluster, tmp_path):
    pytest.importorskip("adaptive")
    content = {
        "model": "SolidStateSPM",
        "method": "adaptive",
        "goal": "discharge_capacity",
        "points": 24,
        "vary": {
            "membrane thickness [um]": {"log": [20, 1000]},
            "c_rate": {"log": [0.2, 4]},
        },
    }
    address, _ = cluster
    with cluster_executor(address) as executor:
        there = sweep(content, tmp_path / "there", executor=executor)
    here = sweep(content, tmp_path / "here")
    assert there.identical(here)
    assert (there.status == "ok").all()


@pytest.mark.slow
def test_no_scheduler_is_one_line():
    with pytest.raises(InputError, match="no Dask scheduler at 'nonsense'"):
        with cluster_executor("nonsense"):
            pass


@pytest.mark.slow
def test_without_an_address_it_is_local(tmp_path):
    content = {"model": "SolidStateSPM", "vary": {"c_rate": [1.0]}}
    with cluster_executor(None) as executor:
        assert executor is None
        assert (sweep(content, tmp_path, executor=executor).status == "ok").all()
