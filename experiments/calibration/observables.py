"""What is compared with data: the same numbers, measured and of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from aslb.experiments.calibration.spectra import spectrum_numbers, spectrum_rows
from aslb.experiments.engine.cycle import Cycle
from aslb.experiments.engine.group import Group, PointTask
from aslb.experiments.engine.one_by_one import solve_cycles
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.side_by_side import cycles_together
from aslb.experiments.protocols import rate_test
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

VOLTAGE_UNCERTAINTY = 0.02  # V
CURVE_WORTH = 5  # independent points of a curve: what neighbours are off by is alike
CURVE_POINTS = 201
CAPACITY, FIRST = "capacity", "first discharge"
RTOL = 1e-5  # of searches: they ask for differences of some 0.1 mAh/g
SAMPLED_RTOL = 3e-4  # of samples: to 0.1 mAh/g, of data that are read to 3


class RateTest(NamedTuple):
    """The rate test of a cell for `observe`, and what it is compared with.

    Parameters
    ----------
    packed : bytes
        The cell in its test.
    data : Measured
        What was measured.
    mass : float
        Of the active material [kg].
    names : frozenset of str
        Parameters that may take other values.
    cell : Cell
        The cell, for its spectra.
    model : str
        The model.
    """

    packed: bytes
    data: Measured
    mass: float
    names: frozenset[str]
    cell: Cell
    model: str


def observables(
    *data: Measured, names: Sequence[str] = ()
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names, measured values and uncertainties of what is compared, cell after cell.

    The names of cells stand in front if there are several. Cells then count alike,
    however many data each has: what a model lacks, all data of a cell share. The
    uncertainties of one with more data than the mean of all are raised accordingly.
    """
    several = len(data) > 1 and len(names) > 0
    heads = [f"{name}: " for name in names] if several else [""] * len(data)
    tables = [_rows(one) for one in data]
    mean = np.mean([*map(len, tables)])
    rows = [
        (head + label, value, spread * np.sqrt(len(table) / mean))
        for head, table in zip(heads, tables, strict=True)
        for label, value, spread in table
    ]
    labels, measured, spread = zip(*rows, strict=True)
    return list(labels), np.array(measured), np.array(spread)


def _rows(data: Measured) -> list[tuple[str, float, float]]:
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
        spread = VOLTAGE_UNCERTAINTY * np.sqrt(max(1.0, len(voltages) / CURVE_WORTH))
        rows += [
            (f"voltage at {c_rate:g}C, {capacity:g} mAh/g", volt, spread)
            for capacity, volt in zip(capacities, voltages, strict=True)
        ]
    for spectrum in data.spectra:
        rows += spectrum_rows(spectrum)
    return rows


def kinds_of(data: Measured) -> list[str]:
    """What each of the `observables` of a cell is.

    `CAPACITY`, `FIRST` for the first discharge, "efficiency", "curve 0" and so on, and
    "spectrum".
    """
    kinds = [CAPACITY] * int(np.isfinite(data.capacities).sum())
    kinds += [] if data.first_discharge is None else [FIRST]
    kinds += [] if data.first_efficiency is None else ["efficiency"]
    for n, (_, _, voltages) in enumerate(data.curves):
        kinds += [f"curve {n}"] * len(voltages)
    return kinds + ["spectrum"] * (len(_rows(data)) - len(kinds))


def impedance_columns(sets: Sequence[Measured]) -> tuple[np.ndarray, np.ndarray]:
    """Places of real parts among `observables`, and of the imaginary part of each."""
    real: list[int] = []
    imaginary: list[int] = []
    end = 0
    for data in sets:
        end += len(_rows(data))
        at = end - 2 * sum(len(one.frequencies) for one in data.spectra)
        for spectrum in data.spectra:
            number = len(spectrum.frequencies)
            real += range(at, at + number)
            imaginary += range(at + number, at + 2 * number)
            at += 2 * number
    return np.array(real, int), np.array(imaginary, int)


def rates_of(data: Measured) -> np.ndarray:
    """Rate of each of the `observables` of a cell that is a capacity; NaN else."""
    rates = np.array(data.c_rates)[np.isfinite(data.capacities)]
    first = [] if data.first_discharge is None else [data.c_rates[0]]
    others = len(_rows(data)) - len(rates) - len(first)
    return np.concatenate([rates, first, np.full(others, np.nan)])


def rate_test_of(
    cell: Cell,
    data: Measured,
    model: str,
    names: Iterable[str],
    rtol: float = RTOL,
) -> RateTest:
    """A cell in the rate test of its data, for `observe` with values of these names."""
    kept = Outputs((), curve_points=CURVE_POINTS if data.curves else 0)
    inputs, packed = tuple(names), b""
    if data.c_rates:  # spectra alone need no test
        test = rate_test(data.distinct, **cell.cutoffs())
        group = Group(cell.parameter_values(), model, inputs, test, kept, rtol=rtol)
        packed = group.pack()
    return RateTest(packed, data, cell.active_mass, frozenset(inputs), cell, model)


def observe(tests: Sequence[RateTest], values: Mapping[str, float]) -> np.ndarray:
    """What the model gives for each of `observables`, cell after cell.

    Cycles that could not be solved have delivered nothing.
    """
    return observe_all(tests, [values])[0]


def observe_all(
    tests: Sequence[RateTest],
    values: Sequence[Mapping[str, float]],
    threads: int | None = 1,
    fallback: bool = True,
) -> np.ndarray:
    """The same for many values of the parameters at once: one row each.

    What fails beside others is solved alone, or NaN without that fallback.
    """
    return np.hstack([_observe(test, values, threads, fallback) for test in tests])


def _observe(
    test: RateTest,
    values: Sequence[Mapping[str, float]],
    threads: int | None,
    fallback: bool,
) -> np.ndarray:
    own = [{n: x for n, x in one.items() if n in test.names} for one in values]
    spectra = [
        spectrum_numbers(test.cell, test.model, test.names, spectrum, own)
        for spectrum in test.data.spectra
    ]
    if not test.data.c_rates:
        return np.hstack(spectra)
    tasks = [PointTask(k, inputs) for k, inputs in enumerate(own)]
    runs = cycles_together(test.packed, tasks, threads)
    rows = []
    for run, inputs in zip(runs, own, strict=True):
        if run.failure and fallback:
            run = solve_cycles(test.packed, inputs)
        failed = run.failure and not fallback
        numbers = _numbers(test, run.cycles)
        rows.append(np.full_like(numbers, np.nan) if failed else numbers)
    return np.hstack([np.array(rows), *spectra])


def _numbers(test: RateTest, cycles: Sequence[Cycle]) -> np.ndarray:
    data = test.data
    capacity = np.zeros(sum(solved for _, solved in data.distinct))
    capacity[: len(cycles)] = [cycle.discharge[0] / test.mass for cycle in cycles]
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
