"""What is read from the states of solved steps: charges, energies, losses, curves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from aslb.experiments.engine.build import observer
from aslb.experiments.engine.cycle import Cycle, remark
from aslb.experiments.engine.depths import at_depths
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.steps import HALVES
from aslb.experiments.engine.steps import Cycle as Steps
from aslb.models.submodels.voltage_losses import LOSSES

CHARGE, *_ = COUNTERS = (
    "Discharge capacity [A.h]",
    "Throughput capacity [A.h]",
    "Discharge energy [W.h]",
    "Throughput energy [W.h]",
)
"""States that count what passed."""


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


class Readout:
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
        self._charge = places[CHARGE]
        self._passed = observer(built, inputs, [COUNTERS[0], COUNTERS[2]])
        self._voltage = observer(built, inputs, ["Voltage [V]"])
        names = [f"{component} loss [V]" for component in LOSSES]
        self._losses = observer(built, inputs, names)

    def cycle(
        self, steps: Steps, solved: Sequence[Solved | None], outputs: Outputs
    ) -> Cycle:
        """The numbers of a cycle."""
        pairs = [(s, x) for s, x in zip(steps, solved, strict=True) if x is not None]
        # at rest no charge passes, and there is no fraction of it
        of: dict[str, list[Solved]] = {half: [] for half in HALVES}
        for step, states in pairs:
            if step.name != "rest":
                of[step.half].append(states)
        totals = dict.fromkeys(HALVES, np.zeros(2))
        # a hold may give back some of what the charge before it took
        for half, run in groupby(pairs, key=lambda pair: pair[0].half):
            totals[half] = totals[half] + self._total([states for _, states in run])
        curves: tuple[np.ndarray, ...] = ()
        if outputs.curve_points:
            curves = tuple(self._curve(of[half], outputs) for half in HALVES)
        charge, discharge = ((float(q), float(e)) for q, e in totals.values())
        return Cycle(
            charge,
            discharge,
            self._losses_at(of["discharge"], np.array(outputs.depths)),
            curves,
            remark([step.name for step in steps], [x is None for x in solved]),
        )

    def _total(self, steps: Sequence[Solved]) -> np.ndarray:
        start = self._passed(steps[0].y[0], steps[0].p)
        end = self._passed(steps[-1].y[-1], steps[-1].p)
        return np.abs(np.asarray(end - start)).ravel()

    def _losses_at(self, steps: Sequence[Solved], depths: np.ndarray) -> np.ndarray:
        losses = np.full((len(depths), len(LOSSES)), np.nan)
        for k, own, times in self._times(steps, depths):
            states = steps[k].at(times)
            losses[own] = np.asarray(self._losses(states.T, steps[k].p)).T
        return losses

    def _curve(self, steps: Sequence[Solved], outputs: Outputs) -> np.ndarray:
        voltage = np.full(outputs.curve_points, np.nan)
        for k, own, times in self._times(steps, outputs.curve_depths):
            states = steps[k].at(times)
            voltage[own] = np.asarray(self._voltage(states.T, steps[k].p))[0]
        return voltage

    def _times(
        self, steps: Sequence[Solved], depths: np.ndarray
    ) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        charges = [step.y[:, self._charge] for step in steps]
        return at_depths(charges, [step.t for step in steps], depths)
