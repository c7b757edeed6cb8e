"""Quantities as tables, to read and to compare."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pandas as pd
import pybamm

from aslb.parameters.quantity import Quantities

WIDTH = 60  # of a source, in the short table


def provenance(quantities: Quantities) -> pd.DataFrame:
    """Every quantity with unit, class, source and range; see `Cell.provenance`."""
    return pd.DataFrame(
        [
            {
                "name": name,
                "value": _value(quantity.value),
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
        f"{row['name']:{names}}  {_few_digits(row['value']):>12}  {row['class']:10}  "
        f"{row['source'][:WIDTH]}"
        for row in table.to_dict("records")
    )


def values_hash(values: pybamm.ParameterValues) -> str:
    """SHA-256 over names and values; functions count by their qualified name."""
    written = sorted(
        (name, _text(value))
        for name, value in values.items()
        if name != "citations"  # no value: a file may move
    )
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()


def _value(value: Any) -> float | str:
    return float(value) if isinstance(value, int | float) else _text(value)


def _text(value: Any) -> str:
    return f"{value.__module__}.{value.__qualname__}" if callable(value) else str(value)


def _few_digits(value: float | str) -> str:
    return value.rpartition(".")[2] if isinstance(value, str) else f"{value:.6g}"
