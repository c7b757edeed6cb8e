"""Numbers of one charge or one discharge, read from a PyBaMM solution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pybamm

from aslb.models.submodels.voltage_losses import LOSSES


@dataclass(frozen=True)
class HalfCycle:
    """One charge (with its hold) or one discharge.

    Parameters
    ----------
    capacity : numpy.ndarray
        Charge passed so far [A.h], from zero, one value for each time.
    energy : float
        Energy passed [W.h].
    voltage : numpy.ndarray
        Terminal voltage at those times [V].
    losses : dict of str to numpy.ndarray
        Voltage loss of each component at those times [V].
    """

    capacity: np.ndarray
    energy: float
    voltage: np.ndarray
    losses: dict[str, np.ndarray]

    @property
    def total(self) -> float:
        """Charge passed in all [A.h]."""
        return float(self.capacity[-1])

    def at_depths(self, values: np.ndarray, depths: np.ndarray) -> np.ndarray:
        """Values at fractions of the charge passed.

        Parameters
        ----------
        values : numpy.ndarray
            One value for each time.
        depths : numpy.ndarray
            Fractions of the charge passed, from 0 to 1.

        Returns
        -------
        numpy.ndarray
            As many values as depths; NaN if no charge was passed.
        """
        if self.total <= 0:
            return np.full(len(depths), np.nan)
        return np.interp(depths, self.capacity / self.total, values)


def half_cycle(steps: Sequence[pybamm.Solution], sign: int) -> HalfCycle:
    """Join the steps of one charge or one discharge.

    Parameters
    ----------
    steps : sequence of pybamm.Solution
        Steps in order. Steps that ended at once are empty and count for nothing.
    sign : int
        +1 for a discharge and -1 for a charge.

    Returns
    -------
    HalfCycle
        Its numbers; all zero if every step ended at once.
    """
    solved = [step for step in steps if not isinstance(step, pybamm.EmptySolution)]
    if not solved:
        empty = np.zeros(1)
        return HalfCycle(empty, 0.0, np.full(1, np.nan), dict.fromkeys(LOSSES, empty))

    def joined(name: str) -> np.ndarray:
        return np.concatenate([step[name].entries for step in solved])

    charge = joined("Discharge capacity [A.h]")
    energy = joined("Discharge energy [W.h]")
    return HalfCycle(
        capacity=sign * (charge - charge[0]),
        energy=float(sign * (energy[-1] - energy[0])),
        voltage=joined("Voltage [V]"),
        losses={name: joined(f"{name} loss [V]") for name in LOSSES},
    )
