"""What a design map tells: the map, and its best cells in a few lines."""

from __future__ import annotations

from functools import partial

import pandas as pd
import xarray as xr

from aslb.experiments.analyses.design.map_figure import places, plot_map, within
from aslb.experiments.output.columns import tidy
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.output.report import Report


def report(study: xr.Dataset) -> Report:
    """Sum a design map up.

    Parameters
    ----------
    study : xarray.Dataset
        From `design_map`.

    Returns
    -------
    Report
        Tables ``map`` and ``published``, and the map.
    """
    table = map_table(study)
    published = pd.DataFrame(
        places(study), columns=["thickness_um", "areal_capacity_mAh_cm2", "cell"]
    )
    return Report(
        summary(study),
        {"map": table, "published": published},
        {"map": partial(plot_map, study)},
    )


def map_table(study: xr.Dataset) -> pd.DataFrame:
    """Every point of the map, as in ``map.csv``."""
    first = {name: study.attrs[name] for name in ("cell", "anode", "boundary")}
    names = ["specific_energy", "energy_density", "retention", "status", "reason"]
    table = tidy(study, names, **first)
    place = [*table].index("areal_capacity")
    table.insert(place, "areal_capacity_mAh_cm2", 0.1 * table.pop("areal_capacity"))
    table["kept"] = table["retention"] >= study.attrs["kept"]
    return table


def summary(study: xr.Dataset) -> str:
    """The best cell at each rate of those that keep enough of their capacity."""
    kept = study.attrs["kept"]
    share, of = f"{100 * kept:.0f} %", f"{study.attrs['cell']}, anode"
    lines = [
        f"Design map of {of} {study.attrs['anode']}: most energy where {share} of the "
        f"capacity is kept ({study.attrs['boundary']})"
    ]
    for rate in study.c_rate.values:
        at = study.sel(c_rate=rate)
        energy = at.specific_energy.where(at.retention >= kept)
        label = f"  {rate_label(float(rate)):>5}  "
        if energy.isnull().all():
            most = float(at.retention.max())
            lines.append(f"{label}nowhere: at best {100 * most:.0f} % is kept")
            continue
        best = energy.where(energy == energy.max(), drop=True).squeeze()
        lines.append(
            f"{label}{float(best):.0f} Wh/kg with {1e6 * float(best.thickness):.3g} µm "
            f"and {0.1 * float(best.areal_capacity):.3g} mAh/cm²"
        )
    beyond = {name for *_, name in places(study)} - {name for *_, name in within(study)}
    if beyond:
        lines.append(
            f"  Published cells that lie beyond it: {', '.join(sorted(beyond))}"
        )
    return "\n".join(lines)
