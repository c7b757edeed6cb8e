"""Tidy tables of the studies, one row a point, units in the column names."""

from __future__ import annotations

import pandas as pd
import xarray as xr


def thickness_table(study: xr.Dataset) -> pd.DataFrame:
    """Capacity at each thickness and rate, as in ``thickness.csv``."""
    names = ["discharge_capacity", "fraction_of_thin_limit", "status", "reason"]
    table = study[names].to_dataframe().reset_index()
    table.insert(0, "cell", study.attrs["cell"])
    table.insert(1, "thickness_um", table.pop("thickness") * 1e6)
    return table.rename(columns={"discharge_capacity": "discharge_capacity_mAh_g"})


def critical_table(study: xr.Dataset) -> pd.DataFrame:
    """Critical thickness at each rate, as in ``critical_thickness.csv``."""
    return pd.DataFrame(
        {
            "cell": study.attrs["cell"],
            "c_rate": study.c_rate.values,
            "fraction": study.attrs["fraction"],
            "critical_thickness_um": study.critical_thickness.values * 1e6,
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
    table = study[names].to_dataframe().reset_index()
    table.insert(2, "c_rate", table.pop("c_rate"))
    return table.rename(
        columns={f"{half}_capacity": f"{half}_capacity_mAh_g" for half in HALVES}
    )


HALVES = ("charge", "discharge")
