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
from aslb.experiments.analyses.thickness.conditions import (
    CAPACITY,
    DEPTHS,
    NAME,
    WITH_LOSSES,
    Conditions,
)
from aslb.experiments.analyses.thickness.critical import narrowed
from aslb.experiments.analyses.thickness.hold import HOLDS, hold_study
from aslb.experiments.analyses.thickness.measured import measured_points
from aslb.experiments.c_rate import rates_of
from aslb.experiments.engine.steps import HALVES
from aslb.experiments.output.attributes import as_text, hashes
from aslb.experiments.protocols import C_RATE, HOLD, given_cutoffs
from aslb.experiments.study.names import STARTS
from aslb.experiments.study.points import positive_values
from aslb.experiments.study.results import losses
from aslb.models.registry import DFN, check_model
from aslb.parameters.composition.cell import Cell
from aslb.parameters.given import share

C_RATES = (1 / 20, 1 / 10, 1 / 5, 1 / 2, 1.0, 2.0)
THICKNESSES = tuple(np.geomspace(20e-6, 1e-3, 13))
FRACTION = 0.95

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
    holds: npt.ArrayLike = HOLDS,
    start: str = STARTS[0],
    beside: Any = None,
    executor: Executor | None = None,
) -> xr.Dataset:
    """Discharge capacity and voltage losses against separator thickness.

    At each thickness and rate the formed cell is charged, held at the upper cut-off,
    and discharged, three times. What is told is the third cycle: the paper's capacities
    are means of five cycles at a rate, and the first one after slow cycles differs by
    up to 40 % from those that follow, which hardly differ. Only the thickness differs:
    conductivity and interfaces stay those of the cell. The thin limit is the same cell
    with no separator drop.

    Parameters
    ----------
    cell : Cell, str or pybamm.ParameterValues, optional
        The cell, its name or file, or parameter values of one's own.
    thicknesses : array_like, optional
        Separator thicknesses [m].
    c_rates : array_like, optional
        Charge and discharge rates [h-1], or as "C/20".
    fraction : float, optional
        The critical thickness is where the capacity is this fraction of its thin limit.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V]; by default each cell's own.
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
    holds : array_like, optional
        Durations [h] at which the capacity is found besides, as built and at the
        thickest; none leaves that out.
    start : str, optional
        "formed", or "as assembled" for the one first cycle of a fresh cell.
    beside : Cell, str or pybamm.ParameterValues, optional
        Another cell, with a separator and interfaces of its own, at the same
        thicknesses and rates.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    xarray.Dataset
        Dimensions `thickness` [m], `c_rate` [h-1], `depth` (of `loss` that of the
        discharge, of `charge_loss` that of the charge with its hold) and `component`;
        units are in the attributes. A loss is negative on charge. With `beside` there
        is `beside_discharge_capacity`; with `holds`, `hold_capacity` over `hold_h`,
        `at` and `c_rate`; and `measured_capacity` over `measured_cell` and `c_rate`
        where something was measured. Points that could not be solved are NaN, with
        `status` "failed" and the `reason`.

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
    rates = positive_values("C-rate", rates_of(c_rates), "a positive number, as 0.05")
    held = np.zeros(0)
    if np.size(holds):
        held = positive_values("hold", holds, "a positive number of hours")
    share("fraction", fraction)
    _warn_of_unit(layers)
    cell = Cell.of(cell)
    other = None if beside is None else Cell.of(beside)
    conditions = Conditions(model, hold, start, upper_cutoff, lower_cutoff, executor)

    limit = _thin_limit(cell, rates, conditions)
    data = conditions.solved(
        cell, {NAME: layers, C_RATE: rates}, kept=WITH_LOSSES, interruptible=True
    ).rename({NAME: "thickness"})
    critical = np.full(len(rates), np.nan)
    parts: list[xr.Dataset] = []
    if not (data.reason == "interrupted").any():
        critical = _critical(cell, data, limit, fraction, conditions)
        if other is not None:
            parts.append(_beside(other, layers, rates, conditions))
        if held.size:
            parts.append(hold_study(cell, layers[-1], rates, held, conditions))
    cells = [cell] if other is None else [cell, other]
    parts.append(measured_points(cells, rates))
    of_cell = _dataset(data, limit, critical, fraction)
    study = xr.merge([of_cell, *parts], compat="no_conflicts", join="exact")
    study.attrs = {
        "analysis": "thickness",
        "cell": cell.name,
        "parameter_hash": hashes(cells),
        "model": model,
        "fraction": fraction,
        "as_built_thickness": cell.numbers.get(NAME, math.nan),
        "cutoffs": as_text(given_cutoffs(upper_cutoff, lower_cutoff)),
        **conditions.limits(cell),
        "hold": hold,
        "start": start,
    }
    if other is not None:
        study.attrs["beside"] = other.name
        study.attrs["beside_as_built_thickness"] = other.numbers.get(NAME, math.nan)
    return study


def _thin_limit(cell: Cell, rates: np.ndarray, conditions: Conditions) -> xr.DataArray:
    """Capacity without a separator; a rate impossible even so is refused first."""
    thin = {NAME: [THIN_LIMIT], C_RATE: rates}
    limit = conditions.solved(cell, thin, kept=WITH_LOSSES).discharge_capacity
    limit = limit.squeeze(NAME, drop=True)
    for c_rate in rates[(limit == 0).values]:
        raise InputError(
            f"C-rate {c_rate:g} is impossible: even without a separator the discharge "
            f"meets {conditions.limits(cell)['lower_cutoff']:g} V at once"
        )
    return limit


def _critical(
    cell: Cell,
    data: xr.Dataset,
    limit: xr.DataArray,
    fraction: float,
    conditions: Conditions,
) -> np.ndarray:
    """Critical thickness at each rate [m], with further points where it lies."""

    def relative_at(points: list[tuple[float, float]]) -> np.ndarray:
        between = dict(zip((NAME, C_RATE), np.array(points).T, strict=True))
        found = conditions.solved(cell, between, method="list", kept=WITH_LOSSES)
        own = limit.sel({C_RATE: between[C_RATE]}).values
        return found.discharge_capacity.values / own

    relative = (data.discharge_capacity / limit).values
    layers, rates = data.thickness.values, data[C_RATE].values
    return narrowed(relative_at, layers, rates, relative, fraction)


def _beside(
    cell: Cell, layers: np.ndarray, rates: np.ndarray, conditions: Conditions
) -> xr.Dataset:
    """Capacity of another cell."""
    data = conditions.solved(cell, {NAME: layers, C_RATE: rates}, kept=CAPACITY)
    capacity = data.discharge_capacity.rename({NAME: "thickness"})
    capacity.attrs["long_name"] = f"Discharge capacity of {cell.name}"
    return capacity.to_dataset(name="beside_discharge_capacity")


def _dataset(
    data: xr.Dataset, limit: xr.DataArray, critical: np.ndarray, fraction: float
) -> xr.Dataset:
    """What is told of a grid of thicknesses and rates."""
    voltage = data.discharge_voltage.isel(depth=slice(1, None))
    charge, discharge = HALVES
    study = data[["discharge_capacity", "status", "reason"]].assign(
        thin_limit_capacity=limit,
        fraction_of_thin_limit=data.discharge_capacity / limit,
        critical_thickness=(C_RATE, critical),
        voltage=voltage.assign_coords(depth=np.array(DEPTHS)),
        loss=losses(data, DEPTHS, discharge),
        charge_loss=losses(data, DEPTHS, charge),
    )
    for name, unit, words in (
        ("thin_limit_capacity", "mAh/g", "Capacity without a separator drop"),
        ("fraction_of_thin_limit", "1", "Capacity over its thin limit"),
        ("critical_thickness", "m", f"Thickness at {fraction:g} of the thin limit"),
        ("voltage", "V", "Discharge voltage against the foil"),
        ("depth", "1", "Depth of discharge or charge"),
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
