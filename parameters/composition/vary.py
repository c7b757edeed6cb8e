"""What changes in a cell when a study varies parameters and entries of its design."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence

import numpy as np
import pybamm

from aslb.errors import InputError
from aslb.parameters.composition.entries import ENTRIES
from aslb.parameters.composition.names import ParameterName


def all_changes(
    cell: dict[str, float], written: Mapping[ParameterName, float]
) -> dict[str, float]:
    """Parameters that change at a point, under the names and in the units of PyBaMM.

    Parameters
    ----------
    cell : dict of str to float
        From `plain_numbers`, of the cell as it is; it is not changed.
    written : mapping of ParameterName to float
        What varies, in the units of the names.

    Returns
    -------
    dict of str to float
        Parameters that vary themselves, and what follows from entries.
    """
    changes = {
        name.pybamm_name: name.si(value)
        for name, value in written.items()
        if not name.entry
    }
    entries = {name.entry: name.si(value) for name, value in written.items()}
    for entry in ENTRIES:
        if entry in entries:
            changes |= ENTRIES[entry].change(ChainMap(changes, cell), entries[entry])
    return changes


def plain_numbers(cell: pybamm.ParameterValues) -> dict[str, float]:
    """Parameters of a cell that are plain numbers, by PyBaMM name."""
    return {
        str(name): float(value)
        for name, value in cell.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def check_design(
    cell: str,
    values: pybamm.ParameterValues,
    names: Sequence[ParameterName],
    row: np.ndarray,
) -> None:
    """Refuse entries of a design that a cell has not all the numbers for.

    Parameters
    ----------
    cell : str
        Name of the cell, for the message.
    values : pybamm.ParameterValues
        The cell.
    names : sequence of ParameterName
        What varies.
    row : numpy.ndarray
        A point, in the units of the names.

    Raises
    ------
    InputError
        If a parameter that an entry needs is missing or no plain number.
    """
    numbers = plain_numbers(values)
    for name, value in zip(names, row, strict=True):
        try:
            all_changes(numbers, {name: float(value)})
        except KeyError as error:
            raise InputError(
                f"vary: '{name.name}' needs {error}, which is no plain number in "
                f"{cell}; accepted: another name, see aslb sweep --names"
            ) from None
