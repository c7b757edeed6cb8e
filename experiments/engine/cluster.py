"""Executors beyond this machine."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from aslb.errors import InputError


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
