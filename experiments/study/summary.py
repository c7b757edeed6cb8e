"""Sentences about studies that several reports share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


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
