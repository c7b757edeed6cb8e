"""What a sweep leaves running, and says, when its process is told to end."""

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from command_line import start_aslb
from in_process import InProcess

from aslb.experiments import Study, cccv
from aslb.experiments.study.store import FILE, StudyStore

SECONDS = 10.0
STUDY = """
model = "SolidStateSPM"
[vary]
"membrane thickness [um]" = { log = [20, 1000], points = 1000 }
c_rate = [0.2, 0.5, 1.0, 2.0]
[outputs]
quantities = ["discharge_capacity"]
"""
FROM_PYTHON = """
import sys
from aslb.experiments import sweep

sweep(sys.argv[1], sys.argv[2], engine="IDAKLU")
"""


def kept(out):
    """How many points are kept in a folder."""
    if not (out / FILE).exists():
        return 0
    store = StudyStore(out / FILE)
    try:
        return store.counts()["ok"]
    finally:
        store.close()


def ended(started, out, number):
    """End a sweep that solves in processes; its output and what it had started.

    Gives up if there is no end of its output, or of them, within seconds.
    """
    while not kept(out) and started.poll() is None:
        time.sleep(0.05)
    below = psutil.Process(started.pid).children(recursive=True)
    try:
        assert len(below) > os.cpu_count()  # workers, and who keeps count of resources
        os.kill(started.pid, number)
        said = started.communicate(timeout=SECONDS)
        _, alive = psutil.wait_procs(below, SECONDS)
        assert not alive
        return said
    finally:
        for process in [started, *below]:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                pass
        started.communicate()


@pytest.fixture
def study(tmp_path):
    file = tmp_path / "study.toml"
    file.write_text(STUDY)
    return file


def test_nothing_outlives_a_killed_command(study, tmp_path):
    arguments = ["sweep", str(study), "--engine", "IDAKLU", "--out", str(tmp_path)]
    ended(start_aslb(arguments), tmp_path, signal.SIGKILL)


@pytest.mark.slow
def test_nothing_outlives_a_terminated_python(study, tmp_path):
    started = subprocess.Popen(
        [sys.executable, "-c", FROM_PYTHON, str(study), str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    ended(started, tmp_path, signal.SIGTERM)
    # what a signal does is for the user to say
    assert started.returncode == -signal.SIGTERM


def test_a_terminated_command_says_what_is_kept(study, tmp_path):
    arguments = ["sweep", str(study), "--engine", "IDAKLU", "--out", str(tmp_path)]
    started = start_aslb(arguments)
    _, stderr = ended(started, tmp_path, signal.SIGTERM)
    found = re.fullmatch(
        r"aslb: interrupted: (\d+) of 4000 points are kept in (.*); the same command "
        r"goes on from there\n",
        stderr,
    )
    assert found, stderr
    assert found[2] == str(tmp_path / FILE)
    assert int(found[1]) == kept(tmp_path) > 0
    assert started.returncode == 128 + signal.SIGTERM


def test_a_study_in_a_thread_leaves_signals_to_the_program():
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    before = [signal.getsignal(number) for number in numbers]
    seen = []

    class Looking(InProcess):
        def submit(self, function, /, *args):
            seen.append([signal.getsignal(number) for number in numbers])
            return super().submit(function, *args)

    study = Study("Cao2021_thin_halide", cccv(1), model="SolidStateSPM")
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(study.run, engine="IDAKLU", executor=Looking())
        assert running.result().status == "ok"
    assert seen == [before]
