"""An example of a cell of another laboratory, after Asano et al. 2018."""

from __future__ import annotations

from functools import partial
from typing import Any

from aslb.parameters.cells.paper_file import cell_of_paper

NAME = "Asano2018_chloride"
CELLS = {NAME: partial(cell_of_paper, __name__, NAME)}
"""What composes the cell, by name."""


def chloride() -> dict[str, Any]:
    """Example, mostly typical values: LCO + Li3YCl6 after Asano et al. 2018."""
    return CELLS[NAME]().parameter_set()
