"""Columns of tables: units in their names, and the ends of bands."""

from __future__ import annotations

import xarray as xr


def band_names(study: xr.Dataset) -> list[str]:
    """Variables that are the ends of a band of capacities, where there are any."""
    ends = ("discharge_capacity_lower", "discharge_capacity_upper")
    return [name for name in ends if name in study]


def with_unit(column: str) -> str:
    """Column names carry units; the ends of a band come after the unit's quantity."""
    for half in ("charge", "discharge"):
        stem = f"{half}_capacity"
        if column == stem or column.startswith(f"{stem}_"):
            return f"{column}_mAh_g"
    return column
