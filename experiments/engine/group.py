"""Points of a study as workers take them, and what comes back of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

import cloudpickle
import numpy as np
import pybamm

from aslb.experiments.engine.checked_mesh import CellOnMesh, rates_beyond, remark
from aslb.experiments.engine.chosen import AS_IT_IS, Chosen, at_choice
from aslb.experiments.engine.cycle import RTOL, CycleRun
from aslb.experiments.engine.outputs import Outputs, energies
from aslb.experiments.engine.steps import Cycle, by_cycle, compiled
from aslb.experiments.engine.time_limit import LIMIT
from aslb.models.registry import DFN, check_model
from aslb.parameters.composition.masses import active_mass


@dataclass(frozen=True)
class PointTask:
    """One point, under PyBaMM's names and in its units.

    Parameters
    ----------
    id : int
        Its number.
    inputs : dict of str to float
        Parameters that vary.
    chosen : Chosen, optional
        What is chosen of the protocol.
    """

    id: int
    inputs: dict[str, float]
    chosen: Chosen = AS_IT_IS


@dataclass(frozen=True)
class PointResult:
    """The numbers and curves of a point, cycle after cycle, or why there are none.

    Of a point that failed they are those of the cycles before the one that did.
    """

    id: int
    reason: str
    attempts: int
    values: list[float]
    curves: list[np.ndarray]
    cycles_solved: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """What points have in common that are solved with one built model.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell, with all that cannot be an input at its value.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    input_names : tuple of str
        Parameters that are inputs.
    experiment : pybamm.Experiment
        What is done to the cell; a rate that varies is its input ``c_rate``.
    outputs : Outputs
        What is kept of each cycle.
    start : pybamm.Experiment, optional
        What is done to the cell as assembled before, of which nothing is kept.
    rtol : float, optional
        Relative tolerance of the solver; the absolute one is a hundredth of it.
    lanes : int, optional
        How many points are solved at once in a core; 0 is each by itself.
    limit : float, optional
        How long a point may take that is solved by itself [s].
    var_pts : mapping of str to int, optional
        Points of the mesh that differ from the model's own, by PyBaMM's names.

    Raises
    ------
    InputError
        If the model is unknown.
    """

    values: pybamm.ParameterValues
    model: str
    input_names: tuple[str, ...]
    experiment: pybamm.Experiment
    outputs: Outputs
    start: pybamm.Experiment | None = None
    rtol: float = RTOL
    lanes: int = 0
    limit: float = LIMIT
    var_pts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self):
        check_model(self.model)

    def pack(self) -> bytes:
        """The group as bytes that other processes can take."""
        return cloudpickle.dumps(self)


def cell_at(group: Group, inputs: Mapping[str, Any]) -> Any:
    """A group's cell with other values."""
    cell = group.values.copy()
    cell.update(inputs)
    return cell


@lru_cache(maxsize=8)
def group_of(packed: bytes) -> Group:
    """The group that was packed."""
    return cloudpickle.loads(packed)


@lru_cache(maxsize=64)
def steps_of(packed: bytes, chosen: Chosen) -> tuple[Cycle, ...]:
    """Steps of a group's protocol at a choice, cycle by cycle."""
    return compiled(_experiment_of(packed, chosen))


@lru_cache(maxsize=64)
def _experiment_of(packed: bytes, chosen: Chosen) -> pybamm.Experiment:
    return at_choice(group_of(packed).experiment, chosen)


@lru_cache(maxsize=8)
def formation_of(packed: bytes) -> tuple[Cycle, ...]:
    """Steps of what a group's points start from."""
    start = group_of(packed).start
    return () if start is None else compiled(start)


def inputs_of(group: Group) -> dict[str, float]:
    """What is an input, with the values of the cell."""
    return {name: float(group.values[name]) for name in group.input_names}


def result_of(packed: bytes, task: PointTask, run: CycleRun) -> PointResult:
    """What a study keeps of a point's cycles."""
    if not run.cycles:
        return PointResult(task.id, run.failure, run.attempts, [], [], run.solved)
    outputs = group_of(packed).outputs
    cell = cell_at(group_of(packed), task.inputs)
    mass = active_mass(cell)
    numbers = [
        [*cycle.values(outputs, mass), *energies(outputs, cycle.discharge[1], cell)]
        for cycle in run.cycles
    ]
    # of a cycle that was not solved nothing is said
    outside = _outside_of_mesh(packed, task, cell)[: len(run.cycles)]
    said = [
        [*filter(None, (cycle.remark, more))]
        for cycle, more in zip(run.cycles, outside, strict=True)
    ]
    remarks = tuple(map("; ".join, said))
    return PointResult(
        task.id,
        run.failure or "; ".join(dict.fromkeys(chain.from_iterable(said))),
        run.attempts,
        [*chain.from_iterable(numbers)],
        [*chain.from_iterable(cycle.curves for cycle in run.cycles)],
        run.solved,
        remarks,
    )


def _outside_of_mesh(packed: bytes, task: PointTask, cell: Any) -> list[str]:
    """What to say of each cycle of a point for which the mesh was not checked.

    A single-particle model has no points through the cathode, and a study that asks
    for a mesh of its own has left the one that was checked.
    """
    group, experiment = group_of(packed), _experiment_of(packed, task.chosen)
    if group.model != DFN or group.var_pts:
        return [""] * len(experiment.cycle_lengths)
    of_cell = _on_mesh(packed).beyond({**inputs_of(group), **task.inputs})
    capacity = cell["Nominal cell capacity [A.h]"]
    return [
        remark([*of_cell, *rates_beyond(cycle, capacity)])
        for cycle in by_cycle(experiment, experiment.steps)
    ]


@lru_cache(maxsize=8)
def _on_mesh(packed: bytes) -> CellOnMesh:
    group = group_of(packed)
    return CellOnMesh(cell_at(group, dict.fromkeys(group.input_names, "[input]")))
