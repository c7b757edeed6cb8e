"""Signals that end a command, and whom they are left to."""

import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from aslb.cli import main
from aslb.cli.cells import cells_command
from aslb.cli.interruption import ENDING, KEYBOARD, interruptible


@pytest.fixture(autouse=True)
def not_ignored():
    """Signals as in a terminal, also where the tests are run under nohup."""
    before = {number: signal.getsignal(number) for number in ENDING}
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def handlers():
    """What signals do now, in a command."""
    with interruptible():
        return [signal.getsignal(number) for number in ENDING]


def ended_by(number):
    """A command that is ended by a signal as it is by the keyboard."""
    with interruptible():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        sys.exit(KEYBOARD)


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_interrupts_and_is_told_by_the_status(number):
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as left:
        ended_by(number)
    assert left.value.code == 128 + number
    assert signal.getsignal(number) == before


def test_signals_of_a_closed_session_interrupt_once():
    with interruptible():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(ENDING[0])
        for number in ENDING:  # while what is kept is told
            signal.raise_signal(number)


@pytest.mark.parametrize("status", [0, 1, KEYBOARD])
def test_without_a_signal_the_status_is_left(status):
    with pytest.raises(SystemExit) as left, interruptible():
        sys.exit(status)
    assert left.value.code == status


def test_what_is_ignored_stays_ignored():
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        assert handlers()[0] == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_outside_of_the_main_thread_nothing_is_changed():
    here = [signal.getsignal(number) for number in ENDING]
    with ThreadPoolExecutor(1) as other:
        assert other.submit(handlers).result() == here
    assert handlers() != here


def test_every_command_is_interrupted_in_a_line(monkeypatch, capsys):
    def interrupted(**_):
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(cells_command, "callback", interrupted)
    with pytest.raises(SystemExit) as left:
        main(["cells"])
    assert left.value.code == 128 + signal.SIGTERM
    assert capsys.readouterr().err.strip() == "aslb: interrupted"
