"""PyBaMM's log, silent where what it would say is told in a result."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import pybamm
from typing_extensions import override

_QUIET = ContextVar("quiet", default=False)


class _Filter(logging.Filter):
    @override
    def filter(self, record: logging.LogRecord) -> bool:
        return not _QUIET.get()


_FILTER = _Filter()


@contextmanager
def quiet() -> Iterator[None]:
    """Keep PyBaMM from logging in this thread, and in no other one."""
    # once, and without effect outside: the level belongs to the user
    pybamm.logger.addFilter(_FILTER)
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)
