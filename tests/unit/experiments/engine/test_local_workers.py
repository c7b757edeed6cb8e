"""Processes that end with the one that started them, whatever they are at."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

PARENT = """
import sys
import work
from aslb.experiments.engine.local_workers import local_workers

local_workers().submit(getattr(work, sys.argv[1])).result()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
@pytest.mark.parametrize("busy", ["compiled", "unknown_to_the_kernel"])
def test_a_worker_ends_when_its_parent_is_killed(busy, pytestconfig):
    support = str(pytestconfig.rootpath / "tests" / "support")
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, busy],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": support},
        text=True,
        start_new_session=True,
    )
    try:
        assert parent.stdout.readline() == "runs\n"
        parent.kill()
        parent.communicate(timeout=10)  # nobody has its output open any more
    finally:
        with suppress(ProcessLookupError):
            os.killpg(parent.pid, signal.SIGKILL)
