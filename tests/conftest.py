"""What all tests share: the environment, and the command line in this process."""

import os
from types import SimpleNamespace

import pytest
from in_process import InProcess

os.environ.setdefault("PYBAMM_DISABLE_TELEMETRY", "true")
os.environ.setdefault("MPLBACKEND", "Agg")


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory):
    """Libraries of models are kept for the session, for all its workers."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of all workers
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASLB_CACHE", str(folder / "cache"))
        yield


@pytest.fixture
def in_process(monkeypatch):
    """Whatever would run in local processes runs in this one."""
    started = "aslb.experiments.engine.local_workers.get_reusable_executor"
    monkeypatch.setattr(started, lambda **_: InProcess())


@pytest.fixture
def aslb(tmp_path, monkeypatch, capsys, in_process):
    """The command line in this process and in a folder of its own."""
    from aslb.cli import main

    monkeypatch.chdir(tmp_path)

    def call(arguments):
        status = 0
        try:
            main(arguments.split() if isinstance(arguments, str) else arguments)
        except SystemExit as left:
            status = left.code or 0
        said = capsys.readouterr()
        return SimpleNamespace(returncode=status, stdout=said.out, stderr=said.err)

    return call
