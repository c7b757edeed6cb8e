"""What a cell can be made of: names, files, sections, parameter values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pybamm

from aslb.errors import InputError
from aslb.parameters.composition import document
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.design import Design
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured

NEEDED = "Separator electrolyte conductivity [S.m-1]"


@dataclass(frozen=True, eq=False)
class State:
    """All that a cell knows.

    Parameters
    ----------
    name, source : str
        Name for tables, and what it was made of.
    design : Design
        Its sections and quantities.
    base : str or dict, optional
        What a file holds of what it was made of: a name or tables.
    layers : tuple of (str, Any), optional
        What was done since, as `document.nested` takes it.
    fit : callable, optional
        Gives the fit, late: it knows the cell that was fitted, which may be this one.
    measured : Measured, optional
        What was measured on it.
    """

    name: str
    source: str
    design: Design
    base: str | dict[str, Any] | None = None
    layers: tuple[tuple[str, Any], ...] = ()
    fit: Callable[[], Fit | None] = lambda: None
    measured: Measured | None = None


def state_of(cell: Any, name: str | None, kind: Any) -> State:
    """What a new cell knows.

    Parameters
    ----------
    cell : str, pathlib.Path, Composition or pybamm.ParameterValues
        What it is made of.
    name : str or None
        Its name, if not the usual one.
    kind : type
        `Cell`, for files that are based on other cells.

    Returns
    -------
    State
        All of it.

    Raises
    ------
    InputError
        If there is no such cell, or it is no solid-state cell.
    """
    if isinstance(cell, Composition):
        return State(name or cell.name, name or cell.name, Design(cell))
    if isinstance(cell, pybamm.ParameterValues):
        own = name or "custom"
        return _checked(State(own, own, Design(None, own=cell.copy())))
    if not isinstance(cell, str | Path):
        raise InputError(f"{cell!r} is no cell; accepted: {accepted()}")
    text, path = str(cell), Path(cell)
    if not text.endswith(".toml"):
        return _checked(_named(text, name or text))
    try:
        return document.built(document.read(path), name or path.stem, text, kind)
    except InputError as error:
        raise InputError(f"cell file {cell}: {error}") from None


def accepted() -> str:
    """What may stand for a cell, for messages."""
    from aslb.parameters.cells.shipped import SHIPPED

    return f"{', '.join(SHIPPED)}, or a TOML file"


def _named(text: str, name: str) -> State:
    from aslb.parameters.cells.shipped import SHIPPED

    if text in SHIPPED:
        composition, fit, measured = SHIPPED[text]
        design = Design(composition())
        return State(name, text, design, text, fit=fit, measured=measured())
    if text in pybamm.parameter_sets:
        return State(name, text, Design(None, own=pybamm.ParameterValues(text)), text)
    raise InputError(f"unknown cell '{text}'; accepted: {accepted()}")


def _checked(state: State) -> State:
    if NEEDED not in state.design.values:
        raise InputError(
            f"'{state.name}' is no solid-state cell: it has no '{NEEDED}'; accepted: "
            f"{accepted()}"
        )
    return state
