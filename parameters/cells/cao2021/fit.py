"""What was fitted to the reference cells, and what was measured on them."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from aslb.parameters.cells.cao2021.printed import paper_numbers, printed, rate
from aslb.parameters.composition.fit import Fit, fitted_quantity
from aslb.parameters.composition.measured import Measured
from aslb.parameters.quantity import Quantity

CAPACITY_UNCERTAINTY = 3.0  # mAh/g, reading a figure and cell to cell
EFFICIENCY_UNCERTAINTY = 0.003
FITTED = "Cao2021_thin_halide"

OWN = {
    "cell-1": (
        "Separator electrolyte conductivity [S.m-1]",
        "Negative electrode interface resistance [Ohm.m2]",
        "Positive electrode interphase resistance [Ohm.m2]",
        "Catholyte conductivity [S.m-1]",
        "Separator-catholyte junction resistance [Ohm.m2]",
        "Positive electrode active fraction",
    ),
    "cell-2": (
        "Separator electrolyte conductivity [S.m-1]",
        "Negative electrode interface resistance [Ohm.m2]",
    ),
    "cell-3": (),
}
"""What cell-3's calibration says nothing of, by cell of the paper."""


@cache
def calibration() -> dict[str, Any]:
    """Values found by ``aslb calibrate``, and what the data say of them together."""
    file = files("aslb.parameters.cells.cao2021") / "calibration.json"
    return json.loads(file.read_text())


def calibrated(name: str, quantity: Quantity, cell: str = "cell-3") -> Quantity:
    """A quantity with the value that was fitted to the data of a cell of the paper."""
    found = calibration()[cell]
    return fitted_quantity(quantity, found["values"][name], found["fitted_to"])


def measured(cell: str) -> Measured:
    """What the paper prints of "cell-1", "cell-2" or "cell-3".

    The six blocks of its rate test, the recovery last, and its first cycle; the
    capacities of cell-1 and cell-2 are not printed, and NaN. The paper's capacity of
    cell-3 rises from 172 to 178 mAh/g over the first cycles at C/20, which a model
    without activation cannot follow: its first discharge has that difference as its
    uncertainty.
    """
    first = printed("first_cycle_at_C20", "discharge_capacity_mAh_g", cell)
    spread, source = CAPACITY_UNCERTAINTY, f"Cao2021 {cell}: first cycle (fig 6D, 6E)"
    test = paper_numbers()["protocol"]["rate_test"]
    means = [math.nan] * len(test)
    if cell == "cell-3":
        source = "Cao2021 cell-3: rate test (fig 6F) and first cycle (fig 6D, 6E)"
        means = [*paper_numbers()["rate_capability_mAh_g"][cell].values()]
        spread = means[0] - first
    blocks = [
        (rate(text), count, float(mean))
        for (text, count), mean in zip(test, means, strict=True)
    ]
    c_rates, cycles, capacities = zip(*blocks, strict=True)
    efficiency = printed("first_cycle_at_C20", "coulombic_efficiency_percent", cell)
    return Measured(
        c_rates,
        cycles,
        capacities,
        (CAPACITY_UNCERTAINTY,) * len(blocks),
        first_discharge=(first, spread),
        first_efficiency=(efficiency / 100, EFFICIENCY_UNCERTAINTY),
        source=source,
    )


def fit(cell: str) -> Fit:
    """Cell-3's fit, as a cell of the paper carries it.

    To the five blocks of cell-3's rate test and its first cycle; the recovery is kept
    for validation.
    """
    from aslb.parameters.composition.cell import Cell

    found = calibration()["cell-3"]
    posterior = found["posterior"]
    data = measured("cell-3")
    return Fit(
        found["fitted_to"],
        found["values"],
        tuple(posterior["names"]),
        np.array(posterior["position"]),
        np.array(posterior["covariance"]),
        replace(
            data,
            c_rates=data.c_rates[:-1],
            cycles=data.cycles[:-1],
            capacities=data.capacities[:-1],
            uncertainties=data.uncertainties[:-1],
        ),
        Cell(FITTED),
        posterior["model_error"],
        tuple(posterior["missed"]),
        OWN[cell],
    )
