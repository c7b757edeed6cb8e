"""Every measured number of a cell that the model can produce, and what it produces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.analyses.rate.study import CELLS
from aslb.experiments.calibration.bands import (
    Samples,
    behind,
    fit_of,
    quantiles_of,
    sampled,
    solved,
)
from aslb.experiments.calibration.observables import block_means, last_cycles
from aslb.experiments.output.attributes import hashes
from aslb.experiments.protocols import rate_test
from aslb.experiments.study.definition import Study
from aslb.experiments.study.names import several
from aslb.experiments.study.results import losses
from aslb.experiments.validation.cao2021 import rows as cao2021
from aslb.experiments.validation.roles import Key, role_of
from aslb.models.registry import DFN, check_model
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured

SAMPLES = 64
DEPTHS = (0.5, 1.0)
KEPT: dict[str, Any] = {
    "quantities": ["charge_capacity", "discharge_capacity", "coulombic_efficiency"]
}
CAPABILITY, RECOVERED = "rate capability", "recovered capacity"
DISCHARGE, EFFICIENCY = "first discharge capacity", "first coulombic efficiency"


@dataclass(frozen=True)
class Validation:
    """Cells beside what was measured on them.

    Parameters
    ----------
    table : pandas.DataFrame
        As in ``validate.csv``: `quantity`, `cell`, `c_rate`, `unit`, `paper`, `model`
        (at the values that ship), `median`, `lower` and `upper` (90 % band of what
        would be measured, over all readings), `difference` and `role`, one of
        `roles.ROLES`.
    limits : pandas.DataFrame
        As in ``limits.csv``: each loss at half discharge and at the cut-off, by cell
        and rate.
    refused : list of str
        Why a cell has no bands, where they were asked for.
    attrs : dict
        What it is, for `aslb.plot` and `aslb.save`; what bands rest on, if there are
        any.
    """

    table: pd.DataFrame
    limits: pd.DataFrame
    refused: list[str]
    attrs: dict[str, Any]


def validate(
    cells: Any = CELLS,
    *,
    samples: int = SAMPLES,
    seed: int = 0,
    model: str = DFN,
    executor: Executor | None = None,
) -> Validation:
    """Compare cells with what was measured on them, and say what limits them.

    Parameters
    ----------
    cells : Cell or str, or sequence of them, optional
        One or several that have measured numbers.
    samples : int, optional
        Number of samples behind each band; 0 for none.
    seed : int, optional
        Of the samples.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    Validation
        The comparison.

    Raises
    ------
    InputError
        If the request makes no sense.
    """
    check_model(model)
    if samples < 0:
        raise InputError(f"{samples} samples; accepted: 0 or more")
    chosen = [Cell.of(cell) for cell in several(cells)]
    tests = [_measured(cell) for cell in chosen]
    fits, refused = _fits(chosen if samples else [])
    rows: list[dict[str, Any]] = []
    limits: list[dict[str, Any]] = []
    runs: dict[str, xr.Dataset] = {}
    for cell, data in zip(chosen, tests, strict=True):
        test = rate_test(data.distinct, **cell.cutoffs())
        setting = {
            **KEPT,
            "described": {"rates": data.distinct},
            "model": model,
            "start": "as assembled",
        }
        run = Study(
            cell, test, losses_at_depth=DEPTHS, curve_points=201, **setting
        ).run(executor=executor)
        drawn = None
        if cell.source in fits:
            drawn = _drawn(cell, data, samples, seed, setting, executor)
        rows += _rows(cell, data, run, drawn)
        limits += _limits(cell, data, run)
        runs[cell.source] = run
    rows += cao2021.rows(runs, model, executor)
    table = pd.DataFrame(rows)
    table.insert(9, "difference", table["model"] - table["paper"])
    attributes = {
        "analysis": "validation",
        "model": model,
        "seed": seed,
        "parameter_hash": hashes(chosen),
        **(behind(fits.values(), samples) if fits else {}),
    }
    return Validation(table, pd.DataFrame(limits), refused, attributes)


def _fits(cells: Sequence[Cell]) -> tuple[dict[str, Fit], list[str]]:
    """Fits that have bands, by what the cells were made of, and why others have not."""
    fits, refused = {}, []
    for cell in cells:
        try:
            fits[cell.source] = fit_of(cell)
        except InputError as error:
            refused.append(f"No bands: {error}")
    return fits, refused


def _measured(cell: Cell) -> Measured:
    if cell.measured is None:
        raise InputError(
            f"'{cell.name}' has no measured numbers to compare with; accepted: "
            f"{', '.join(CELLS)}, or a cell file with [measured]"
        )
    return cell.measured


def _drawn(
    cell: Cell,
    data: Measured,
    samples: int,
    seed: int,
    setting: Mapping[str, Any],
    executor: Executor | None,
) -> Samples:
    """The rate test of a cell for samples of its calibration, in every reading."""

    def run(reading: Cell, sets: Sequence[Mapping[str, float]]) -> xr.Dataset:
        test = rate_test(data.distinct, **reading.cutoffs())
        return solved(reading, test, sets, executor=executor, **setting)

    return sampled(cell, run, samples, seed)


def _rows(
    cell: Cell, data: Measured, run: xr.Dataset, drawn: Samples | None
) -> list[dict[str, Any]]:
    """A row for each quantity; bands are of what would be measured."""
    printed, fitted = _printed(data), _fitted(cell, data)
    spread = {}
    if drawn is not None:
        offsets = dict(zip(_blocks(data), drawn.offsets(data.c_rates).T, strict=True))
        offsets[_first(data)[0]] = offsets[_blocks(data)[0]]
        spread = _modelled(lambda name: drawn.of(name)[:, 0], data)
        spread = {key: x + offsets.get(key, 0.0) for key, x in spread.items()}
    read = _uncertainties(data)
    rows = []
    for key, value in _modelled(lambda name: run[name].values, data).items():
        quantity, c_rate, unit = key
        low = median = high = np.nan
        if drawn is not None:
            found = quantiles_of(spread[key], read.get(key, 0.0))
            low, median, high = np.maximum(found, 0)
        rows.append(
            {
                "quantity": quantity,
                "cell": cell.name,
                "c_rate": c_rate,
                "unit": unit,
                "paper": printed.get(key, np.nan),
                "model": float(np.squeeze(value)),
                "median": median,
                "lower": low,
                "upper": high,
                "role": role_of(key, *fitted),
            }
        )
    return rows


def _blocks(data: Measured) -> list[Key]:
    """Each block of a rate test; at a rate that was run before it is a recovery."""
    return [
        (RECOVERED if c_rate in data.c_rates[:k] else CAPABILITY, c_rate, "mAh/g")
        for k, c_rate in enumerate(data.c_rates)
    ]


def _first(data: Measured) -> tuple[Key, Key]:
    return (DISCHARGE, data.c_rates[0], "mAh/g"), (EFFICIENCY, data.c_rates[0], "%")


def _modelled(of: Callable[[str], np.ndarray], data: Measured) -> dict[Key, np.ndarray]:
    """What the model gives, from a quantity of each cycle along the last axis."""
    capacities = of("discharge_capacity")
    means = block_means(capacities, data)
    discharge, efficiency = _first(data)
    return {
        **{key: means[..., k] for k, key in enumerate(_blocks(data))},
        discharge: capacities[..., 0],
        efficiency: 100 * of("coulombic_efficiency")[..., 0],
    }


def _uncertainties(data: Measured) -> dict[Key, float]:
    """Standard uncertainties of what was measured."""
    discharge, efficiency = _first(data)
    found = dict(zip(_blocks(data), data.uncertainties, strict=True))
    if data.first_discharge is not None:
        found[discharge] = data.first_discharge[1]
    if data.first_efficiency is not None:
        found[efficiency] = 100 * data.first_efficiency[1]
    return found


def _printed(data: Measured) -> dict[Key, float]:
    """What was measured."""
    discharge, efficiency = _first(data)
    found = dict(zip(_blocks(data), data.capacities, strict=True))
    if data.first_discharge is not None:
        found[discharge] = data.first_discharge[0]
    if data.first_efficiency is not None:
        found[efficiency] = 100 * data.first_efficiency[0]
    return found


def _fitted(cell: Cell, data: Measured) -> tuple[set[Key], tuple[float, ...]]:
    """What the cell was fitted to, and the rates among it predicted blind before."""
    if cell.fit is None or cell.fit.data.source != data.source:
        return set(), ()
    known = _printed(cell.fit.data)
    return {key for key, value in known.items() if np.isfinite(value)}, cell.fit.blind


def _limits(cell: Cell, data: Measured, run: xr.Dataset) -> list[dict[str, Any]]:
    """Losses in the last cycle of each block, at half discharge and at the end."""
    rows = []
    lost = losses(run, DEPTHS)
    last = last_cycles(data)
    for k, (quantity, c_rate, _) in enumerate(_blocks(data)):
        capacity = float(run.discharge_capacity[last[k]])
        if quantity == RECOVERED or not np.isfinite(capacity):
            continue
        for depth in DEPTHS:
            at = lost.sel(depth=depth)[last[k]].values
            rows.append(
                {
                    "cell": cell.name,
                    "c_rate": c_rate,
                    "depth_of_discharge": depth,
                    "discharge_capacity_mAh_g": capacity,
                    **{f"{n} [V]": float(v) for n, v in zip(LOSSES, at, strict=True)},
                    "largest": "" if np.isnan(at).any() else LOSSES[int(at.argmax())],
                }
            )
    return rows
