"""Processes of this machine that work for this one, and end when it does."""

from __future__ import annotations

import ctypes
import multiprocessing.connection
import os
import signal
import sys
import threading
import time
from typing import Any

from loky import get_reusable_executor

LOOK = 1.0  # s between two looks at whether the parent is still there
PR_SET_PDEATHSIG = 1  # of Linux's prctl


def local_workers() -> Any:
    """A process for each core, the same ones for all calls of a thread.

    Returns
    -------
    concurrent.futures.Executor
        Its processes end within seconds of this one, however it ends: nobody would
        read their answers, and they hold open what this process writes to.
    """
    # loky's processes need no `if __name__ == "__main__"` in the user's script, and
    # live on between calls, so that nothing is built twice
    return get_reusable_executor(
        max_workers=os.cpu_count() or 1,
        timeout=300,
        initializer=end_with,
        initargs=(os.getpid(),),
    )


def end_with(parent: int) -> None:
    """Have this process end when its parent has.

    Parameters
    ----------
    parent : int
        Number of the process that started this one.
    """
    if sys.platform == "linux":
        # also inside compiled code that keeps the interpreter. It ends with the thread
        # that started it, to which its executor belongs, so that no work is lost
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: int) -> None:
    """Wait for the end of the parent, which may have come before, and end."""
    sentinel = getattr(multiprocessing.parent_process(), "sentinel", None)
    if sentinel is not None:  # on Windows, where its number stays
        multiprocessing.connection.wait([sentinel])
    else:
        while os.getppid() == parent:
            time.sleep(LOOK)
    os._exit(1)
