"""Sentences about studies that several reports share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import xarray as xr

from aslb.parameters.composition.cell import Cell

MOST = 4  # names in a sentence


def no_ageing(cycles: tuple[int, int] | None) -> str:
    """What was solved, and what need not be because no cell ages."""
    if cycles is None:
        return "No ageing: each point is one cycle of a cell that starts as its own"
    return (
        f"No ageing: {cycles[0]} of {cycles[1]} cycles were solved; each of the others "
        "starts as one of these did at its rate, and is that cycle"
    )


def of_bands(attrs: Mapping[Any, Any]) -> list[str]:
    """What the bands of an answer rest on, by its attributes, if it has any."""
    if "model_error" not in attrs:
        return []
    error = f"model error of {attrs['model_error']:.1f} mAh/g"
    return [f"Bands: 90 % of {attrs['samples']} samples, with a {error}"]


def of_fits(cells: Iterable[Cell]) -> list[str]:
    """How many values of each cell are fitted, and to what data; a line a cell."""
    lines = []
    for cell in cells:
        numbers = Counter(
            known.fitted_to
            for known in cell.quantities.values()
            if known.kind == "fitted" and isinstance(known.value, int | float)
        )
        if numbers:
            each = " and ".join(f"{n} to [{data}]" for data, n in numbers.items())
            lines.append(
                f"Fitted values of {cell.name}: {each}. That the model agrees with "
                "these data is no test of it."
            )
    return lines


Banded = tuple[str, float, float, float]
"""Name, value, and both ends of its band; NaN if it has none."""


def banded(
    study: xr.Dataset, name: str, words: Callable[[dict[Any, Any]], str]
) -> list[Banded]:
    """Each value of a variable with its band, named by its coordinates and value."""
    if f"{name}_lower" not in study:
        return []
    columns = [name, f"{name}_lower", f"{name}_upper"]
    rows = study[columns].to_dataframe().reset_index().to_dict("records")
    return [(words(row), row[name], row[columns[1]], row[columns[2]]) for row in rows]


def outside(values: Iterable[Banded]) -> str:
    """What is to be said where a best fit is outside of the band beside it.

    Parameters
    ----------
    values : iterable of tuple
        Each as `Banded`. A name that comes again is said once.

    Returns
    -------
    str
        A sentence; nothing if all are inside.
    """
    found = dict.fromkeys(n for n, x, low, high in values if x < low or x > high)
    names = [*found]
    if not names:
        return ""
    if len(names) > MOST:
        names = [*names[: MOST - 1], f"{len(names) - MOST + 1} more"]
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return (
        f"Outside of its band: {listed}. A value is the best fit of one reading of the "
        "data, a band is 90 % of the samples of all readings, and the band says better "
        "what is known."
    )
