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

from aslb.errors import InputError

METHODS = ("grid", "list", "latin hypercube", "sobol", "csv", "adaptive")
SCALES = ("linear", "log")
MAX_POINTS = 2_000_000


def points_of(
    method: str, axes: Mapping[str, Any], *, points: Any, seed: Any, file: Path | None
) -> tuple[list[str], np.ndarray]:
    """Points of a study by any of the `METHODS`.

    Parameters
    ----------
    method : str
        How they are chosen.
    axes : mapping of str to Any
        Values or ranges by the name of what varies; of a CSV file none.
    points, seed : int
        Of a Latin hypercube or a Sobol sequence.
    file : pathlib.Path or None
        Of a CSV.

    Returns
    -------
    list of str
        Names of what varies.
    numpy.ndarray
        One row a point, one column a name; of an adaptive map its corners.

    Raises
    ------
    InputError
        If they make no sense, naming what is accepted.
    """
    for name in axes:  # it is told in what is said of its values
        if not isinstance(name, str) or not name.isprintable():
            raise InputError(f"vary: unknown parameter {name!r}")
    if method == "csv":
        assert file is not None  # `Settings` sees to it
        return table(file)
    if method == "grid":
        return list(axes), grid(axes)
    if method == "list":
        return list(axes), listed(axes)
    if method == "adaptive":
        return list(axes), corners(axes)
    number_of = count("points", points, 1)
    seed = count("seed", seed, 0, 2**32 - 1)
    return list(axes), sample(axes, method, number_of, seed)


def grid_values(name: str, spec: Any) -> np.ndarray:
    """Values of one axis: a list, or a range with a number of points."""
    if isinstance(spec, list | tuple | np.ndarray):
        if not len(spec):
            raise InputError(f"{name}: no values; accepted: a list of numbers")
        if len(spec) > MAX_POINTS:
            raise InputError(
                f"{name}: {len(spec)} values; accepted: at most {MAX_POINTS}"
            )
        values = np.array([number(name, value) for value in spec])
        seen, counts = np.unique(values, return_counts=True)
        if (counts > 1).any():
            raise InputError(f"{name}: {seen[counts > 1][0]:g} is given twice")
        return values
    scale, low, high = _range(name, spec, ("points",))
    if "points" not in spec:
        raise InputError(f"{name}: points is missing; accepted: a whole number")
    points = count(f"{name}: points", spec["points"], 2)
    space = np.geomspace if scale == "log" else np.linspace
    return space(low, high, points)


def grid(axes: Mapping[str, Any]) -> np.ndarray:
    """Every combination of the values of the axes, the last axis fastest."""
    size = 1
    columns = []
    for name, spec in axes.items():
        columns.append(grid_values(name, spec))
        size *= len(columns[-1])
        if size > MAX_POINTS:
            raise InputError(
                f"grid of {size} points or more; accepted: at most {MAX_POINTS}"
            )
    if not columns:
        return np.empty((1, 0))  # one point, and nothing varies
    return np.stack(np.meshgrid(*columns, indexing="ij"), axis=-1).reshape(size, -1)


def listed(axes: Mapping[str, Any]) -> np.ndarray:
    """The first value of every axis, the second of every axis, and so on."""
    columns = []
    for name, spec in axes.items():
        if not isinstance(spec, list | tuple | np.ndarray) or not len(spec):
            raise InputError(f"{name}: accepted with method 'list': a list of numbers")
        columns.append([number(name, value) for value in spec])
        if len(columns[-1]) != len(columns[0]):
            raise InputError(
                f"{name}: {len(columns[-1])} values where {next(iter(axes))} has "
                f"{len(columns[0])}; accepted: as many of each"
            )
    return _distinct(np.array(columns).T)


def sample(axes: Mapping[str, Any], method: str, points: int, seed: int) -> np.ndarray:
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


def ranges(axes: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    """Scale and ends of every axis, which are given without values between them."""
    return [_range(name, spec, ()) for name, spec in axes.items()]


def corners(axes: Mapping[str, Any]) -> np.ndarray:
    """The corners of a map of two axes."""
    if len(axes) != 2:
        raise InputError(
            f"vary: {len(axes)} varied; accepted with method 'adaptive': two"
        )
    return np.array(list(product(*(ends for _, *ends in ranges(axes)))))


def table(path: Path) -> tuple[list[str], np.ndarray]:
    """Names and points of a CSV file with one header line."""
    try:
        frame = pd.read_csv(path, nrows=MAX_POINTS + 1)
    except OSError as error:
        raise InputError(f"file {path}: {error.strerror}") from None
    except (ValueError, pd.errors.ParserError) as error:
        raise InputError(f"file {path}: {str(error).splitlines()[0]}") from None
    if len(frame) == 0 or len(frame) > MAX_POINTS:
        raise InputError(
            f"file {path}: {len(frame)} points; accepted: 1 to {MAX_POINTS}"
        )
    names = [str(name) for name in frame.columns]
    for name in names:
        if not name.isprintable():
            raise InputError(f"file {path}: unknown parameter {name!r}")
    columns = []
    for name in names:
        column = pd.to_numeric(frame[name], errors="coerce").to_numpy(float)
        wrong = np.flatnonzero(~np.isfinite(column))
        if len(wrong):
            raise InputError(
                f"file {path}: {name}: {str(frame[name].iloc[wrong[0]])!r} in line "
                f"{wrong[0] + 2}; accepted: a finite number"
            )
        columns.append(column)
    return names, _distinct(np.array(columns).T)


def number(what: str, value: Any) -> float:
    """A finite number, or one line about what it is instead."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise InputError(f"{what}: {value!r}; accepted: a number")
    try:
        value = float(value)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise InputError(f"{what}: {value:g}; accepted: a finite number")
    return value


def count(what: str, value: Any, least: int, most: int = MAX_POINTS) -> int:
    """A whole number in a range, or one line about what it is instead."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise InputError(f"{what}: {value!r}; accepted: a whole number")
    if not least <= value <= most:
        raise InputError(f"{what}: {value}; accepted: {least} to {most}")
    return int(value)


def _range(name: str, spec: Any, others: tuple[str, ...]) -> tuple[str, float, float]:
    accepted = " or ".join(f"{scale} = [low, high]" for scale in SCALES)
    if not isinstance(spec, Mapping):
        raise InputError(f"{name}: {spec!r}; accepted: {accepted}")
    keys = (*SCALES, *others)
    for key in spec:
        if key not in keys:
            raise InputError(
                f"{name}: unknown key {key!r}; accepted: {', '.join(keys)}"
            )
    scales = [scale for scale in SCALES if scale in spec]
    if len(scales) != 1:
        raise InputError(f"{name}: {len(scales)} ranges; accepted: {accepted}")
    ends = spec[scales[0]]
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        raise InputError(f"{name}: {ends!r}; accepted: {accepted}")
    low, high = (number(name, end) for end in ends)
    if not low < high:
        raise InputError(
            f"{name}: range {low:g} to {high:g}; accepted: the smaller number first"
        )
    if scales[0] == "log" and low <= 0:
        raise InputError(f"{name}: log range from {low:g}; accepted: positive numbers")
    return scales[0], low, high


def _distinct(points: np.ndarray) -> np.ndarray:
    unique, counts = np.unique(points, axis=0, return_counts=True)
    if (counts > 1).any():
        twice = ", ".join(f"{value:g}" for value in unique[counts > 1][0])
        raise InputError(f"point ({twice}) is given twice")
    return points


def positive_values(what: str, values: npt.ArrayLike, accepted: str) -> np.ndarray:
    """Values in rising order, each once, if all of them are positive and finite.

    Raises
    ------
    InputError
        If one is not, or there is none.
    """
    array = np.unique(np.asarray(values, dtype=float))
    if array.size == 0:
        raise InputError(f"no {what} given; accepted: {accepted}")
    for value in array:
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{what} {value:g}; accepted: {accepted}")
    return array
