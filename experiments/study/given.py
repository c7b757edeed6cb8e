"""What a study is given, made into what it works with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pybamm

from aslb.errors import InputError
from aslb.experiments.study.settings import Settings
from aslb.parameters.composition.cell import Cell


def cells_by_name(cells: Any) -> dict[str, Cell]:
    """The cells of a study under the names that its results have.

    Parameters
    ----------
    cells : Cell, str, pybamm.ParameterValues, or iterable of them
        One cell, or several.

    Returns
    -------
    dict of str to Cell
        By what each was made of; variants of one cell are numbered.

    Raises
    ------
    InputError
        If there is none, or one of them is unknown or given twice.
    """
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
    """What is done to a cell.

    Parameters
    ----------
    protocol : pybamm.Experiment or callable
        An experiment, or what makes one of the cut-offs of a cell.
    cell : Cell
        The cell.

    Returns
    -------
    pybamm.Experiment
        The experiment.

    Raises
    ------
    InputError
        If it is neither.
    """
    made = protocol(**cell.cutoffs()) if callable(protocol) else protocol
    if not isinstance(made, pybamm.Experiment):
        raise InputError(
            f"protocol: {type(made).__name__}; accepted: a pybamm.Experiment, or what "
            "makes one of upper_cutoff and lower_cutoff, as cccv"
        )
    return made


def check_keys(settings: Mapping[str, Any], outputs: Sequence[str]) -> None:
    """Refuse unknown keywords; those of the table ``outputs`` are ones of their own.

    Parameters
    ----------
    settings : mapping
        What was given.
    outputs : sequence of str
        Keys of ``outputs``.

    Raises
    ------
    InputError
        Naming the first that is unknown, and what is accepted.
    """
    accepted = [key for key in Settings.model_fields if key not in ("vary", "outputs")]
    for key in settings:
        if key not in Settings.model_fields:
            raise InputError(
                f"unknown key {key!r}; accepted: {', '.join([*accepted, *outputs])}"
            )
