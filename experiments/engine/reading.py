"""The numbers of a cycle, read from whatever a solver leaves of its steps."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from typing_extensions import override

from aslb.experiments.engine.cycle import Cycle, remark
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.steps import HALVES
from aslb.models.submodels.voltage_losses import LOSSES


class CycleReader(ABC):
    """Reads cycles; what a step is, is the solver's own affair."""

    @abstractmethod
    def passed(self, first: Any, last: Any) -> np.ndarray:
        """Charge [A.h] and energy [W.h] from the start of one step to another's end."""

    @abstractmethod
    def lasted(self, step: Any) -> float:
        """Seconds that a step took."""

    @abstractmethod
    def met_cutoff(self, step: Any) -> bool:
        """Whether a cut-off ended a step, and not its duration."""

    @abstractmethod
    def held(self, step: Any) -> float:
        """Seconds that a regulated charge was at its voltage limit."""

    @abstractmethod
    def voltages_at(
        self, half: str, steps: Sequence[Any], depths: np.ndarray
    ) -> np.ndarray:
        """Terminal voltage [V] at fractions of the charge that steps passed.

        The steps are those of a half of a cycle that are no rest; NaN if there is none.
        """

    @abstractmethod
    def losses_at(
        self, half: str, steps: Sequence[Any], depths: np.ndarray
    ) -> np.ndarray:
        """Likewise, voltage losses [V]: one row a fraction, one column a component."""

    def cycle(
        self,
        named: Sequence[tuple[str, str]],
        solved: Sequence[Any],
        outputs: Outputs,
    ) -> Cycle:
        """The numbers of a cycle.

        Parameters
        ----------
        named : sequence of tuple of str
            Name and half of each step, as `aslb.experiments.engine.steps.Step` has.
        solved : sequence
            The steps as they were solved; None for one that ended at once.
        outputs : Outputs
            What is kept.

        Returns
        -------
        Cycle
            The cycle.
        """
        pairs = [(n, s) for n, s in zip(named, solved, strict=True) if s is not None]
        # at rest no charge passes, and there is no fraction of it
        of: dict[str, list[Any]] = {half: [] for half in HALVES}
        for (name, half), step in pairs:
            if name != "rest":
                of[half].append(step)
        totals = dict.fromkeys(HALVES, np.zeros(2))
        # a hold may give back some of what the charge before it took
        for half, run in groupby(pairs, key=lambda pair: pair[0][1]):
            steps = [step for _, step in run]
            totals[half] = totals[half] + np.abs(self.passed(steps[0], steps[-1]))
        charge, discharge = ((float(q), float(e)) for q, e in totals.values())
        losses = {
            half: self.losses_at(half, of[half], np.array(depths))
            for half, depths in outputs.loss_depths.items()
        }
        curves = [
            self.voltages_at(half, of[half], outputs.curve_depths)
            for half in (HALVES if outputs.curve_points else ())
        ]
        said = remark(
            [name for name, _ in named],
            [*map(self._to_cutoff, solved)],
            [0.0 if step is None else self.held(step) for step in solved],
        )
        return Cycle(charge, discharge, losses, tuple(curves), said)

    def _to_cutoff(self, step: Any) -> float:
        """Seconds that a step took to meet its cut-off, if it did."""
        if step is None:
            return 0.0
        return self.lasted(step) if self.met_cutoff(step) else math.inf


class StepReader(CycleReader):
    """Reads cycles of one solution after another, each with its times."""

    @abstractmethod
    def charge(self, step: Any) -> tuple[np.ndarray, np.ndarray]:
        """Times [s] and the counter of the charge at them, along a step."""

    @abstractmethod
    def voltage(self, step: Any, times: np.ndarray) -> np.ndarray:
        """Terminal voltage [V] at times in a step."""

    @abstractmethod
    def losses(self, step: Any, times: np.ndarray) -> np.ndarray:
        """Voltage losses [V], one row a time and one column a component."""

    @override
    def lasted(self, step: Any) -> float:
        times, _ = self.charge(step)
        return float(times[-1] - times[0])

    @override
    def voltages_at(
        self, half: str, steps: Sequence[Any], depths: np.ndarray
    ) -> np.ndarray:
        found = np.full(len(depths), np.nan)
        for step, own, times in self._at(steps, depths):
            found[own] = self.voltage(step, times)
        return found

    @override
    def losses_at(
        self, half: str, steps: Sequence[Any], depths: np.ndarray
    ) -> np.ndarray:
        found = np.full((len(depths), len(LOSSES)), np.nan)
        for step, own, times in self._at(steps, depths):
            found[own] = self.losses(step, times)
        return found

    def _at(
        self, steps: Sequence[Any], depths: np.ndarray
    ) -> Iterator[tuple[Any, np.ndarray, np.ndarray]]:
        along = [self.charge(step) for step in steps]
        times, charges = [t for t, _ in along], [charge for _, charge in along]
        for k, own, when in at_depths(charges, times, depths):
            yield steps[k], own, when


def at_depths(
    charges: Sequence[np.ndarray], times: Sequence[np.ndarray], depths: np.ndarray
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Times at fractions of the charge that steps passed, a step at a time."""
    if not len(charges) or not len(depths):
        return
    passed, before = [], 0.0
    for charge in charges:
        # what passes back and forth in a step passes twice, so that this never falls
        moved = np.cumsum(np.abs(np.diff(charge)))
        passed.append(before + np.concatenate([[0.0], moved]))
        before = passed[-1][-1]
    targets = depths * passed[-1][-1]
    owners = np.searchsorted([charge[-1] for charge in passed], targets)
    owners = np.minimum(owners, len(passed) - 1)
    for step, (charge, time) in enumerate(zip(passed, times, strict=True)):
        own = owners == step
        if own.any():
            yield step, own, np.interp(targets[own], charge, time)
