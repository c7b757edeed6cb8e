"""What can be simulated, and where every number comes from."""

from __future__ import annotations

import json

import pandas as pd
import pybamm

from aslb.errors import InputError
from aslb.parameters.cells.shipped import CELLS, provenance
from aslb.parameters.composition.cell_file import CellFileError


def list_text() -> str:
    """One line for each cell that ships with the package."""
    width = max(map(len, CELLS))
    return "\n".join(
        f"{name:{width}}  {pybamm.parameter_sets.get_docstring(name).splitlines()[0]}"
        for name in CELLS
    )


def cell_text(cell: str, form: str) -> str:
    """Every parameter of a cell.

    Parameters
    ----------
    cell : str
        Name of a cell, or path of a TOML file.
    form : str
        "table", "csv" or "json".

    Returns
    -------
    str
        Name, value, unit, class, source and range of each parameter.

    Raises
    ------
    InputError
        If there is no such cell.
    """
    try:
        table = provenance(cell)
    except CellFileError as error:
        raise InputError(str(error)) from None
    except KeyError:
        raise InputError(
            f"unknown cell '{cell}'; accepted: {', '.join(CELLS)}, or a TOML file"
        ) from None
    if form == "csv":
        return table.to_csv(index=False).rstrip("\n")
    if form == "json":
        return json.dumps(_records(table), indent=2, ensure_ascii=False)
    return _table(table)


def _records(table: pd.DataFrame) -> list[dict]:
    columns = ["name", "value", "unit", "class", "source", "lower", "upper"]
    return table[[*columns, "fitted_to"]].to_dict("records")


def _table(table: pd.DataFrame) -> str:
    lines = []
    for row in table.to_dict("records"):
        value = row["value"] if isinstance(row["value"], str) else f"{row['value']:.6g}"
        bounds = f"[{row['lower']:.4g}, {row['upper']:.4g}]"
        fitted = f" (fitted to {row['fitted_to']})" if row["fitted_to"] else ""
        lines.append(
            f"{row['name']}\n"
            f"    {value}   {row['class']}, {bounds}\n"
            f"    {row['source']}{fitted}"
        )
    return "\n".join(lines)
