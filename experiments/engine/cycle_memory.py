"""Cycles that were solved, found again when another one starts as they did.

The models of a study do not age: where a cycle ends, and all that happens on the way,
follows from the state it starts in and its rate. A cell that is cycled at one rate
starts each cycle but the first where it started the one before.
"""

from __future__ import annotations

import numpy as np

from aslb.experiments.engine.cycle import Cycle, tolerances


class CycleMemory:
    """Solved cycles of one cell by their rate and the state they start in.

    Parameters
    ----------
    rtol : float
        Relative tolerance of the solver: states are the same if the solver could not
        tell them apart, each number of the one within the tolerances of the other.
    """

    def __init__(self, rtol: float):
        self._rtol, self._atol = tolerances(rtol).values()
        self._known: dict[float, list[tuple[np.ndarray, Cycle, np.ndarray]]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._known.values()))

    def find(self, c_rate: float, start: np.ndarray) -> tuple[Cycle, np.ndarray] | None:
        """The cycle of a rate that started in a state.

        Parameters
        ----------
        c_rate : float
            The rate [h-1].
        start : numpy.ndarray
            Scaled differential states at its start, counters of what passed at zero.

        Returns
        -------
        tuple of Cycle and numpy.ndarray, or None
            The cycle and all states at its end; None if there was no such cycle.
        """
        for known, cycle, end in reversed(self._known.get(c_rate, [])):
            if np.allclose(start, known, rtol=self._rtol, atol=self._atol):
                return cycle, end
        return None

    def keep(
        self, c_rate: float, start: np.ndarray, cycle: Cycle, end: np.ndarray
    ) -> None:
        """Remember a cycle that was solved.

        Parameters
        ----------
        c_rate : float
            Its rate [h-1].
        start : numpy.ndarray
            As for `find`.
        cycle : Cycle
            The cycle.
        end : numpy.ndarray
            All states at its end.
        """
        self._known.setdefault(c_rate, []).append((start, cycle, end))
