"""Work that other processes can import, some of which kills them."""

import ctypes
import os
import signal
import time
from dataclasses import dataclass

from aslb.experiments.engine.local_workers import PR_SET_PDEATHSIG


@dataclass(frozen=True)
class Item:
    """A division, or the death of who does it."""

    id: int
    numbers: tuple = (7, 2)


def divided(shared, items):
    """Number, quotient and remainder of each item."""
    for item in items:
        if not item.numbers:
            os.kill(os.getpid(), signal.SIGKILL)
    return [(item.id, *divmod(*item.numbers)) for item in items]


def compiled():
    """Say that it runs, and be long in compiled code that keeps the interpreter."""
    print("runs", flush=True)
    ctypes.PyDLL(None).sleep(100)


def unknown_to_the_kernel():
    """Say that it runs, and be long as on a system without signals from parents."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, 0)
    print("runs", flush=True)
    time.sleep(100)
