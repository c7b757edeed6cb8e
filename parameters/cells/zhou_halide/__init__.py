"""A cell with LCO in Li2In1/3Sc1/3Cl4, after Zhou et al."""

from __future__ import annotations

from functools import partial
from typing import Any

from aslb.parameters.cells.paper_file import cell_of_paper

NAME = "Zhou_LCO_Li2InScCl"
CELLS = {NAME: partial(cell_of_paper, __name__, NAME)}
"""What composes the cell, by name."""


def halide() -> dict[str, Any]:
    """After Zhou et al.: LCO + coarse Li2In1/3Sc1/3Cl4, sulfide pellet, In/InLi."""
    return CELLS[NAME]().parameter_set()
