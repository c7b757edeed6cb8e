"""Energy and power per mass and volume of a cell, with what is counted said."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any

import numpy as np
import numpy.typing as npt
import pybamm
import xarray as xr

from aslb.experiments.analyses.thickness.study import NAME, positive_values
from aslb.experiments.engine.execute import execute
from aslb.experiments.engine.simulate import (
    MODELS,
    Cell,
    RunResult,
    cell_name,
    cutoffs,
    pack,
    parameter_values,
    run,
)
from aslb.experiments.protocols import HOLD, rate_test
from aslb.parameters.composition.anode import ANODES, with_anode
from aslb.parameters.composition.masses import (
    BOUNDARIES,
    COMPONENTS,
    Casing,
    layers,
    within,
)

C_RATES = (1 / 20, 1 / 5, 1 / 2, 1.0, 2.0)
THICKNESSES = (20e-6, 30e-6, 100e-6, 300e-6, 1e-3)
CHARGE_RATE = 1 / 20


def energy_density(
    cell: Cell = "Cao2021_thin_halide",
    thicknesses: npt.ArrayLike = THICKNESSES,
    c_rates: npt.ArrayLike = C_RATES,
    *,
    anode: str = ANODES[0],
    anode_thickness: float | None = None,
    casing: Casing | tuple[float, float] = Casing(),  # noqa: B008, it is immutable
    charge_rate: float = CHARGE_RATE,
    model: str = MODELS[0],
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    executor: Executor | None = None,
) -> xr.Dataset:
    """Specific energy and energy density against membrane thickness and rate.

    The cell as assembled is charged slowly, held at the upper cut-off, and discharged
    at each rate; the energy is the integral of its voltage over that discharge. Masses
    are densities times thicknesses of the layers, one of each, as assembled.

    Parameters
    ----------
    cell : str or pybamm.ParameterValues, optional
        Name of a parameter set, or parameter values of one's own.
    thicknesses : array_like, optional
        Separator thicknesses [m]; that of the cell as built is added to them.
    c_rates : array_like, optional
        Discharge rates [h-1].
    anode : str, optional
        "as-built", or "Li" for lithium metal. Voltages are then against Li/Li⁺.
    anode_thickness : float, optional
        Thickness of the anode [m]; by default as built, or 30 µm of Li.
    casing : Casing or tuple of float, optional
        Mass and volume of the casing over those of what it holds; assumed by default.
    charge_rate : float, optional
        Rate of the charge before every discharge [h-1].
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil that the cell was built with [V], by default
        the cell's own; with "Li" they are raised by that foil's potential.
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    xarray.Dataset
        Dimensions `thickness` [m], `c_rate` [h-1], `boundary` and `component`; units
        are in the attributes. Points that could not be solved are NaN, with `status`
        "failed" and the `reason`.

    Raises
    ------
    InputError
        If the request makes no sense.
    """
    values, shift = with_anode(parameter_values(cell), anode, anode_thickness)
    built = values[NAME] if isinstance(values[NAME], int | float) else np.nan
    requested = np.atleast_1d(np.asarray(thicknesses, dtype=float))
    if np.isfinite(built):
        requested = np.append(requested, built)
    separators = positive_values("thickness", requested, "a positive number of metres")
    rates = positive_values("C-rate", c_rates, "a positive number, as 0.05")
    counted = [layers(values, separator, casing) for separator in separators]
    own = cutoffs(cell, upper_cutoff, lower_cutoff)
    limits = {name: limit + shift for name, limit in own.items()}
    packed = [
        pack(values, _discharge(rate, charge_rate, hold=hold, **limits), model, [NAME])
        for rate in rates
    ]

    shape = (len(separators), len(rates))
    energy, duration = np.full(shape, np.nan), np.full(shape, np.nan)
    status = np.full(shape, "failed", dtype=object)
    reason = np.full(shape, "", dtype=object)
    points = [(i, k) for k in range(len(rates)) for i in range(len(separators))]
    area = values["Electrode height [m]"] * values["Electrode width [m]"]
    one_c = values["Nominal cell capacity [A.h]"]

    def collect(index: int, result: RunResult | None, failure: str) -> None:
        at = points[index]
        if result is None or result.failure:
            reason[at] = result.failure if result else failure
            return
        discharge = result.cycles[0].discharge
        energy[at] = discharge.energy / area
        duration[at] = discharge.total / (one_c * rates[at[1]])
        status[at], reason[at] = "ok", result.cycles[0].remark

    tasks = [(packed[k], {NAME: separators[i]}) for i, k in points]
    execute(run, tasks, collect, executor=executor, description="points")

    # thickness by boundary by (mass per area, volume per area)
    inside = np.array([[within(c, name) for name in BOUNDARIES] for c in counted])
    mass, volume = inside[:, None, :, 0], 1e3 * inside[:, None, :, 1]  # kg, L per m2
    power = energy / np.where(duration > 0, duration, np.nan)
    by_boundary = ("thickness", "c_rate", "boundary")
    by_component = ("thickness", "component")
    component = np.array([[c[name] for name in COMPONENTS] for c in counted])
    return xr.Dataset(
        {
            "discharge_energy": (
                by_boundary[:2],
                0.1 * energy,
                {"units": "mWh/cm2", "long_name": "Discharge energy per area"},
            ),
            "specific_energy": (
                by_boundary,
                energy[:, :, None] / mass,
                {"units": "Wh/kg", "long_name": "Specific energy"},
            ),
            "energy_density": (
                by_boundary,
                energy[:, :, None] / volume,
                {"units": "Wh/L", "long_name": "Energy density"},
            ),
            "specific_power": (
                by_boundary,
                power[:, :, None] / mass,
                {"units": "W/kg", "long_name": "Mean specific power of the discharge"},
            ),
            "power_density": (
                by_boundary,
                power[:, :, None] / volume,
                {"units": "W/L", "long_name": "Mean power density of the discharge"},
            ),
            "areal_mass": (
                by_component,
                100 * component[:, :, 0],
                {"units": "mg/cm2", "long_name": "Mass per area"},
            ),
            "layer_thickness": (
                by_component,
                component[:, :, 1],
                {"units": "m", "long_name": "Volume per area"},
            ),
            "status": (by_boundary[:2], status.astype(str)),
            "reason": (by_boundary[:2], reason.astype(str)),
        },
        coords={
            "thickness": ("thickness", separators, {"units": "m"}),
            "c_rate": ("c_rate", rates, {"units": "h-1"}),
            "boundary": list(BOUNDARIES),
            "component": list(COMPONENTS),
        },
        attrs={
            "cell": cell_name(cell),
            "anode": anode,
            "model": model,
            "as_built_thickness": float(built),
            "casing_mass": Casing(*casing).mass,
            "casing_volume": Casing(*casing).volume,
            "charge_rate": charge_rate,
            "hold": hold,
            **limits,
        },
    )


def _discharge(
    c_rate: float, charge_rate: float, **protocol: float
) -> pybamm.Experiment:
    """A slow charge with its hold, and a discharge at the rate that is asked for."""
    both: Any = rate_test([(charge_rate, 1), (c_rate, 1)], **protocol).cycles
    (charge, hold, _), (*_, discharge) = both
    cycle: list[Any] = [(charge, hold, discharge)]
    return pybamm.Experiment(cycle)


def as_built(study: xr.Dataset) -> xr.Dataset:
    """The study at the thickness of the cell as built, or at the thinnest one."""
    built = study.attrs["as_built_thickness"]
    if np.isnan(built):
        return study.isel(thickness=0)
    return study.sel(thickness=built, method="nearest")
