"""Impedance spectra of cells at rest, and what makes each arc."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import pybamm
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.analyses.impedance.at_rest import (
    check_same_cell,
    mesh_of,
    model_from,
)
from aslb.experiments.analyses.impedance.conditions import (
    checked_frequencies,
    checked_states,
    checked_temperatures,
)
from aslb.experiments.engine.linear_cell import (
    COMPONENTS,
    RELAXING,
    LinearCell,
    at_temperature,
    exponents_of,
    formed,
    relaxing_model,
)
from aslb.experiments.output.attributes import hashes
from aslb.experiments.study.names import cells_by_name, names_for
from aslb.models.registry import DFN, check_model
from aslb.models.submodels.separator_loss import PARTS
from aslb.parameters.composition.cell import Cell

CELL = "Cao2021_thin_halide"
OHM_CM2 = 1e4  # from Ohm.m2
STEADY, INSTANT = 1e-9, 1e14  # Hz, at which interfaces follow, and do not
IN_SERIES = [name for name in RELAXING if name not in ("Kinetic", "Interphase")]
"""Elements that the whole current passes: each arc is a matter of its own."""


def impedance(
    cells: Any = CELL,
    frequencies: Any = None,
    *,
    soc: Any = None,
    temperature: Any = None,
    solution: pybamm.Solution | None = None,
    model: str = DFN,
) -> xr.Dataset:
    """Impedance of cells at rest, split into the components of the voltage losses.

    Parameters
    ----------
    cells : Cell, str, pybamm.ParameterValues, or sequence of them, optional
        One or several: cells, their names or files, or parameter values of one's own.
    frequencies : array_like, optional
        Frequencies [Hz], rising or falling; by default 64 from 1 MHz to 1 mHz.
    soc : float or sequence of float, optional
        States of charge from 0 to 1, uniform throughout the cathode, of a cell whose
        catholyte has been oxidised by its first charge; by default 0.5.
    temperature : float or sequence of float, optional
        Temperatures [K]; by default that of the cells.
    solution : pybamm.Solution, optional
        A solution that ends with a rest, of the same model with or without relaxing
        interfaces: the spectrum is that of its end, in the place of `soc`. One of
        another cell is refused, as far as a rest tells: by areas, thicknesses,
        kinetics of both electrodes, and the separator's resistance.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".

    Returns
    -------
    xarray.Dataset
        Complex area impedances [Ohm.cm2] with dimensions `cell`, `soc`, `temperature`
        [K] and `frequency` [Hz]: `impedance`; `component_impedance` also by
        `component`, of which it is the sum; `arc` by `element`, what the impedance
        gains if the capacitance of one is left out, and `arc_resistance`, how much that
        is at most. `area` [cm2] divides it to ohms.

        A netCDF file of it needs ``to_netcdf(path, auto_complex=True)``, and
        ``xarray.open_dataset(path, auto_complex=True)``: netCDF has no complex numbers.

    Raises
    ------
    InputError
        If the request makes no sense.

    References
    ----------
    .. [1] N. Hallemans et al., J. Electrochem. Soc. 2025 (PyBaMM's spectra: numerical
       linearisation of the discretised equations).
    """
    check_model(model)
    found = checked_frequencies(frequencies)
    chosen = [*cells_by_name(cells).values()]
    if solution is not None:
        _check_solution(chosen, soc, solution, model)
        states = np.array([np.nan])
    else:
        states = checked_states(0.5 if soc is None else soc)
    if temperature is None:
        temperature = shared_temperature(chosen)
    kelvins = checked_temperatures(temperature)
    spectra = [
        [
            _spectrum(cell, found, *at, solution, model)
            for at in product(states, kelvins)
        ]
        for cell in chosen
    ]
    return _dataset(spectra, chosen, found, states, kelvins, model)


def _check_solution(cells: list[Cell], soc: Any, solution: Any, model: str) -> None:
    """Refuse a solution that says nothing of the cell, or beside a state of charge."""
    if len(cells) != 1:
        raise InputError(f"a solution and {len(cells)} cells; accepted: its own cell")
    if not isinstance(solution, pybamm.Solution):
        raise InputError(f"solution: {solution!r}; accepted: a pybamm.Solution")
    if soc is not None:
        raise InputError(
            "soc and a solution, which has a state of charge; accepted: one of them"
        )
    check_same_cell(cells[0], model, solution)


def _spectrum(
    cell: Cell,
    frequencies: np.ndarray,
    soc: float,
    temperature: float,
    solution: pybamm.Solution | None,
    model: str,
) -> dict[str, np.ndarray]:
    values = at_temperature(cell, temperature)
    asked = relaxing_model(model, values)
    split = (*COMPONENTS, *PARTS)
    if solution is None:
        linear = LinearCell(asked, formed(values), soc, split)
    else:
        asked = model_from(asked, solution)
        linear = LinearCell(
            asked, values, components=split, mesh=mesh_of(asked, solution)
        )
    exponents = exponents_of(values)
    asked_at = np.append(frequencies, (STEADY, INSTANT))
    found = dict(zip(split, linear.impedance(asked_at, exponents), strict=True))
    components = np.array([found[name] for name in COMPONENTS])
    whole = components.sum(axis=0)
    arcs = np.array(
        [
            found[element][-2] - found[element]
            if element in IN_SERIES
            else _without(linear, element, asked_at, exponents) - whole
            for element in RELAXING
        ]
    )
    n = len(frequencies)
    return {
        "impedance": OHM_CM2 * whole[:n],
        "component_impedance": OHM_CM2 * components[:, :n],
        "arc": OHM_CM2 * arcs[:, :n],
        "arc_resistance": OHM_CM2 * arcs[:, -1].real,
    }


def _without(
    linear: LinearCell,
    element: str,
    frequencies: np.ndarray,
    exponents: Mapping[str, float],
) -> np.ndarray:
    """The impedance of all components if an element has no capacitance."""
    found = linear.impedance(frequencies, exponents, without=[element])
    return found[: len(COMPONENTS)].sum(axis=0)


def _dataset(
    spectra: list[list[dict[str, np.ndarray]]],
    cells: list[Cell],
    frequencies: np.ndarray,
    states: Any,
    kelvins: Any,
    model: str,
) -> xr.Dataset:
    at = ("cell", "soc", "temperature")
    shape = (len(cells), len(states), len(kelvins))
    by = {
        "impedance": ("frequency",),
        "component_impedance": ("component", "frequency"),
        "arc": ("element", "frequency"),
        "arc_resistance": ("element",),
    }
    data = xr.Dataset(coords={"frequency": ("frequency", frequencies, {"units": "Hz"})})
    for name, dims in by.items():
        stacked = np.array([[one[name] for one in row] for row in spectra])
        full = stacked.reshape(*shape, *stacked.shape[2:])
        data[name] = ((*at, *dims), full, {"units": "Ohm.cm2"})
    data = data.assign_coords(
        cell=names_for(cells),
        soc=[*states],
        temperature=("temperature", kelvins, {"units": "K"}),
        component=[*COMPONENTS],
        element=[*RELAXING],
        area=("cell", [1e4 * cell.area for cell in cells], {"units": "cm2"}),
    )
    return data.assign_attrs(
        analysis="impedance",
        model=model,
        parameter_hash=hashes(cells),
    )


def shared_temperature(cells: list[Cell]) -> float:
    """The temperature of all cells, if they have one."""
    own = {cell.numbers["Ambient temperature [K]"] for cell in cells}
    if len(own) > 1:
        listed = ", ".join(f"{kelvin - 273.15:.4g}" for kelvin in sorted(own))
        raise InputError(
            f"the cells are at {listed} °C; accepted: a temperature for all of them"
        )
    return own.pop()
