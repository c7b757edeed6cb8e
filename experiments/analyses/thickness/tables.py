"""Tidy tables of the thickness study, one row a point, units in the names."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from aslb.experiments.output.columns import band_names, with_unit


def thickness_table(study: xr.Dataset) -> pd.DataFrame:
    """Capacity at each thickness and rate, as in ``thickness.csv``."""
    names = ["discharge_capacity", "fraction_of_thin_limit", "status", "reason"]
    table = study[names + band_names(study)].to_dataframe().reset_index()
    table.insert(0, "cell", study.attrs["cell"])
    table.insert(1, "thickness_um", table.pop("thickness") * 1e6)
    return table.rename(columns=with_unit)


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
