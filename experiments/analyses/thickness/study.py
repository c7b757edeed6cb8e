"""How thin must the membrane be: capacity and losses against its thickness."""

from __future__ import annotations

import math
import warnings
from concurrent.futures import Executor

import numpy as np
import numpy.typing as npt
import xarray as xr
from scipy.optimize import brentq

from aslb.errors import InputError
from aslb.experiments.engine.cycle import CyclePlan, CycleRun
from aslb.experiments.engine.execute import execute
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.simulate import (
    MODELS,
    Cell,
    active_mass,
    cell_name,
    cutoffs,
    parameter_values,
)
from aslb.experiments.engine.worker import Group, solve_cycles
from aslb.experiments.protocols import HOLD, check_protocol
from aslb.models.submodels.voltage_losses import LOSSES

C_RATES = (1 / 20, 1 / 10, 1 / 5, 1 / 2, 1.0, 2.0)
THICKNESSES = tuple(np.geomspace(20e-6, 1e-3, 25))
FRACTION = 0.8
NAME = "Separator thickness [m]"
DEPTHS = np.linspace(0, 1, 11)[1:]
KEPT = Outputs(("discharge_capacity",), tuple(DEPTHS), 11)  # curves from depth 0 on

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
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
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
        Cut-off voltages against the foil [V]; by default the cell's own.
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
    layers = positive_values("thickness", thicknesses, "a positive number of metres")
    rates = positive_values("C-rate", c_rates, "a positive number, as 0.05")
    if not 0 < fraction < 1:
        raise InputError(f"fraction {fraction:g}; accepted: between 0 and 1")
    _warn_of_unit(layers)

    limits = cutoffs(cell, upper_cutoff, lower_cutoff)
    check_protocol([(rate, 1) for rate in rates], **limits, hold=hold)
    values = parameter_values(cell).copy()
    values[NAME] = THIN_LIMIT
    plan = CyclePlan(**limits, hold=hold, outputs=KEPT)
    packed = Group(values, model, (NAME,), plan).pack()
    mass = active_mass(values)
    # the thin limits first: a rate that is impossible even there should cost nothing
    limit = np.full(len(rates), np.nan)

    def collect_limit(k: int, run: CycleRun | None, failure: str) -> None:
        if run is not None and run.cycles:
            limit[k] = run.cycles[0].discharge[0] / mass

    execute(
        solve_cycles,
        [(packed, {NAME: THIN_LIMIT}, (rate,)) for rate in rates],
        collect_limit,
        executor=executor,
        description="thin limits",
    )
    for c_rate in rates[limit == 0]:
        raise InputError(
            f"C-rate {c_rate:g} is impossible: even without a separator the discharge "
            f"meets {limits['lower_cutoff']:g} V at once"
        )

    shape = (len(layers), len(rates))
    capacity = np.full(shape, np.nan)
    voltage = np.full((*shape, len(DEPTHS)), np.nan)
    losses = np.full((*shape, len(DEPTHS), len(LOSSES)), np.nan)
    status = np.full(shape, "failed", dtype=object)
    reason = np.full(shape, "", dtype=object)
    points = [(i, k) for k in range(len(rates)) for i in range(len(layers))]

    def collect_point(index: int, run: CycleRun | None, failure: str) -> None:
        at = points[index]
        if run is None or run.failure:
            reason[at] = run.failure if run else failure
            return
        (cycle,) = run.cycles
        capacity[at] = cycle.discharge[0] / mass
        _, discharge_voltage = cycle.curves
        voltage[at] = discharge_voltage[1:]
        losses[at] = cycle.losses
        status[at], reason[at] = "ok", cycle.remark

    complete = execute(
        solve_cycles,
        [(packed, {NAME: layers[i]}, (rates[k],)) for i, k in points],
        collect_point,
        executor=executor,
        description="points",
    )

    relative = capacity / limit
    critical = np.full(len(rates), np.nan)
    brackets = [bracket(layers, relative[:, k], fraction) for k in range(len(rates))]
    crossed = [k for k, ends in enumerate(brackets) if ends is not None and complete]

    def collect_critical(index: int, root: float | None, failure: str) -> None:
        critical[crossed[index]] = np.nan if root is None else root

    execute(
        critical_thickness,
        [(packed, brackets[k], rates[k], fraction * limit[k] * mass) for k in crossed],
        collect_critical,
        executor=executor,
        description="critical thickness",
    )
    return xr.Dataset(
        {
            "discharge_capacity": (
                ("thickness", "c_rate"),
                capacity,
                {"units": "mAh/g", "long_name": "Discharge capacity per mass of LCO"},
            ),
            "thin_limit_capacity": (
                "c_rate",
                limit,
                {"units": "mAh/g", "long_name": "Capacity without a separator drop"},
            ),
            "fraction_of_thin_limit": (
                ("thickness", "c_rate"),
                relative,
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
                voltage,
                {"units": "V", "long_name": "Discharge voltage against the foil"},
            ),
            "loss": (
                ("thickness", "c_rate", "depth", "component"),
                losses,
                {"units": "V", "long_name": "Voltage loss on discharge"},
            ),
            "status": (
                ("thickness", "c_rate"),
                status.astype(str),
            ),
            "reason": (("thickness", "c_rate"), reason.astype(str)),
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
            **limits,
            "hold": hold,
        },
    )


def bracket(
    thicknesses: npt.ArrayLike, relative: np.ndarray, fraction: float
) -> tuple[float, float] | None:
    """Neighbouring thicknesses between which the capacity falls below a fraction.

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
    tuple of float, or None
        The last thickness above the fraction and the first one below it [m]; None if
        the range does not hold both.
    """
    known = np.isfinite(relative)
    layers, values = np.asarray(thicknesses)[known], relative[known]
    below = np.flatnonzero(values < fraction)
    if len(below) == 0 or below[0] == 0:
        return None
    return float(layers[below[0] - 1]), float(layers[below[0]])


def critical_thickness(
    packed: bytes, ends: tuple[float, float], c_rate: float, target: float
) -> float:
    """Thickness at which the discharge capacity is a given one, to 0.1 %.

    Parameters
    ----------
    packed : bytes
        From `Group.pack`, with the separator thickness as its input.
    ends : tuple of float
        Thicknesses with more and with less capacity than the target [m].
    c_rate : float
        Charge and discharge rate [h-1].
    target : float
        Discharge capacity [A.h].

    Returns
    -------
    float
        Thickness [m].

    Raises
    ------
    RuntimeError
        If a point on the way cannot be solved.
    """

    def excess(log_thickness: float) -> float:
        run = solve_cycles(packed, {NAME: math.exp(log_thickness)}, (c_rate,))
        if run.failure:
            raise RuntimeError(run.failure)
        return run.cycles[0].discharge[0] - target

    return math.exp(brentq(excess, math.log(ends[0]), math.log(ends[1]), xtol=1e-3))


def positive_values(what: str, values: npt.ArrayLike, accepted: str) -> np.ndarray:
    """Values in rising order, each once, if all of them are positive and finite.

    Raises
    ------
    InputError
        If one is not, or there is none.
    """
    array = np.unique(np.asarray(values, dtype=float))
    if array.size == 0:
        raise InputError(f"no {what} given; accepted: {accepted}")
    for value in array:
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{what} {value:g}; accepted: {accepted}")
    return array


def _warn_of_unit(layers: np.ndarray) -> None:
    low, high = PLAUSIBLE
    odd = [f"{value:g}" for value in layers if not low <= value <= high]
    if odd:
        warnings.warn(
            f"separator thickness read as {', '.join(odd)} m: is the unit right?",
            stacklevel=3,
        )


def _as_built(cell: Cell) -> float:
    value = parameter_values(cell)[NAME]
    return float(value) if isinstance(value, int | float) else math.nan
