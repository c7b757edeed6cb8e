"""What a study is given: cells, what is done to them, and what varies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pybamm

from aslb.errors import InputError, Mistakes
from aslb.experiments.engine.steps import rates_of_cycles
from aslb.experiments.protocols import C_RATE, HOLD_H, formation
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.composition import CURRENT
from aslb.parameters.composition.masses import layers
from aslb.parameters.composition.names import ParameterName, check

CUTOFFS = {
    "Upper voltage cut-off [V]": "protocol.upper_cutoff_V",
    "Lower voltage cut-off [V]": "protocol.lower_cutoff_V",
}
OF_ANOTHER = {
    CURRENT: "the protocol sets the current; accepted: c_rate",
}
"""Parameters that change nothing in a study, and what is varied in their place."""

CHOSEN = {
    C_RATE: ParameterName(C_RATE, C_RATE, "h-1", 1.0),
    HOLD_H: ParameterName(HOLD_H, HOLD_H, "h", 1.0),
}
"""What a study may vary of its protocol."""

STARTS = ("formed", "as assembled")
UNWEIGHED = (
    "Positive electrode conductor volume fraction",
    "Positive electrode porosity",
)
"""Parameters that change what a cathode weighs, and not its density."""


def several(cells: Any) -> list[Any]:
    """What stands for cells, one or several, as a list."""
    one = isinstance(cells, str | Cell | pybamm.ParameterValues)
    return [*cells] if isinstance(cells, Iterable) and not one else [cells]


def cells_by_name(cells: Any) -> dict[str, Cell]:
    """One cell or several by what each was made of; variants of one are numbered."""
    found: dict[str, Cell] = {}
    for cell in map(Cell.of, several(cells)):
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


def names_for(cells: Iterable[Cell]) -> list[str]:
    """Names of cells in an answer: their own, or what each was made of.

    The latter where two files have one name in two folders.

    Raises
    ------
    InputError
        If there is no cell, or one is given twice.
    """
    found = cells_by_name([*cells])
    own = [cell.name for cell in found.values()]
    return own if len({*own}) == len(own) else [*found]


def experiment_of(protocol: Any, cell: Cell) -> pybamm.Experiment:
    """An experiment, or what a callable makes of the cut-offs of a cell."""
    made = protocol(**cell.cutoffs()) if callable(protocol) else protocol
    if not isinstance(made, pybamm.Experiment):
        raise InputError(
            f"protocol: {type(made).__name__}; accepted: a pybamm.Experiment, or what "
            "makes one of upper_cutoff and lower_cutoff, as cccv"
        )
    return made


def start_of(start: Any, cell: Cell) -> pybamm.Experiment | None:
    """What is done to a cell as assembled before a protocol; None for nothing."""
    if start == STARTS[1]:
        return None
    if isinstance(start, str) and start != STARTS[0]:
        raise InputError(f"start: {start!r}; accepted: {', '.join(STARTS)}")
    return experiment_of(formation if start == STARTS[0] else start, cell)


def varied_names(written: Sequence[str], cells: Iterable[Cell]) -> list[ParameterName]:
    """Parameters of every cell that a study varies, under the names it writes."""
    found: list[ParameterName] = []
    mistakes = Mistakes()
    for name in written:
        with mistakes.kept():
            found.append(_name(name, cells))
    mistakes.tell()
    for i, one in enumerate(found):
        if one.pybamm_name in [other.pybamm_name for other in found[:i]]:
            raise InputError(f"vary: '{one.name}' varies twice, under two names")
    return found


def _name(name: str, cells: Iterable[Cell]) -> ParameterName:
    if name in CHOSEN:
        return CHOSEN[name]
    for cell in cells:
        resolved = cell.resolve(name)
        if resolved.pybamm_name in CUTOFFS:
            raise InputError(
                f"vary: '{name}': cut-offs are those of the protocol; accepted: "
                f"{CUTOFFS[resolved.pybamm_name]}"
            )
        if resolved.pybamm_name in OF_ANOTHER:
            raise InputError(f"vary: '{name}': {OF_ANOTHER[resolved.pybamm_name]}")
        if resolved.pybamm_name not in cell.numbers:
            raise InputError(
                f"vary: '{name}' is no plain number in {cell.source}; accepted: "
                "parameters that are"
            )
    return resolved


def check_ends(names: Iterable[ParameterName], points: np.ndarray) -> None:
    """Refuse what varies beyond what it may be, all mistakes at once.

    Parameters
    ----------
    names : iterable of ParameterName
        What varies.
    points : numpy.ndarray
        Values, a row a point.

    Raises
    ------
    InputError
        A line for each value that is too low or too high.
    """
    mistakes = Mistakes()
    for name, column in zip(names, points.T, strict=True):
        for value in (column.min(), column.max()):  # these stand for all
            with mistakes.kept():
                check(name, value)
    mistakes.tell()


def check_same_rates(experiments: Iterable[pybamm.Experiment]) -> None:
    """Refuse cells whose protocols have other rates, cycle by cycle.

    Raises
    ------
    InputError
        If there are any.
    """
    first, *others = map(rates_of_cycles, experiments)
    if any(other != first for other in others):
        raise InputError(
            "protocol: cycles that differ from cell to cell; accepted: the same "
            "rates for all"
        )


def check_weighable(cells: Iterable[Cell], names: Iterable[ParameterName]) -> None:
    """Refuse energies of what cannot be weighed, or changes without its weight."""
    for cell in cells:
        try:
            layers(cell.parameter_values())
        except InputError as error:
            raise InputError(
                f"outputs.quantities: energies of {cell.source}: {error}"
            ) from None
    for name in names:
        if name.pybamm_name in UNWEIGHED and not name.entry:
            raise InputError(
                f"outputs.quantities: energies, but '{name.name}' changes and the "
                "density of the cathode does not; accepted: to vary "
                "cathode.active_mass_fraction"
            )
