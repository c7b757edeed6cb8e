"""What the rate test tells: files, and a summary to read."""

from __future__ import annotations

from functools import partial

import pandas as pd
import xarray as xr

from aslb.experiments.analyses.rate.figures import plot_capacity, plot_curves
from aslb.experiments.output.columns import band_names, with_unit
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.output.report import Report
from aslb.experiments.study.summary import no_ageing, of_bands


def report(study: xr.Dataset) -> Report:
    """Sum a rate test up.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.rate`.

    Returns
    -------
    Report
        Capacities and efficiencies by cell and cycle, and the curves.
    """
    solved, known = int(study.cycles_solved.sum()), int((study.status == "ok").sum())
    texts = [
        "Discharge capacity, coulombic and energy efficiency by cycle",
        _text(study),
        no_ageing((solved, known)),
    ]
    return Report(
        "\n\n".join(texts + of_bands(study)),
        {"rate": rate_table(study)},
        {"rate": partial(plot_capacity, study), "curves": partial(plot_curves, study)},
    )


def _text(study: xr.Dataset) -> str:
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
    return table.to_string()


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
