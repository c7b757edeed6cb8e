"""`aslb explore` before anything is served."""

import socket
import sys

import pytest


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_one_line(aslb, taken):
    pytest.importorskip("marimo")
    told = aslb(f"explore --no-browser --port {taken}")
    assert told.returncode == 2
    assert told.stderr.startswith(f"aslb: port {taken}: ")
    assert told.stderr.count("\n") == 1


def test_without_marimo_it_says_what_to_install(aslb, monkeypatch):
    monkeypatch.setitem(sys.modules, "marimo", None)
    told = aslb("explore --no-browser")
    assert told.returncode == 2
    assert told.stderr == (
        'aslb: explore needs marimo; accepted after: pip install "aslb[explore]"\n'
    )


def test_a_cell_that_there_is_not_is_one_line(aslb):
    pytest.importorskip("marimo")
    told = aslb("explore --no-browser --port 0 --cell nowhere.toml")
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "nowhere.toml" in told.stderr
