"""What is kept of a cycle of a protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aslb.experiments.engine.outputs import QUANTITIES, Outputs
from aslb.experiments.engine.steps import HALVES

SHORT = 60.0  # s
RTOL = 1e-4  # PyBaMM's own
MOST = 1e6  # a ratio beyond it divides by what no solver resolves


def tolerances(rtol: float) -> dict[str, float]:
    """Tolerances of a solver, in PyBaMM's proportion."""
    return {"rtol": rtol, "atol": 1e-2 * rtol}


class CycleFailure(Exception):
    """A cycle that could not be solved, with the reason as its message."""


@dataclass(frozen=True)
class Cycle:
    """One cycle: what was charged, holds included, and what was discharged.

    Parameters
    ----------
    charge, discharge : tuple of float
        Charge [A.h] and energy [W.h] passed, both positive.
    losses : dict of str to numpy.ndarray
        Voltage losses [V] of each half, one row a depth and one column a component;
        positive on discharge and negative on charge.
    curves : tuple of numpy.ndarray
        Terminal voltage on charge and on discharge [V], evenly spaced in charge passed;
        empty if not asked for.
    remark : str
        Half-cycles whose constant part hardly lasted.
    """

    charge: tuple[float, float]
    discharge: tuple[float, float]
    losses: dict[str, np.ndarray]
    curves: tuple[np.ndarray, ...]
    remark: str

    @property
    def coulombic_efficiency(self) -> float:
        """Charge of the discharge over that of the charge; NaN if nothing charged."""
        return _ratio(self.discharge[0], self.charge[0])

    @property
    def energy_efficiency(self) -> float:
        """Energy of the discharge over that of the charge; NaN if nothing charged."""
        return _ratio(self.discharge[1], self.charge[1])

    def values(self, outputs: Outputs, mass: float) -> list[float]:
        """The numbers that a study keeps, in the order of its columns.

        Parameters
        ----------
        outputs : Outputs
            What is kept.
        mass : float
            Mass of active material [kg].

        Returns
        -------
        list of float
            As many as `outputs.columns`.
        """
        (charge, charge_energy), (discharge, discharge_energy) = (
            self.charge,
            self.discharge,
        )
        numbers = {
            "charge_capacity": charge / mass,
            "discharge_capacity": discharge / mass,
            "coulombic_efficiency": self.coulombic_efficiency,
            "charge_energy": charge_energy / mass,
            "discharge_energy": discharge_energy / mass,
            "energy_efficiency": self.energy_efficiency,
            "mean_charge_voltage": _ratio(charge_energy, charge),
            "mean_discharge_voltage": _ratio(discharge_energy, discharge),
        }
        assert numbers.keys() == QUANTITIES.keys()
        kept = [numbers[name] for name in outputs.quantities]
        lost = [self.losses[half].ravel() for half in outputs.loss_depths]
        return [*kept, *np.concatenate(lost).tolist()]


@dataclass(frozen=True)
class CycleRun:
    """Cycles one after the other, as far as they could be solved.

    Parameters
    ----------
    cycles : tuple of Cycle
        The cycles, in order.
    solved : int
        How many of them were solved. Each of the others starts in the state of one of
        these and has the same steps, and is that cycle.
    failure : str, optional
        Why the next cycle could not be solved; empty if all were.
    attempts : int, optional
        How many ways of solving were tried.
    """

    cycles: tuple[Cycle, ...]
    solved: int
    failure: str = ""
    attempts: int = 1


def failed_at(number: int, of: int, failure: Exception) -> str:
    """Which cycle could not be solved, where there are several, and why."""
    return f"cycle {number}: {failure}" if of > 1 else str(failure)


def check_not_idle(steps: Sequence[Any], solved: Sequence[Any]) -> None:
    """Refuse what PyBaMM refuses: a cycle all of whose steps ended at once.

    A cycle of one step may pass like that, unless the step says that it may not.

    Raises
    ------
    CycleFailure
        If there is nothing in the cycle.
    """
    idle = not any(states is not None for states in solved)
    if idle and (len(steps) > 1 or not steps[0].skip_ok):
        raise CycleFailure("every step met its cut-off at once")


def remark(
    names: Sequence[str], seconds: Sequence[float], held: Sequence[float]
) -> str:
    """What there is to say about a half-cycle whose constant part hardly lasted.

    Parameters
    ----------
    names : sequence of str
        Steps of the cycle, in a word.
    seconds : sequence of float
        How long each took to meet its cut-off; 0 if it ended at once.
    held : sequence of float
        How many of them a charge was at its voltage limit.
    """
    said = {half: f"{half} met its cut-off within a minute" for half in HALVES}
    said["charge"] += ": hold only" if "hold" in names else ""
    said["held"] = "charge was at its cut-off from the start: hold only"
    # a hold or a rest that has nothing to do is no surprise
    ended = {
        "held" if at_limit else name
        for name, time, at_limit in zip(names, seconds, held, strict=True)
        if time - at_limit < SHORT
    }
    return "; ".join(words for name, words in said.items() if name in ended)


def _ratio(part: float, whole: float) -> float:
    return part / whole if MOST * whole > part else float("nan")
