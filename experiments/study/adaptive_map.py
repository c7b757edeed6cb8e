"""Maps of two parameters that are sampled where they bend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.interpolate import RBFInterpolator

from aslb.errors import InputError, about
from aslb.experiments.study.points import ranges
from aslb.experiments.study.settings import StudyFile
from aslb.parameters.given import count, number

CORNERS = 4
MOST_POINTS = 10_000  # beyond it the learner takes longer than the model
USUAL_POINTS = 1000  # where only a loss ends the map
DIGITS = 12  # of coordinates in the unit square, so that rounding makes no new points


@dataclass(frozen=True)
class AdaptiveMap:
    """Between which ends a map is sampled, for what, and until when.

    Points are chosen in rounds by `adaptive.Learner2D` [1]_: each round adds a quarter
    to the points that are there, one in each of the triangles where a straight
    interpolation of the goal differs most from a curved one. A round depends on the
    answers of the rounds before it and on nothing else, so that the first n points are
    the same on one worker or a hundred, after an interruption, and whatever ends the
    map.

    Parameters
    ----------
    scales : tuple of str
        "linear" or "log", for each of the two parameters.
    ends : tuple of tuple of float
        Lower and upper end of each, in the units of the study.
    goal : str
        Column that the points are chosen for.
    points : int
        Number of points that ends the map.
    loss : float or None
        Loss of the learner that ends the map, if any: the largest over all triangles
        of the deviation from a plane, in spans of the goal, times the root of the area,
        plus 0.3 times the area, both in the unit square.

    References
    ----------
    .. [1] B. Nijholt, J. Weston, J. Hoofwijk, A. Akhmerov. "Adaptive: parallel active
       learning of mathematical functions" (2019). doi:10.5281/zenodo.1182437
    """

    scales: tuple[str, str]
    ends: tuple[tuple[float, float], tuple[float, float]]
    goal: str
    points: int
    loss: float | None

    @property
    def setting(self) -> dict[str, Any]:
        """What a map that goes on must have in common with this one, for JSON."""
        return {
            "name": "adaptive",
            "goal": self.goal,
            "scales": list(self.scales),
            "ends": [list(ends) for ends in self.ends],
        }

    @property
    def stop(self) -> dict[str, float | None]:
        """What ends the map, for JSON."""
        return {"points": self.points, "loss": self.loss}

    def unit(self, points: np.ndarray) -> np.ndarray:
        """Coordinates in the unit square, in which the map is sampled and drawn."""
        columns = []
        for column, scale, ends in zip(points.T, self.scales, self.ends, strict=True):
            if scale == "log":
                ends = (math.log(ends[0]), math.log(ends[1]))
                column = np.log(column)
            columns.append((column - ends[0]) / (ends[1] - ends[0]))
        return np.clip(np.round(np.array(columns).T, DIGITS), 0, 1)

    def at(self, unit: np.ndarray) -> np.ndarray:
        """Points at coordinates in the unit square; the inverse of `unit`."""
        columns = []
        for column, scale, ends in zip(unit.T, self.scales, self.ends, strict=True):
            low, high = map(math.log, ends) if scale == "log" else ends
            values = low + column * (high - low)
            values = np.exp(values) if scale == "log" else values
            columns.append(np.select([column == 0, column == 1], ends, values))
        return np.array(columns).T

    def propose(
        self, points: np.ndarray, answers: np.ndarray
    ) -> tuple[np.ndarray, float]:
        """Points to solve next."""
        loss = float(self._learner(points, answers).loss())
        reached = self.loss is not None and loss <= self.loss
        if reached or len(points) >= self.points:
            return points[:0], loss
        begun, end = _round(len(points))
        # from the answers that the round began with, also where it goes on
        learner = self._learner(points[:begun], answers[:begun])
        here = set(map(tuple, points.tolist()))
        asked = self.at(_ask(learner, end - begun))
        new = [row for row in asked if tuple(row.tolist()) not in here]
        wanted = min(end, self.points) - len(points)
        return np.array(new[:wanted]).reshape(-1, 2), loss

    def _learner(self, points: np.ndarray, answers: np.ndarray) -> Any:
        learner = _learner_class()(None, ((0.0, 1.0), (0.0, 1.0)))
        unit = self.unit(points)
        for point, answer in zip(unit, _completed(unit, answers), strict=True):
            learner.tell(tuple(point.tolist()), float(answer))
        return learner


def adaptive_map(asked: StudyFile, columns: Sequence[str]) -> AdaptiveMap:
    """The map that a study file describes, for one of the numbers that are kept."""
    goal, points, loss = asked.goal, asked.points, asked.loss
    first, second = ranges(asked.vary)
    if not isinstance(goal, str) or goal not in columns:
        raise InputError(
            f"goal: {goal!r}; accepted with method 'adaptive': {', '.join(columns)}"
        )
    if points is None and loss is None:
        raise InputError(
            "points: missing; accepted with method 'adaptive': points, loss or both"
        )
    if loss is not None:
        with about("loss"):
            loss = number(loss)
        if loss <= 0:
            raise InputError(f"loss: {loss:g}; accepted: a positive number")
    with about("points"):
        points = count(USUAL_POINTS if points is None else points, CORNERS, MOST_POINTS)
    _learner_class()
    found = AdaptiveMap(
        (first[0], second[0]), (first[1:], second[1:]), goal, points, loss
    )
    middle = np.full((1, 2), 0.5)
    with np.errstate(all="ignore"):
        there_and_back = found.unit(found.at(middle))[0]
    for name, ends, at in zip(asked.vary, found.ends, there_and_back, strict=True):
        if not abs(at - 0.5) < 1e-6:
            raise InputError(
                f"{name}: range {ends[0]!r} to {ends[1]!r}; accepted: ends that leave "
                "room for points"
            )
    return found


def _round(number: int) -> tuple[int, int]:
    """Where the round begins and ends in which points of this number stand."""
    begun, end = 0, CORNERS
    while end <= number:
        begun, end = end, end + max(CORNERS, end // 4)
    return begun, end


def _ask(learner: Any, number: int) -> np.ndarray:
    """That many points of the unit square, or fewer where it is full."""
    asked: dict[tuple[float, ...], None] = {}
    while len(asked) < number:
        before = len(asked)
        for point in learner.ask(number - before)[0]:
            # two triangles may give the middle of the edge that they share
            asked[tuple(round(float(x), DIGITS) for x in point)] = None
        if len(asked) == before:
            break
    return np.array(list(asked)).reshape(-1, 2)


def _completed(unit: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Answers, with those that are missing interpolated.

    A learner that is told nothing of a failed point would ask for it for ever, and one
    that is told of a bend there would go on around it.
    """
    known = np.isfinite(answers)
    if known.all():
        return answers
    if not known.any():
        return np.zeros(len(answers))
    interpolated = RBFInterpolator(
        unit[known], answers[known], neighbors=8, kernel="linear", degree=0
    )
    completed = answers.copy()
    completed[~known] = interpolated(unit[~known])
    return completed


def _learner_class() -> Any:
    try:
        from adaptive import Learner2D
    except ImportError:
        raise InputError(
            "method 'adaptive' needs the package adaptive; accepted after: pip install "
            '"aslb[adaptive]"'
        ) from None
    return Learner2D
