"""The design map: energy over membrane thickness, areal capacity and rate."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.analyses.design.question import Conditions
from aslb.experiments.analyses.design.requirement import SLOW
from aslb.experiments.c_rate import rates_of
from aslb.experiments.output.attributes import hashes
from aslb.experiments.protocols import C_RATE, HOLD, given_cutoffs
from aslb.experiments.study.points import positive_values
from aslb.models.registry import DFN, check_model
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.anode import ANODES, cell_with_anode
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.entries import CAPACITY
from aslb.parameters.composition.masses import BOUNDARIES, check_boundary
from aslb.parameters.given import share

THICKNESSES = tuple(np.geomspace(10e-6, 1e-3, 17))
CAPACITIES = tuple(np.linspace(12, 100, 17))
C_RATES = (1 / 5, 1 / 3, 1 / 2)
RETENTION = 0.8
THICKNESS_NAME = "separator.thickness [m]"
CAPACITY_NAME = f"{CAPACITY} [A.h.m-2]"


def design_map(
    cell: Any = "Cao2021_thin_halide",
    thicknesses: npt.ArrayLike = THICKNESSES,
    areal_capacities: npt.ArrayLike = CAPACITIES,
    c_rates: npt.ArrayLike = C_RATES,
    *,
    retention: float = RETENTION,
    anode: str = ANODES[0],
    anode_thickness: float | None = None,
    boundary: str = BOUNDARIES[2],
    model: str = DFN,
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    folder: Path | str | None = None,
    executor: Executor | None = None,
) -> xr.Dataset:
    """Specific energy and capacity kept over thickness, areal capacity and rate.

    Each cell is formed, charged at C/20 and held, and discharged at each rate, as by
    `energy_density`.

    Parameters
    ----------
    cell : Cell or str, optional
        The cell, its name or file.
    thicknesses : array_like, optional
        Separator thicknesses [m].
    areal_capacities : array_like, optional
        Areal capacities, an hour of 1C [A.h.m-2]; 10 are 1 mAh/cm².
    c_rates : array_like, optional
        Discharge rates [h-1], or as "C/5".
    retention : float, optional
        Share of the capacity at C/20 that a cell keeps to count as one that takes a
        rate.
    anode, anode_thickness, boundary, model, upper_cutoff, lower_cutoff, hold
        As for `design`.
    folder : pathlib.Path or str, optional
        Where what was solved is kept.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    xarray.Dataset
        `specific_energy` and `energy_density` delivered at each rate, and `retention`,
        over `thickness` [m], `areal_capacity` [A.h.m-2] and `c_rate`; and
        `published_thickness` and `published_areal_capacity` of the cells that ship.

    Raises
    ------
    InputError
        If the request makes no sense.
    """
    check_model(model)
    check_boundary(boundary)
    layers = positive_values("thickness", thicknesses, "a positive number of metres")
    loadings = positive_values("areal capacity", areal_capacities, "a positive number")
    asked = Cell.of(cell)
    rates = check_map(asked, c_rates)
    share("retention", retention)
    if min(len(layers), len(loadings)) < 2:
        raise InputError("a map of one value; accepted: two or more on each axis")
    made, shift = cell_with_anode(asked, anode, anode_thickness)
    cutoffs = given_cutoffs(upper_cutoff, lower_cutoff)
    where = None if folder is None else Path(folder)
    conditions = Conditions(model, boundary, hold, shift, cutoffs, where, executor)
    vary = {
        THICKNESS_NAME: layers,
        CAPACITY_NAME: loadings,
        C_RATE: np.append(SLOW, rates),
    }
    data = conditions.solved(made, vary, "grid").rename(
        {THICKNESS_NAME: "thickness", CAPACITY_NAME: "areal_capacity"}
    )
    capacity = data.discharge_capacity
    whole = capacity.sel({C_RATE: SLOW}, drop=True)
    data["retention"] = (capacity / whole.where(whole > 0)).assign_attrs(
        units="1", long_name="Share of the capacity at C/20"
    )
    names = ["specific_energy", "energy_density", "retention", "status", "reason"]
    found = data[names].sel({C_RATE: rates})
    found["thickness"].attrs["units"] = "m"
    found.attrs = {
        "analysis": "design map",
        "cell": asked.name,
        "anode": anode,
        "boundary": boundary,
        "model": model,
        "kept": retention,
        "points": int(data.status.size),
        "parameter_hash": hashes([asked]),
    }
    return found.merge(published())


def check_map(cell: Cell, c_rates: Any) -> np.ndarray:
    """Rates of a map [h-1] in rising order, if there can be one of a cell.

    Raises
    ------
    InputError
        If a rate is none to keep capacity at, or the cell has no areal capacity.
    """
    rates = positive_values("C-rate", rates_of(c_rates), "a positive number, as 0.5")
    if rates[0] <= SLOW:
        raise InputError(
            f"map: C-rate {rates[0]:g}; accepted: above {SLOW:g}, from which capacity "
            "is kept"
        )
    if CAPACITY not in cell.entries:
        raise InputError(
            f"map: '{cell.name}' has no {CAPACITY}; accepted: a cell that is made of "
            "sections"
        )
    return rates


def published() -> xr.Dataset:
    """Membrane and areal capacity of the cells that ship, as built.

    Returns
    -------
    xarray.Dataset
        `published_thickness` [m] and `published_areal_capacity` [A.h.m-2] over
        `published`, their names.
    """
    cells = {name: Cell(name).entries for name in SHIPPED}
    places = {
        "published_thickness": ("separator.thickness", "m"),
        "published_areal_capacity": (CAPACITY, "A.h.m-2"),
    }
    return xr.Dataset(
        {
            variable: ("published", [of[entry] for of in cells.values()], {"units": u})
            for variable, (entry, u) in places.items()
        },
        {"published": [*cells]},
    )
