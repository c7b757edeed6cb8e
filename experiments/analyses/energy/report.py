"""What the energy study tells: files, and a summary to read."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.analyses.energy.figures import (
    plot_breakdown,
    plot_energy,
    plot_ragone,
)
from aslb.experiments.analyses.energy.study import as_built
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.output.report import Report
from aslb.parameters.composition.masses import BOUNDARIES


def report(study: xr.Dataset, boundary: str = BOUNDARIES[2]) -> Report:
    """Sum an energy study up.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.energy_density`.
    boundary : str, optional
        What the energies by thickness and rate count.

    Returns
    -------
    Report
        Energy by boundary, mass by component, energy by thickness and rate.
    """
    texts = [_boundary_text(study), _breakdown_text(study), _rate_text(study, boundary)]
    return Report(
        "\n\n".join(texts),
        {
            "energy": energy_table(study),
            "energy_breakdown": breakdown_table(study),
            "energy_study": study_table(study),
        },
        {
            "energy": partial(plot_energy, study),
            "energy_ragone": partial(plot_ragone, study, boundary),
            "energy_breakdown": partial(plot_breakdown, study),
        },
    )


def _boundary_text(study: xr.Dataset) -> str:
    at = as_built(study).isel(c_rate=0)
    table = pd.DataFrame(
        {
            "Wh/kg": at.specific_energy.to_series(),
            "Wh/L": at.energy_density.to_series(),
        }
    ).rename_axis(None)
    return (
        f"Energy of {study.attrs['cell']}, anode {study.attrs['anode']}, separator "
        f"{float(at.thickness) * 1e6:.4g} µm, {float(at.discharge_energy):.2f} mWh/cm2 "
        f"at {rate_label(float(at.c_rate))}\n\n"
        + table.to_string(float_format="%.1f", na_rep="failed")
        + f"\n\nCurrent collectors: one foil of each, whole. Casing: "
        f"{study.attrs['casing_mass']:.0%} of the mass and "
        f"{study.attrs['casing_volume']:.0%} of the volume inside it."
    )


def _breakdown_text(study: xr.Dataset) -> str:
    at = as_built(study)
    table = pd.DataFrame(
        {
            "mg/cm2": at.areal_mass.to_series(),
            "mass %": 100 * (at.areal_mass / at.areal_mass.sum()).to_series(),
            "µm": 1e6 * at.layer_thickness.to_series(),
            "volume %": 100
            * (at.layer_thickness / at.layer_thickness.sum()).to_series(),
        }
    ).rename_axis(None)
    return "Mass and volume by component\n\n" + table.to_string(float_format="%.1f")


def _rate_text(study: xr.Dataset, boundary: str) -> str:
    at = study.sel(boundary=boundary)
    texts = []
    for name, unit in (("specific_energy", "Wh/kg"), ("energy_density", "Wh/L")):
        table = pd.DataFrame(
            at[name].values,
            index=[f"{value * 1e6:.4g}" for value in at.thickness.values],
            columns=[rate_label(value) for value in at.c_rate.values],
        ).rename_axis(index="thickness / µm")
        texts.append(
            f"{study[name].attrs['long_name']} of {boundary} / {unit}\n\n"
            + table.to_string(float_format="%.1f", na_rep="failed")
        )
    return "\n\n".join(texts)


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
