"""What was fitted to the reference cells, and what was measured on them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from aslb.parameters.cells.cao2021.printed import paper_numbers, printed, rate
from aslb.parameters.cells.cao2021.readings import DEFAULT, Reading, calibration, draws
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured

CAPACITY_UNCERTAINTY = 3.0  # mAh/g, reading a figure and cell to cell
EFFICIENCY_UNCERTAINTY = 0.003
FITTED = "Cao2021_thin_halide"
READ_LATER = "read_after_the_first_blind_predictions"
CONTACT = "Negative electrode interface resistance [Ohm.m2]"  # of a foil at 100 MPa
LONG_CYCLING = 5.0  # mAh/g; cell-3 began it 5 mAh/g below its rate test

OWN = {
    "cell-1": (
        "Separator electrolyte conductivity [S.m-1]",
        "Positive electrode interphase resistance [Ohm.m2]",
        "Positive electrode reference exchange-current density [A.m-2]",
        "Catholyte conductivity [S.m-1]",
        "Catholyte oxidation capacity [A.h.m-2]",
        "Separator-catholyte junction resistance [Ohm.m2]",
        "Positive electrode active fraction",
    ),
    "cell-2": (
        "Separator electrolyte conductivity [S.m-1]",
        "Catholyte oxidation capacity [A.h.m-2]",
    ),
    "cell-3": (),
}
"""What the calibration that cells share says nothing of, by cell of the paper."""


def measured(cell: str) -> Measured:
    """What the paper says of "cell-1", "cell-2" or "cell-3".

    The six blocks of its rate test, the recovery last, and its first cycle; a capacity
    that is not known is NaN. The paper's capacity of cell-3 rises from 172 to 178 mAh/g
    over the first cycles at C/20, which a model without activation cannot follow: a
    first discharge has that difference as its uncertainty, and cell-2's the difference
    to cell-3's rate test. At C/5 cell-2 is known from the start of long cycling only.
    """
    first = printed("first_cycle_at_C20", "discharge_capacity_mAh_g", cell)
    test = paper_numbers()["protocol"]["rate_test"]
    of_cell_3 = [*paper_numbers()["rate_capability_mAh_g"]["cell-3"].values()]
    if cell == "cell-3":
        means = of_cell_3
    else:
        later = paper_numbers()[READ_LATER][cell]
        means = [later.get(text, math.nan) for text, _ in test[:-1]] + [math.nan]
    blocks = [
        (rate(text), count, float(mean))
        for (text, count), mean in zip(test, means, strict=True)
    ]
    c_rates, cycles, capacities = zip(*blocks, strict=True)
    efficiency = printed("first_cycle_at_C20", "coulombic_efficiency_percent", cell)
    spread = of_cell_3[0] - first if cell != "cell-1" else CAPACITY_UNCERTAINTY
    where = "rate test (fig 6F)" if cell == "cell-3" else "rates read later (fig 6)"
    return Measured(
        c_rates,
        cycles,
        capacities,
        tuple(_uncertainty(cell, c_rate) for c_rate in c_rates),
        first_discharge=(first, spread),
        first_efficiency=(efficiency / 100, EFFICIENCY_UNCERTAINTY),
        source=f"Cao2021 {cell}: {where} and first cycle (fig 6D, 6E)",
    )


def _uncertainty(cell: str, c_rate: float) -> float:
    from_long_cycling = cell == "cell-2" and c_rate == 1 / 5
    return LONG_CYCLING if from_long_cycling else CAPACITY_UNCERTAINTY


def _read_later(cell: str) -> tuple[float, ...]:
    """Rates of the capacities that were read after their blind prediction."""
    return tuple(map(rate, paper_numbers()[READ_LATER].get(cell, {})))


def data_of(cell: str) -> Measured:
    """What a cell is fitted to: `measured` but for the recovery."""
    data = measured(cell)
    return replace(
        data,
        c_rates=data.c_rates[:-1],
        cycles=data.cycles[:-1],
        capacities=data.capacities[:-1],
        uncertainties=data.uncertainties[:-1],
    )


def fit(cell: str, reading: Reading = DEFAULT) -> Fit | None:
    """The fit of a reading, as a cell of the paper carries it; None if there is none.

    Its shared values were fitted to cell-3 and cell-2 together, once the results of
    cell-2 were known, unless the reading says "cell-3 only". What cell-1 and cell-2
    have of their own was fitted to their own data after that.
    """
    found: dict[str, Any] = calibration(reading).get(reading.data, {})
    if "posterior" not in found:
        return None
    posterior = found["posterior"]
    alone = reading.data != DEFAULT.data
    return Fit(
        found["fitted_to"],
        {
            name: value
            for name, value in found["values"].items()
            if (name, cell) != (CONTACT, "cell-3")
        },
        draws(reading),
        data_of("cell-3" if alone else cell),
        posterior["evidence"],
        OWN[cell] if alone == (cell == "cell-3") else (*OWN[cell], CONTACT),
        blind=() if alone else _read_later(cell),
    )
