"""A cell with LCO in Li3YCl6 against lithium at 60 °C."""

from __future__ import annotations

from functools import partial
from typing import Any

from aslb.parameters.cells.paper_file import cell_of_paper

NAME = "LCO_Li3YCl6_60C"
CELLS = {NAME: partial(cell_of_paper, __name__, NAME)}
"""What composes the cell, by name."""


def warm() -> dict[str, Any]:
    """Mostly assumed values: LCO + Li3YCl6 on a Li6PS5Cl pellet against Li at 60 °C."""
    return CELLS[NAME]().parameter_set()
