"""The critical thickness: where a fraction of the thin limit's capacity is left."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.interpolate import PchipInterpolator

CLOSE = 1e-3  # of a bracket's logarithm, at which it is close enough
ROUNDS = 8
PART = 20  # of a bracket, that the next one reaches either way


def bracket(
    thicknesses: npt.ArrayLike, relative: npt.ArrayLike, fraction: float
) -> tuple[int, int] | None:
    """Indices of the last thickness above a fraction and of the first one below it.

    `relative` is the capacity over its thin limit at thicknesses in rising order, NaN
    where unknown. None if the range does not hold both.
    """
    known = np.flatnonzero(np.isfinite(relative))
    below = np.flatnonzero(np.asarray(relative)[known] < fraction)
    if len(below) == 0 or below[0] == 0:
        return None
    return int(known[below[0] - 1]), int(known[below[0]])


def critical_thickness(
    thicknesses: npt.ArrayLike,
    relative: npt.ArrayLike,
    fraction: float,
    *,
    beyond: bool = False,
) -> float:
    """Thickness at which a fraction is left, interpolated in its logarithm.

    NaN if the range does not hold it. With `beyond` it counts with the end of the range
    then, and one thickness that is not known makes it unknown.
    """
    layers, values = np.asarray(thicknesses), np.asarray(relative)
    if beyond and not np.isfinite(values).all():
        return math.nan
    ends = bracket(layers, values, fraction)
    if ends is None:
        end = -1 if (values >= fraction).all() else 0
        return float(layers[end]) if beyond else math.nan
    above, below = ends
    share = (values[above] - fraction) / (values[above] - values[below])
    return float(layers[above] * (layers[below] / layers[above]) ** share)


def narrowed(
    capacity: Callable[[list[tuple[float, float]]], np.ndarray],
    thicknesses: np.ndarray,
    c_rates: np.ndarray,
    relative: np.ndarray,
    fraction: float,
) -> np.ndarray:
    """Critical thickness at each rate to 0.1 %, with further points where it lies.

    `capacity` is called with pairs of thickness [m] and rate, or what stands for it,
    and gives the capacity over its thin limit at each, NaN where there is none.
    `relative` is the same at all thicknesses and rates, one row a thickness.
    """
    known = [dict(zip(thicknesses, column, strict=True)) for column in relative.T]
    for _ in range(ROUNDS):
        asked = [
            (k, thickness)
            for k, points in enumerate(known)
            for thickness in _closer(points, fraction)
        ]
        if not asked:
            break
        found = capacity([(thickness, c_rates[k]) for k, thickness in asked])
        for (k, thickness), value in zip(asked, found, strict=True):
            known[k][thickness] = value
    return np.array([_critical(points, fraction) for points in known])


def _critical(points: dict[float, float], fraction: float) -> float:
    layers = sorted(points)
    return critical_thickness(layers, [points[t] for t in layers], fraction)


def _closer(points: dict[float, float], fraction: float) -> list[float]:
    """Two thicknesses closer to the crossing, or none if it is known well enough."""
    layers = sorted(points)
    ends = bracket(layers, [points[t] for t in layers], fraction)
    if ends is None:
        return []
    thin, thick = (layers[end] for end in ends)
    width = math.log(thick / thin)
    if width < CLOSE:
        return []
    # a curve through all points misses the crossing by far less than a straight line
    known = [t for t in layers if math.isfinite(points[t])]
    excess = [points[t] - fraction for t in known]
    curve = PchipInterpolator(np.log(known), excess)
    roots = (
        float(r) for r in np.exp(curve.roots(extrapolate=False)) if thin <= r <= thick
    )
    # rounding may put a root that is a point itself just outside of the bracket
    guess = next(roots, _critical(points, fraction))
    reach = math.exp(width / PART)
    inside = [t for t in (guess / reach, guess * reach) if t not in points]
    return [t for t in inside if thin < t < thick]
