"""What the thickness study tells: files, and a summary to read."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.analyses.thickness.figures import plot_capacity, plot_losses
from aslb.experiments.output.columns import band_names, with_unit
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.output.report import Report
from aslb.experiments.study.summary import no_ageing, of_bands


def report(study: xr.Dataset) -> Report:
    """Sum a thickness study up.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.thickness`.

    Returns
    -------
    Report
        Capacity by thickness and rate, critical thicknesses, losses.
    """
    texts = [_capacity_text(study), _critical_text(study), no_ageing(None)]
    return Report(
        "\n\n".join(texts + of_bands(study)),
        {
            "thickness": thickness_table(study),
            "critical_thickness": critical_table(study),
            "losses": losses_table(study),
        },
        {
            "thickness": partial(plot_capacity, study),
            "losses": partial(plot_losses, study),
        },
    )


def _capacity_text(study: xr.Dataset) -> str:
    table = study.discharge_capacity.to_pandas()
    table.index = [f"{value * 1e6:.4g}" for value in table.index]
    table.loc["-> 0"] = study.thin_limit_capacity.values
    table = table.rename(columns=rate_label).rename_axis(
        index="thickness / µm", columns=None
    )
    return (
        f"Discharge capacity of {study.attrs['cell']} / mAh per g of LCO\n\n"
        + table.to_string(float_format="%.1f", na_rep="failed")
    )


def _critical_text(study: xr.Dataset) -> str:
    fraction = study.attrs["fraction"]
    lines = [f"Separator thickness at {fraction:.0%} of the thin limit"]
    for k, c_rate in enumerate(study.c_rate.values):
        critical = float(study.critical_thickness[k]) * 1e6
        solved = study.fraction_of_thin_limit.isel(c_rate=k).dropna("thickness")
        if np.isfinite(critical):
            text = f"{critical:.0f} µm"
        elif solved.size == 0:
            text = "unknown: no point was solved"
        elif solved.min() >= fraction:
            text = f"beyond {float(solved.thickness[-1]) * 1e6:.4g} µm"
        else:
            text = f"below {float(solved.thickness[0]) * 1e6:.4g} µm"
        lines.append(f"  {rate_label(c_rate):>5}  {text}")
    return "\n".join(lines)


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
