"""Area resistances of cells by component, as a short pulse sees them."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import xarray as xr

from aslb.experiments.analyses.impedance.conditions import (
    checked_states,
    checked_temperatures,
)
from aslb.experiments.analyses.impedance.study import OHM_CM2, shared_temperature
from aslb.experiments.engine.linear_cell import LinearCell, at_temperature, formed
from aslb.experiments.output.attributes import hashes
from aslb.experiments.study.names import cells_by_name, names_for
from aslb.models.registry import DFN, check_model, model_for
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.cell import Cell

CELLS = ("Cao2021_thick_sulfide", "Cao2021_thick_halide", "Cao2021_thin_halide")
RESISTIVE = tuple(name for name in LOSSES if name != "Particle concentration")
INSTANT = 1e14  # Hz, at which no concentration follows


def resistance(
    cells: Any = CELLS,
    *,
    soc: Any = 0.5,
    temperature: Any = None,
    model: str = DFN,
) -> xr.Dataset:
    """Area resistance of cells at rest, by component of the voltage loss.

    What a small current costs before any concentration has followed it: the derivative
    dV/di of the model without capacitances, which a spectrum comes down to below its
    charge-transfer arcs, where diffusion has not begun.

    Parameters
    ----------
    cells : Cell, str, pybamm.ParameterValues, or sequence of them, optional
        One or several: cells, their names or files, or parameter values of one's own.
    soc : float or sequence of float, optional
        States of charge from 0 to 1, of cells as `impedance` has them.
    temperature : float or sequence of float, optional
        Temperatures [K]; by default that of the cells.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".

    Returns
    -------
    xarray.Dataset
        `resistance` [Ohm.cm2] with dimensions `cell`, `soc`, `temperature` [K] and
        `component`.

    Raises
    ------
    InputError
        If the request makes no sense.
    """
    check_model(model)
    chosen = [*cells_by_name(cells).values()]
    states = checked_states(soc)
    kelvins = checked_temperatures(
        shared_temperature(chosen) if temperature is None else temperature
    )
    found = [
        [_resistances(cell, *at, model) for at in product(states, kelvins)]
        for cell in chosen
    ]
    shape = (len(chosen), len(states), len(kelvins), len(RESISTIVE))
    at = ("cell", "soc", "temperature", "component")
    return xr.Dataset(
        {"resistance": (at, np.array(found).reshape(shape), {"units": "Ohm.cm2"})},
        coords={
            "cell": names_for(chosen),
            "soc": states,
            "temperature": ("temperature", kelvins, {"units": "K"}),
            "component": [*RESISTIVE],
        },
        attrs={
            "analysis": "resistance",
            "model": model,
            "parameter_hash": hashes(chosen),
        },
    )


def _resistances(cell: Cell, soc: float, temperature: float, model: str) -> np.ndarray:
    values = formed(at_temperature(cell, temperature))
    linear = LinearCell(model_for(model, values), values, soc, RESISTIVE)
    return OHM_CM2 * linear.impedance(np.array([INSTANT]))[:, 0].real
