"""How long a point may take that is solved by itself."""

from __future__ import annotations

import math
from time import monotonic

from aslb.experiments.engine.cycle import CycleFailure

LIMIT = 3600.0  # s, far above any point that will end


class TimeLimit:
    """Time that a point has from now on, looked at before each step of its protocol.

    Parameters
    ----------
    seconds : float
        The time [s].
    """

    def __init__(self, seconds: float):
        self._end = monotonic() + seconds
        self.reason = f"took longer than the limit of {seconds:g} s"

    @property
    def is_over(self) -> bool:
        """Whether the time is used up."""
        return monotonic() >= self._end

    def check(self) -> None:
        """End a cycle whose time is used up.

        Raises
        ------
        CycleFailure
            If it is.
        """
        if self.is_over:
            raise CycleFailure(self.reason)


UNLIMITED = TimeLimit(math.inf)
