"""Every published quantity that the model can produce, and what it produces."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.experiments.calibration.bands import sample_weights
from aslb.experiments.calibration.samples import effective_number, sample, weighted_band
from aslb.experiments.engine.execute import execute
from aslb.experiments.engine.simulate import (
    CELLS,
    MODELS,
    RunResult,
    active_mass,
    cutoffs,
    pack,
    parameter_values,
    run,
)
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.protocols import RATE_TEST, rate_test
from aslb.experiments.validation.energy_readings import energy_against_paper
from aslb.experiments.validation.printed_numbers import paper_numbers
from aslb.models.submodels.voltage_losses import LOSSES

PAPER_NAMES = dict(zip(CELLS, ("cell-1", "cell-2", "cell-3"), strict=True))
SAMPLES = 192

# Without ageing the second cycle at a rate is repeated from then on
DISTINCT = [(c_rate, 2) for c_rate, _ in RATE_TEST]
COUNTS = [count for _, count in RATE_TEST]
RECOVERY = len(RATE_TEST) - 1

FITTED = {("cell-1", "first discharge capacity")} | {
    ("cell-3", name)
    for name in (
        "rate capability",
        "first discharge capacity",
        "first coulombic efficiency",
    )
}
"""What the shipped parameters were fitted to; all else is predicted, or put in."""


def validate(
    *,
    samples: int = SAMPLES,
    seed: int = 0,
    model: str = MODELS[0],
    executor: Executor | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the reference cells with the paper, and say what limits them.

    Parameters
    ----------
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
    pandas.DataFrame
        As in ``validate.csv``: `quantity`, `cell`, `c_rate`, `unit`, `paper`, `model`,
        `lower`, `upper` (95 % band), `difference` and `role`, which is "input",
        "calibrated" or "predicted". How many `samples` are behind the bands, and to how
        many equally likely ones they amount, `effective_samples`, is in its `attrs`.
    pandas.DataFrame
        As in ``limits.csv``: each loss at half discharge and at the cut-off, by cell
        and rate.

    Raises
    ------
    InputError
        If the request makes no sense.
    """
    if samples < 0:
        raise InputError(f"{samples} samples; accepted: 0 or more")
    tasks: list[tuple[Any, ...]] = []
    owners: list[tuple[str, int]] = []
    for cell in CELLS:
        experiment = rate_test(DISTINCT, **cutoffs(cell, None, None))
        sets = sample(cell, samples, seed) if samples else []
        tasks.append((pack(cell, experiment, model), {}))
        owners.append((cell, 0))
        if sets:
            packed = pack(cell, experiment, model, list(sets[0]))
            tasks.extend((packed, values) for values in sets)
            owners.extend((cell, k + 1) for k in range(len(sets)))
    results: dict[str, dict[int, RunResult]] = {cell: {} for cell in CELLS}

    def collect(index: int, result: RunResult | None, failure: str) -> None:
        cell, k = owners[index]
        if result is not None and (not result.failure or k == 0):
            results[cell][k] = result

    execute(run, tasks, collect, executor=executor, description="cells and samples")

    rows: list[dict[str, Any]] = []
    found = {
        cell: {k: _numbers(cell, result) for k, result in results[cell].items()}
        for cell in CELLS
    }
    weights = sample_weights(samples, seed, model, executor) if samples else np.zeros(0)
    for cell in CELLS:
        for key, value in found[cell].get(0, {}).items():
            spread = np.array(
                [found[cell].get(k, {}).get(key, np.nan) for k in range(1, samples + 1)]
            )
            rows.append(_row(cell, key, value, weighted_band(spread, weights)))
    rows.extend(_shifts(results))
    rows.extend(_energies(model, executor))
    limits = pd.DataFrame(
        [
            row
            for cell in CELLS
            if 0 in results[cell]
            for row in _limits(cell, results[cell][0])
        ]
    )
    table = pd.DataFrame(rows)
    table.attrs = {"samples": samples, "effective_samples": effective_number(weights)}
    return table, limits


Key = tuple[str, float, str]


def _numbers(cell: str, result: RunResult) -> dict[Key, float]:
    """Model values of one run by quantity, rate and unit."""
    mass = active_mass(parameter_values(cell))
    capacity = [cycle.discharge.total / mass for cycle in result.cycles]
    capacity += [np.nan] * (2 * len(DISTINCT) - len(capacity))
    numbers: dict[Key, float] = {}
    for k, ((c_rate, _), count) in enumerate(zip(DISTINCT, COUNTS, strict=True)):
        mean = (capacity[2 * k] + (count - 1) * capacity[2 * k + 1]) / count
        name = "recovered capacity" if k == RECOVERY else "rate capability"
        numbers[name, c_rate, "mAh/g"] = mean
    first = result.cycles[0] if result.cycles else None
    slow = DISTINCT[0][0]
    numbers["first discharge capacity", slow, "mAh/g"] = capacity[0]
    charged = first.charge.total if first else 0.0
    numbers["first coulombic efficiency", slow, "%"] = (
        100 * first.discharge.total / charged if first and charged else np.nan
    )
    return numbers


def _row(
    cell: str, key: Key, value: float, band: tuple[float, float]
) -> dict[str, Any]:
    quantity, c_rate, unit = key
    lower, upper = band
    printed = _printed(PAPER_NAMES[cell], quantity, c_rate)
    return {
        "quantity": quantity,
        "cell": cell,
        "c_rate": c_rate,
        "unit": unit,
        "paper": printed,
        "model": value,
        "lower": lower,
        "upper": upper,
        "difference": value - printed,
        "role": "calibrated"
        if (PAPER_NAMES[cell], quantity) in FITTED
        else "predicted",
    }


def _printed(cell: str, quantity: str, c_rate: float) -> float:
    """What the paper prints, or NaN where we have nothing."""
    paper = paper_numbers()
    first = paper["first_cycle_at_C20"]
    capability = paper["rate_capability_mAh_g"].get(cell, {})
    value = {
        "rate capability": capability.get(rate_label(c_rate)),
        "recovered capacity": capability.get("recovered"),
        "first discharge capacity": first["discharge_capacity_mAh_g"].get(cell),
        "first coulombic efficiency": first["coulombic_efficiency_percent"].get(cell),
    }[quantity]
    return float("nan") if value is None else float(value)


def _shifts(results: dict[str, dict[int, RunResult]]) -> list[dict[str, Any]]:
    """Charge-voltage differences between cells, midway through the first charge."""
    printed = paper_numbers()["first_cycle_at_C20"]["charge_potential_shift_mV"]
    rows = []
    for below, above in ((1, 0), (2, 1)):
        pair = [results[CELLS[k]].get(0) for k in (below, above)]
        if any(result is None or not result.cycles for result in pair):
            continue
        voltages = []
        for k, result in zip((below, above), pair, strict=True):
            charge = result.cycles[0].charge  # type: ignore[union-attr]
            specific = charge.capacity / active_mass(parameter_values(CELLS[k]))
            # at equal charge per active LCO the cathodes are at equal potential
            active = parameter_values(CELLS[k])["Positive electrode active fraction"]
            voltages.append(np.interp(60.0, specific / active, charge.voltage))
        low, high = PAPER_NAMES[CELLS[below]], PAPER_NAMES[CELLS[above]]
        paper = float(printed[f"{low} below {high}"])
        shift = 1e3 * float(voltages[1] - voltages[0])
        rows.append(
            {
                "quantity": f"charge voltage below {high}",
                "cell": CELLS[below],
                "c_rate": DISTINCT[0][0],
                "unit": "mV",
                "paper": paper,
                "model": shift,
                "lower": np.nan,
                "upper": np.nan,
                "difference": shift - paper,
                "role": "input",
            }
        )
    return rows


def _energies(model: str, executor: Executor | None) -> list[dict[str, Any]]:
    """Energy densities with the model's own energy, in each reading of the paper."""
    table = energy_against_paper(model=model, executor=executor)
    own = table[(table["energy_from"] == "model")]
    return [
        {
            "quantity": f"{item['figure']} {item['quantity']}, {item['reading']}",
            "cell": CELLS[-1],
            "c_rate": DISTINCT[0][0],
            "unit": item["unit"],
            "paper": item["paper"],
            "model": item["model"],
            "lower": np.nan,
            "upper": np.nan,
            "difference": item["model"] - item["paper"],
            "role": "predicted",
        }
        for item in own.to_dict("records")
    ]


def _limits(cell: str, result: RunResult) -> list[dict[str, Any]]:
    """Losses of the second cycle at each rate, at half discharge and at the end."""
    rows = []
    mass = active_mass(parameter_values(cell))
    for k, (c_rate, _) in enumerate(DISTINCT[:RECOVERY]):
        if len(result.cycles) < 2 * k + 2:
            continue
        discharge = result.cycles[2 * k + 1].discharge
        for depth in (0.5, 1.0):
            at = {
                name: float(discharge.at_depths(loss, np.array([depth]))[0])
                for name, loss in discharge.losses.items()
            }
            known = all(np.isfinite(list(at.values())))
            rows.append(
                {
                    "cell": cell,
                    "c_rate": c_rate,
                    "depth_of_discharge": depth,
                    "discharge_capacity_mAh_g": discharge.total / mass,
                    **{f"{name} [V]": at[name] for name in LOSSES},
                    "largest": max(at, key=lambda name: at[name]) if known else "",
                }
            )
    return rows
