"""What must improve: one quantity at a time, within what is known of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.experiments.analyses.design.evaluation import Designs, margins
from aslb.experiments.analyses.design.question import Question
from aslb.experiments.analyses.design.search import (
    INSIDE,
    best_goal,
    best_margin,
)
from aslb.experiments.analyses.design.variable import Variable, known_of, variable
from aslb.experiments.calibration.unknowns import those_of
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.names import dotted

IMPROVABLE = (
    "Separator electrolyte conductivity [S.m-1]",
    "Catholyte conductivity [S.m-1]",
    "Separator-catholyte junction resistance [Ohm.m2]",
    "Negative electrode interface resistance [Ohm.m2]",
    "Positive electrode interphase resistance [Ohm.m2]",
    "Positive electrode reference exchange-current density [A.m-2]",
    "Positive electrode active fraction",
    "Positive electrode Bruggeman coefficient (electrolyte)",
    "Positive electrode lithiated conductivity [S.m-1]",
    "Positive particle radius [m]",
    "Positive particle lithiated diffusivity [m2.s-1]",
    "Positive particle delithiated diffusivity [m2.s-1]",
    "Positive particle uniform diffusivity [m2.s-1]",
)
"""What a material or a process may improve, by PyBaMM name."""


def improvable(
    cell: Cell, variables: Sequence[Variable], said: Sequence[str]
) -> list[Variable]:
    """What may improve, with its range.

    Parameters
    ----------
    cell : Cell
        The cell.
    variables : sequence of Variable
        What differs anyway, and is left out.
    said : sequence of str
        As for `variable`; nothing stands for all of `IMPROVABLE` that the cell has,
        of which there is none without provenance.

    Raises
    ------
    InputError
        If there is no such parameter, or it is a design.
    """
    known = [] if said else map(dotted, those_of(known_of(cell), IMPROVABLE))
    found = [variable(cell, one, "improve") for one in [*known, *said]]
    varied = {one.name.pybamm_name for one in variables}
    for one in found:
        if said and one.name.entry:
            raise InputError(
                f"improve {one.name.name!r} is an entry of the design; accepted: to "
                "vary it"
            )
    return [one for one in found if one.name.pybamm_name not in varied]


def improvements(
    designs: Designs, position: np.ndarray, improve: Sequence[Variable]
) -> pd.DataFrame:
    """How much of each quantity makes possible what is asked, the others as they are.

    Parameters
    ----------
    designs : Designs
        Of the question; further ones are solved.
    position : numpy.ndarray
        Shares of the ranges of the design that comes closest.
    improve : sequence of Variable
        What may improve, each towards the end of its range that helps.

    Returns
    -------
    pandas.DataFrame
        A row each: its name, its value now, how that is known, its range, what is
        `needed`, the `factor` to it, the smallest `margin` with all of it, and the
        design that it makes possible. Those that suffice come first, the smallest
        change first of them. What does not suffice has no `needed`.
    """
    question = designs.question
    base = float(designs.table["margin"].max())
    ends = [(one, end) for one in improve for end in _ends_of(question, one)]
    if not ends:
        return pd.DataFrame(columns=["quantity", "margin", "needed"])
    now = _tried(designs, position)
    tried = [_tried(designs, position, one, end) for one, end in ends]
    best: dict[str, tuple[float, Variable, float]] = {}
    for (one, end), there in zip(ends, tried, strict=True):
        name = one.name.name
        if helps(there, now, base) and (name not in best or there[0] > best[name][0]):
            best[name] = (there.margin, one, end)
    # one that is as good as it can be has only a worse end
    useful = [(one, end) for _, one, end in best.values()]
    if not useful:
        return pd.DataFrame(columns=["quantity", "margin", "needed"])
    rows = [_row(designs, position, one, end) for one, end in useful]
    table = pd.DataFrame(rows)
    change = pd.Series(np.abs(np.log(table["factor"].astype(float))))
    order = pd.DataFrame({"a": change.fillna(np.inf), "b": -table["margin"]})
    return table.loc[order.sort_values(["a", "b"]).index].reset_index(drop=True)


def now_of(question: Question, one: Variable) -> float:
    """The value of the cell, in the unit of the name."""
    name = one.name
    return (question.cell.numbers[name.pybamm_name] - name.zero) / name.factor


def _ends_of(question: Question, one: Variable) -> list[float]:
    now = now_of(question, one)
    ends = (one.low, one.high)
    return [end for end in ends if not math.isclose(end, now, rel_tol=1e-3)]


class Tried(NamedTuple):
    """A design with one quantity at an end of its range.

    Parameters
    ----------
    margin : float
        Its smallest margin.
    capacities : numpy.ndarray
        At each rate [mAh/g].
    """

    margin: float
    capacities: np.ndarray


def helps(there: Tried, now: Tried, base: float) -> bool:
    """Whether the end of a range is a better one.

    The share of the capacity that is kept also grows a little where the slow discharge
    alone becomes worse: what takes capacity away at a rate is no improvement.

    Parameters
    ----------
    there, now : Tried
        With the end, and with the value of the cell.
    base : float
        The largest of the smallest margins that was met.
    """
    kept = there.capacities >= (1 - INSIDE) * now.capacities
    return bool(there.margin > base and kept.all())


def _tried(
    designs: Designs,
    position: np.ndarray,
    one: Variable | None = None,
    end: float = math.nan,
) -> Tried:
    values = {v.name.name: v.values([x]) for v, x in _with(designs, position)}
    if one is not None:
        values[one.name.name] = np.array([end])
    measures, capacities = designs.with_capacities(values)
    return Tried(float(margins(designs.question, measures).min()), capacities[0])


def _with(designs: Designs, position: np.ndarray) -> Any:
    return zip(designs.question.variables, position, strict=True)


def _row(
    designs: Designs, position: np.ndarray, one: Variable, end: float
) -> dict[str, Any]:
    """The least change of one quantity, with the design that goes with it."""
    question, name = designs.question, one.name.name
    now = now_of(question, one)
    # nothing at 0, all of it at 1
    wide = min(now, end) > 0
    log = np.log(end / now) if wide else 0.0

    def value(share: Any) -> np.ndarray:
        share = np.asarray(share)
        return now * np.exp(log * share) if wide else now + (end - now) * share

    def solve(at: np.ndarray) -> np.ndarray:
        values = {v.name.name: v.values(x) for v, x in _with(designs, at[:, :-1].T)}
        values[name] = value(at[:, -1])
        found = margins(question, designs.solve(values))
        return np.column_stack([-at[:, -1], found])

    def all_of_it(at: np.ndarray) -> np.ndarray:
        return solve(np.column_stack([at, np.ones(len(at))]))

    most = best_margin(all_of_it, position)
    known = known_of(question.cell).get(one.name.pybamm_name)
    row = {
        "quantity": name,
        "words": one.words,
        "now": now,
        "class": "own" if known is None else known.kind,
        "low": one.low,
        "high": one.high,
        "end": end,
        "margin": most.margin,
        "needed": np.nan,
        "factor": np.nan,
    }
    if most.margin < 0:
        return row
    least = best_goal(solve, np.append(most.position, 1.0))
    needed = float(value(least.position[-1]))
    design = {
        v.name.name: float(v.values(x)) for v, x in _with(designs, least.position[:-1])
    }
    return {**row, "needed": needed, "factor": needed / now, **design}
