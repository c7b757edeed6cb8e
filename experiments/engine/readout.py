"""What is read from the states of solved steps: charges, energies, losses, curves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from typing_extensions import override

from aslb.experiments.engine.build import observer
from aslb.experiments.engine.reading import StepReader
from aslb.models.submodels.charge_clock import CLOCK
from aslb.models.submodels.voltage_losses import LOSSES

CHARGE, *_ = COUNTERS = (
    "Discharge capacity [A.h]",
    "Throughput capacity [A.h]",
    "Discharge energy [W.h]",
    "Throughput energy [W.h]",
)
"""States that count what passed."""

ROOT_FOUND = 2  # the integrator's flag


class Solved:
    """States along one step of a protocol, as the integrator left them.

    Parameters
    ----------
    result : pybammsolvers.idaklu.Solution
        What the integrator returned.
    number_of_states : int
        How many states the model has.
    p : numpy.ndarray
        Inputs and controls of the step.
    """

    def __init__(self, result: Any, number_of_states: int, p: np.ndarray):
        self.t = np.asarray(result.t)
        self.y = np.asarray(result.y).reshape(len(self.t), number_of_states)
        self.yp = np.asarray(result.yp).reshape(-1, number_of_states)
        self.p = p
        self.met_cutoff = result.flag == ROOT_FOUND

    def at(self, times: np.ndarray) -> np.ndarray:
        """States at times in the step, by the integrator's own cubic polynomials."""
        right = np.clip(np.searchsorted(self.t, times), 1, len(self.t) - 1)
        left = right - 1
        h = (self.t[right] - self.t[left])[:, None]
        s = (times - self.t[left])[:, None] / h
        return (
            (1 + 2 * s) * (1 - s) ** 2 * self.y[left]
            + s * (1 - s) ** 2 * h * self.yp[left]
            + s**2 * (3 - 2 * s) * self.y[right]
            + s**2 * (s - 1) * h * self.yp[right]
        )


class Readout(StepReader):
    """Numbers of cycles from the states of a built model.

    Parameters
    ----------
    built : pybamm.BaseModel
        From `aslb.experiments.engine.build.build`.
    inputs : mapping of str to float
        All inputs, in order.
    """

    def __init__(self, built: Any, inputs: Mapping[str, float]):
        places = {v.name: parts[0].start for v, parts in built.y_slices.items()}
        self._charge, self._clock = places[CHARGE], places[CLOCK]
        self._passed = observer(built, inputs, [COUNTERS[0], COUNTERS[2]])
        self._voltage = observer(built, inputs, ["Voltage [V]"])
        names = [f"{component} loss [V]" for component in LOSSES]
        self._losses = observer(built, inputs, names)

    @override
    def passed(self, first: Solved, last: Solved) -> np.ndarray:
        start, end = self._passed(first.y[0], first.p), self._passed(last.y[-1], last.p)
        return np.asarray(end - start).ravel()

    @override
    def charge(self, step: Solved) -> tuple[np.ndarray, np.ndarray]:
        return step.t, step.y[:, self._charge]

    @override
    def met_cutoff(self, step: Solved) -> bool:
        return step.met_cutoff

    @override
    def held(self, step: Solved) -> float:
        return 3600 * float(step.y[-1, self._clock])

    @override
    def voltage(self, step: Solved, times: np.ndarray) -> np.ndarray:
        return np.asarray(self._voltage(step.at(times).T, step.p))[0]

    @override
    def losses(self, step: Solved, times: np.ndarray) -> np.ndarray:
        return np.asarray(self._losses(step.at(times).T, step.p)).T
