"""Tidy table of the rate test, one row a cycle, units in the column names."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from aslb.experiments.output.columns import band_names, with_unit


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
    table = study[names + band_names(study)].to_dataframe().reset_index()
    table.insert(2, "c_rate", table.pop("c_rate"))
    return table.rename(columns=with_unit)
