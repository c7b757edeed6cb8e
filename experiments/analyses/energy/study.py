"""Energy and power per mass and volume of a cell, with what is counted said."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any

import numpy as np
import numpy.typing as npt
import pybamm
import xarray as xr

from aslb.experiments.analyses.thickness.conditions import NAME
from aslb.experiments.c_rate import rate_of, rates_of
from aslb.experiments.output.attributes import as_text, hashes
from aslb.experiments.protocols import (
    C_RATE,
    HOLD,
    charge,
    check_protocol,
    discharge,
    formation,
    given_cutoffs,
)
from aslb.experiments.study.definition import Study
from aslb.experiments.study.points import positive_values
from aslb.models.registry import DFN, check_model
from aslb.parameters.composition.anode import ANODES, with_anode
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import (
    BOUNDARIES,
    Casing,
    layers,
    within,
)
from aslb.parameters.given import is_number

C_RATES = (1 / 20, 1 / 5, 1 / 2, 1.0, 2.0)
THICKNESSES = (20e-6, 30e-6, 100e-6, 300e-6, 1e-3)
CHARGE_RATE = 1 / 20
ENERGIES = ("specific_energy", "energy_density")
KEPT: dict[str, Any] = {"quantities": ["discharge_capacity", "discharge_energy"]}


def energy_density(
    cell: Any = "Cao2021_thin_halide",
    thicknesses: npt.ArrayLike = THICKNESSES,
    c_rates: npt.ArrayLike = C_RATES,
    *,
    anode: str = ANODES[0],
    anode_thickness: float | None = None,
    casing: Casing | tuple[float, float] = Casing(),  # noqa: B008, it is immutable
    charge_rate: float | str = CHARGE_RATE,
    model: str = DFN,
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    executor: Executor | None = None,
) -> xr.Dataset:
    """Specific energy and energy density against membrane thickness and rate.

    The formed cell is charged slowly, held at the upper cut-off, and discharged
    at each rate; the energy is the integral of its voltage over that discharge. Masses
    are densities times thicknesses of the layers, one of each, as assembled.

    Parameters
    ----------
    cell : Cell, str or pybamm.ParameterValues
        The cell, its name or file, or parameter values of one's own.
    thicknesses : array_like, optional
        Separator thicknesses [m]; that of the cell as built is added to them.
    c_rates : array_like, optional
        Discharge rates [h-1], or as "C/20".
    anode : str, optional
        "as-built", or "Li" for lithium metal. Voltages are then against Li/Li⁺.
    anode_thickness : float, optional
        Thickness of the anode [m]; by default as built, or 30 µm of Li.
    casing : Casing or tuple of float, optional
        Mass and volume of the casing over those of what it holds; assumed by default.
    charge_rate : float or str, optional
        Rate of the charge before every discharge [h-1], or as "C/20".
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
    check_model(model)
    slow: float = rate_of(charge_rate)
    asked = Cell.of(cell)
    values, shift = with_anode(asked.parameter_values(), anode, anode_thickness)
    built = values[NAME] if is_number(values[NAME]) else np.nan
    separators = _separators(thicknesses, built)
    rates = positive_values("C-rate", rates_of(c_rates), "a positive number, as 0.05")
    counted = [layers(values, separator, casing) for separator in separators]
    own = asked.cutoffs(upper_cutoff, lower_cutoff)
    limits = {name: limit + shift for name, limit in own.items()}
    study = Study(
        values,
        protocol(slow, hold, **limits),
        {NAME: separators, C_RATE: rates},
        start=formation(**limits),
        model=model,
        **KEPT,
    )
    data = study.run(executor=executor).rename({NAME: "thickness"})
    weighed = _weighed(data, counted, Cell(values))
    return xr.Dataset(
        {**weighed, "status": data.status, "reason": data.reason},
        coords={
            "thickness": ("thickness", separators, {"units": "m"}),
            C_RATE: (C_RATE, rates, {"units": "h-1"}),
        },
        attrs={
            "analysis": "energy",
            "cell": asked.name,
            "parameter_hash": hashes([asked]),
            "anode": anode,
            "model": model,
            "as_built_thickness": float(built),
            "casing_mass": Casing(*casing).mass,
            "casing_volume": Casing(*casing).volume,
            "charge_rate": slow,
            "one_c_current_density": one_c_of(Cell(values)),
            "hold": hold,
            "cutoffs": as_text(given_cutoffs(upper_cutoff, lower_cutoff)),
            **limits,
        },
    )


def _separators(thicknesses: npt.ArrayLike, built: float) -> np.ndarray:
    """Thicknesses of a study [m]: those asked for, if any, and that as built."""
    known = np.isfinite(built)
    asked = thicknesses if np.size(thicknesses) or not known else built
    found = positive_values("thickness", asked, "a positive number of metres")
    return np.unique(np.append(found, built)) if known else found


def protocol(
    charge_rate: float, hold: float, upper_cutoff: float, lower_cutoff: float
) -> pybamm.Experiment:
    """A slow charge with its hold, and a discharge at the rate that varies."""
    ends = {"upper_cutoff": upper_cutoff, "lower_cutoff": lower_cutoff}
    check_protocol([(charge_rate, 1)], **ends, hold=hold)
    cycle: Any = (
        charge(charge_rate, upper_cutoff, hold),
        discharge(None, lower_cutoff),
    )
    return pybamm.Experiment([cycle])


def one_c_of(cell: Cell) -> float:
    """Current density of a cell at 1C [A.m-2]."""
    return cell.numbers["Nominal cell capacity [A.h]"] / cell.area


def _weighed(
    data: xr.Dataset, counted: list[dict[str, Any]], cell: Cell
) -> dict[str, xr.DataArray]:
    """Energy and mean power by boundary, mass and thickness by component."""
    # W.h and A.h of the cell, from mW.h and mA.h per gram
    areal = data.discharge_energy * cell.active_mass / cell.area
    hours = data.discharge_capacity * cell.active_mass
    hours = hours / (cell.numbers["Nominal cell capacity [A.h]"] * data[C_RATE])
    power = areal / hours.where(hours > 0)
    layer_mass, thickness = (_column(counted, "component", k) for k in (0, 1))
    specific, dense = energies_per(areal, counted)
    specific_power, dense_power = energies_per(power, counted)
    weighed = (
        ("discharge_energy", 0.1 * areal, "mWh/cm2", "Discharge energy per area"),
        ("specific_energy", specific, "Wh/kg", "Specific energy"),
        ("energy_density", dense, "Wh/L", "Energy density"),
        (
            "specific_power",
            specific_power,
            "W/kg",
            "Mean specific power of the discharge",
        ),
        ("power_density", dense_power, "W/L", "Mean power density of the discharge"),
        ("areal_mass", 100 * layer_mass, "mg/cm2", "Mass per area"),
        ("layer_thickness", thickness, "m", "Volume per area"),
    )
    return {
        name: values.drop_attrs().assign_attrs(units=unit, long_name=words)
        for name, values, unit, words in weighed
    }


def energies_per(
    areal: xr.DataArray, counted: list[dict[str, Any]]
) -> tuple[xr.DataArray, xr.DataArray]:
    """An energy [W.h.m-2] per mass [W.h.kg-1] and volume [W.h.L-1] by boundary."""
    inside = [{name: within(c, name) for name in BOUNDARIES} for c in counted]
    mass, volume = (_column(inside, "boundary", k) for k in (0, 1))  # kg, m3 per m2
    return areal / mass, 1e-3 * areal / volume


def _column(counted: list[dict[str, Any]], name: str, index: int) -> xr.DataArray:
    """Masses (0) or thicknesses (1) by separator and what is counted."""
    return xr.DataArray(
        [[layer[index] for layer in row.values()] for row in counted],
        dims=("thickness", name),
        coords={name: list(counted[0])},
    )


def as_built(study: xr.Dataset) -> xr.Dataset:
    """The study at the thickness of the cell as built, or at the thinnest one."""
    built = study.attrs["as_built_thickness"]
    if np.isnan(built):
        return study.isel(thickness=0)
    return study.sel(thickness=built, method="nearest")
