"""A question about designs: a cell, what is asked, what may differ, what is wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pybamm
import xarray as xr

from aslb.errors import InputError, Mistakes
from aslb.experiments.analyses.design.requirement import (
    RETENTION,
    SLOW,
    UNITS,
    Measure,
    Requirement,
    measure_of,
    requirement,
)
from aslb.experiments.analyses.design.variable import Variable, variable, with_unit
from aslb.experiments.analyses.energy.study import protocol
from aslb.experiments.analyses.thickness.conditions import NAME as SEPARATOR
from aslb.experiments.protocols import C_RATE, formation
from aslb.experiments.study.definition import Study
from aslb.experiments.study.schema import versions
from aslb.models.registry import check_model
from aslb.parameters.composition.anode import cell_with_anode
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import check_boundary


@dataclass(frozen=True)
class Conditions:
    """How designs are cycled, what is counted, and where they are solved.

    Parameters
    ----------
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    boundary : str
        What masses and volumes count.
    hold : float
        Hold at the upper cut-off [h].
    shift : float
        What the anode adds to voltages against the foil that the cell was built with
        [V].
    cutoffs : mapping, optional
        Cut-offs against that foil [V]; what is not given is the cell's own.
    folder : pathlib.Path, optional
        Where what was solved is kept: the same again is read from there.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.
    """

    model: str
    boundary: str
    hold: float
    shift: float = 0.0
    cutoffs: Mapping[str, float] = field(default_factory=dict)
    folder: Path | None = None
    executor: Executor | None = None

    def study(self, cell: Cell, vary: Mapping[str, Any], method: str = "list") -> Study:
        """Designs of a cell, and rates: charged at C/20, discharged at each."""
        return Study(
            cell,
            partial(self._made, partial(protocol, SLOW, self.hold)),
            vary,
            start=partial(self._made, formation),
            method=method,
            model=self.model,
            quantities=["discharge_capacity", "specific_energy", "energy_density"],
            boundaries=[self.boundary],
        )

    def _made(self, protocol: Any, **own: float) -> pybamm.Experiment:
        limits = {**own, **self.cutoffs}
        return protocol(**{name: x + self.shift for name, x in limits.items()})

    def solved(
        self, cell: Cell, vary: Mapping[str, Any], method: str = "list"
    ) -> xr.Dataset:
        """Such a study, solved.

        Raises
        ------
        KeyboardInterrupt
            At an interruption; what was solved is kept in the folder.
        """
        study = self.study(cell, vary, method)
        data = study.run(self._store(study), executor=self.executor, recheck=0)
        if (data.reason == "interrupted").any():
            raise KeyboardInterrupt
        return data

    def _store(self, study: Study) -> Path | None:
        """Where a study is kept, another one for each version."""
        if self.folder is None:
            return None
        made = f"{study.hash} {versions(study.packages)}"
        return self.folder / hashlib.sha256(made.encode()).hexdigest()[:16]


class Goal(NamedTuple):
    """What is to be as large as can be, or as small.

    Parameters
    ----------
    name : str
        A variable's, or the words of a measure.
    sign : int
        1 for the largest, -1 for the smallest.
    """

    name: str
    sign: int

    @property
    def most(self) -> str:
        """What it is called."""
        return "largest" if self.sign > 0 else "smallest"


@dataclass(frozen=True)
class Question:
    """Which design of a cell meets what is asked, and is best in one thing.

    Parameters
    ----------
    cell : Cell
        The cell, with the anode that is asked for.
    requirements : tuple of Requirement
        What is asked.
    variables : tuple of Variable
        What may differ.
    goal : Goal
        What is wanted beyond.
    conditions : Conditions
        How designs are cycled.
    """

    cell: Cell
    requirements: tuple[Requirement, ...]
    variables: tuple[Variable, ...]
    goal: Goal
    conditions: Conditions

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What has to be known of a design: what is asked, and the goal."""
        found = [one.measure for one in self.requirements]
        goal = self.goal_measure
        return tuple(found if goal is None or goal in found else [*found, goal])

    @property
    def goal_measure(self) -> Measure | None:
        """The goal, if it is no variable."""
        return None if self.goal_variable else measure_of(self.goal.name)

    @property
    def goal_variable(self) -> Variable | None:
        """The goal, if it is a variable."""
        return next((v for v in self.variables if v.name.name == self.goal.name), None)

    @property
    def kept(self) -> float | None:
        """The share of the capacity that is asked for, if any is."""
        shares = (one for one in self.requirements if one.measure.quantity == RETENTION)
        return next((one.least for one in shares), None)

    @property
    def c_rates(self) -> tuple[float, ...]:
        """Rates of all measures [h-1], that of the whole capacity first."""
        faster = {measure.c_rate for measure in self.measures} - {SLOW}
        kept = any(measure.quantity == RETENTION for measure in self.measures)
        slow = kept or any(measure.c_rate == SLOW for measure in self.measures)
        return (SLOW,) * slow + tuple(sorted(faster))

    def listed(self, values: Mapping[str, np.ndarray]) -> dict[str, list[float]]:
        """Designs by values of what differs, each at all rates, as a study lists."""
        rates = self.c_rates
        number = len(next(iter(values.values())))
        vary = {name: np.repeat(x, len(rates)).tolist() for name, x in values.items()}
        return {**vary, C_RATE: [*rates] * number}


def asked(
    cell: Any,
    at_least: Sequence[str],
    vary: Sequence[str],
    goal: tuple[str, int],
    *,
    anode: str,
    anode_thickness: float | None,
    boundary: str,
    model: str,
    hold: float,
    cutoffs: Mapping[str, float],
    folder: Path | None,
    executor: Executor | None,
) -> Question:
    """A question, checked: all mistakes of what is asked and varied at once.

    Parameters are those of `aslb.design`.

    Raises
    ------
    InputError
        If it makes no sense.
    """
    check_model(model)
    check_boundary(boundary)
    made, shift = cell_with_anode(Cell.of(cell), anode, anode_thickness)
    mistakes = Mistakes()
    requirements: list[Requirement] = []
    variables: list[Variable] = []
    for said in at_least:
        with mistakes.kept():
            requirements.append(requirement(said))
    for said in vary:
        with mistakes.kept():
            variables.append(variable(made, said))
    mistakes.tell()
    if not requirements:
        raise InputError(f"at least: nothing is asked; accepted: {', '.join(UNITS)}")
    twice = [one.measure for one in requirements]
    for one in twice:
        if twice.count(one) > 1:
            raise InputError(f"at least: {one.words} is asked twice")
    for n, varied in enumerate(variables):
        for other in variables[:n]:
            _check_apart(other, varied)
    if not variables:
        raise InputError("vary: nothing may differ; accepted: separator.thickness, …")
    said, sign = goal
    wanted = Goal(
        _goal_name(made, said, variables) if said else _usual(variables), sign
    )
    conditions = Conditions(model, boundary, hold, shift, cutoffs, folder, executor)
    question = Question(
        made,
        tuple(requirements),
        tuple(variables),
        wanted,
        conditions,
    )
    # what no study takes is told before one is solved
    ends = {v.name.name: np.array([v.low, v.high]) for v in variables}
    conditions.study(made, question.listed(ends))
    return question


def _check_apart(one: Variable, other: Variable) -> None:
    if one.name.pybamm_name != other.name.pybamm_name:
        return
    if one.base == other.base:
        raise InputError(f"vary: '{one.base}' varies twice")
    raise InputError(
        f"vary: '{one.base}' and '{other.base}' both set "
        f"'{one.name.pybamm_name}'; accepted: one of them"
    )


def _usual(variables: Sequence[Variable]) -> str:
    """The goal if none is asked for: the separator's thickness, or what is first."""
    thick = [v for v in variables if v.name.pybamm_name == SEPARATOR]
    return (thick or variables)[0].name.name


def _goal_name(cell: Cell, said: str, variables: Sequence[Variable]) -> str:
    """The goal as variables or measures call it."""
    if measure_of(said) is not None:
        return said
    names = [one.name.name for one in variables]
    try:
        settled = cell.resolve(with_unit(cell, said)).pybamm_name
    except InputError:
        settled = ""
    for one in variables:
        if one.name.pybamm_name == settled:
            return one.name.name
    raise InputError(
        f"goal {said!r}; accepted: what varies ({', '.join(names)}), or "
        f"{', '.join(UNITS)} and a rate"
    )
