"""What is compared with data: the same numbers, measured and of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np

from aslb.experiments.calibration.each import each
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.worker import Group, solve_cycles
from aslb.experiments.protocols import rate_test
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

VOLTAGE_UNCERTAINTY = 0.02  # V
CURVE_POINTS = 201


def observables(data: Measured) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names, measured values and uncertainties of what is compared."""
    rows = [
        (f"capacity at {c_rate:g}C [mAh/g]", capacity, spread)
        for c_rate, capacity, spread in zip(
            data.c_rates, data.capacities, data.uncertainties, strict=True
        )
        if np.isfinite(capacity)
    ]
    if data.first_discharge is not None:
        rows.append(("first discharge [mAh/g]", *data.first_discharge))
    if data.first_efficiency is not None:
        rows.append(("first coulombic efficiency", *data.first_efficiency))
    for c_rate, capacities, voltages in data.curves:
        rows += [
            (f"voltage at {c_rate:g}C, {capacity:g} mAh/g", volt, VOLTAGE_UNCERTAINTY)
            for capacity, volt in zip(capacities, voltages, strict=True)
        ]
    names, measured, spread = zip(*rows, strict=True)
    return list(names), np.array(measured), np.array(spread)


def packed_test(cell: Cell, data: Measured, model: str, names: Iterable[str]) -> bytes:
    """A cell in the rate test of its data, for `observe` with values of these names."""
    kept = Outputs((), curve_points=CURVE_POINTS if data.curves else 0)
    test = rate_test(data.distinct, **cell.cutoffs())
    return Group(cell.parameter_values(), model, tuple(names), test, kept).pack()


def observe(
    packed: bytes, data: Measured, mass: float, values: Mapping[str, float]
) -> np.ndarray:
    """What the model gives for each of `observables`, from a mass [kg] of the active.

    Cycles that could not be solved have delivered nothing.
    """
    cycles = solve_cycles(packed, values).cycles
    capacity = np.zeros(sum(solved for _, solved in data.distinct))
    capacity[: len(cycles)] = [cycle.discharge[0] / mass for cycle in cycles]
    means = block_means(capacity, data)
    numbers = [*means[np.isfinite(data.capacities)]]
    if data.first_discharge is not None:
        numbers.append(capacity[0])
    if data.first_efficiency is not None:
        efficiency = cycles[0].coulombic_efficiency if cycles else 0.0
        numbers.append(np.nan_to_num(efficiency))
    for c_rate, at, _ in data.curves:
        block = int(np.argmin(np.abs(np.subtract(data.c_rates, c_rate))))
        last = last_cycles(data)[block]
        if last >= len(cycles):
            numbers += [0.0] * len(at)
            continue
        voltage = cycles[last].curves[1]
        passed = np.linspace(0, capacity[last], len(voltage))
        numbers += [*np.nan_to_num(np.interp(at, passed, voltage))]
    return np.array(numbers)


def observe_each(
    cell: Cell,
    data: Measured,
    model: str,
    sets: Sequence[Mapping[str, float]],
    description: str,
    executor: Executor | None,
) -> list[Any]:
    """What the model gives at each set of values, or the `Failure` there."""
    packed = packed_test(cell, data, model, sets[0])
    common = (packed, data, cell.active_mass)
    return each(observe, common, sets, description=description, executor=executor)


def block_means(capacity: np.ndarray, data: Measured) -> np.ndarray:
    """Mean over the cycles of each block, of cycles that stand for all of them.

    Of a number a cycle of ``data.distinct``, along the last axis, to one a block.
    """
    last = last_cycles(data)
    first = last - [solved - 1 for _, solved in data.distinct]
    counts = np.array(data.cycles)
    return (capacity[..., first] + (counts - 1) * capacity[..., last]) / counts


def last_cycles(data: Measured) -> np.ndarray:
    """Index of the last cycle of each block, among those of ``data.distinct``."""
    return np.cumsum([solved for _, solved in data.distinct]) - 1
