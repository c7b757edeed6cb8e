"""Sentences about studies that several reports share."""

from __future__ import annotations

import xarray as xr


def no_ageing(cycles: tuple[int, int] | None) -> str:
    """What was solved, and what need not be because no cell ages."""
    if cycles is None:
        return (
            "No ageing: each point is one cycle from the cell as assembled, solved once"
        )
    return (
        f"No ageing: {cycles[0]} of {cycles[1]} cycles were solved; each of the others "
        "starts as one of these did at its rate, and is that cycle"
    )


def of_bands(study: xr.Dataset) -> list[str]:
    """How many samples are behind the bands of a study, if it has any."""
    if "effective_samples" not in study.attrs:
        return []
    samples, worth = (study.attrs[n] for n in ("samples", "effective_samples"))
    return [f"Bands: {samples} samples, worth {worth:.0f} equally likely ones"]
