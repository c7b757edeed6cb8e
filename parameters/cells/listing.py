"""What can be simulated, and where every number comes from."""

from __future__ import annotations

import json

import pandas as pd
import pybamm

from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.cell import Cell


def list_text() -> str:
    """One line for each cell that ships with the package."""
    width = max(map(len, SHIPPED))
    return "\n".join(
        f"{name:{width}}  {pybamm.parameter_sets.get_docstring(name).splitlines()[0]}"
        for name in SHIPPED
    )


def cell_text(cell: str, form: str) -> str:
    """Provenance of a cell, by name or path, as a "table", "csv" or "json"."""
    table = Cell(cell).provenance()
    if form == "csv":
        return table.to_csv(index=False).rstrip("\n")
    if form == "json":
        return json.dumps(table.to_dict("records"), indent=2, ensure_ascii=False)
    return _table(table)


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
