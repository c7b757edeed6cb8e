"""Points of a study: grids, lists, samples and tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import qmc

from aslb.errors import InputError, Mistakes, about
from aslb.experiments.c_rate import rates_of
from aslb.experiments.protocols import C_RATE
from aslb.parameters.given import LARGEST, count, number

METHODS = ("grid", "list", "latin hypercube", "sobol", "csv", "adaptive")
SCALES = ("linear", "log")
RANGES = " or ".join(f"{scale} = [low, high]" for scale in SCALES)
MAX_POINTS = 2_000_000


def points_of(
    method: str, axes: Mapping[str, Any], *, points: Any, seed: Any, file: Path | None
) -> tuple[list[str], np.ndarray]:
    """Names of what varies, and the points of a study by any of the `METHODS`.

    There is one row a point and one column a name; of an adaptive map its corners.
    """
    for name in axes:  # it is told in what is said of its values
        if not isinstance(name, str) or not name.isprintable():
            raise InputError(f"vary: unknown parameter {name!r}")
    if method == "csv":
        assert file is not None  # `StudyFile` sees to it
        with about(f"file {file}"):
            return _table(file)
    if method == "grid":
        return list(axes), _grid(axes)
    if method == "list":
        return list(axes), _listed(axes)
    if method == "adaptive":
        return list(axes), _corners(axes)
    with about("points"):
        size = count(points, 1, MAX_POINTS)
    with about("seed"):
        seed = count(seed, 0, 2**32 - 1)
    return list(axes), _sample(axes, method, size, seed)


def _grid(axes: Mapping[str, Any]) -> np.ndarray:
    """Every combination of the values of the axes, the last axis fastest."""
    columns: list[np.ndarray] = []
    mistakes = Mistakes()
    for name, spec in axes.items():
        with mistakes.kept(name):
            columns.append(_grid_values(spec))
    mistakes.tell()
    size = math.prod(map(len, columns))
    if size > MAX_POINTS:
        raise InputError(
            f"grid of {size} points or more; accepted: at most {MAX_POINTS}"
        )
    if not columns:
        return np.empty((1, 0))  # one point, and nothing varies
    return np.stack(np.meshgrid(*columns, indexing="ij"), axis=-1).reshape(size, -1)


def _grid_values(spec: Any) -> np.ndarray:
    """Values of one axis: a list, or a range with a number of points."""
    if isinstance(spec, list | tuple | np.ndarray):
        if not len(spec):
            raise InputError("no values; accepted: a list of numbers")
        if len(spec) > MAX_POINTS:
            raise InputError(f"{len(spec)} values; accepted: at most {MAX_POINTS}")
        values = np.array([number(value) for value in spec])
        seen, counts = np.unique(values, return_counts=True)
        if (counts > 1).any():
            raise InputError(f"{seen[counts > 1][0]:g} is given twice")
        return values
    if not isinstance(spec, Mapping):
        raise InputError(
            f"{spec!r}; accepted: a list of numbers, or {RANGES}, with points"
        )
    scale, low, high = _range(spec, (*SCALES, "points"))
    if "points" not in spec:
        raise InputError("points is missing; accepted: a whole number")
    with about("points"):
        points = count(spec["points"], 2, MAX_POINTS)
    return (np.geomspace if scale == "log" else np.linspace)(low, high, points)


def _listed(axes: Mapping[str, Any]) -> np.ndarray:
    """The first value of every axis, the second of every axis, and so on."""
    columns: list[list[float]] = []
    for name, spec in axes.items():
        with about(name):
            if not isinstance(spec, list | tuple | np.ndarray) or not len(spec):
                raise InputError("accepted with method 'list': a list of numbers")
            columns.append([number(value) for value in spec])
            if len(columns[-1]) != len(columns[0]):
                raise InputError(
                    f"{len(columns[-1])} values where {next(iter(axes))} has "
                    f"{len(columns[0])}; accepted: as many of each"
                )
    return _distinct(np.array(columns).T)


def _sample(axes: Mapping[str, Any], method: str, points: int, seed: int) -> np.ndarray:
    """A Latin hypercube or a Sobol sequence over the ranges of the axes."""
    if method == "sobol" and points & (points - 1):
        raise InputError(
            f"points: {points}; accepted with method 'sobol': a power of two, as "
            f"{2 ** points.bit_length()}"
        )
    engine = qmc.LatinHypercube if method == "latin hypercube" else qmc.Sobol
    unit = engine(d=len(axes), rng=np.random.default_rng(seed)).random(points)
    columns = []
    for column, (scale, low, high) in zip(unit.T, ranges(axes), strict=True):
        if scale == "log":
            columns.append(low * (high / low) ** column)
        else:
            columns.append(low + (high - low) * column)
    return np.array(columns).T


def _corners(axes: Mapping[str, Any]) -> np.ndarray:
    """The corners of a map of two axes."""
    if len(axes) != 2:
        raise InputError(
            f"vary: {len(axes)} varied; accepted with method 'adaptive': two"
        )
    return np.array(list(product(*(ends for _, *ends in ranges(axes)))))


def _table(path: Path) -> tuple[list[str], np.ndarray]:
    """Names and points of a CSV file with one header line."""
    try:
        frame = pd.read_csv(path, nrows=MAX_POINTS + 1)
    except OSError as error:
        raise InputError(error.strerror) from None
    except ValueError as error:
        raise InputError(str(error).splitlines()[0]) from None
    if len(frame) == 0 or len(frame) > MAX_POINTS:
        raise InputError(f"{len(frame)} points; accepted: 1 to {MAX_POINTS}")
    if C_RATE in frame:
        with about(C_RATE):
            frame[C_RATE] = rates_of([*frame[C_RATE]])
    names = [str(name) for name in frame.columns]
    for name in names:
        if not name.isprintable():
            raise InputError(f"unknown parameter {name!r}")
    points = frame.apply(pd.to_numeric, errors="coerce").to_numpy(float)
    wrong = np.argwhere(~np.isfinite(points.T))  # of the first column first
    if len(wrong):
        column, row = wrong[0]
        raise InputError(
            f"{names[column]}: {str(frame.iloc[row, column])!r} in line {row + 2}; "
            "accepted: a finite number"
        )
    return names, _distinct(points)


def ranges(axes: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    """Scale and ends of every axis, which are given without values between them."""
    found = []
    mistakes = Mistakes()
    for name, spec in axes.items():
        with mistakes.kept(name):
            found.append(_range(spec, SCALES))
    mistakes.tell()
    return found


def _range(spec: Any, keys: tuple[str, ...]) -> tuple[str, float, float]:
    if not isinstance(spec, Mapping):
        raise InputError(f"{spec!r}; accepted: {RANGES}")
    for key in spec:
        if key not in keys:
            raise InputError(f"unknown key {key!r}; accepted: {', '.join(keys)}")
    scales = [scale for scale in SCALES if scale in spec]
    if len(scales) != 1:
        raise InputError(f"{len(scales)} ranges; accepted: {RANGES}")
    ends = spec[scales[0]]
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        raise InputError(f"{ends!r}; accepted: {RANGES}")
    low, high = map(number, ends)
    if not low < high:
        raise InputError(
            f"range {low:g} to {high:g}; accepted: the smaller number first"
        )
    if scales[0] == "log" and low < 1 / LARGEST:
        raise InputError(
            f"log range from {low:g}; accepted: positive numbers, from {1 / LARGEST:g}"
        )
    return scales[0], low, high


def _distinct(points: np.ndarray) -> np.ndarray:
    unique, counts = np.unique(points, axis=0, return_counts=True)
    if (counts > 1).any():
        twice = ", ".join(f"{value:g}" for value in unique[counts > 1][0])
        raise InputError(f"point ({twice}) is given twice")
    return points


def positive_values(what: str, values: npt.ArrayLike, accepted: str) -> np.ndarray:
    """Values in rising order, each once, if all of them are positive and finite."""
    try:
        array = np.unique(np.asarray(values, dtype=float))
    except (TypeError, ValueError):
        raise InputError(f"{what} {values!r}; accepted: {accepted}") from None
    if array.size == 0:
        raise InputError(f"no {what} given; accepted: {accepted}")
    for value in array:
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{what} {value:g}; accepted: {accepted}")
    return array
