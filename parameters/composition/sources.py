"""What a cell can be made of: names, files, sections, parameter values."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pybamm

from aslb.errors import InputError
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.document import cell_of, read
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured
from aslb.parameters.composition.si import composition_in_si
from aslb.parameters.given import is_number
from aslb.parameters.nearest import nearest
from aslb.parameters.quantity import Quantities
from aslb.parameters.units import split_unit

if TYPE_CHECKING:
    from aslb.parameters.composition.cell import Cell

ALIKE = 0.9  # of 1: a name so like another is that one misspelt
NEEDED = "Separator electrolyte conductivity [S.m-1]"


@dataclass(frozen=True, eq=False)
class State:
    """All that a cell knows."""

    name: str
    source: str
    # its sections, or parameter values of one's own
    composition: Composition | None = None
    own: Any = None
    # what replaces quantities that were composed, by PyBaMM name
    replaced: Quantities = field(default_factory=dict)
    # what a file holds of what it was made of, and what was done to it since
    base: str | dict[str, Any] | None = None
    layers: tuple[tuple[str, Any], ...] = ()
    # late, since a fit knows the cell that was fitted, which may be this one
    fit: Callable[[], Fit | None] = lambda: None
    # PyBaMM names of what the fit says nothing of
    changed: frozenset[str] = frozenset()
    measured: Measured | None = None
    # the same cell in every reading of its data, if there are several, and how likely
    # each is
    readings: Callable[[], list[tuple[Cell, float]]] = list

    def after(
        self, done: Callable[[Cell], Cell]
    ) -> Callable[[], list[tuple[Cell, float]]]:
        """Readings of a cell to which something was done: the same done to each."""
        return lambda: [(done(cell), weight) for cell, weight in self.readings()]

    def still_measured(self, names: Iterable[str]) -> Measured | None:
        """What was measured, if nothing changes but what was fitted.

        That is another guess at the same cell; anything else is another cell.
        """
        fit = self.fit()
        same = fit is not None and fit.values.keys() >= {*names}
        return self.measured if same else None


def state_of(cell: Any, name: str | None) -> State:
    """What a new cell knows; an `InputError` if nothing makes one of this."""
    if isinstance(cell, Composition):
        known_as = name or cell.name
        return State(known_as, known_as, composition=composition_in_si(cell))
    if isinstance(cell, pybamm.ParameterValues):
        return _of_values(cell, name or "custom")
    if not isinstance(cell, str | Path):
        raise InputError(f"{cell!r} is no cell; accepted: {accepted()}")
    if str(cell).endswith(".toml"):
        path = Path(cell)
        try:
            return cell_of(read(path), name or path.stem, str(cell)).state
        except InputError as error:
            raise error.within(f"cell file {cell}") from None
    return _named(str(cell), name or str(cell))


def accepted() -> str:
    """What may stand for a cell, for messages."""
    from aslb.parameters.cells.shipped import SHIPPED

    return f"{', '.join(SHIPPED)}, or a TOML file"


def _named(text: str, name: str) -> State:
    from aslb.parameters.cells.shipped import SHIPPED
    from aslb.parameters.composition.cell import Cell

    known, *words = text.split(":")
    if known in SHIPPED:
        shipped = SHIPPED[known](words)
        return State(
            name,
            text,
            shipped.composition(),
            replaced=shipped.replaced(),
            base=text,
            fit=shipped.fit,
            measured=shipped.measured(),
            readings=lambda: [(Cell(n), w) for n, w in shipped.readings().items()],
        )
    if text in pybamm.parameter_sets:
        return _of_values(pybamm.ParameterValues(text), name, text)
    raise InputError(f"unknown cell '{text}'; accepted: {accepted()}")


def _of_values(
    own: pybamm.ParameterValues, name: str, known_as: str | None = None
) -> State:
    if NEEDED not in own:
        raise InputError(
            f"'{name}' is no solid-state cell: it has no '{NEEDED}'; accepted: "
            f"{accepted()}"
        )
    if known_as is None:
        _check_names(own)
        for parameter, value in own.items():
            if is_number(value) and not math.isfinite(value):
                raise InputError(f"'{parameter}': {value}; accepted: a finite number")
    return State(name, known_as or name, own=own.copy(), base=known_as)


def _check_names(own: pybamm.ParameterValues) -> None:
    """Refuse a name that no parameter set has, and that looks like one of a cell's.

    Anything else may be of a model of one's own.
    """
    for name in sorted(own.keys() - _known()):
        base = split_unit(name)[0]
        alike = [one for one in _cell_names() if base in (split_unit(one)[0], one)]
        hint = nearest(name, alike or _cell_names(), ALIKE)
        if hint:
            raise InputError(f"unknown parameter '{name}'; {hint.removesuffix('; ')}")


@cache
def _cell_names() -> frozenset[str]:
    """PyBaMM names of all that cells of the package are made of, in any reading."""
    from aslb.parameters.cells.shipped import SHIPPED

    found: set[str] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of readings that are not calibrated
        for made in SHIPPED.values():
            readings = [name.split(":")[1:] for name in made([]).readings()]
            for words in ([], *readings):
                found |= made(words).composition().quantities().keys()
    return frozenset(found)


@cache
def _known() -> frozenset[str]:
    """Names of all parameter sets that there are."""
    sets = [pybamm.parameter_sets[name] for name in pybamm.parameter_sets]
    return _cell_names().union(*sets)
