"""The public path: a plain PyBaMM simulation of one point of a study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
import pybamm
from typing_extensions import override

from aslb.experiments.engine.build import OWN_MESH
from aslb.experiments.engine.chosen import (
    AS_IT_IS,
    Chosen,
    at_choice,
    has_varied_rate,
    joined,
)
from aslb.experiments.engine.cycle import (
    Cycle,
    CycleFailure,
    CycleRun,
    failed_at,
    tolerances,
)
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.quiet import quiet
from aslb.experiments.engine.reading import StepReader
from aslb.experiments.engine.steps import (
    HALVES,
    by_cycle,
    named,
)
from aslb.experiments.engine.time_limit import UNLIMITED, TimeLimit
from aslb.experiments.protocols import C_RATE
from aslb.models.registry import model_for
from aslb.models.submodels.charge_clock import CLOCK
from aslb.models.submodels.voltage_losses import LOSSES

AS_A_WHOLE = "the experiment came to the end that it has as a whole"
PASSED = ("Discharge capacity [A.h]", "Discharge energy [W.h]")


class _Recorder(pybamm.callbacks.Callback):
    """PyBaMM only logs why an experiment stopped early; this keeps it.

    And which cycles came to an end: those that it skips are missing in its solution.
    """

    def __init__(self, limit: TimeLimit):
        self._limit = limit
        self.reason = ""
        self.unmet = False
        self.ended: list[int] = []
        self.skipped: set[int] = set()

    @override
    def on_cycle_start(self, logs):
        self.skipped.add(logs["cycle number"][0])

    @override
    def on_step_start(self, logs):
        self._limit.check()

    @override
    def on_cycle_end(self, logs):
        self.ended.append(logs["cycle number"][0])
        self.skipped.remove(self.ended[-1])

    @override
    def on_experiment_error(self, logs):
        self.reason = f"solver: {str(logs['error']).splitlines()[0]}"

    @override
    def on_experiment_infeasible_time(self, logs):
        self.unmet = True
        stop = logs["stopping conditions"]["time"]
        if stop is not None and logs["experiment time"] >= stop:
            self.reason = AS_A_WHOLE  # PyBaMM takes it for the end of the step's time
            return
        self.reason = (
            f"step '{logs['step operating conditions']}' met no cut-off in its time"
        )

    @override
    def on_experiment_infeasible_event(self, logs):
        self.reason = (
            f"step '{logs['step operating conditions']}' stopped by "
            f"'{logs['termination']}'"
        )


def simulate_cycles(
    values: pybamm.ParameterValues,
    model: str,
    experiment: pybamm.Experiment,
    outputs: Outputs,
    *,
    chosen: Chosen = AS_IT_IS,
    start: pybamm.Experiment | None = None,
    var_pts: Mapping[str, int] = OWN_MESH,
    rtol: float,
    limit: TimeLimit = UNLIMITED,
) -> CycleRun:
    """Follow an experiment by `pybamm.Simulation`, every cycle solved.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell, all of it numbers.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    experiment : pybamm.Experiment
        The protocol, any that PyBaMM can follow.
    outputs : Outputs
        What is kept of each cycle.
    chosen : Chosen, optional
        What is chosen of the protocol.
    start : pybamm.Experiment, optional
        What comes before it; its cycles are left out.
    var_pts : mapping of str to int, optional
        Points of the mesh that differ from the model's own, by PyBaMM's names.
    rtol : float
        Relative tolerance of the solver.
    limit : TimeLimit, optional
        When to give up.

    Returns
    -------
    CycleRun
        The cycles, and why there are fewer than asked for if so.
    """
    experiment = at_choice(experiment, chosen)
    before = 0
    follow = partial(_followed, values, var_pts=var_pts, rtol=rtol, limit=limit)
    new = model_for(model, values)
    try:
        if start is not None and experiment.termination:
            # the end that the experiment has as a whole counts from its own beginning
            formed, recorder = follow(new, at_choice(start), {})
            cycles = _read(formed, start, recorder, outputs, 0)
            if len(cycles) < len(start.cycle_lengths):
                return CycleRun((), 0, f"formation: {recorder.reason}")
            new = new.set_initial_conditions_from(formed, inplace=False)
        elif start is not None:
            before = len(start.cycle_lengths)
            experiment = joined(at_choice(start), experiment)
        inputs = {C_RATE: chosen.c_rate} if has_varied_rate(experiment) else {}
        solution, recorder = follow(new, experiment, inputs)
    except CycleFailure as failure:  # PyBaMM keeps nothing of what was solved
        return CycleRun((), 0, str(failure))
    cycles = _read(solution, experiment, recorder, outputs, before)
    asked = len(experiment.cycle_lengths)
    kept = tuple(cycles[before:])
    if len(cycles) == asked:
        return CycleRun(kept, asked - before)
    reason = recorder.reason or AS_A_WHOLE
    if len(cycles) < before:
        return CycleRun((), 0, f"formation: {reason}")
    reason = failed_at(len(kept) + 1, asked - before, CycleFailure(reason))
    return CycleRun(kept, len(kept), reason)


def _followed(
    values: pybamm.ParameterValues,
    model: Any,
    experiment: pybamm.Experiment,
    inputs: dict[str, Any],
    *,
    var_pts: Mapping[str, int],
    rtol: float,
    limit: TimeLimit,
) -> tuple[Any, _Recorder]:
    """PyBaMM's solution, if there is one, and what was recorded meanwhile."""
    recorder = _Recorder(limit)
    simulation = pybamm.Simulation(
        model,
        parameter_values=values,
        var_pts={**model.default_var_pts, **var_pts},
        experiment=experiment,
        solver=pybamm.IDAKLUSolver(**tolerances(rtol)),
    )
    with quiet():
        try:
            solution = simulation.solve(
                inputs=inputs, callbacks=[recorder], calc_esoh=False
            )
        except pybamm.SolverError as error:
            recorder.reason = f"solver: {str(error).splitlines()[0]}"
            return None, recorder
    return solution, recorder


def _read(
    solution: Any,
    experiment: pybamm.Experiment,
    recorder: _Recorder,
    outputs: Outputs,
    before: int,
) -> list[Cycle]:
    """What is kept of each cycle; why there are no more is noted by the recorder."""
    cycles: list[Cycle] = []
    reader, half = _SolutionReader(), HALVES[0]
    try:
        for solved, steps in _whole_cycles(solution, experiment, recorder):
            names = []
            if len(cycles) == before:
                half = HALVES[0]  # what counts to what begins anew with the protocol
            for found, step in zip(solved, steps, strict=True):
                passed = 0.0 if found is None else reader.passed(found, found)[0]
                name, half = named(step, half, passed)
                names.append((name, half))
                _check_end(name, found)
            cycles.append(reader.cycle(names, solved, outputs))
    except CycleFailure as failure:
        recorder.reason = str(failure)
    return cycles


def _whole_cycles(
    solution: Any, experiment: pybamm.Experiment, recorder: _Recorder
) -> Iterator[tuple[list[Any], list[Any]]]:
    """What PyBaMM solved of each cycle that it went through, and its steps."""
    # of a cycle that stops in its first step PyBaMM keeps nothing; it is the last one
    kept = getattr(solution, "cycles", [])  # it may be empty
    cycles = dict(zip(recorder.ended, kept, strict=False))
    if recorder.unmet:  # the last step is there, as if it had come to its end
        cycles.pop(recorder.ended[-1], None)
    for number, steps in enumerate(by_cycle(experiment, experiment.steps), 1):
        if cycles.get(number) is not None:
            solved = cycles[number].steps
        elif solution is not None and number in recorder.skipped:
            solved = [pybamm.EmptySolution()]
        else:
            return
        if len(solved) < len(steps):
            return
        # a step that ended at once is an empty solution
        empty = pybamm.EmptySolution
        yield [None if isinstance(x, empty) else x for x in solved], steps


def _check_end(name: str, step: Any) -> None:
    ends = ("[experiment]", "final time")
    if step is not None and not any(end in step.termination for end in ends):
        raise CycleFailure(f"{name} ended by '{step.termination}'")


class _SolutionReader(StepReader):
    """Reads PyBaMM's solutions."""

    @override
    def passed(self, first: Any, last: Any) -> np.ndarray:
        ends = [last[name].entries[-1] - first[name].entries[0] for name in PASSED]
        return np.array(ends)

    @override
    def charge(self, step: Any) -> tuple[np.ndarray, np.ndarray]:
        return step.t, step[PASSED[0]].entries

    @override
    def met_cutoff(self, step: Any) -> bool:
        return "[experiment]" in step.termination

    @override
    def held(self, step: Any) -> float:
        # what is left of a charge before falls back to zero, and is none of this step
        clock = step[CLOCK].entries
        return 3600 * max(float(clock[-1] - clock[0]), 0.0)

    @override
    def voltage(self, step: Any, times: np.ndarray) -> np.ndarray:
        return step["Voltage [V]"](times)

    @override
    def losses(self, step: Any, times: np.ndarray) -> np.ndarray:
        return np.array([step[f"{name} loss [V]"](times) for name in LOSSES]).T
