"""Measured rate capability of one's own, from CSV files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.parameters.composition.measured import Measured

CAPACITY_UNCERTAINTY = 3.0  # mAh/g, reading a figure and cell to cell


def read_data(path: Path, curves: Path | None = None) -> Measured:
    """Rate capability from a CSV file.

    Parameters
    ----------
    path : pathlib.Path
        Columns `c_rate` and `discharge_capacity_mAh_g`, in the order as run; optional
        `cycles` (default 1) and `uncertainty_mAh_g` (default 3).
    curves : pathlib.Path, optional
        Discharge curves: columns `c_rate`, `capacity_mAh_g` and `voltage_V`.

    Returns
    -------
    Measured
        The data.

    Raises
    ------
    InputError
        If a file cannot be read, or a column is missing or holds no positive numbers.
    """
    table = _table(path, ["c_rate", "discharge_capacity_mAh_g"])
    for column, default in (("cycles", 1), ("uncertainty_mAh_g", CAPACITY_UNCERTAINTY)):
        if column not in table:
            table[column] = default
    drawn = []
    if curves is not None:
        points = _table(curves, ["c_rate", "capacity_mAh_g", "voltage_V"])
        for c_rate in points["c_rate"].unique():
            curve = points[points["c_rate"] == c_rate]
            if not np.isclose(table["c_rate"], c_rate).any():
                raise InputError(
                    f"{curves}: no capacity at C-rate {c_rate:g} in {path}"
                )
            capacity, voltage = curve["capacity_mAh_g"], curve["voltage_V"]
            drawn.append((float(c_rate), tuple(capacity), tuple(voltage)))
    return Measured(
        c_rates=tuple(table["c_rate"]),
        cycles=tuple(table["cycles"].astype(int)),
        capacities=tuple(table["discharge_capacity_mAh_g"]),
        uncertainties=tuple(table["uncertainty_mAh_g"].astype(float)),
        curves=tuple(drawn),
        source=path.name,
    )


def _table(path: Path, needed: list[str]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {str(error).splitlines()[0]}") from None
    for name in needed:
        if name not in table:
            raise InputError(
                f"{path}: no column '{name}'; accepted columns: {', '.join(needed)}"
            )
    for name in table.columns:
        table[name] = pd.to_numeric(table[name], errors="coerce")
        if len(table) == 0 or not (table[name] > 0).all():
            raise InputError(f"{path}: column '{name}' must hold positive numbers")
    return table
