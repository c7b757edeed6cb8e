"""An experiment whose cut-offs are those of the cell that it is done to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pybamm


class WithinCutoffs(pybamm.Experiment):
    """An experiment between cut-offs, of which some are given and others a cell's own.

    In plain PyBaMM, which does not ask a cell, it is one between the usual cut-offs.
    Called with the cut-offs of a cell, as a `Study` does, it is one between these.

    Parameters
    ----------
    make : callable
        Makes the cycles of an experiment of `upper_cutoff` and `lower_cutoff` [V].
    usual : mapping of str to float
        Both, where nobody says otherwise.
    given : mapping of str to float
        Those that hold whatever the cell.
    """

    def __init__(
        self,
        make: Callable[..., list[Any]],
        usual: Mapping[str, float],
        given: Mapping[str, float],
    ):
        self._make, self._usual, self._given = make, {**usual}, {**given}
        super().__init__(make(**self._usual | self._given))

    def __call__(self, **cutoffs: float) -> WithinCutoffs:
        """The same between the cut-offs of a cell.

        Parameters
        ----------
        **cutoffs : float
            Its `upper_cutoff` and `lower_cutoff` [V].
        """
        return WithinCutoffs(self._make, self._usual | cutoffs, self._given)
