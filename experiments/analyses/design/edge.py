"""How far one value may go while all that is asked is met, and all else stays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from aslb.experiments.analyses.thickness.critical import narrowed


def edge(
    margin: Callable[[np.ndarray], np.ndarray], inside: float, end: float
) -> float:
    """The value closest to an end of its range that meets what is asked, to 0.1 %.

    Parameters
    ----------
    margin : callable
        Smallest margins at values; it falls from inside to the end.
    inside : float
        A value that meets what is asked.
    end : float
        Where to, of the same sign.

    Returns
    -------
    float
        One that was solved and meets it: the end itself if that does. `inside` where
        a value is not positive, as nothing has a logarithm then.
    """
    if not (inside > 0 and end > 0 and inside != end):
        return inside
    up = end > inside
    met = {inside: 1.0}

    def above(values: np.ndarray) -> np.ndarray:
        found = 1 + margin(values)
        met.update({x: y for x, y in zip(values.tolist(), found, strict=True)})
        return found

    def relative(points: list[tuple[float, float]]) -> np.ndarray:
        # the search goes to what is larger
        along = np.array([point for point, _ in points])
        return above(along if up else 1 / along)

    last = above(np.array([end]))[0]
    ends = np.array([inside, end] if up else [1 / inside, 1 / end])
    narrowed(relative, ends, np.ones(1), np.array([[1.0 + 1e-9], [last]]), 1.0)
    return (max if up else min)(x for x, found in met.items() if found >= 1)
