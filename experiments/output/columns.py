"""Tables of studies: units in the names of their columns."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import xarray as xr

ENDS = ("lower", "upper", "median_lower", "median_upper")
"""Of bands: theirs, and the lowest and highest of the medians of readings."""


def tidy(study: xr.Dataset, names: Iterable[str], **first: str) -> pd.DataFrame:
    """Variables of a study as a table, after columns that are the same in each row.

    A thickness is in µm; the ends of bands come with what they are of, and those of the
    medians of readings.
    """
    names = [*names]
    bands = [f"{name}_{end}" for name in names for end in ENDS]
    names += [name for name in bands if name in study]
    table = study[names].to_dataframe().reset_index()
    units = {name: study[name].attrs.get("units", "1") for name in names}
    with_unit = {
        name: f"{name}_{unit.replace('/', '_')}"
        for name, unit in units.items()
        if unit != "1"
    }
    if "thickness" in table:
        table.insert(0, "thickness_um", table.pop("thickness") * 1e6)
    for place, (name, value) in enumerate(first.items()):
        table.insert(place, name, value)
    return table.rename(columns=with_unit)
