"""What a study is given, made into what it works with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pybamm

from aslb.errors import InputError
from aslb.parameters.composition.cell import Cell


def cells_by_name(cells: Any) -> dict[str, Cell]:
    """One cell or several by what each was made of; variants of one are numbered."""
    one = isinstance(cells, str | Cell | pybamm.ParameterValues)
    several = isinstance(cells, Iterable) and not one
    found: dict[str, Cell] = {}
    for cell in map(Cell.of, cells if several else [cells]):
        name, number = cell.source, 1
        while name in found:
            if found[name].hash == cell.hash:
                raise InputError(f"cells: '{cell.source}' is given twice")
            number += 1
            name = f"{cell.source} ({number})"
        found[name] = cell
    if not found:
        raise InputError("cells: []; accepted: a list of names")
    return found


def experiment_of(protocol: Any, cell: Cell) -> pybamm.Experiment:
    """An experiment, or what a callable makes of the cut-offs of a cell."""
    made = protocol(**cell.cutoffs()) if callable(protocol) else protocol
    if not isinstance(made, pybamm.Experiment):
        raise InputError(
            f"protocol: {type(made).__name__}; accepted: a pybamm.Experiment, or what "
            "makes one of upper_cutoff and lower_cutoff, as cccv"
        )
    return made
