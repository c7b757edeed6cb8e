"""Two thicknesses of a cathode with carbon, after Kato et al. 2018."""

from __future__ import annotations

from functools import partial
from typing import Any

from aslb.parameters.cells.paper_file import cell_of_paper

CELLS = {
    name: partial(cell_of_paper, __name__, name)
    for name in ("Kato2018_thin", "Kato2018_thick")
}
"""What composes each cell, by name."""


def thin() -> dict[str, Any]:
    """After Kato et al. 2018: LCO + sulfide + carbon, 14.5 mg of LCO per cm²."""
    return CELLS["Kato2018_thin"]().parameter_set()


def thick() -> dict[str, Any]:
    """After Kato et al. 2018: LCO + sulfide + carbon, 115.4 mg of LCO per cm²."""
    return CELLS["Kato2018_thick"]().parameter_set()
