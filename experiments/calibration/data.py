"""Measured rate capability of one's own, from CSV files."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.experiments.c_rate import rate_of
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.layers import ACTIVE_MASS, CONDUCTOR
from aslb.parameters.composition.measured import Measured
from aslb.parameters.materials.active_material import SITES
from aslb.parameters.materials.constants import FARADAY

CAPACITY_UNCERTAINTY = 3.0  # mAh/g, reading a figure and cell to cell
C_RATE, CAPACITY, VOLTAGE = "c_rate", "capacity_mAh_g", "voltage_V"
DISCHARGED = f"discharge_{CAPACITY}"
OPTIONAL = {"cycles": 1, "uncertainty_mAh_g": CAPACITY_UNCERTAINTY}
BEYOND_CUTOFFS = 0.5  # V, that the voltage of a curve may lie outside of them


def read_data(path: Path, curves: Path | None = None) -> Measured:
    """Rate capability from a CSV file.

    Parameters
    ----------
    path : pathlib.Path
        Columns `c_rate` and `discharge_capacity_mAh_g`, in the order as run; optional
        `cycles` (default 1) and `uncertainty_mAh_g` (default 3). UTF-8, with commas
        between columns, or with semicolons or tabs: decimals may then have a comma.
    curves : pathlib.Path, optional
        Discharge curves: columns `c_rate`, `capacity_mAh_g` and `voltage_V`.

    Returns
    -------
    Measured
        The data.

    Raises
    ------
    InputError
        If a file cannot be read, a column is missing, or a row makes no sense: what is
        no positive number, cycles that are no whole number, a rate that is that of the
        row before (later it may come again, as at the end of most rate tests), a
        capacity of a curve that is not above the one before. Or if there is one rate
        and no curve. Rows are counted after the header, without empty lines.

    Warns
    -----
    UserWarning
        If there are further columns, which are not read.
    """
    table = _table(path, [C_RATE, DISCHARGED], OPTIONAL)
    _refuse(path, table, "cycles", table["cycles"] % 1 == 0, "a whole number")
    again = np.isclose(table[C_RATE], table[C_RATE].shift())
    _refuse(path, table, C_RATE, ~again, "each block of equal rates in one row")
    drawn = []
    if curves is not None:
        points = _table(curves, [C_RATE, CAPACITY, VOLTAGE])
        before = points.groupby(C_RATE)[CAPACITY].shift()
        rises = before.isna() | (points[CAPACITY] > before)
        _refuse(curves, points, CAPACITY, rises, "more than before at its rate")
        for c_rate in points[C_RATE].unique():
            curve = points[points[C_RATE] == c_rate]
            if not np.isclose(table[C_RATE], c_rate).any():
                raise InputError(
                    f"{curves}: no capacity at C-rate {c_rate:g} in {path}"
                )
            drawn.append((float(c_rate), tuple(curve[CAPACITY]), tuple(curve[VOLTAGE])))
    if not drawn and table[C_RATE].nunique() < 2:
        raise InputError(f"{path}: one C-rate; accepted: two or more, or a curve")
    return Measured(
        c_rates=tuple(table[C_RATE]),
        cycles=tuple(table["cycles"].astype(int)),
        capacities=tuple(table[DISCHARGED]),
        uncertainties=tuple(table["uncertainty_mAh_g"]),
        curves=tuple(drawn),
        source=path.name if curves is None else f"{path.name} and {curves.name}",
    )


def check_against(cell: Cell, measured: Measured) -> None:
    """Refuse data that cannot be of a cell.

    Parameters
    ----------
    cell : Cell
        The cell.
    measured : Measured
        What is said to be measured on it.

    Raises
    ------
    InputError
        If a capacity is above what the sites of the active material hold, or a voltage
        of a curve more than 0.5 V outside of the cut-offs.
    """
    most = theoretical_capacity(cell)
    lower, upper = cell.cutoffs()["lower_cutoff"], cell.cutoffs()["upper_cutoff"]
    ends = lower - BEYOND_CUTOFFS, upper + BEYOND_CUTOFFS
    voltages = f"{ends[0]:g} to {ends[1]:g} V, the cut-offs of '{cell.name}' ± 0.5 V"
    capacities = f"above 0, to {most:.4g} mAh/g: all lithium sites of '{cell.name}'"

    def refuse(where: str, value: float, unit: str, accepted: str) -> None:
        raise InputError(
            f"{measured.source}: {where}: {value:g} {unit}; accepted: {accepted}"
        )

    for row, capacity in enumerate(measured.capacities, start=1):
        # NaN is a block that is not fitted
        if not (np.isnan(capacity) or 0 < capacity <= most):
            refuse(f"row {row}", capacity, "mAh/g", capacities)
    for c_rate, passed, curve in measured.curves:
        for row, (capacity, voltage) in enumerate(
            zip(passed, curve, strict=True), start=1
        ):
            where = f"curve at C-rate {c_rate:g}, its row {row}"
            if not 0 <= capacity <= most:
                refuse(where, capacity, "mAh/g", capacities)
            if not ends[0] <= voltage <= ends[1]:
                refuse(where, voltage, "V", voltages)


def theoretical_capacity(cell: Cell) -> float:
    """Charge of all lithium sites of a cell over its active material [mAh/g]."""
    known = cell.numbers
    thickness = known["Positive electrode thickness [m]"]
    density = known[ACTIVE_MASS] / (known[CONDUCTOR] * thickness)  # kg/m3
    return known[SITES] * FARADAY.number / density / 3600


def _table(
    path: Path, needed: list[str], optional: dict[str, float] | None = None
) -> pd.DataFrame:
    """Columns of positive numbers; optional ones have their defaults."""
    text, comma = _text(path)
    for name in needed:
        if name not in text:
            raise InputError(
                f"{path}: no column '{name}'; accepted columns: {', '.join(needed)}"
            )
    if len(text) == 0:
        raise InputError(f"{path}: no rows; accepted: one or more below the header")
    more = [str(name) for name in text if name not in (*needed, *(optional or {}))]
    if more:
        warnings.warn(f"{path}: columns not read: {', '.join(more)}", stacklevel=4)
    table = pd.DataFrame(index=text.index)
    for name in (*needed, *(optional or {})):
        accepted = "a positive number"
        written = text.get(name, pd.Series((optional or {}).get(name), text.index))
        if comma and name in text:
            written = written.str.replace(",", ".")
        elif name in text and written.str.contains(",").any():
            accepted = "a positive number with a decimal point"
        if name == C_RATE:
            written = written.map(_rate)
        table[name] = pd.to_numeric(written, errors="coerce").astype(float)
        positive = np.isfinite(table[name]) & (table[name] > 0)
        _refuse(path, text, name, positive, accepted)
    return table


def _text(path: Path) -> tuple[pd.DataFrame, bool]:
    """What a file says, and whether its decimals have a comma.

    Semicolons or tabs between columns leave the comma to the numbers, as spreadsheets
    of many languages write them; a mark of the byte order is skipped.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)
        try:
            with path.open(encoding="utf-8-sig") as file:
                head = file.readline()
            between = next((mark for mark in ";\t" if mark in head), ",")
            text = pd.read_csv(
                path,
                sep=between,
                dtype=str,
                keep_default_na=False,
                index_col=False,
                skipinitialspace=True,
                encoding="utf-8-sig",
            )
        except pd.errors.ParserWarning:
            raise InputError(
                f"{path}: more values in a row than columns; accepted: one a column, "
                "and decimals with a comma between semicolons only"
            ) from None
        except UnicodeDecodeError:
            raise InputError(f"{path}: not UTF-8; accepted: CSV in UTF-8") from None
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: {str(error).splitlines()[0]}") from None
    return text.rename(columns=str.strip), between != ","


def _rate(said: str) -> Any:
    """A rate as it is spoken; what is none is refused with its row later."""
    try:
        return rate_of(said)
    except InputError:
        return said


def _refuse(
    path: Path, table: pd.DataFrame, name: str, good: np.ndarray | pd.Series, what: str
) -> None:
    """Name the first value of a column that is not good, if there is one."""
    wrong = np.flatnonzero(~np.asarray(good))
    if len(wrong):
        value = table[name].iloc[wrong[0]]
        said = f"{value:g}" if isinstance(value, float) else repr(value)
        raise InputError(f"{path}: row {wrong[0] + 1}: {name} {said}; accepted: {what}")
