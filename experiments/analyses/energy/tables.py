"""Tidy tables of the energy study, units in the column names."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.analyses.energy.study import as_built

ENERGY_COLUMNS = {
    "specific_energy": "specific_energy_Wh_kg",
    "energy_density": "energy_density_Wh_L",
    "specific_power": "specific_power_W_kg",
    "power_density": "power_density_W_L",
    "discharge_energy": "discharge_energy_mWh_cm2",
}


def energy_table(study: xr.Dataset) -> pd.DataFrame:
    """The cell as built at the slowest rate, as in ``energy.csv``."""
    table = study_table(as_built(study).isel(c_rate=[0]).expand_dims("thickness"))
    first = ["cell", "boundary", "specific_energy_Wh_kg", "energy_density_Wh_L"]
    return table[first + [name for name in table if name not in first]]


def study_table(study: xr.Dataset) -> pd.DataFrame:
    """Every thickness, rate and boundary, as in ``energy_study.csv``."""
    names = [*ENERGY_COLUMNS, "status", "reason"]
    table = study[names].to_dataframe().reset_index()
    table.insert(0, "cell", study.attrs["cell"])
    table.insert(1, "anode", study.attrs["anode"])
    table.insert(2, "thickness_um", table.pop("thickness") * 1e6)
    return table.rename(columns=ENERGY_COLUMNS)


def breakdown_table(study: xr.Dataset) -> pd.DataFrame:
    """Mass and thickness of each component, as in ``energy_breakdown.csv``."""
    table = study[["areal_mass", "layer_thickness"]].to_dataframe().reset_index()
    separator = table.pop("thickness") * 1e6
    table.insert(0, "cell", study.attrs["cell"])
    table.insert(3, "thickness_um", table.pop("layer_thickness") * 1e6)
    for share, column in (("mass", "areal_mass"), ("volume", "thickness_um")):
        table[f"{share}_fraction"] = table[column] / table.groupby(separator)[
            column
        ].transform("sum")
    table["separator_thickness_um"] = separator
    table["as_built"] = np.isclose(
        separator, study.attrs["as_built_thickness"] * 1e6, rtol=1e-9
    )
    return table.rename(columns={"areal_mass": "areal_mass_mg_cm2"})
