"""Cells of papers whose capacities are to be predicted, and how each is tested.

What was measured of them is not in this package.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.entries import CAPACITY, read
from aslb.parameters.quantity import Quantity
from aslb.parameters.tables import quantity_of, read_yaml
from aslb.parameters.units import conversion


@dataclass(frozen=True)
class Asked:
    """The test of a cell.

    Parameters
    ----------
    c_rates : tuple of float
        Rates of charge and discharge, of the cell's own 1C [h-1].
    source : str
        Where the rates are from.
    hold : Quantity
        Time at the upper cut-off [h].
    """

    c_rates: tuple[float, ...]
    source: str
    hold: Quantity


def _asked(name: str, said: dict[str, Any]) -> Asked:
    rates = said.get("c_rates")
    if rates is None:
        capacity = read(SHIPPED[name]([]).composition(), CAPACITY).number
        to_si, _ = conversion("mA.cm-2", "A.m-2")
        rates = [current * to_si / capacity for current in said["mA_cm2"]]
    return Asked(
        tuple(float(rate) for rate in rates),
        said["source"],
        quantity_of(said["hold [h]"], "h"),
    )


PUBLISHED: dict[str, Asked] = {
    name: _asked(name, said)
    for name, said in read_yaml("aslb.parameters.cells", "asked.yaml").items()
}
"""The test of each cell by the cell's name."""
