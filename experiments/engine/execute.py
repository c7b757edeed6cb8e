"""The one loop that hands work out to processes, and loses nothing."""

from __future__ import annotations

import os
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from typing import Any

from aslb.errors import InputError
from aslb.experiments.engine.local_workers import local_workers

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
    check_executor(executor)
    with warnings.catch_warnings():
        # a worker that has grown is replaced between tasks, at no loss
        warnings.filterwarnings("ignore", message="A worker was restarted")
        _hand_out(function, chunks, save, lost, executor)


def check_executor(executor: Any) -> None:
    """Refuse what nothing can be handed out to."""
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise InputError(
            f"executor: {executor!r}; accepted: a concurrent.futures.Executor, or none"
        )


class _Work:
    """Chunks that wait, those that run, and what is known of those that were lost.

    A local worker that dies takes all that runs with it, whoever is to blame. What was
    running is therefore run again with nothing beside it: a chunk, and if that is lost
    too, each of its items.
    """

    def __init__(self, chunks: Iterator[Chunk | None], width: int):
        self._chunks = chunks
        self._width = width
        self._again: deque[Chunk] = deque()
        self._suspects: deque[Chunk] = deque()
        self._lost: Counter[Any] = Counter()  # workers, by the item that ran
        self._alone = False
        self.running: dict[Future, Chunk] = {}

    def next(self) -> Chunk | None:
        """What to hand out now, if anything."""
        if len(self.running) >= (1 if self._alone else self._width):
            return None
        self._alone = False
        if self._again:
            return self._again.popleft()
        if not self._suspects:
            return next(self._chunks, None)
        if self.running:
            return None
        self._alone = True
        return self._suspects.popleft()

    def failed(self, chunk: Chunk, *, broken: bool) -> Sequence[Any]:
        """Put a chunk that was lost back; gives the items that are not worth it."""
        shared, items = chunk
        self._lost.update(item.id for item in items)
        certain = self._alone or not broken  # it is to blame, and nothing else
        gone = [
            item
            for item in items
            if certain and len(items) == 1 and self._lost[item.id] >= LOST_WORKERS
        ]
        queue = self._suspects if broken else self._again
        if certain:
            queue.extend((shared, [item]) for item in items if not gone)
        else:
            queue.append(chunk)
        return gone


def _hand_out(function, chunks, save, lost, executor) -> None:
    pool: Any = executor if executor is not None else local_workers()
    # a few more chunks than there are workers
    work = _Work(chunks, 2 * workers_of(pool))
    try:
        while True:
            # from the first look on: what is built is built before it is handed out
            while (chunk := work.next()) is not None:
                try:
                    future = pool.submit(function, *chunk)
                except BrokenExecutor:  # a worker died with nothing to do
                    if executor is not None:
                        raise
                    pool = local_workers()
                    future = pool.submit(function, *chunk)
                work.running[future] = chunk
            if not work.running:
                return
            done, _ = wait(work.running, return_when=FIRST_COMPLETED)
            for future in done:
                chunk = work.running.pop(future)
                error = future.exception()
                if error is None:
                    save(future.result())
                    continue
                broken = isinstance(error, BrokenExecutor)
                if broken and executor is not None:
                    raise error
                if broken:
                    pool = local_workers()
                reason = f"{type(error).__name__}: {error}".splitlines()[0]
                gone = work.failed(chunk, broken=broken)
                save([lost(item, f"worker lost: {reason}") for item in gone])
    except KeyboardInterrupt:
        if executor is None:
            # not cancelled before: loky stumbles over what is
            pool.shutdown(wait=False, kill_workers=True)
        else:
            for future in work.running:
                future.cancel()
        if isinstance(executor, ThreadPoolExecutor):
            wait(work.running)  # threads end with what they are at, and not before
        for future in work.running:
            if future.done() and not future.cancelled() and not future.exception():
                save(future.result())
        raise


def workers_of(executor: Executor | None) -> int:
    """How many tasks an executor runs at once, as far as it tells."""
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
