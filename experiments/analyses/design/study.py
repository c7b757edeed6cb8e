"""Which design meets what is asked, and is best in one thing beyond."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.experiments.analyses.design.answer import Answer
from aslb.experiments.analyses.design.edge import edge
from aslb.experiments.analyses.design.evaluation import Designs, margins
from aslb.experiments.analyses.design.improvement import improvable, improvements
from aslb.experiments.analyses.design.question import Question, asked
from aslb.experiments.analyses.design.search import (
    INSIDE,
    best_goal,
    best_margin,
    check_optuna,
    explore,
)
from aslb.experiments.output.attributes import hashes
from aslb.experiments.protocols import HOLD, given_cutoffs
from aslb.experiments.study.pareto import pareto_front
from aslb.models.registry import DFN
from aslb.parameters.composition.anode import ANODES
from aslb.parameters.composition.masses import BOUNDARIES

AT_LEAST = ("specific_energy 300 Wh/kg at C/20", "retention 0.8 at 1C")
VARY = ("separator.thickness", "cathode.areal_capacity")
GENERATIONS = 8


def design(
    cell: Any = "Cao2021_thin_halide",
    at_least: str | Sequence[str] = AT_LEAST,
    vary: str | Sequence[str] = VARY,
    *,
    maximise: str | None = None,
    minimise: str | None = None,
    improve: str | Sequence[str] | None = (),
    anode: str = ANODES[0],
    anode_thickness: float | None = None,
    boundary: str = BOUNDARIES[2],
    model: str = DFN,
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    generations: int = GENERATIONS,
    seed: int = 0,
    folder: Path | str | None = None,
    executor: Executor | None = None,
) -> Answer:
    """Search designs that meet what is asked; say what must improve if none does.

    Each design is formed, charged at C/20 and held, and discharged at each rate that is
    asked about, as by `energy_density`. All over the ranges designs are searched by
    NSGA-II of optuna, which takes `GENERATION` at once, as the engine does; from the
    best of them on by SLSQP of SciPy, and where a variable is the goal, it is then
    followed to where the last requirement is just met, all else as it is.

    Parameters
    ----------
    cell : Cell, str or pybamm.ParameterValues, optional
        The cell, its name or file, or parameter values of one's own. Of these nothing
        has a range, and there are no sections: what varies is a name of PyBaMM, with
        its ends, and nothing improves that `improve` does not name.
    at_least : str or sequence of str, optional
        What is asked: a quantity (`specific_energy`, `energy_density`,
        `discharge_capacity`, `retention` of the capacity at C/20), a number and a rate.
    vary : str or sequence of str, optional
        What may differ: a name as `Cell.vary` takes it, and the ends of its range.
    maximise, minimise : str, optional
        One of what varies, or a quantity and a rate; by default the thickest separator
        if that varies, and the first of what varies if not.
    improve : str or sequence of str, optional
        What may improve if no design meets what is asked: names and ranges as for
        `vary`; by default conductivities, resistances and the like, within what is
        known of each. None leaves that out.
    anode : str, optional
        "as-built", or "Li" for lithium metal: cut-offs are then raised.
    anode_thickness : float, optional
        Thickness of the anode [m]; by default as built, or 30 µm of Li.
    boundary : str, optional
        What masses and volumes count.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil that the cell was built with [V].
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
    generations : int, optional
        Of the search all over the ranges.
    seed : int, optional
        Of what is random.
    folder : pathlib.Path or str, optional
        Where what was solved is kept: the same again goes on where it was.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    Answer
        The best design, all that were solved, and what must improve.

    Raises
    ------
    InputError
        If the request makes no sense, or optuna is not installed.
    """
    check_optuna()
    if generations < 1:
        raise InputError(f"{generations} generations; accepted: 1 or more")
    question = asked(
        cell,
        _several(at_least),
        _several(vary),
        _goal(maximise, minimise),
        anode=anode,
        anode_thickness=anode_thickness,
        boundary=boundary,
        model=model,
        hold=hold,
        cutoffs=given_cutoffs(upper_cutoff, lower_cutoff),
        folder=None if folder is None else Path(folder),
        executor=executor,
    )
    better = (
        []
        if improve is None
        else improvable(question.cell, question.variables, _several(improve))
    )
    search = _Search(question)
    with search.designs.bar:
        best = search.best(generations, seed)
        designs = search.designs.table
        designs["front"] = _front(question, designs)
        feasible = bool(best["margin"] >= 0)
        improved = pd.DataFrame()
        if not feasible and better:
            improved = improvements(search.designs, search.position(best), better)
    about = {"anode": anode, "boundary": boundary, "model": model, "seed": seed}
    attrs = {**_attributes(question), **about, "points": search.designs.points}
    return Answer(question, feasible, best, designs, improved, attrs)


def _attributes(question: Question) -> dict[str, Any]:
    """What an answer is, and of which cell."""
    cell = question.cell
    return {
        "analysis": "design",
        "cell": cell.name,
        "parameter_hash": hashes([cell]),
    }


def _several(said: str | Sequence[str]) -> Sequence[str]:
    return [said] if isinstance(said, str) else said


def _goal(maximise: str | None, minimise: str | None) -> tuple[str, int]:
    """What is wanted, and whether as much or as little as can be; "" is as usual."""
    if maximise and minimise:
        raise InputError("both maximise and minimise; accepted: one of them")
    if minimise:
        return minimise, -1
    return maximise or "", 1


class _Search:
    """Designs from all over their ranges to the best one."""

    def __init__(self, question: Question):
        self.question = question
        self.designs = Designs(question)

    def values(self, positions: np.ndarray) -> dict[str, np.ndarray]:
        """Values by name of shares of the ranges, a row a design."""
        columns = zip(self.question.variables, positions.T, strict=True)
        return {one.name.name: one.values(column) for one, column in columns}

    def position(self, row: pd.Series) -> np.ndarray:
        """Shares of the ranges of a design."""
        ranges = [(v.range, row[v.name.name]) for v in self.question.variables]
        return np.clip([known.unit(float(x)) for known, x in ranges], 0, 1)

    def solve(self, positions: np.ndarray) -> np.ndarray:
        """Goal and margins of designs, a row each."""
        measures = self.designs.solve(self.values(positions))
        goal = self._goal(positions, measures)
        found = margins(self.question, measures)
        return np.column_stack([np.nan_to_num(goal, nan=-1e3), found])

    def _goal(self, positions: np.ndarray, measures: np.ndarray) -> np.ndarray:
        """The goal, from 0 to 1 of a variable, as large as can be."""
        question = self.question
        if question.goal_variable is None:
            at = question.measures.index(question.goal_measure)
            # in the size of what is asked, as margins are
            return question.goal.sign * measures[:, at] / np.nanmax(measures[:, at])
        return (
            question.goal.sign
            * positions[:, question.variables.index(question.goal_variable)]
        )

    def objectives(self, positions: np.ndarray) -> np.ndarray:
        """What is asked and the goal, each as large as can be."""
        measures = self.designs.solve(self.values(positions))
        asked = measures[:, : len(self.question.requirements)]
        return np.column_stack([asked, self._goal(positions, measures)])

    def best(self, generations: int, seed: int) -> pd.Series:
        """The design that meets what is asked with the best goal, or comes closest."""
        question = self.question
        dimensions = len(question.variables)
        number = len(question.requirements) + 1
        explore(self.objectives, dimensions, number, generations=generations, seed=seed)
        found = self._best_of_all()
        if found["margin"] < 0:
            best_margin(self.solve, self.position(found))
            found = self._best_of_all()
        if found["margin"] < 0:
            # of those that come as close and meet as much, the one with the best goal
            least = self._margins(found.to_frame().T)[0]
            least = np.where(least >= 0, 0.0, found["margin"] - INSIDE)
            shifted = np.append(0.0, least)
            best_goal(lambda x: self.solve(x) - shifted, self.position(found))
        if found["margin"] >= 0:
            best_goal(self.solve, self.position(found))
            self._to_the_edge(self._best_of_all())
        return self._best_of_all()

    def _best_of_all(self) -> pd.Series:
        table = self.designs.table
        near = table["margin"] >= min(0, table["margin"].max() - INSIDE)
        fulfilled = (self._margins(table) >= 0).sum(axis=1) * near
        met = table[near & (fulfilled == fulfilled.max())]
        column = self.question.goal.name
        if self.question.goal_measure is not None:
            column = self.question.goal_measure.column
        goal = self.question.goal.sign * met[column]
        return met.iloc[int(goal.argmax())]

    def _margins(self, designs: pd.DataFrame) -> np.ndarray:
        columns = [measure.column for measure in self.question.measures]
        return margins(self.question, designs[columns].to_numpy(float))

    def _to_the_edge(self, found: pd.Series) -> None:
        """Have the goal followed as far as all is met, where it is a variable."""
        variable, sign = self.question.goal_variable, self.question.goal.sign
        if variable is None:
            return
        name = variable.name.name
        rest = {v.name.name: float(found[v.name.name]) for v in self.question.variables}

        def margin(values: np.ndarray) -> np.ndarray:
            listed = {n: np.full(len(values), x) for n, x in rest.items()}
            measures = self.designs.solve({**listed, name: values})
            return margins(self.question, measures).min(axis=-1)

        edge(margin, rest[name], variable.high if sign > 0 else variable.low)


def _front(question: Question, designs: pd.DataFrame) -> np.ndarray:
    """Which designs no other beats in the first two measures, or one and the goal."""
    columns = [measure.column for measure in question.measures][:2]
    known = [designs[column].to_numpy() for column in columns]
    if len(known) == 1:
        known.append(question.goal.sign * designs[question.goal.name].to_numpy())
    return pareto_front(*known)
