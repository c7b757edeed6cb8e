"""A row of a comparison, as in ``validate.csv``."""

from __future__ import annotations

from typing import Any

import numpy as np

UNKNOWN = (np.nan, np.nan)


def row(
    quantity: str,
    cell: str,
    c_rate: float,
    unit: str,
    paper: float,
    model: float,
    role: str,
    band: tuple[float, float] = UNKNOWN,
) -> dict[str, Any]:
    """What is printed of a quantity, and what the model gives, in order of columns."""
    return {
        "quantity": quantity,
        "cell": cell,
        "c_rate": c_rate,
        "unit": unit,
        "paper": paper,
        "model": model,
        "lower": band[0],
        "upper": band[1],
        "difference": model - paper,
        "role": role,
    }
