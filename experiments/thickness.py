"""How thin must the membrane be: capacity and losses against its thickness."""

from __future__ import annotations

import math
import warnings
from concurrent.futures import Executor

import numpy as np
import numpy.typing as npt
import pybamm
import xarray as xr
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq

from aslb.experiments.errors import InputError
from aslb.experiments.execute import execute
from aslb.experiments.protocols import HOLD, LOWER_CUTOFF, UPPER_CUTOFF, cccv
from aslb.experiments.simulate import (
    MODELS,
    Cell,
    RunResult,
    cell_name,
    pack,
    parameter_values,
    run,
)
from aslb.models.voltage_losses import LOSSES

C_RATES = (1 / 20, 1 / 10, 1 / 5, 1 / 2, 1.0, 2.0)
THICKNESSES = tuple(np.geomspace(20e-6, 1e-3, 25))
FRACTION = 0.8
DEPTHS = np.linspace(0.1, 1.0, 10)

# Where the separator's resistance is nothing, and still a number to divide by
THIN_LIMIT = 1e-9  # m
# A separator of a centimetre is a slip of unit, not a design
PLAUSIBLE = (1e-7, 1e-2)  # m


def thickness(
    cell: Cell = "Cao2021_thin_halide",
    thicknesses: npt.ArrayLike = THICKNESSES,
    c_rates: npt.ArrayLike = C_RATES,
    *,
    fraction: float = FRACTION,
    model: str = MODELS[0],
    upper_cutoff: float = UPPER_CUTOFF,
    lower_cutoff: float = LOWER_CUTOFF,
    hold: float = HOLD,
    executor: Executor | None = None,
) -> xr.Dataset:
    """Discharge capacity and voltage losses against separator thickness.

    At each thickness and rate the cell as assembled is charged, held at the upper
    cut-off, and discharged. Only the thickness differs: conductivity and interfaces
    stay those of the cell. The thin limit is the same cell with no separator drop.

    Parameters
    ----------
    cell : str or pybamm.ParameterValues, optional
        Name of a parameter set, or parameter values of one's own.
    thicknesses : array_like, optional
        Separator thicknesses [m].
    c_rates : array_like, optional
        Charge and discharge rates [h-1].
    fraction : float, optional
        The critical thickness is where the capacity is this fraction of its thin limit.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V].
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
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
    layers = _checked("thickness", thicknesses, "a positive number of metres")
    rates = _checked("C-rate", c_rates, "a positive number, as 0.05")
    if not 0 < fraction < 1:
        raise InputError(f"fraction {fraction:g}; accepted: between 0 and 1")
    low, high = PLAUSIBLE
    for value in layers:
        if not low <= value <= high:
            warnings.warn(
                f"separator thickness read as {value:g} m ({value * 1e6:g} µm): "
                "is the unit right?",
                stacklevel=2,
            )

    name = "Separator thickness [m]"
    packed = [
        pack(
            cell,
            cccv(rate, upper_cutoff=upper_cutoff, lower_cutoff=lower_cutoff, hold=hold),
            model,
            [name],
        )
        for rate in rates
    ]
    grid = [THIN_LIMIT, *layers]
    points = [(i, k) for k in range(len(rates)) for i in range(len(grid))]
    tasks = [(packed[k], {name: grid[i]}) for i, k in points]

    shape = (len(grid), len(rates))
    mass = active_mass(parameter_values(cell))
    capacity = np.full(shape, np.nan)
    voltage = np.full((*shape, len(DEPTHS)), np.nan)
    losses = np.full((*shape, len(DEPTHS), len(LOSSES)), np.nan)
    reason = np.full(shape, "", dtype=object)
    failed = np.zeros(shape, dtype=bool)
    for index, result in execute(run, tasks, executor=executor, description="points"):
        at = points[index]
        reason[at], failed[at] = _remark(result), bool(result.failure)
        if failed[at]:
            continue
        discharge = result.cycles[0].discharge
        capacity[at] = discharge.total / mass
        voltage[at] = discharge.at_depths(discharge.voltage, DEPTHS)
        for n, component in enumerate(LOSSES):
            losses[(*at, slice(None), n)] = discharge.at_depths(
                discharge.losses[component], DEPTHS
            )
    for k, rate in enumerate(rates):
        if capacity[0, k] == 0:
            raise InputError(
                f"C-rate {rate:g} is impossible: even without a separator the "
                f"discharge meets {lower_cutoff:g} V at once"
            )

    relative = capacity / capacity[0]
    critical = [
        critical_thickness(layers, relative[1:, k], fraction) for k in range(len(rates))
    ]
    return xr.Dataset(
        {
            "discharge_capacity": (
                ("thickness", "c_rate"),
                capacity[1:],
                {"units": "mAh/g", "long_name": "Discharge capacity per mass of LCO"},
            ),
            "thin_limit_capacity": (
                "c_rate",
                capacity[0],
                {"units": "mAh/g", "long_name": "Capacity without a separator drop"},
            ),
            "fraction_of_thin_limit": (
                ("thickness", "c_rate"),
                relative[1:],
                {"units": "1", "long_name": "Capacity over its thin limit"},
            ),
            "critical_thickness": (
                "c_rate",
                critical,
                {
                    "units": "m",
                    "long_name": f"Thickness at {fraction:g} of the thin limit",
                },
            ),
            "voltage": (
                ("thickness", "c_rate", "depth"),
                voltage[1:],
                {"units": "V", "long_name": "Discharge voltage against the foil"},
            ),
            "loss": (
                ("thickness", "c_rate", "depth", "component"),
                losses[1:],
                {"units": "V", "long_name": "Voltage loss on discharge"},
            ),
            "status": (
                ("thickness", "c_rate"),
                np.where(failed[1:], "failed", "ok"),
            ),
            "reason": (("thickness", "c_rate"), reason[1:].astype(str)),
        },
        coords={
            "thickness": ("thickness", layers, {"units": "m"}),
            "c_rate": ("c_rate", rates, {"units": "h-1"}),
            "depth": (
                "depth",
                DEPTHS,
                {"units": "1", "long_name": "Depth of discharge"},
            ),
            "component": list(LOSSES),
        },
        attrs={
            "cell": cell_name(cell),
            "model": model,
            "fraction": fraction,
            "as_built_thickness": _as_built(cell),
            "upper_cutoff": upper_cutoff,
            "lower_cutoff": lower_cutoff,
            "hold": hold,
        },
    )


def active_mass(values: pybamm.ParameterValues) -> float:
    """Mass of LCO in the cell [kg]; A.h over it is mAh/g."""
    return float(
        values["Positive electrode active material areal mass [kg.m-2]"]
        * values["Electrode height [m]"]
        * values["Electrode width [m]"]
    )


def critical_thickness(
    thicknesses: npt.ArrayLike, relative: np.ndarray, fraction: float
) -> float:
    """Thickness at which the capacity first falls to a fraction of its thin limit.

    Parameters
    ----------
    thicknesses : array_like
        Thicknesses in rising order [m].
    relative : numpy.ndarray
        Capacity over its thin limit at those thicknesses; NaN where unknown.
    fraction : float
        The fraction looked for.

    Returns
    -------
    float
        Thickness [m], by monotone interpolation in its logarithm; NaN if the range does
        not bracket it.
    """
    known = np.isfinite(relative)
    log_thickness, values = np.log(thicknesses)[known], relative[known]
    below = np.flatnonzero(values < fraction)
    if len(below) == 0 or below[0] == 0:
        return math.nan
    end = below[0]
    curve = PchipInterpolator(log_thickness, values)
    return math.exp(
        brentq(
            lambda x: float(curve(x)) - fraction,
            log_thickness[end - 1],
            log_thickness[end],
        )
    )


def _checked(what: str, values: npt.ArrayLike, accepted: str) -> np.ndarray:
    array = np.unique(np.asarray(values, dtype=float))
    if array.size == 0:
        raise InputError(f"no {what} given; accepted: {accepted}")
    for value in array:
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{what} {value:g}; accepted: {accepted}")
    return array


def _as_built(cell: Cell) -> float:
    value = parameter_values(cell)["Separator thickness [m]"]
    return float(value) if isinstance(value, int | float) else math.nan


def _remark(result: RunResult) -> str:
    return result.failure or "; ".join(cycle.remark for cycle in result.cycles)
