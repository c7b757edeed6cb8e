"""What the rate test tells: files, and a summary to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from aslb.experiments.analyses.rate.figures import plot_capacity, plot_curves
from aslb.experiments.analyses.thickness.tables import rate_table
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.output.files import write_report
from aslb.experiments.study.report import no_ageing


def report_rate(study: xr.Dataset, directory: Path, manifest: Mapping[str, Any]) -> str:
    """Write table and figures of a rate test, and sum it up.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.rate`.
    directory : pathlib.Path
        Where to write.
    manifest : mapping
        How it was made.

    Returns
    -------
    str
        Table by cell and cycle.
    """
    write_report(
        directory,
        {"rate": rate_table(study)},
        {"rate": plot_capacity(study), "curves": plot_curves(study)},
        manifest,
    )
    columns = {}
    for name in study.cell.values:
        cell = study.sel(cell=name)
        columns[str(name), "mAh/g"] = cell.discharge_capacity.to_series().map(
            "{:.1f}".format
        )
        for label, efficiency in (
            ("CE %", cell.coulombic_efficiency),
            ("EE %", cell.energy_efficiency),
        ):
            columns[str(name), label] = (100 * efficiency.to_series()).map(
                "{:.1f}".format
            )
    table = pd.DataFrame(columns)
    table.insert(0, ("", "rate"), [rate_label(c) for c in study.c_rate.values])
    table.index.name = None
    solved, known = int(study.cycles_solved.sum()), int((study.status == "ok").sum())
    return (
        "Discharge capacity, coulombic and energy efficiency by cycle\n\n"
        f"{table.to_string()}\n\n{no_ageing((solved, known))}"
    )
