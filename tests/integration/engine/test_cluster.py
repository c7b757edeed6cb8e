"""A study on a Dask cluster of separate processes, one of which is killed."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from aslb.experiments import InputError, sweep
from aslb.experiments.engine.execute import cluster_executor
from aslb.experiments.study.store import FILE, StudyStore

# a scheduler and two workers are started as processes
pytestmark = pytest.mark.slow

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
def test_a_killed_worker_loses_nothing(cluster, tmp_path):
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


def test_no_scheduler_is_one_line():
    with pytest.raises(InputError, match="no Dask scheduler at 'nonsense'"):
        with cluster_executor("nonsense"):
            pass


def test_without_an_address_it_is_local(tmp_path):
    content = {"model": "SolidStateSPM", "vary": {"c_rate": [1.0]}}
    with cluster_executor(None) as executor:
        assert executor is None
        assert (sweep(content, tmp_path, executor=executor).status == "ok").all()
