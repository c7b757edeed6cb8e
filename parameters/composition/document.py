"""A whole cell file: sections or another cell as base, and layers on top of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomli_w

from aslb.errors import InputError
from aslb.parameters.composition import file_tables as tables
from aslb.parameters.composition.cell_file import compose
from aslb.parameters.composition.sections import SECTIONS

LAYERS = ("vary", "parameters", "fit", "measured")
"""Tables of a file that change its base, in the order in which they do."""


def read(path: Path) -> dict[str, Any]:
    """The tables of a cell file.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    dict
        As TOML has them.

    Raises
    ------
    InputError
        If it cannot be read or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(error.strerror or str(error)) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"not TOML: {str(error).splitlines()[0]}") from None


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write the tables of a cell file, so that `read` gives them back.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    try:
        path.write_text(tomli_w.dumps(content), encoding="utf-8")
    except OSError as error:
        raise InputError(f"cell file {path}: {error.strerror}") from None


def check(content: Mapping[str, Any]) -> None:
    """Refuse what no cell file has.

    Raises
    ------
    InputError
        Naming the table.
    """
    based = "base" in content
    accepted = (*(["base"] if based else [*SECTIONS, "base"]), *LAYERS)
    for key in content:
        if key not in accepted:
            raise InputError(f"{key}: unknown; accepted: {', '.join(accepted)}")


def built(content: Mapping[str, Any], name: str, source: str, kind: Any) -> Any:
    """What a cell knows that the tables of a file describe.

    Parameters
    ----------
    content : mapping
        Sections, or `base`; and layers.
    name, source : str
        Name of the cell, and of the file.
    kind : type
        `Cell`, which uses this.

    Returns
    -------
    State
        All of it.

    Raises
    ------
    InputError
        If they describe none.
    """
    check(content)

    def made(base: Any) -> Any:
        if isinstance(base, str) and not base.endswith(".toml"):
            return kind(base)
        if not isinstance(base, dict):
            raise InputError(f"base: {base!r}; accepted: a cell's name, or a table")
        return kind.from_state(built(base, name, source, kind))

    cell = made(content["base"]) if "base" in content else kind(compose(content, name))
    if "vary" in content:
        cell = cell.vary(tables.table("vary", content["vary"]))
    if "parameters" in content:
        replaced = tables.parameters(content["parameters"], cell.quantities)
        cell = cell.with_values(replaced)
    if "fit" in content:
        cell = cell.with_fit(tables.fit(content["fit"], cell, made))
    _ = cell.quantities  # solids may not have room
    said = tables.measured(content["measured"]) if "measured" in content else None
    return replace(
        cell.state,
        name=name,
        source=source,
        base=dict(content),
        layers=(),
        measured=said or cell.measured,
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

    Returns
    -------
    str or dict
        The base itself if nothing was done to it.
    """
    held: Any = base
    last = len(LAYERS)
    for kind, content in layers:
        below = held
        # a file's layers act in their order: what comes again is a file on top
        if LAYERS.index(kind) <= last:
            held = {"base": held}
        last = LAYERS.index(kind)
        if kind == "parameters":
            content = tables.parameters_table(content)
        elif kind == "fit":
            content = tables.fit_table(content, below)
        held = {**held, kind: content}
    return held
