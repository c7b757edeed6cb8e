"""What the thickness study tells: files, and a summary to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from aslb.experiments.analyses.thickness.figures import plot_capacity, plot_losses
from aslb.experiments.analyses.thickness.tables import (
    critical_table,
    losses_table,
    thickness_table,
)
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.output.files import write_report
from aslb.experiments.study.report import no_ageing


def report_thickness(
    study: xr.Dataset, directory: Path, manifest: Mapping[str, Any]
) -> str:
    """Write tables and figures of a thickness study, and sum it up.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.thickness`.
    directory : pathlib.Path
        Where to write.
    manifest : mapping
        How it was made.

    Returns
    -------
    str
        Table of capacity by thickness and rate, with the critical thicknesses.
    """
    write_report(
        directory,
        {
            "thickness": thickness_table(study),
            "critical_thickness": critical_table(study),
            "losses": losses_table(study),
        },
        {"thickness": plot_capacity(study), "losses": plot_losses(study)},
        manifest,
    )
    return f"{_capacity_text(study)}\n\n{_critical_text(study)}\n\n{no_ageing(None)}"


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
