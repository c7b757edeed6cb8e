"""Bands on the answer of a search: its designs for samples of a calibrated cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.analyses.design.answer import Answer
from aslb.experiments.analyses.design.evaluation import CAPACITY, margins, measured
from aslb.experiments.analyses.design.question import Question
from aslb.experiments.analyses.thickness.bands import FINE, between
from aslb.experiments.analyses.thickness.critical import critical_thickness
from aslb.experiments.calibration.bands import (
    behind,
    ends_of,
    fit_of,
    quantiles_of,
    sampled,
)
from aslb.experiments.calibration.study_bands import proportional
from aslb.experiments.output.figure_style import spread
from aslb.experiments.protocols import C_RATE
from aslb.parameters.composition.cell import Cell

NODES = 11  # values of the goal, all else as in the best design
MOST_FRONT = 8  # designs of the front that have bands


def with_bands(answer: Answer, samples: int, seed: int = 0) -> Answer:
    """An answer with 90 % bands over samples of the calibration of its cell.

    Bands are on what is measured of the best design and of some of the front, the model
    error of the fit in them. Where the goal is a variable, so is that on how far it may
    go, all else as in the best design.

    Parameters
    ----------
    answer : Answer
        From `design`; it is not changed.
    samples : int
        How many.
    seed : int, optional
        Of what is random.

    Returns
    -------
    Answer
        The same with `bands` and `front_bands`. Of its attributes `meets` is the share
        of the samples of which the best design meets all that is asked, and `possible`
        that of which any value of the goal does.

    Raises
    ------
    InputError
        If the cell has no fit.
    """
    question = answer.question
    fit = fit_of(question.cell)
    names = [one.name.name for one in question.variables]
    best = {name: float(answer.best[name]) for name in names}
    ladder = _ladder(question, best)
    front = answer.front.drop_duplicates(names)
    front = front.sort_values(question.measures[0].column)
    front = front.iloc[spread(len(front), MOST_FRONT)].reset_index(drop=True)
    shown: list[Any] = front[names].to_dict("records")
    found, solved = _samples(question, [best, *ladder, *shown], samples, seed)
    about_best = found[:, 0]
    rows = [
        _band(measure.column, column)
        for measure, column in zip(question.measures, about_best.T, strict=True)
    ]
    attrs = {
        **answer.attrs,
        **behind([fit], samples),
        "points": answer.attrs["points"] + samples * solved,
        "meets": float((margins(question, about_best) >= 0).all(axis=-1).mean()),
    }
    if ladder:
        along = margins(question, found[:, 1 : 1 + len(ladder)]).min(axis=-1)
        name = question.goal.name
        nodes = np.array([point[name] for point in ladder])
        rows.insert(0, _band(name, _farthest(nodes, along, question.goal.sign)))
        attrs["possible"] = float((along >= 0).any(axis=1).mean())
    ends = ends_of(found[:, 1 + len(ladder) :])
    for n, measure in enumerate(question.measures):
        front[f"{measure.column}_lower"] = ends[0][:, n]
        front[f"{measure.column}_upper"] = ends[1][:, n]
    return replace(answer, attrs=attrs, bands=pd.DataFrame(rows), front_bands=front)


def _band(quantity: str, samples: np.ndarray) -> dict[str, Any]:
    ends = dict(zip(("lower", "median", "upper"), quantiles_of(samples), strict=True))
    return {"quantity": quantity, **ends}


def _ladder(question: Question, best: Mapping[str, float]) -> list[dict[str, float]]:
    """The best design with other values of the goal, if that is a variable."""
    goal = question.goal_variable
    if goal is None:
        return []
    values = goal.values(np.linspace(0, 1, NODES))
    return [{**best, goal.name.name: float(value)} for value in values]


def _farthest(nodes: np.ndarray, along: np.ndarray, sign: int) -> np.ndarray:
    """The farthest value of each sample that meets all, or an end of the range."""
    ordered = nodes if sign > 0 else 1 / nodes[::-1]
    fine = np.geomspace(ordered[0], ordered[-1], FINE)
    ends = []
    for row in along if sign > 0 else along[:, ::-1]:
        curve = between(ordered, 1 + row, fine)
        ends.append(critical_thickness(fine, curve, 1.0, beyond=True))
    return np.array(ends) ** sign


def _samples(
    question: Question,
    designs: Sequence[Mapping[str, float]],
    samples: int,
    seed: int,
) -> tuple[np.ndarray, int]:
    """Measures by sample, design and measure; and how many points a sample has."""
    rates = question.c_rates
    written = [one.name.name for one in question.variables]
    first = {one.name: one.low for one in question.variables}
    changes = question.cell.changes(first)

    def run(reading: Cell, sets: Sequence[Mapping[str, float]]) -> xr.Dataset:
        # what varies stands in the place of what a sample says of it
        left = [n for n in sets[0] if n in (*written, C_RATE) or n not in changes]
        vary: dict[str, Any] = {name: [one[name] for one in sets] for name in left}
        return question.conditions.solved(reading, vary)

    points = [{**one, C_RATE: rate} for one in designs for rate in rates]
    distinct, place = _once(points)
    drawn = sampled(question.cell, run, samples, seed, distinct)
    shape = (samples, len(designs), len(rates))

    def of(name: str) -> np.ndarray:
        return drawn.of(name)[:, place].reshape(shape)

    capacity = of(CAPACITY)
    off = np.broadcast_to(drawn.offsets(rates)[:, None], shape)
    found = {CAPACITY: capacity + off}
    for name in ("specific_energy", "energy_density"):
        energy = of(name)
        found[name] = energy + proportional(energy, capacity, off)
    return measured(question.measures, rates, found), len(distinct)


def _once(
    points: Sequence[Mapping[str, float]],
) -> tuple[list[Mapping[str, float]], list[int]]:
    """Points each once, and the place of every one among these."""
    keys = [tuple(point.values()) for point in points]
    distinct = dict(zip(keys, points, strict=True))
    at = {key: n for n, key in enumerate(distinct)}
    return [*distinct.values()], [at[key] for key in keys]
