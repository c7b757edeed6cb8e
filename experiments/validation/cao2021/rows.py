"""Rows of the comparison that only this paper has."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import Any

import numpy as np
import xarray as xr

from aslb.experiments.validation.cao2021.energies import (
    C_RATE,
    CELL,
    energy_against_paper,
)
from aslb.experiments.validation.cao2021.readings import SHEET_CELL
from aslb.parameters.cells.cao2021.printed import printed
from aslb.parameters.composition.cell import Cell

NAMES = {
    "cell-1": "Cao2021_thick_sulfide",
    "cell-2": "Cao2021_thick_halide",
    "cell-3": "Cao2021_thin_halide",
}
PAIRS = (("cell-2", "cell-1"), ("cell-3", "cell-2"))
MIDWAY = 60.0  # mAh per gram of active LCO: midway through the first charge


def rows(
    runs: Mapping[str, xr.Dataset], model: str, executor: Executor | None = None
) -> list[dict[str, Any]]:
    """Shifts of the charge voltage between the cells that are there, and energies.

    `runs` are rate tests with curves, by what the cells were made of.
    """
    found = []
    for low, high in PAIRS:
        below, above = NAMES[low], NAMES[high]
        if below in runs and above in runs:
            shift = _voltage(above, runs) - _voltage(below, runs)
            pair = f"{low} below {high}"
            found.append(
                {
                    "quantity": f"charge voltage below {high}",
                    "cell": below,
                    "c_rate": float(runs[below].c_rate[0]),
                    "unit": "mV",
                    "paper": printed(
                        "first_cycle_at_C20", "charge_potential_shift_mV", pair
                    ),
                    "model": 1e3 * shift,
                    "role": "input",
                }
            )
    if CELL in runs:
        table = energy_against_paper(model=model, executor=executor)
        own = table[table["energy_from"] == "model"]
        found += [
            {
                "quantity": f"{item['figure']} {item['quantity']}, {item['reading']}",
                "cell": CELL,
                "c_rate": C_RATE,
                **{name: item[name] for name in ("unit", "paper", "model")},
                "role": "calibrated" if item["reading"] == SHEET_CELL else "known",
            }
            for item in own.to_dict("records")
        ]
    return found


def _voltage(name: str, runs: Mapping[str, xr.Dataset]) -> float:
    """Voltage of the first charge at equal charge per active LCO.

    There the cathodes are at equal potential.
    """
    active = Cell(name).numbers["Positive electrode active fraction"]
    first = runs[name].isel(cycle=0)
    passed = first.depth.values * float(first.charge_capacity) / active
    return float(np.interp(MIDWAY, passed, first.charge_voltage.values))
