"""Cycles that were solved, found again when another one starts as they did.

The models of a study do not age: where a cycle ends, and all that happens on the way,
follows from the state it starts in and its steps. A cell that is cycled at one rate
starts each cycle but the first where it started the one before.
"""

from __future__ import annotations

import numpy as np

from aslb.experiments.engine.cycle import Cycle, tolerances
from aslb.experiments.engine.steps import Cycle as Steps


class CycleMemory:
    """Solved cycles of one cell by their steps and the state they start in.

    Parameters
    ----------
    rtol : float
        Relative tolerance of the solver: states are the same if the solver could not
        tell them apart, each number of the one within the tolerances of the other.
    """

    def __init__(self, rtol: float):
        self._rtol, self._atol = tolerances(rtol).values()
        self._known: dict[Steps, list[tuple[np.ndarray, Cycle, np.ndarray]]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._known.values()))

    def find(self, steps: Steps, start: np.ndarray) -> tuple[Cycle, np.ndarray] | None:
        """The cycle of given steps that started in a state."""
        for known, cycle, end in reversed(self._known.get(steps, [])):
            if np.allclose(start, known, rtol=self._rtol, atol=self._atol):
                return cycle, end
        return None

    def keep(
        self, steps: Steps, start: np.ndarray, cycle: Cycle, end: np.ndarray
    ) -> None:
        """Remember a cycle that was solved."""
        self._known.setdefault(steps, []).append((start, cycle, end))
