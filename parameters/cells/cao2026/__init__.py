"""Two cells with LCO in Li6PS5Cl and a film as separator, after Cao et al. 2026."""

from __future__ import annotations

from functools import partial
from typing import Any

from aslb.parameters.cells.paper_file import cell_of_paper

CELLS = {
    name: partial(cell_of_paper, __name__, name)
    for name in ("Cao2026_thin_film", "Cao2026_ptfe_film")
}
"""What composes each cell, by name."""


def thin_film() -> dict[str, Any]:
    """After Cao et al. 2026: LCO + Li6PS5Cl, 18 µm film of 1.56 mS/cm, up to 4.5 V."""
    return CELLS["Cao2026_thin_film"]().parameter_set()


def ptfe_film() -> dict[str, Any]:
    """After Cao et al. 2026: LCO + Li6PS5Cl, film with 5 % PTFE of 0.42 mS/cm."""
    return CELLS["Cao2026_ptfe_film"]().parameter_set()
