"""The public path: a plain PyBaMM simulation of one point of a study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pybamm
from typing_extensions import override

from aslb.experiments.engine.cycle import (
    Cycle,
    CycleFailure,
    CycleRun,
    failed_at,
    remark,
    tolerances,
)
from aslb.experiments.engine.depths import at_depths
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.quiet import quiet
from aslb.experiments.engine.steps import (
    HALVES,
    at_rate,
    by_cycle,
    has_varied_rate,
    named,
)
from aslb.experiments.protocols import C_RATE
from aslb.models.submodels.voltage_losses import LOSSES

PASSED = ("Discharge capacity [A.h]", "Discharge energy [W.h]")


class _Recorder(pybamm.callbacks.Callback):
    """PyBaMM only logs why an experiment stopped early; this keeps it.

    And which cycles came to an end: those that it skips are missing in its solution.
    """

    def __init__(self):
        self.reason = ""
        self.unmet = False
        self.ended: list[int] = []
        self.skipped: set[int] = set()

    @override
    def on_cycle_start(self, logs):
        self.skipped.add(logs["cycle number"][0])

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
    c_rate: float | None = None,
    rtol: float,
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
    c_rate : float, optional
        Value of the input ``c_rate`` [h-1], where the experiment has it.
    rtol : float
        Relative tolerance of the solver.

    Returns
    -------
    CycleRun
        The cycles, and why there are fewer than asked for if so.
    """
    experiment = at_rate(experiment, c_rate)
    simulation = pybamm.Simulation(
        pybamm.Model(model),
        parameter_values=values,
        experiment=experiment,
        solver=pybamm.IDAKLUSolver(**tolerances(rtol)),
    )
    recorder = _Recorder()
    inputs = {C_RATE: c_rate} if has_varied_rate(experiment) else {}
    solution: Any = None
    with quiet():
        try:
            solution = simulation.solve(
                inputs=inputs, callbacks=[recorder], calc_esoh=False
            )
        except pybamm.SolverError as error:
            recorder.reason = f"solver: {str(error).splitlines()[0]}"
    cycles: list[Cycle] = []
    asked = len(experiment.cycle_lengths)
    half = HALVES[0]
    try:
        for solved, steps in _whole_cycles(solution, experiment, recorder):
            names = []
            for found, step in zip(solved, steps, strict=True):
                name, half = named(step, half, _passed(found))
                names.append((name, half))
            cycles.append(_cycle(solved, names, outputs))
    except CycleFailure as failure:
        recorder.reason = str(failure)
    if len(cycles) == asked:
        return CycleRun(tuple(cycles), asked)
    reason = recorder.reason or "the experiment came to the end that it has as a whole"
    reason = failed_at(len(cycles) + 1, asked, CycleFailure(reason))
    return CycleRun(tuple(cycles), len(cycles), reason)


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
        yield solved, steps


def _cycle(steps: list[Any], names: list[tuple[str, str]], outputs: Outputs) -> Cycle:
    at_once = [isinstance(step, pybamm.EmptySolution) for step in steps]
    pairs = [
        (name, half, step)
        for (name, half), step, ended in zip(names, steps, at_once, strict=True)
        if not ended
    ]
    for name, _, step in pairs:
        if not ("[experiment]" in step.termination or step.termination == "final time"):
            raise CycleFailure(f"{name} ended by '{step.termination}'")
    # at rest no charge passes, and there is no fraction of it
    of: dict[str, list[Any]] = {half: [] for half in HALVES}
    for name, half, step in pairs:
        if name != "rest":
            of[half].append(step)
    totals = dict.fromkeys(HALVES, np.zeros(2))
    # a hold may give back some of what the charge before it took
    for half, run in groupby(pairs, key=lambda pair: pair[1]):
        totals[half] = totals[half] + _total([step for *_, step in run])
    charge, discharge = ((float(q), float(e)) for q, e in totals.values())
    curves = [_curve(of[half], outputs) for half in HALVES if outputs.curve_points]
    return Cycle(
        charge,
        discharge,
        _losses(of["discharge"], outputs),
        tuple(curves),
        remark([name for name, _ in names], at_once),
    )


def _passed(step: Any) -> float:
    if isinstance(step, pybamm.EmptySolution):
        return 0.0
    charge = step[PASSED[0]].entries
    return float(charge[-1] - charge[0])


def _total(steps: Sequence[Any]) -> np.ndarray:
    return np.abs(
        [steps[-1][name].entries[-1] - steps[0][name].entries[0] for name in PASSED]
    )


def _losses(steps: Sequence[Any], outputs: Outputs) -> np.ndarray:
    depths = np.array(outputs.depths)
    losses = np.full((len(depths), len(LOSSES)), np.nan)
    for k, own, times in _times(steps, depths):
        for column, component in enumerate(LOSSES):
            losses[own, column] = steps[k][f"{component} loss [V]"](times)
    return losses


def _curve(steps: Sequence[Any], outputs: Outputs) -> np.ndarray:
    voltage = np.full(outputs.curve_points, np.nan)
    for k, own, times in _times(steps, outputs.curve_depths):
        voltage[own] = steps[k]["Voltage [V]"](times)
    return voltage


def _times(
    steps: Sequence[Any], depths: np.ndarray
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    charges = [step[PASSED[0]].entries for step in steps]
    return at_depths(charges, [step.t for step in steps], depths)
