"""How thin must the membrane be: capacity and losses against its thickness."""

from __future__ import annotations

import math
import warnings
from concurrent.futures import Executor
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.analyses.thickness.critical import narrowed
from aslb.experiments.protocols import C_RATE, HOLD, cccv, formation
from aslb.experiments.study.definition import Study
from aslb.experiments.study.names import STARTS
from aslb.experiments.study.points import positive_values
from aslb.experiments.study.results import losses
from aslb.models.registry import DFN, check_model
from aslb.parameters.composition.cell import Cell

C_RATES = (1 / 20, 1 / 10, 1 / 5, 1 / 2, 1.0, 2.0)
THICKNESSES = tuple(np.geomspace(20e-6, 1e-3, 25))
FRACTION = 0.8
NAME = "Separator thickness [m]"
DEPTHS = tuple(np.linspace(0, 1, 11)[1:].tolist())
KEPT: dict[str, Any] = {
    "quantities": ["discharge_capacity"],
    "losses_at_depth": DEPTHS,
    "curve_points": len(DEPTHS) + 1,  # curves begin at depth 0
}

# Where the separator's resistance is nothing, and still a number to divide by
THIN_LIMIT = 1e-9  # m
# A separator of a centimetre is a slip of unit, not a design
PLAUSIBLE = (1e-7, 1e-2)  # m


def thickness(
    cell: Any = "Cao2021_thin_halide",
    thicknesses: npt.ArrayLike = THICKNESSES,
    c_rates: npt.ArrayLike = C_RATES,
    *,
    fraction: float = FRACTION,
    model: str = DFN,
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    start: str = STARTS[0],
    executor: Executor | None = None,
) -> xr.Dataset:
    """Discharge capacity and voltage losses against separator thickness.

    At each thickness and rate the formed cell is charged, held at the upper cut-off,
    and discharged. Only the thickness differs: conductivity and interfaces
    stay those of the cell. The thin limit is the same cell with no separator drop.

    Parameters
    ----------
    cell : Cell, str or pybamm.ParameterValues, optional
        The cell, its name or file, or parameter values of one's own.
    thicknesses : array_like, optional
        Separator thicknesses [m].
    c_rates : array_like, optional
        Charge and discharge rates [h-1].
    fraction : float, optional
        The critical thickness is where the capacity is this fraction of its thin limit.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V]; by default the cell's own.
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
    start : str, optional
        "formed", or "as assembled" for the first cycle of a fresh cell.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    xarray.Dataset
        Dimensions `thickness` [m], `c_rate` [h-1], `depth` (depth of discharge) and
        `component`; units are in the attributes. Points that could not be solved are
        NaN, with `status` "failed" and the `reason`.

    Raises
    ------
    InputError
        If the request makes no sense.

    Warns
    -----
    UserWarning
        If a thickness looks as if it were in another unit.
    """
    check_model(model)
    layers = positive_values("thickness", thicknesses, "a positive number of metres")
    rates = positive_values("C-rate", c_rates, "a positive number, as 0.05")
    if not 0 < fraction < 1:
        raise InputError(f"fraction {fraction:g}; accepted: between 0 and 1")
    _warn_of_unit(layers)
    cell = Cell.of(cell)
    limits = cell.cutoffs(upper_cutoff, lower_cutoff)

    protocol = cccv(**limits, hold=hold)

    def solved(method: str, vary: dict[str, Any]) -> xr.Dataset:
        before = formation(**limits) if start == STARTS[0] else start
        study = Study(
            cell, protocol, vary, start=before, method=method, model=model, **KEPT
        )
        return study.run(executor=executor)

    # the thin limits first: a rate that is impossible even there should cost nothing
    thin = solved("grid", {NAME: [THIN_LIMIT], C_RATE: rates}).squeeze(NAME, drop=True)
    limit = thin.discharge_capacity
    _check_possible(limit, limits["lower_cutoff"])
    data = solved("grid", {NAME: layers, C_RATE: rates}).rename({NAME: "thickness"})

    def relative_at(points: list[tuple[float, float]]) -> np.ndarray:
        between = dict(zip((NAME, C_RATE), np.array(points).T, strict=True))
        found = solved("list", between).discharge_capacity.values
        return found / limit.sel({C_RATE: between[C_RATE]}).values

    critical = np.full(len(rates), np.nan)
    if not (data.reason == "interrupted").any():
        relative = (data.discharge_capacity / limit).values
        critical = narrowed(relative_at, layers, rates, relative, fraction)
    study = _dataset(data, limit, critical, fraction)
    study.attrs = {
        "analysis": "thickness",
        "cell": cell.name,
        "parameter_hash": {cell.source: cell.hash},
        "model": model,
        "fraction": fraction,
        "as_built_thickness": cell.numbers.get(NAME, math.nan),
        **limits,
        "hold": hold,
        "start": start,
    }
    return study


def _check_possible(limit: xr.DataArray, lower_cutoff: float) -> None:
    for c_rate in limit[C_RATE].values[(limit == 0).values]:
        raise InputError(
            f"C-rate {c_rate:g} is impossible: even without a separator the discharge "
            f"meets {lower_cutoff:g} V at once"
        )


def _dataset(
    data: xr.Dataset, limit: xr.DataArray, critical: np.ndarray, fraction: float
) -> xr.Dataset:
    """What is told of a grid of thicknesses and rates."""
    voltage = data.discharge_voltage.isel(depth=slice(1, None))
    study = data[["discharge_capacity", "status", "reason"]].assign(
        thin_limit_capacity=limit,
        fraction_of_thin_limit=data.discharge_capacity / limit,
        critical_thickness=(C_RATE, critical),
        voltage=voltage.assign_coords(depth=np.array(DEPTHS)),
        loss=losses(data, DEPTHS),
    )
    for name, unit, words in (
        ("thin_limit_capacity", "mAh/g", "Capacity without a separator drop"),
        ("fraction_of_thin_limit", "1", "Capacity over its thin limit"),
        ("critical_thickness", "m", f"Thickness at {fraction:g} of the thin limit"),
        ("voltage", "V", "Discharge voltage against the foil"),
        ("depth", "1", "Depth of discharge"),
    ):
        study[name].attrs |= {"units": unit, "long_name": words}
    study["thickness"].attrs["units"] = "m"
    return study


def _warn_of_unit(layers: np.ndarray) -> None:
    low, high = PLAUSIBLE
    odd = [f"{value:g}" for value in layers if not low <= value <= high]
    if odd:
        warnings.warn(
            f"separator thickness read as {', '.join(odd)} m: is the unit right?",
            stacklevel=3,
        )
