"""Tidy tables of the studies, one row a point, units in the column names."""

from __future__ import annotations

import pandas as pd
import xarray as xr


def thickness_table(study: xr.Dataset) -> pd.DataFrame:
    """Capacity at each thickness and rate, as in ``thickness.csv``."""
    names = ["discharge_capacity", "fraction_of_thin_limit", "status", "reason"]
    table = study[names + _bands(study)].to_dataframe().reset_index()
    table.insert(0, "cell", study.attrs["cell"])
    table.insert(1, "thickness_um", table.pop("thickness") * 1e6)
    return table.rename(columns=_with_unit)


def critical_table(study: xr.Dataset) -> pd.DataFrame:
    """Critical thickness at each rate, as in ``critical_thickness.csv``."""
    ends = {
        f"{name}_um": study[name].values * 1e6
        for name in ("critical_thickness_lower", "critical_thickness_upper")
        if name in study
    }
    return pd.DataFrame(
        {
            "cell": study.attrs["cell"],
            "c_rate": study.c_rate.values,
            "fraction": study.attrs["fraction"],
            "critical_thickness_um": study.critical_thickness.values * 1e6,
            **ends,
        }
    )


def losses_table(study: xr.Dataset) -> pd.DataFrame:
    """Loss of each component along each discharge, as in ``losses.csv``."""
    table = study["loss"].to_dataframe().reset_index()
    table.insert(0, "cell", study.attrs["cell"])
    table.insert(1, "thickness_um", table.pop("thickness") * 1e6)
    return table.rename(columns={"depth": "depth_of_discharge", "loss": "loss_V"})


def rate_table(study: xr.Dataset) -> pd.DataFrame:
    """Capacity and efficiencies of each cycle, as in ``rate.csv``."""
    names = [
        "charge_capacity",
        "discharge_capacity",
        "coulombic_efficiency",
        "energy_efficiency",
        "status",
        "reason",
    ]
    table = study[names + _bands(study)].to_dataframe().reset_index()
    table.insert(2, "c_rate", table.pop("c_rate"))
    return table.rename(columns=_with_unit)


def _bands(study: xr.Dataset) -> list[str]:
    ends = ("discharge_capacity_lower", "discharge_capacity_upper")
    return [name for name in ends if name in study]


def _with_unit(column: str) -> str:
    """Column names carry units; the ends of a band come after the unit's quantity."""
    for half in ("charge", "discharge"):
        stem = f"{half}_capacity"
        if column == stem or column.startswith(f"{stem}_"):
            return f"{column}_mAh_g"
    return column
