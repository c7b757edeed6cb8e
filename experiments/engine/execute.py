"""The one loop that hands work out to processes, and loses nothing."""

from __future__ import annotations

import os
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from typing import Any

from loky import get_reusable_executor

from aslb.errors import InputError

LOST_WORKERS = 2  # an item that loses this many is given up

Chunk = tuple[Any, Sequence[Any]]
"""What items have in common, and the items, each with an `id`."""


def hand_out(
    function: Callable[[Any, Sequence[Any]], Sequence[Any]],
    chunks: Iterator[Chunk | None],
    save: Callable[[Sequence[Any]], None],
    lost: Callable[[Any, str], Any],
    executor: Executor | None = None,
) -> None:
    """Run a function on chunks of work, and save results as they come.

    Parameters
    ----------
    function : callable
        Called with what a chunk has in common and its items; gives a result an item.
    chunks : iterator of Chunk or None
        Work, asked for as workers become free; None where there is nothing to hand out
        before what is running is finished.
    save : callable
        Called with results, in any order.
    lost : callable
        Called with an item that took two workers with it and the reason; gives its
        result.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Raises
    ------
    KeyboardInterrupt
        At an interruption by the keyboard; what was finished is saved.
    """
    with warnings.catch_warnings():
        # a worker that has grown is replaced between tasks, at no loss
        warnings.filterwarnings("ignore", message="A worker was restarted")
        _hand_out(function, chunks, save, lost, executor)


def _hand_out(function, chunks, save, lost, executor) -> None:
    again: deque[Chunk] = deque()
    deaths: Counter[Any] = Counter()
    running: dict[Future, Chunk] = {}
    pool: Any = executor if executor is not None else _local()
    width = 2 * workers_of(pool)  # a few more chunks than there are workers
    try:
        while True:
            # from the first look on: what is built is built before it is handed out
            while len(running) < width:
                chunk = again.popleft() if again else next(chunks, None)
                if chunk is None:
                    break
                running[pool.submit(function, *chunk)] = chunk
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                shared, items = running.pop(future)
                error = future.exception()
                if error is None:
                    save(future.result())
                    continue
                if isinstance(error, BrokenExecutor):
                    if executor is not None:
                        raise error
                    pool = _local()
                # alone next time, to find the one that kills
                deaths.update(item.id for item in items)
                gone = [item for item in items if deaths[item.id] >= LOST_WORKERS]
                again.extend((shared, [i]) for i in items if i not in gone)
                reason = f"{type(error).__name__}: {error}".splitlines()[0]
                save([lost(item, f"worker lost: {reason}") for item in gone])
    except KeyboardInterrupt:
        for future in running:
            future.cancel()
        if executor is None:
            pool.shutdown(wait=False, kill_workers=True)
        raise


def workers_of(executor: Executor | None) -> int:
    """How many tasks an executor runs at once, as far as it tells.

    Parameters
    ----------
    executor : concurrent.futures.Executor or None
        The executor; None stands for local processes.

    Returns
    -------
    int
        At least 1.
    """
    client = getattr(executor, "_client", None)  # of dask.distributed
    if client is not None:
        return max(1, sum(client.ncores().values()))
    return getattr(executor, "_max_workers", None) or os.cpu_count() or 1


@contextmanager
def cluster_executor(address: str | None) -> Iterator[Executor | None]:
    """An executor on the Dask cluster at an address.

    Parameters
    ----------
    address : str or None
        Address of the scheduler, as ``tcp://host:8786``; None is for local processes.

    Yields
    ------
    concurrent.futures.Executor or None
        For a study. A worker that dies costs nothing: the scheduler hands its tasks to
        another.

    Raises
    ------
    InputError
        If there is no scheduler at the address, or `dask.distributed` is not installed.
    """
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "--scheduler needs dask.distributed; accepted after: pip install "
            '"aslb[cluster]"'
        ) from None
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError, TypeError):
        raise InputError(
            f"no Dask scheduler at '{address}'; accepted: the address of one, as "
            "tcp://host:8786"
        ) from None
    with client:
        yield client.get_executor(pure=False)


def _local() -> Any:
    # loky's processes need no `if __name__ == "__main__"` in the user's script, and
    # live on between calls, so that nothing is built twice
    return get_reusable_executor(max_workers=os.cpu_count() or 1, timeout=300)
