"""Sentences about studies that several reports share."""

from __future__ import annotations

import xarray as xr


def no_ageing(cycles: tuple[int, int] | None) -> str:
    """What was solved, and what need not be because no cell ages.

    Parameters
    ----------
    cycles : tuple of int, or None
        How many cycles of sequences were solved and how many there are; None where
        each point is a single cycle.

    Returns
    -------
    str
        One line.
    """
    if cycles is None:
        return (
            "No ageing: each point is one cycle from the cell as assembled, solved once"
        )
    return (
        f"No ageing: {cycles[0]} of {cycles[1]} cycles were solved; each of the others "
        "starts as one of these did at its rate, and is that cycle"
    )


def of_bands(study: xr.Dataset) -> list[str]:
    """How many samples are behind the bands of a study, if it has any.

    Parameters
    ----------
    study : xarray.Dataset
        With `samples` and `effective_samples` in its attributes, or without.

    Returns
    -------
    list of str
        One line, or none.
    """
    if "effective_samples" not in study.attrs:
        return []
    samples, worth = (study.attrs[n] for n in ("samples", "effective_samples"))
    return [f"Bands: {samples} samples, worth {worth:.0f} equally likely ones"]
