"""Signals that ask a command to end, taken as Ctrl-C is: what was done is kept."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
]
KEYBOARD = 130  # exit status after Ctrl-C
TOGETHER = 1.0  # s; a session that is closed may send both


@contextmanager
def interruptible() -> Iterator[None]:
    """Take signals as interruptions by the keyboard, and tell which by the status.

    Outside of the main thread, and for signals that are ignored, as under ``nohup``,
    nothing is changed.

    Raises
    ------
    KeyboardInterrupt
        At a signal.
    SystemExit
        With 128 and the number of the signal, 143 for SIGTERM, in the place of 130.
    """
    caught: list[tuple[int, float]] = []

    def interrupt(number, frame):
        now = time.monotonic()
        if not caught or now - caught[-1][1] > TOGETHER:
            caught.append((number, now))
            raise KeyboardInterrupt

    before = {}
    if threading.current_thread() is threading.main_thread():
        handlers = {number: signal.getsignal(number) for number in ENDING}
        kept = (signal.SIG_IGN, None)  # None is one that is not Python's
        before = {n: handler for n, handler in handlers.items() if handler not in kept}
    for number in before:
        signal.signal(number, interrupt)
    try:
        yield
    except SystemExit as left:
        if caught and left.code == KEYBOARD:
            sys.exit(128 + caught[0][0])
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
