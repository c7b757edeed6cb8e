"""Numbers of cycles of points that were solved side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from typing_extensions import override

from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.reading import CycleReader
from aslb.experiments.engine.readout import COUNTERS
from aslb.experiments.engine.steps import HALVES
from aslb.experiments.ensemble.library import CUTOFF, Schedule, Trajectories
from aslb.models.submodels.charge_clock import CLOCK
from aslb.models.submodels.voltage_losses import LOSSES

PASSED = (COUNTERS[0], COUNTERS[2])
READ = (*PASSED, CLOCK, "Voltage [V]", *(f"{name} loss [V]" for name in LOSSES))
VOLTAGE, FIRST_LOSS = 3, 4  # places in it
"""Variables that are read, and places in them."""


class LaneReader(CycleReader):
    """Reads cycles of points that were solved together; a step is its place."""

    def __init__(self, schedule: Schedule, found: Trajectories, outputs: Outputs):
        self.schedule, self.found, self.outputs = schedule, found, outputs
        self._first = schedule.first_of.tolist()

    def steps(self, point: int, cycle: int, number: int) -> range:
        """Places of the steps of a cycle."""
        own = self.schedule.cycle[self._first[point] : self._first[point + 1]]
        first = self._first[point] + int(np.searchsorted(own, cycle))
        return range(first, first + number)

    def at(self, point: int, cycle: int) -> None:
        """Read this cycle from now on."""
        self._read = self.found.read[point, cycle]

    @override
    def passed(self, first: int, last: int) -> np.ndarray:
        outputs = self.found.outputs
        return outputs[last, 1, : len(PASSED)] - outputs[first, 0, : len(PASSED)]

    @override
    def lasted(self, step: int) -> float:
        return float(self.found.time[step])

    @override
    def met_cutoff(self, step: int) -> bool:
        return bool(self.found.status[step] == CUTOFF)

    @override
    def held(self, step: int) -> float:
        return 3600 * float(self.found.outputs[step, 1, READ.index(CLOCK)])

    @override
    def losses_at(self, half: str, steps: Sequence[int], depths: Any) -> np.ndarray:
        return self._rows(half)[: len(depths), FIRST_LOSS:]

    @override
    def voltages_at(self, half: str, steps: Sequence[int], depths: Any) -> np.ndarray:
        return self._rows(half)[-len(depths) :, VOLTAGE]

    def _rows(self, half: str) -> np.ndarray:
        first = len(self.schedule.fractions[0])
        return self._read[:first] if half == HALVES[0] else self._read[first:]
