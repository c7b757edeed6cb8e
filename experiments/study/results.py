"""Stored studies as xarray, and as files that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.engine.outputs import QUANTITIES, loss_column
from aslb.experiments.engine.steps import HALVES
from aslb.experiments.study.dataset import dataset, one_row_a_cycle
from aslb.experiments.study.store import FILE, StudyStore
from aslb.models.submodels.voltage_losses import LOSSES

WITH_UNITS = {
    f"{name}{end}": f"{name}{end} [{unit}]"
    for name, (unit, _) in QUANTITIES.items()
    for end in ("", "_lower", "_upper")
    if unit != "1"
}
"""Quantities as tables name them: there units have no other place."""

FORMATS = {"csv": ".csv", "netcdf": ".nc", "parquet": ".parquet"}
"""What a study can be exported to, with the ending of the file."""


def open_study(path: Path | str) -> xr.Dataset:
    """A stored study, finished or not.

    Parameters
    ----------
    path : pathlib.Path or str
        The store, or the folder that holds it.

    Returns
    -------
    xarray.Dataset
        The dimensions are the varied parameters (and `cell`, of several cells) where
        the study is a grid, and otherwise `point`, with the parameters along it; those
        of an adaptive map have their `scale`, and are named in `sampled`. A rate test
        has a dimension `cycle` (from 1) too, with `c_rate` along it, and
        `cycles_solved` of each point: the others repeat one of these. Energies have
        `boundary` too, or as an attribute if there is but one. Points without a result
        are NaN, with `status` "pending" or "failed" and the `reason`.
        Units and what made it are in the attributes.

    Raises
    ------
    InputError
        If there is no sound store.
    """
    store = StudyStore(_file(path))
    try:
        return dataset(store)
    finally:
        store.close()


def losses(
    data: xr.Dataset, depths: Sequence[float], half: str = HALVES[1]
) -> xr.DataArray:
    """Losses [V] at fractions of a half-cycle, by depth and component in the end.

    They are positive on discharge and negative on charge.
    """
    columns = [[data[loss_column(name, d, half)] for name in LOSSES] for d in depths]
    first = columns[0][0]
    return xr.DataArray(
        np.moveaxis(np.array(columns), (0, 1), (-2, -1)),
        dims=[*first.dims, "depth", "component"],
        coords={**first.coords, "depth": np.array(depths), "component": list(LOSSES)},
        attrs={"units": "V", "long_name": f"Voltage loss on {half}"},
    )


def export_study(path: Path | str, format: str) -> Path:
    """Write a stored study next to its store, for other programs.

    Parameters
    ----------
    path : pathlib.Path or str
        The store, or the folder that holds it.
    format : str
        A key of `FORMATS`. CSV and Parquet have units in the names of their columns, no
        curves, and one row a point, or a cycle of a rate test.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    InputError
        If there is no sound store, what writes the format is not installed, or the
        file cannot be written.
    """
    if format not in FORMATS:
        raise InputError(f"format {format!r}; accepted: {', '.join(FORMATS)}")
    target = _file(path).with_suffix(FORMATS[format])
    try:
        if format == "netcdf":
            open_study(path).to_netcdf(target)
        else:
            store = StudyStore(_file(path))
            table = store.table().drop(columns=["id", *store.meta("curves")])
            if store.meta("setting")["c_rates"]:
                table = one_row_a_cycle(table, store.meta("setting"))
            store.close()
            table = table.rename(columns=WITH_UNITS)
            if format == "csv":
                table.to_csv(target, index=False)
            else:
                table.to_parquet(target, index=False)
    except ImportError as error:
        raise InputError(
            f"{format} needs another package: {str(error).splitlines()[0]}"
        ) from None
    except OSError as error:
        raise InputError(
            f"{target} cannot be written ({error}); accepted: the study copied to a "
            "folder where you may write"
        ) from None
    return target


def _file(path: Path | str) -> Path:
    path = Path(path)
    return path / FILE if path.is_dir() else path


def as_table(data: xr.Dataset) -> pd.DataFrame:
    """A row a point or a cycle, without curves, units in the names of the columns."""
    kept = data.drop_dims("depth") if "depth" in data.dims else data
    one = not kept.dims  # nothing varies
    table = (kept.expand_dims("point") if one else kept).to_dataframe()
    table = table.reset_index(drop=one)
    return table.rename(columns=WITH_UNITS)
