"""Differences of the charge voltage between the paper's cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from aslb.experiments.validation.row import row
from aslb.parameters.cells.cao2021.printed import printed
from aslb.parameters.composition.cell import Cell

NAMES = {
    "cell-1": "Cao2021_thick_sulfide",
    "cell-2": "Cao2021_thick_halide",
    "cell-3": "Cao2021_thin_halide",
}
PAIRS = (("cell-2", "cell-1"), ("cell-3", "cell-2"))
MIDWAY = 60.0  # mAh per gram of active LCO: midway through the first charge


def shifts(runs: Mapping[str, xr.Dataset]) -> list[dict[str, Any]]:
    """Charge-voltage differences between cells, midway through the first charge.

    Parameters
    ----------
    runs : mapping of str to xarray.Dataset
        Rate tests with curves, by what the cells were made of.

    Returns
    -------
    list of dict
        A row for each pair of cells that is there.
    """
    rows = []
    for low, high in PAIRS:
        pair = [NAMES[low], NAMES[high]]
        if not all(name in runs for name in pair):
            continue
        below, above = (_voltage(Cell(name), runs[name]) for name in pair)
        paper = printed(
            "first_cycle_at_C20", "charge_potential_shift_mV", f"{low} below {high}"
        )
        rows.append(
            row(
                f"charge voltage below {high}",
                pair[0],
                float(runs[pair[0]].c_rate[0]),
                "mV",
                paper,
                1e3 * (above - below),
                "input",
            )
        )
    return rows


def _voltage(cell: Cell, run: xr.Dataset) -> float:
    # at equal charge per active LCO the cathodes are at equal potential
    active = cell.numbers["Positive electrode active fraction"]
    first = run.isel(cycle=0)
    passed = first.depth.values * float(first.charge_capacity) / active
    return float(np.interp(MIDWAY, passed, first.charge_voltage.values))
