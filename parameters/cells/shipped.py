"""The cells that ship with the package, with the source of every value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from aslb.parameters.cells import asano2018
from aslb.parameters.cells.cao2021 import cells as cao2021
from aslb.parameters.composition.cell_file import read_cell
from aslb.parameters.quantity import Quantities

CELLS: dict[str, Callable[[], Quantities]] = {
    "Cao2021_thick_sulfide": cao2021.thick_sulfide_quantities,
    "Cao2021_thick_halide": cao2021.thick_halide_quantities,
    "Cao2021_thin_halide": cao2021.thin_halide_quantities,
    "Asano2018_chloride": asano2018.chloride_quantities,
}
"""Cells by name, each as a function that composes its quantities."""


def quantities(cell: str | Path) -> Quantities:
    """Every quantity of a cell, with its provenance.

    Parameters
    ----------
    cell : str or pathlib.Path
        Name of a cell that ships with the package, or path of a TOML file.

    Returns
    -------
    mapping of str to Quantity
        Quantities by PyBaMM name.

    Raises
    ------
    KeyError
        If there is no such cell.
    aslb.parameters.composition.cell_file.CellFileError
        If the file does not describe a cell.
    """
    if is_file(cell):
        return read_cell(Path(cell))
    return CELLS[str(cell)]()


def is_file(cell: str | Path) -> bool:
    """Whether a cell is named by a file rather than by its name."""
    return str(cell).endswith(".toml")


def provenance(cell: str | Path) -> pd.DataFrame:
    """Every parameter of a cell with its unit, class, source and range.

    Parameters
    ----------
    cell : str or pathlib.Path
        Name of a cell that ships with the package, or path of a TOML file.

    Returns
    -------
    pandas.DataFrame
        Columns `name`, `value`, `unit`, `class`, `source`, `lower`, `upper` and
        `fitted_to`. A function's value is its name; its range is that of its values.

    Raises
    ------
    KeyError
        If there is no such cell.
    """
    return table(quantities(cell))


def table(quantities: Quantities) -> pd.DataFrame:
    """Quantities as a table, for `provenance`."""
    return pd.DataFrame(
        [
            {
                "name": name,
                "value": _written(quantity.value),
                "unit": quantity.unit,
                "class": quantity.kind,
                "source": quantity.source,
                "lower": quantity.lower,
                "upper": quantity.upper,
                "fitted_to": quantity.fitted_to,
            }
            for name, quantity in quantities.items()
        ]
    )


def _written(value: Any) -> float | str:
    if isinstance(value, int | float):
        return float(value)
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    return str(value)
