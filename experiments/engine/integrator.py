"""PyBaMM's integrator without the simulation around it: the reference of the lanes.

`pybamm.Simulation.solve` spends most of its time around the integrator once a model is
built: it makes solution objects, watches events in Python and maps states from one
step's model to the next. Here the compiled integrator is called once a step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pybamm
from pybammsolvers import idaklu

from aslb.experiments.engine import build as model
from aslb.experiments.engine.cycle import (
    RTOL,
    Cycle,
    CycleFailure,
    CycleRun,
    check_not_idle,
    failed_at,
)
from aslb.experiments.engine.cycle_memory import CycleMemory
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.readout import COUNTERS, Readout, Solved
from aslb.experiments.engine.steps import Cycle as Steps
from aslb.experiments.engine.steps import Step
from aslb.experiments.engine.time_limit import UNLIMITED, TimeLimit
from aslb.models.submodels.charge_clock import CLOCK


class CycleSolver:
    """Cycles of one cell, built once.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell, with ``"[input]"`` for what varies.
    name : str
        "SolidStateDFN" or "SolidStateSPM".
    inputs : mapping of str to float
        What varies, with values to build with.
    var_pts : mapping of str to int, optional
        Points of the mesh that differ from the model's own, by PyBaMM's names.
    rtol : float, optional
        Relative tolerance of the solver.
    """

    def __init__(
        self,
        values: pybamm.ParameterValues,
        name: str,
        inputs: Mapping[str, float],
        *,
        var_pts: Mapping[str, int] = model.OWN_MESH,
        rtol: float = RTOL,
    ):
        self._names = tuple(inputs)
        built = model.build(values, name, inputs, var_pts)
        every = {**inputs, **dict.fromkeys(model.CONTROLS, 1.0)}
        self._integrator = model.integrator(built, every, rtol=rtol)
        self._initial = built.initial_conditions_eval
        self._size = built.len_rhs_and_alg
        self._differential = built.len_rhs
        places = {v.name: parts[0].start for v, parts in built.y_slices.items()}
        self._counters = [places[name] for name in COUNTERS]
        self._clock = places[CLOCK]
        self._rtol = rtol
        self._events = built.terminate_events_eval
        self._event_names = [
            event.name
            for event in built.events
            if event.event_type == pybamm.EventType.TERMINATION
        ]
        self._readout = Readout(built, every)
        self._formed: tuple[Any, np.ndarray] | None = None  # of the last point
        self._limit = UNLIMITED  # of the point that is solved

    def solve(
        self,
        inputs: Mapping[str, float],
        cycles: Sequence[Steps],
        outputs: Outputs,
        *,
        capacity: float,
        formation: tuple[Steps, ...] = (),
        limit: TimeLimit = UNLIMITED,
    ) -> CycleRun:
        """Solve one cycle after the other.

        The first one starts from the cell as assembled, or as its formation left it,
        every other one where the one before it ended. A cycle that starts as an earlier
        one of the same steps did is not solved again, and neither is the formation of a
        cell at the point after the one that had it.

        Parameters
        ----------
        inputs : mapping of str to float
            Values of what varies.
        cycles : sequence of tuple of Step
            Steps of each cycle, from `aslb.experiments.engine.steps.compiled`.
        outputs : Outputs
            What is kept of each cycle.
        capacity : float
            Nominal capacity of the cell [A.h], which a C-rate is in.
        formation : tuple of tuple of Step, optional
            Steps of the cycles before, of which nothing is kept.
        limit : TimeLimit, optional
            When to give up.

        Returns
        -------
        CycleRun
            The cycles, and why there are fewer than asked for if so.
        """
        self._limit = limit
        own = tuple(inputs[name] for name in self._names)
        p = np.array([*own, *model.controls(cycles[0][0], capacity)])
        y = np.asarray(self._initial(0.0, np.zeros(self._size), p)).reshape(1, -1)
        if formation:
            key = (own, capacity, formation)
            if self._formed is None or self._formed[0] != key:
                run, y = self._follow(own, formation, Outputs(()), capacity, y)
                if run.failure:
                    return CycleRun((), 0, f"formation: {run.failure}")
                self._formed = key, y
            y = self._formed[1]
        return self._follow(own, cycles, outputs, capacity, y)[0]

    def _follow(
        self,
        own: Sequence[float],
        cycles: Sequence[Steps],
        outputs: Outputs,
        capacity: float,
        y: np.ndarray,
    ) -> tuple[CycleRun, np.ndarray]:
        """Cycles from a state, and the state that they end in."""
        memory = CycleMemory(self._rtol)
        solved: list[Cycle] = []
        for number, steps in enumerate(cycles, start=1):
            start = y[0, : self._differential]
            found = memory.find(steps, start)
            if found is None:
                try:
                    found = self._cycle(own, steps, outputs, capacity, y)
                except CycleFailure as failure:
                    reason = failed_at(number, len(cycles), failure)
                    return CycleRun(tuple(solved), len(memory), reason), y
                memory.keep(steps, start, *found)
            cycle, y = found
            solved.append(cycle)
        return CycleRun(tuple(solved), len(memory)), y

    def _cycle(
        self,
        own: Sequence[float],
        steps: Steps,
        outputs: Outputs,
        capacity: float,
        y: np.ndarray,
    ) -> tuple[Cycle, np.ndarray]:
        """One cycle from a state, and the state that the next one starts in."""
        solved: list[Solved | None] = []
        for step in steps:
            self._limit.check()
            y = y.copy()
            y[0, self._clock] = 0.0
            p = np.array([*own, *model.controls(step, capacity)])
            lossy = bool(outputs.loss_depths[step.half])
            dense = outputs.curve_points > 0 or lossy
            states = self._step(step, y, p, dense=dense)
            solved.append(states)
            if states is not None:
                y = states.y[-1:]
        check_not_idle(steps, solved)
        end = y.copy()
        end[0, [*self._counters, self._clock]] = 0.0
        named = [(step.name, step.half) for step in steps]
        return self._readout.cycle(named, solved, outputs), end

    def _step(
        self, step: Step, y: np.ndarray, p: np.ndarray, *, dense: bool
    ) -> Solved | None:
        """States along a step; None if it ended at once."""
        ends = np.array([0.0, step.duration])
        try:
            (result,) = self._integrator.solve(
                ends,
                np.array([]) if dense else ends,
                y,
                np.zeros_like(y),
                p[None, :],
                logger=None,
            )
        except ValueError as error:
            raise CycleFailure(f"{step.name}: {str(error).splitlines()[0]}") from None
        if result.flag < 0:
            message = idaklu.sundials_error_message(result.flag)
            raise CycleFailure(f"{step.name}: {message} after {result.t[-1]:.4g} s")
        states = Solved(result, self._size, p)
        if states.met_cutoff:
            event = self._event(states)
            if event not in model.CUTOFF_EVENTS:
                raise CycleFailure(f"{step.name} stopped by '{event}'")
            return None if len(states.t) == 1 else states
        if not step.timed:
            raise CycleFailure(
                f"{step.name} met no cut-off in {step.duration / 3600:.4g} h"
            )
        return states

    def _event(self, states: Solved) -> str:
        t, y, p = states.t[-1], states.y[-1], states.p
        values: list[Any] = [float(event(t, y, p)) for event in self._events]
        if len(states.t) == 1:  # beyond it from the start
            return self._event_names[int(np.argmin(values))]
        return self._event_names[int(np.argmin(np.abs(values)))]
