"""Measured rate capability to calibrate against."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.experiments.protocols import RATE_TEST

CAPACITY_UNCERTAINTY = 3.0  # mAh/g, reading a figure and cell to cell


@dataclass(frozen=True)
class CalibrationData:
    """What a cell delivered in a rate test, in the order in which it was run.

    Parameters
    ----------
    c_rates : tuple of float
        Rate of each block of cycles [h-1].
    cycles : tuple of int
        Number of cycles of each block.
    capacities : tuple of float
        Mean discharge capacity of each block [mAh/g]; NaN if it is not to be fitted.
    uncertainties : tuple of float
        Standard uncertainty of each [mAh/g].
    first_discharge : tuple of float, optional
        Capacity of the very first discharge and its uncertainty [mAh/g].
    first_efficiency : tuple of float, optional
        Coulombic efficiency of the first cycle and its uncertainty [-].
    curves : tuple of (float, tuple of float, tuple of float), optional
        Discharge curves: rate [h-1], capacities [mAh/g] and voltages [V].
    source : str, optional
        Where they come from, for the provenance of what is fitted.
    """

    c_rates: tuple[float, ...]
    cycles: tuple[int, ...]
    capacities: tuple[float, ...]
    uncertainties: tuple[float, ...]
    first_discharge: tuple[float, float] | None = None
    first_efficiency: tuple[float, float] | None = None
    curves: tuple[tuple[float, tuple[float, ...], tuple[float, ...]], ...] = ()
    source: str = ""

    @property
    def distinct(self) -> list[tuple[float, int]]:
        """Rate and cycles that must be solved.

        A cell without ageing repeats its second cycle at a rate from then on, so that
        two cycles of a block stand for all.
        """
        return [
            (c_rate, min(count, 2))
            for c_rate, count in zip(self.c_rates, self.cycles, strict=True)
        ]


def reference_data() -> CalibrationData:
    """Cell-3 of the reference paper: its rate test and its first cycle.

    Returns
    -------
    CalibrationData
        The five rate capacities as printed (the recovery is kept for validation). The
        paper's capacity rises from 172 to 178 mAh/g over the first cycles at C/20,
        which a model without activation cannot follow: the first discharge counts with
        that difference as its uncertainty.
    """
    from aslb.experiments.validation.printed_numbers import paper_numbers

    paper = paper_numbers()
    printed = paper["rate_capability_mAh_g"]["cell-3"]
    first = paper["first_cycle_at_C20"]
    rates = RATE_TEST[:-1]
    capacities = tuple(
        float(printed[name]) for name in ("C/20", "C/10", "C/5", "C/2", "1C")
    )
    discharge = float(first["discharge_capacity_mAh_g"]["cell-3"])
    return CalibrationData(
        c_rates=tuple(c_rate for c_rate, _ in rates),
        cycles=tuple(count for _, count in rates),
        capacities=capacities,
        uncertainties=(CAPACITY_UNCERTAINTY,) * len(rates),
        first_discharge=(discharge, capacities[0] - discharge),
        first_efficiency=(
            first["coulombic_efficiency_percent"]["cell-3"] / 100,
            0.003,
        ),
        source="Cao2021 cell-3: rate test (fig 6F) and first cycle (fig 6D, 6E)",
    )


def read_data(path: Path, curves: Path | None = None) -> CalibrationData:
    """Rate capability from a CSV file.

    Parameters
    ----------
    path : pathlib.Path
        Columns `c_rate` and `discharge_capacity_mAh_g`, in the order as run; optional
        `cycles` (default 1) and `uncertainty_mAh_g` (default 3).
    curves : pathlib.Path, optional
        Discharge curves: columns `c_rate`, `capacity_mAh_g` and `voltage_V`.

    Returns
    -------
    CalibrationData
        The data.

    Raises
    ------
    InputError
        If a file cannot be read, or a column is missing or holds no positive numbers.
    """
    table = _table(path, ["c_rate", "discharge_capacity_mAh_g"])
    cycles = table["cycles"] if "cycles" in table else np.ones(len(table))
    spread = (
        table["uncertainty_mAh_g"]
        if "uncertainty_mAh_g" in table
        else np.full(len(table), CAPACITY_UNCERTAINTY)
    )
    drawn: list[tuple[float, tuple[float, ...], tuple[float, ...]]] = []
    if curves is not None:
        points = _table(curves, ["c_rate", "capacity_mAh_g", "voltage_V"])
        for c_rate in points["c_rate"].unique():
            curve = points[points["c_rate"] == c_rate]
            if not np.isclose(table["c_rate"], c_rate).any():
                raise InputError(
                    f"{curves}: no capacity at C-rate {c_rate:g} in {path}"
                )
            drawn.append(
                (
                    float(c_rate),
                    tuple(curve["capacity_mAh_g"]),
                    tuple(curve["voltage_V"]),
                )
            )
    return CalibrationData(
        c_rates=tuple(table["c_rate"]),
        cycles=tuple(int(count) for count in cycles),
        capacities=tuple(table["discharge_capacity_mAh_g"]),
        uncertainties=tuple(float(value) for value in spread),
        curves=tuple(drawn),
        source=path.name,
    )


def _table(path: Path, needed: list[str]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {str(error).splitlines()[0]}") from None
    for name in needed:
        if name not in table:
            raise InputError(
                f"{path}: no column '{name}'; accepted columns: {', '.join(needed)}"
            )
    for name in table.columns:
        numbers = pd.to_numeric(table[name], errors="coerce")
        if len(table) == 0 or not (numbers > 0).all():
            raise InputError(f"{path}: column '{name}' must hold positive numbers")
        table[name] = numbers
    return table
