"""Quantities as tables, to read and to compare."""

from __future__ import annotations

from typing import Any

import pandas as pd

from aslb.parameters.quantity import Quantities

WIDTH = 60  # of a source, in the short table


def provenance(quantities: Quantities) -> pd.DataFrame:
    """Every quantity with unit, class, source and range.

    Parameters
    ----------
    quantities : mapping of str to Quantity
        Quantities by PyBaMM name.

    Returns
    -------
    pandas.DataFrame
        Columns `name`, `value`, `unit`, `class`, `source`, `lower`, `upper` and
        `fitted_to`. A function's value is its name; its range is that of its values.
    """
    return pd.DataFrame(
        [
            {
                "name": name,
                "value": _written(quantity.value),
                "unit": quantity.unit,
                "class": quantity.kind,
                "source": quantity.source,
                "lower": quantity.lower,
                "upper": quantity.upper,
                "fitted_to": quantity.fitted_to,
            }
            for name, quantity in quantities.items()
        ]
    )


def short(table: pd.DataFrame) -> str:
    """A line for each row of `provenance`: name, value, class and source, aligned."""
    names = table["name"].str.len().max()
    return "\n".join(
        f"{row['name']:{names}}  {number(row['value']):>12}  {row['class']:10}  "
        f"{row['source'][:WIDTH]}"
        for row in table.to_dict("records")
    )


def number(value: float | str) -> str:
    """A value of `provenance` in a few digits, and of a function its last name."""
    return value.rpartition(".")[2] if isinstance(value, str) else f"{value:.6g}"


def _written(value: Any) -> float | str:
    if isinstance(value, int | float):
        return float(value)
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    return str(value)
