"""Tables of a cell file for replaced quantities, a fit and what was measured."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from aslb.errors import InputError
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured
from aslb.parameters.quantity import Quantities, Quantity

STRICT = ConfigDict(extra="forbid")


@dataclass(config=STRICT)
class _Parameter:
    value: float
    class_: str
    source: str
    lower: float = float("nan")
    upper: float = float("nan")
    fitted_to: str = ""


@dataclass(config=STRICT)
class _Fit:
    fitted_to: str
    values: dict[str, float]
    names: tuple[str, ...]
    position: list[float]
    covariance: list[list[float]]
    data: Measured
    own: tuple[str, ...] = ()
    cell: str | dict[str, Any] | None = None


def table(name: str, said: Any) -> dict[str, Any]:
    """A table of a file.

    Raises
    ------
    InputError
        If it is none.
    """
    if not isinstance(said, dict):
        raise InputError(f"{name}: {said!r}; accepted: a table")
    return said


def parameters(table: Any, known: Quantities) -> dict[str, Quantity]:
    """Quantities that replace those of a cell, by PyBaMM name.

    Parameters
    ----------
    table : mapping
        By PyBaMM name: `value`, `class`, `source`, and if there are `lower`, `upper`
        and `fitted_to`.
    known : mapping of str to Quantity
        What the cell has.

    Raises
    ------
    InputError
        If the cell has no such quantity, or what is said is none.
    """
    replaced = {}
    for name, said in _valid("parameters", dict[str, dict[str, Any]], table).items():
        where = f"parameters: '{name}'"
        if name not in known:
            raise InputError(f"{where}: unknown; accepted: names that aslb cells lists")
        item = _valid(
            where,
            _Parameter,
            {("class_" if key == "class" else key): x for key, x in said.items()},
        )
        try:
            replaced[name] = Quantity(
                item.value,
                known[name].unit,
                item.class_,
                item.source,
                item.lower,
                item.upper,
                item.fitted_to,
            )
        except ValueError as error:
            raise InputError(f"{where}: {error}") from None
    return replaced


def parameters_table(quantities: Quantities) -> dict[str, Any]:
    """What `parameters` reads.

    Raises
    ------
    InputError
        If one is a function or computed, which no file holds.
    """
    for name, item in quantities.items():
        if item.kind == "derived" or not isinstance(item.value, int | float):
            raise InputError(
                f"'{name}' is computed; accepted in a file: numbers of another class"
            )
    return {
        name: {
            "value": item.value,
            "lower": item.lower,
            "upper": item.upper,
            "class": item.kind,
            "source": item.source,
            **({"fitted_to": item.fitted_to} if item.fitted_to else {}),
        }
        for name, item in quantities.items()
    }


def fit(table: Any, base: Any, cell: Any) -> Fit:
    """The fit that a file holds.

    Parameters
    ----------
    table : mapping
        Fields of `Fit`; without `cell` the cell below was fitted.
    base : Cell
        The cell below.
    cell : callable
        A cell from a name or from the tables of a file.

    Raises
    ------
    InputError
        If something is missing or does not fit together.
    """
    said = _valid("fit", _Fit, table)
    number = len(said.names)
    covariance = np.array(said.covariance)
    if len(said.position) != number or covariance.shape != (number, number):
        raise InputError(
            f"fit: position and covariance are not of {number} names; accepted: one "
            "position a name, one row and column of covariance a name"
        )
    return Fit(
        said.fitted_to,
        said.values,
        said.names,
        np.array(said.position),
        covariance,
        said.data,
        base if said.cell is None else cell(said.cell),
        said.own,
    )


def fit_table(fit: Fit, base: Any) -> dict[str, Any]:
    """What `fit` reads; `base` is the document of the cell below."""
    fitted = fit.cell.document()
    return {
        "fitted_to": fit.fitted_to,
        "names": list(fit.names),
        "position": fit.position.tolist(),
        "covariance": fit.covariance.tolist(),
        "own": list(fit.own),
        "values": dict(fit.values),
        "data": _without_none(TypeAdapter(Measured).dump_python(fit.data)),
        **({} if fitted == base else {"cell": fitted}),
    }


def measured(table: Any) -> Measured:
    """What a file says was measured.

    Raises
    ------
    InputError
        If a field is missing, unknown, or of another length.
    """
    said = _valid("measured", Measured, table)
    blocks = [said.c_rates, said.cycles, said.capacities, said.uncertainties]
    if len({len(block) for block in blocks}) != 1:
        raise InputError(
            "measured: c_rates, cycles, capacities and uncertainties differ in length; "
            "accepted: one of each a block"
        )
    return said


def _valid(where: str, kind: Any, table: Any) -> Any:
    try:
        return TypeAdapter(kind).validate_python(table)
    except ValidationError as error:
        problem = error.errors()[0]
        at = ".".join([where, *(str(part) for part in problem["loc"])])
        raise InputError(f"{at.replace('class_', 'class')}: {problem['msg']}") from None


def _without_none(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value is not None}
