"""What the thickness study tells: files, figures, and a summary to read."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.analyses.thickness.figures import plot_capacity
from aslb.experiments.analyses.thickness.headline import headline
from aslb.experiments.analyses.thickness.hold_figure import plot_hold
from aslb.experiments.analyses.thickness.losses_figure import plot_losses
from aslb.experiments.output.columns import tidy
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.output.remarks import Signs, remarks_of
from aslb.experiments.output.report import Report
from aslb.experiments.study.names import STARTS
from aslb.experiments.study.summary import of_bands

CYCLE = {
    STARTS[0]: "the third cycle at its rate of a cell formed at C/20",
    STARTS[1]: "the first cycle of the cell as assembled",
}


def report(study: xr.Dataset) -> Report:
    """Sum a thickness study up: the answer, capacities, losses and holds.

    Parameters
    ----------
    study : xarray.Dataset
        From `thickness`, with bands or without.

    Returns
    -------
    Report
        Its first figure is that of the capacity.
    """
    cell = study.attrs["cell"]
    said = f"Each point is {CYCLE[study.attrs['start']]}; no ageing"
    tables = {
        "thickness": capacity_table(study),
        "critical_thickness": critical_table(study),
        "losses": _losses_table(study, "loss", "depth_of_discharge"),
        "charge_losses": _losses_table(study, "charge_loss", "depth_of_charge"),
    }
    figures = {
        "thickness": partial(plot_capacity, study),
        "losses": partial(plot_losses, study),
    }
    if "hold_capacity" in study:
        tables["hold"] = hold_table(study)
        figures["hold"] = partial(plot_hold, study)
    texts = [headline(study), _capacity_text(study, "discharge_capacity", cell)]
    if "beside" in study.attrs:
        name = "beside_discharge_capacity"
        texts.append(_capacity_text(study, name, study.attrs["beside"]))
    return Report("\n\n".join([*texts, said, *of_bands(study.attrs)]), tables, figures)


def _capacity_text(study: xr.Dataset, name: str, cell: str) -> str:
    values = study[name].transpose("thickness", "c_rate").values
    remarks = np.full(values.shape, "", dtype=object)
    rows = [f"{value * 1e6:.4g}" for value in study.thickness.values]
    if name == "discharge_capacity":
        values = np.vstack([values, study.thin_limit_capacity.values])
        own = remarks_of(study).transpose("thickness", "c_rate").values
        remarks = np.vstack([own, remarks[:1]])
        rows.append("-> 0")
    signs = Signs()
    table = pd.DataFrame(
        signs.marked(values, remarks), rows, [*map(rate_label, study.c_rate.values)]
    ).rename_axis(index="thickness / µm")
    title = f"Discharge capacity of {cell} / mAh per g of active material"
    return "\n".join([title, "", table.to_string(), *signs.notes()])


def capacity_table(study: xr.Dataset) -> pd.DataFrame:
    """Capacity at each thickness and rate, as in ``thickness.csv``."""
    names = ["discharge_capacity", "fraction_of_thin_limit", "status", "reason"]
    if "beside" not in study.attrs:
        return tidy(study, names, cell=study.attrs["cell"])
    names.append("beside_discharge_capacity")
    table = tidy(study, names, cell=study.attrs["cell"])
    column = [*table].index("beside_discharge_capacity_mAh_g")
    table.insert(column, "beside_cell", study.attrs["beside"])
    return table


def critical_table(study: xr.Dataset) -> pd.DataFrame:
    """Critical thickness at each rate, as in ``critical_thickness.csv``."""
    table = pd.DataFrame({"cell": study.attrs["cell"], "c_rate": study.c_rate.values})
    table["fraction"] = study.attrs["fraction"]
    for name in study:
        if str(name).startswith("critical_thickness"):
            table[f"{name}_um"] = study[name].values * 1e6
    return table


def _losses_table(study: xr.Dataset, name: str, depth: str) -> pd.DataFrame:
    table = tidy(study, [name], cell=study.attrs["cell"])
    return table.rename(columns={"depth": depth, "charge_loss_V": "loss_V"})


def hold_table(study: xr.Dataset) -> pd.DataFrame:
    """Capacity against the hold, as in ``hold.csv``."""
    names = {f"hold_{name}": name for name in ("capacity", "status", "reason")}
    held = (
        study[[*names]]
        .drop_vars("at_thickness")
        .rename(names | {"hold_capacity": "discharge_capacity"})
    )
    held = held.assign_coords(at=study.at_thickness.values).rename(at="thickness")
    table = tidy(held, [*held], cell=study.attrs["cell"])
    first = ["cell", "thickness_um", "c_rate", "hold_h"]
    table = table.sort_values(first, ignore_index=True)
    return table[[*first, *table.columns.difference(first, sort=False)]]
