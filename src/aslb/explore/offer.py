"""The cells that the page offers, each built once for all who look at it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from aslb.explore.answer import Answer, BuiltCell
from aslb.explore.state import State
from aslb.models.registry import DFN, SPM
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell

REST = 0.8
"""Seconds without a move until the slower model answers."""


class Offer:
    """Cells by name, and what was built and answered of them.

    Parameters
    ----------
    asked : iterable of str, optional
        Names of cells, or cell files; they come first, and those that ship after them.
    """

    def __init__(self, asked: Iterable[str] = ()):
        self._asked = [*asked]
        self._built: dict[tuple[str, str], BuiltCell] = {}
        self._locks = {model: threading.Lock() for model in (DFN, SPM)}
        self._turn = threading.Lock()
        self._as_built: dict[Any, Answer] = {}

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """The cells by name."""
        cells = [Cell(one) for one in dict.fromkeys([*self._asked, *SHIPPED])]
        found: dict[str, Cell] = {}
        for cell in cells:  # of two with one name the one that was asked for
            found.setdefault(cell.name, cell)
        return found

    def is_built(self, name: str, model: str) -> bool:
        """Whether a cell can answer at once."""
        return (name, model) in self._built

    def built(self, name: str, model: str) -> BuiltCell:
        """A cell that answers; it is built if it is not."""
        with self._locks[model]:
            if (name, model) not in self._built:
                self._built[name, model] = BuiltCell(self.cells[name], model)
            return self._built[name, model]

    def build_beside(self, name: str, model: str) -> None:
        """Begin to build a cell, while others answer."""
        threading.Thread(target=self.built, args=(name, model), daemon=True).start()

    def answer(self, state: State, model: str) -> Answer:
        """What a model answers for a state."""
        return self.built(state.cell, model).answer(state)

    def when_at_rest(
        self,
        state: State,
        model: str | None,
        tell: Callable[[tuple[State, Answer | None]], None],
    ) -> None:
        """Answer once nothing has moved for a moment; for a thread of the page.

        It makes way for what answers a slider that moves meanwhile, and tells nothing
        when the page has gone on to another state.

        Parameters
        ----------
        state : State
            What is set.
        model : str or None
            The model that answers; None if none is wanted.
        tell : callable
            It is given the state and the answer.
        """
        from marimo import current_thread

        thread = current_thread()
        with suppress(AttributeError, OSError):  # Linux gives threads a priority
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)
        time.sleep(REST)
        found = None
        with self._turn:
            if model is not None and not thread.should_exit:
                found = self.answer(state, model)
        if not thread.should_exit:
            tell((state, found))

    def as_built(self, state: State, model: str) -> Answer:
        """What it answers for the cell as it ships, at the rates of a state."""
        own = State(state.cell, {}, state.c_rates, state.losses_at)
        key = (own.cell, own.c_rates, own.losses_at, model)
        if key not in self._as_built:
            self._as_built[key] = self.answer(own, model)
        return self._as_built[key]


class Shared:
    """The one offer of a process; a command sets it before the page is opened."""

    offer = Offer()
