"""A whole cell file: sections or another cell as base, and layers on top of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import tomli_w
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from aslb.errors import InputError
from aslb.parameters.composition.cell_file import compose
from aslb.parameters.composition.fit import MODEL_ERROR, Fit
from aslb.parameters.composition.measured import Measured
from aslb.parameters.composition.sections import SECTIONS
from aslb.parameters.nearest import nearest
from aslb.parameters.quantity import Quantities, Quantity

if TYPE_CHECKING:
    from aslb.parameters.composition.cell import Cell

LAYERS = ("vary", "parameters", "fit", "measured")
"""Tables of a file that change its base, in the order in which they do."""

STRICT = ConfigDict(extra="forbid")


@dataclass(config=STRICT)
class ParameterTable:
    """A quantity of the table `parameters`."""

    value: float
    class_: str
    source: str
    lower: float = float("nan")
    upper: float = float("nan")
    fitted_to: str = ""


@dataclass(config=STRICT)
class FitTable:
    """The table `fit`."""

    fitted_to: str
    values: dict[str, float]
    draws: dict[str, list[float]]
    data: Measured
    evidence: float = 0.0
    own: tuple[str, ...] = ()
    blind: tuple[float, ...] = ()
    role: str = ""  # files from before `blind` have it; nothing reads it


def read(path: Path) -> dict[str, Any]:
    """The tables of a cell file; an `InputError` if it cannot be read or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(error.strerror or str(error)) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"not TOML: {str(error).splitlines()[0]}") from None


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write the tables of a cell file, so that `read` gives them back."""
    try:
        path.write_text(tomli_w.dumps(content), encoding="utf-8")
    except OSError as error:
        raise InputError(f"cell file {path}: {error.strerror}") from None


def cell_of(content: Mapping[str, Any], name: str, source: str) -> Cell:
    """The cell that the tables of a file describe.

    Parameters
    ----------
    content : mapping
        Sections, or `base`; and layers.
    name, source : str
        Name of the cell, and of the file.

    Raises
    ------
    InputError
        If they describe none.
    """
    from aslb.parameters.composition.cell import Cell

    based = "base" in content
    accepted = (*(["base"] if based else [*SECTIONS, "base"]), *LAYERS)
    unknown = [key for key in content if key not in accepted]
    if unknown:
        raise InputError(
            "\n".join(
                f"{key}: unknown; accepted: {', '.join(accepted)}" for key in unknown
            )
        )

    def base(said: Any) -> Cell:
        if isinstance(said, str) and not said.endswith(".toml"):
            return Cell(said)
        if not isinstance(said, dict):
            raise InputError(f"base: {said!r}; accepted: a cell's name, or a table")
        return cell_of(said, name, source)

    cell = base(content["base"]) if based else Cell(compose(content, name))
    if "vary" in content:
        if not isinstance(content["vary"], dict):
            raise InputError(f"vary: {content['vary']!r}; accepted: a table")
        cell = cell.vary(content["vary"])
    if "parameters" in content:
        cell = cell.with_values(replacing(content["parameters"], cell.quantities))
    if "fit" in content:
        cell = cell.with_fit(_fit(content["fit"]))
    measured = cell.measured
    if "measured" in content:
        measured = _measured(content["measured"])
    _ = cell.quantities  # solids may not have room
    return Cell(
        replace(
            cell.state,
            name=name,
            source=source,
            base=dict(content),
            layers=(),
            measured=measured,
        )
    )


def nested(base: str | dict[str, Any], layers: Iterable[tuple[str, Any]]) -> Any:
    """Tables of a file with layers on top of a base.

    Parameters
    ----------
    base : str or dict
        Name of a cell, or tables.
    layers : iterable of (str, Any)
        What was done to it: a key of `LAYERS`, and the entries that were varied, the
        quantities that were replaced, or the fit.

    Raises
    ------
    InputError
        If no file can hold it.
    """
    tables: Any = base
    for kind, content in layers:
        if kind == "parameters":
            content = _parameters_table(content)
        elif kind == "fit":
            content = _fit_table(content)
        # a file's layers act in their order: what comes again is a file on top
        later = LAYERS[LAYERS.index(kind) :]
        if isinstance(tables, str) or any(layer in tables for layer in later):
            tables = {"base": tables}
        tables = {**tables, kind: content}
    return tables


def replacing(table: Any, known: Quantities) -> dict[str, Quantity]:
    """Quantities that replace those that a cell has, by PyBaMM name.

    Parameters
    ----------
    table : dict
        Of `value`, `class`, `source` and so on, by PyBaMM name, as `[parameters]`.
    known : mapping of str to Quantity
        What the cell has, whose units hold.

    Raises
    ------
    InputError
        If the cell has none of that name, or the table says what no quantity is.
    """
    replaced = {}
    for name, said in _valid("parameters", dict[str, dict[str, Any]], table).items():
        where = f"parameters: '{name}'"
        if name not in known:
            raise InputError(
                f"{where}: unknown; {nearest(name, known)}accepted: names that aslb "
                "cells lists"
            )
        said = {("class_" if key == "class" else key): x for key, x in said.items()}
        item = _valid(where, ParameterTable, said)
        bounds = (item.lower, item.upper)
        try:
            replaced[name] = Quantity(
                item.value,
                known[name].unit,
                item.class_,
                item.source,
                *bounds,
                item.fitted_to,
            )
        except ValueError as error:
            raise InputError(f"{where}: {error}") from None
    return replaced


def _parameters_table(quantities: Quantities) -> dict[str, Any]:
    """What `replacing` reads: numbers that are not computed."""
    tables = {}
    for name, item in quantities.items():
        if item.kind == "derived" or not isinstance(item.value, int | float):
            raise InputError(
                f"'{name}' is computed; accepted in a file: numbers of another class"
            )
        tables[name] = {
            "value": item.value,
            "lower": item.lower,
            "upper": item.upper,
            "class": item.kind,
            "source": item.source,
        }
        if item.fitted_to:
            tables[name]["fitted_to"] = item.fitted_to
    return tables


def _fit(table: Any) -> Fit:
    """The fit that a file holds."""
    said = _valid("fit", FitTable, table)
    if MODEL_ERROR not in said.draws or len({*map(len, said.draws.values())}) != 1:
        raise InputError(
            "fit: draws differ in length or have no model error; accepted: as many "
            f"numbers for each name and for '{MODEL_ERROR}'"
        )
    return Fit(
        said.fitted_to,
        said.values,
        pd.DataFrame(said.draws),
        said.data,
        said.evidence,
        said.own,
        said.blind,
    )


def _fit_table(fit: Fit) -> dict[str, Any]:
    """What `_fit` reads."""
    data = TypeAdapter(Measured).dump_python(fit.data)
    return {
        "fitted_to": fit.fitted_to,
        "evidence": fit.evidence,
        "own": list(fit.own),
        "blind": list(fit.blind),
        "values": dict(fit.values),
        "data": {key: value for key, value in data.items() if value is not None},
        # four digits: no posterior is known better
        "draws": {str(name): column.tolist() for name, column in fit.draws.items()},
    }


def _measured(table: Any) -> Measured:
    """What a file says was measured."""
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
        lines = [
            ".".join([where, *map(str, each["loc"])]).replace("class_", "class")
            + f": {each['msg']}"
            for each in error.errors()
        ]
        raise InputError("\n".join(lines)) from None
