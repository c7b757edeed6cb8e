"""One simulation of one cell, with its failure said rather than logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import cloudpickle
import pybamm
from typing_extensions import override

from aslb.errors import InputError
from aslb.experiments.engine.half_cycle import HalfCycle, half_cycle
from aslb.parameters.composition.cell import Cell as Composed
from aslb.parameters.quantity import Quantities

CELLS = ("Cao2021_thick_sulfide", "Cao2021_thick_halide", "Cao2021_thin_halide")
MODELS = ("SolidStateDFN", "SolidStateSPM")
Cell = Composed | str | pybamm.ParameterValues


@dataclass
class CycleResult:
    """A charge with its hold, and the discharge after it."""

    charge: HalfCycle
    discharge: HalfCycle
    remark: str


@dataclass
class RunResult:
    """The cycles that were solved and, if it ended early, why."""

    cycles: list[CycleResult] = field(default_factory=list)
    failure: str = ""


class _FailureRecorder(pybamm.callbacks.Callback):
    """PyBaMM only logs why an experiment stopped early; this keeps it."""

    def __init__(self):
        self.reason = ""

    @override
    def on_experiment_error(self, logs):
        self.reason = f"solver: {str(logs['error']).splitlines()[0]}"

    @override
    def on_experiment_infeasible_time(self, logs):
        self.reason = (
            f"step '{logs['step operating conditions']}' met no cut-off in its time"
        )

    @override
    def on_experiment_infeasible_event(self, logs):
        self.reason = (
            f"step '{logs['step operating conditions']}' stopped by "
            f"'{logs['termination']}'"
        )


def parameter_values(cell: Cell) -> pybamm.ParameterValues:
    """Parameter values of a cell."""
    return Composed.of(cell).parameter_values()


def cell_quantities(cell: Cell) -> Quantities:
    """Quantities of a cell."""
    return Composed.of(cell).quantities


def cell_name(cell: Cell) -> str:
    """Name of a cell for tables."""
    return Composed.of(cell).name


def cutoffs(cell: Cell, upper: float | None, lower: float | None) -> dict[str, float]:
    """Cut-off voltages for a protocol: those asked for, or else the cell's own."""
    return Composed.of(cell).cutoffs(upper, lower)


def check_model(model: str) -> None:
    """Refuse a model that there is not.

    Raises
    ------
    InputError
        If there is no model of that name.
    """
    if model not in MODELS:
        raise InputError(f"unknown model '{model}'; accepted: {', '.join(MODELS)}")


def active_mass(cell: Cell) -> float:
    """Mass of active material in the cell [kg]; A.h over it is mAh/g."""
    return Composed.of(cell).active_mass


def pack(
    cell: Cell,
    experiment: pybamm.Experiment,
    model: str = MODELS[0],
    inputs: Sequence[str] = (),
) -> bytes:
    """All that makes a simulation, as bytes that other processes can take.

    Parameters
    ----------
    cell : Cell, str or pybamm.ParameterValues
        The cell.
    experiment : pybamm.Experiment
        What is done to it.
    model : str, optional
        Name of the model.
    inputs : sequence of str, optional
        Parameters that `run` will be given.

    Returns
    -------
    bytes
        For `run`.

    Raises
    ------
    InputError
        If cell or model is unknown.
    """
    check_model(model)
    values = parameter_values(cell)
    values.update(dict.fromkeys(inputs, "[input]"))
    return cloudpickle.dumps((model, values, experiment))


@lru_cache(maxsize=32)
def _simulation(packed: bytes) -> pybamm.Simulation:
    # building costs several times a solve, so each process builds once
    model, values, experiment = cloudpickle.loads(packed)
    return pybamm.Simulation(
        pybamm.Model(model), parameter_values=values, experiment=experiment
    )


def run(packed: bytes, inputs: Mapping[str, Any] | None = None) -> RunResult:
    """Solve a packed simulation of charge-hold-discharge cycles.

    Parameters
    ----------
    packed : bytes
        From `pack`.
    inputs : mapping of str to float, optional
        Values of the inputs.

    Returns
    -------
    RunResult
        The complete cycles, and why it ended early if it did.
    """
    simulation = _simulation(packed)
    recorder = _FailureRecorder()
    # what PyBaMM would log is told in the result
    level = pybamm.logger.level
    pybamm.set_logging_level("CRITICAL")
    try:
        solution = simulation.solve(
            inputs=dict(inputs or {}), callbacks=[recorder], calc_esoh=False
        )
    except pybamm.SolverError as error:
        return RunResult(failure=f"solver: {str(error).splitlines()[0]}")
    finally:
        pybamm.logger.setLevel(level)

    result = RunResult(failure=recorder.reason)
    for cycle in solution.cycles:
        if len(cycle.steps) < 3:
            break
        constant_current, hold, discharge = cycle.steps
        remarks = []
        if isinstance(constant_current, pybamm.EmptySolution):
            remarks.append("charge met its cut-off at once: hold only")
        if isinstance(discharge, pybamm.EmptySolution):
            remarks.append("discharge met its cut-off at once")
        result.cycles.append(
            CycleResult(
                half_cycle([constant_current, hold], -1),
                half_cycle([discharge], +1),
                "; ".join(remarks),
            )
        )
    expected = len(simulation.experiment.cycles)
    if len(result.cycles) < expected and not result.failure:
        result.failure = f"{len(result.cycles)} of {expected} cycles were solved"
    return result
