"""Fit a small, declared set of unknowns to a cell's measured rate capability."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import qmc

from aslb.errors import InputError
from aslb.experiments.calibration.data import CalibrationData
from aslb.experiments.engine.execute import execute
from aslb.experiments.engine.simulate import (
    MODELS,
    Cell,
    active_mass,
    cutoffs,
    pack,
    parameter_values,
    run,
)
from aslb.experiments.output.files import parameter_hash
from aslb.experiments.protocols import HOLD, rate_test
from aslb.parameters.quantity import Quantities

UNKNOWNS = (
    "Positive electrode active fraction",
    "Positive particle lithiated diffusivity [m2.s-1]",
    "Positive particle diffusivity transition",
)
"""What the rate test of a cell can tell apart; see ``docs/calibration.md``."""

NUISANCES = (
    "Positive particle delithiated diffusivity [m2.s-1]",
    "Positive electrode reference exchange-current density [A.m-2]",
    "Positive electrode Bruggeman coefficient (electrolyte)",
    "Positive electrode lithiated conductivity [S.m-1]",
    "Catholyte conductivity [S.m-1]",
    "Separator-catholyte junction resistance [Ohm.m2]",
    "Negative electrode interface resistance [Ohm.m2]",
    "Exchange-current density for lithium metal electrode [A.m-2]",
    "Separator electrolyte conductivity [S.m-1]",
)
"""What stays at its value in the fit, and in its range in the uncertainty."""

STARTS = 8
REFINED = 2
STEP = 0.01  # of the range of an unknown: well above the solver's tolerance
VOLTAGE_UNCERTAINTY = 0.02  # V


@dataclass(frozen=True)
class Unknown:
    """A parameter to be found, and where it may lie.

    Parameters
    ----------
    name : str
        PyBaMM name.
    lower, upper : float
        The range of its values in the literature.
    logarithmic : bool
        Whether it spans decades.
    """

    name: str
    lower: float
    upper: float
    logarithmic: bool

    def value(self, unit: float) -> float:
        """Value at a position from 0 to 1 in the range."""
        if self.logarithmic:
            return float(self.lower * (self.upper / self.lower) ** unit)
        return float(self.lower + (self.upper - self.lower) * unit)

    def unit(self, value: float) -> float:
        """Position in the range, from 0 to 1, of a value."""
        if self.logarithmic:
            return float(np.log(value / self.lower) / np.log(self.upper / self.lower))
        return float((value - self.lower) / (self.upper - self.lower))


@dataclass(frozen=True)
class Calibration:
    """What was found, and how well.

    Parameters
    ----------
    unknowns : list of Unknown
        The unknowns.
    position : numpy.ndarray
        Where they are, each from 0 to 1 in its range.
    observables : list of str
        What was compared.
    measured, modelled, uncertainty : numpy.ndarray
        Data, model at the optimum, and standard uncertainty of the data.
    jacobian : numpy.ndarray
        Change of each weighted residual over the range of each unknown.
    cost : float
        Sum of squared weighted residuals.
    starts : list of dict
        Every start of the search, with its stage, position and cost.
    """

    unknowns: list[Unknown]
    position: np.ndarray
    observables: list[str]
    measured: np.ndarray
    modelled: np.ndarray
    uncertainty: np.ndarray
    jacobian: np.ndarray
    cost: float
    starts: list[dict[str, Any]]

    @property
    def values(self) -> dict[str, float]:
        """Values found, by name."""
        return {
            unknown.name: unknown.value(unit)
            for unknown, unit in zip(self.unknowns, self.position, strict=True)
        }


def unknowns_of(quantities: Quantities, names: Sequence[str]) -> list[Unknown]:
    """Unknowns whose ranges are those of a cell's provenance.

    Parameters
    ----------
    quantities : mapping of str to Quantity
        The quantities of the cell.
    names : sequence of str
        Names of the unknowns.

    Returns
    -------
    list of Unknown
        One for each name; ranges of ten and more are searched in their logarithm.

    Raises
    ------
    InputError
        If a name is no parameter of the cell, or has no range.
    """
    found = []
    for name in names:
        if name not in quantities:
            raise InputError(f"unknown '{name}' is no parameter of the cell")
        lower, upper = quantities[name].lower, quantities[name].upper
        if not lower < upper:
            raise InputError(f"unknown '{name}' has no range to search")
        found.append(Unknown(name, lower, upper, lower > 0 and upper / lower >= 10))
    return found


def observe(
    packed: bytes, data: CalibrationData, mass: float, values: dict[str, float]
) -> np.ndarray:
    """What the model gives for each observable.

    Parameters
    ----------
    packed : bytes
        The cycles of ``data.distinct``, from `pack`.
    data : CalibrationData
        The data.
    mass : float
        Mass of active material [kg].
    values : dict of str to float
        Values of the unknowns.

    Returns
    -------
    numpy.ndarray
        As many numbers as `observables` names. Cycles that could not be solved have
        delivered nothing.
    """
    cycles = run(packed, values).cycles
    blocks, index = [], 0
    for (_, solved), count in zip(data.distinct, data.cycles, strict=True):
        block = cycles[index : index + solved]
        index += solved
        capacity = [cycle.discharge.total / mass for cycle in block]
        capacity += [0.0] * (solved - len(capacity))
        mean = (capacity[0] + (count - 1) * capacity[-1]) / count
        blocks.append((mean, block))
    numbers = [
        mean
        for (mean, _), measured in zip(blocks, data.capacities, strict=True)
        if np.isfinite(measured)
    ]
    first = cycles[0] if cycles else None
    if data.first_discharge is not None:
        numbers.append(first.discharge.total / mass if first else 0.0)
    if data.first_efficiency is not None:
        charged = first.charge.total if first else 0.0
        numbers.append(first.discharge.total / charged if first and charged else 0.0)
    for c_rate, capacities, _ in data.curves:
        _, block = blocks[int(np.argmin(np.abs(np.array(data.c_rates) - c_rate)))]
        if block:
            discharge = block[-1].discharge
            numbers.extend(
                np.interp(capacities, discharge.capacity / mass, discharge.voltage)
            )
        else:
            numbers.extend([0.0] * len(capacities))
    return np.array(numbers)


def observables(data: CalibrationData) -> tuple[list[str], np.ndarray, np.ndarray]:
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
        rows.extend(
            (
                f"voltage at {c_rate:g}C, {capacity:g} mAh/g",
                voltage,
                VOLTAGE_UNCERTAINTY,
            )
            for capacity, voltage in zip(capacities, voltages, strict=True)
        )
    names, measured, spread = zip(*rows, strict=True)
    return list(names), np.array(measured), np.array(spread)


def _search(
    packed: bytes,
    data: CalibrationData,
    mass: float,
    unknowns: list[Unknown],
    start: np.ndarray,
) -> dict[str, Any]:
    """One bounded least-squares search, in coordinates from 0 to 1."""
    _, measured, spread = observables(data)

    def residuals(position: np.ndarray) -> np.ndarray:
        values = {
            unknown.name: unknown.value(unit)
            for unknown, unit in zip(unknowns, position, strict=True)
        }
        return (observe(packed, data, mass, values) - measured) / spread

    def jacobian(position: np.ndarray) -> np.ndarray:
        here = residuals(position)
        columns = []
        for k in range(len(position)):
            step = STEP if position[k] + STEP <= 1 else -STEP
            moved = position.copy()
            moved[k] += step
            columns.append((residuals(moved) - here) / step)
        return np.array(columns).T

    found = least_squares(
        residuals,
        start,
        jac=jacobian,
        bounds=(0, 1),
        xtol=1e-4,
        ftol=1e-4,
        max_nfev=30,
    )
    return {
        "position": found.x.tolist(),
        "cost": float(2 * found.cost),
        "residuals": found.fun.tolist(),
        "jacobian": found.jac.tolist(),
    }


def calibrate(
    cell: Cell,
    quantities: Quantities,
    data: CalibrationData,
    names: Sequence[str] = UNKNOWNS,
    *,
    starts: int = STARTS,
    seed: int = 0,
    model: str = MODELS[0],
    journal: Path | None = None,
    executor: Executor | None = None,
) -> Calibration:
    """Bounded least squares from many starts.

    The single-particle model searches from a Latin hypercube of starts, and the best of
    them are refined with the model asked for.

    Parameters
    ----------
    cell : str or pybamm.ParameterValues
        The cell.
    quantities : mapping of str to Quantity
        Its quantities: unknowns are sought within their ranges.
    data : CalibrationData
        What it is fitted to.
    names : sequence of str, optional
        Names of the unknowns.
    starts : int, optional
        Number of starts.
    seed : int, optional
        Seed of the starts.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    journal : pathlib.Path, optional
        File to which each search is written when it is done. The same calibration run
        again takes from it what was done before.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    Calibration
        The best fit, with all that is needed to judge it.

    Raises
    ------
    InputError
        If the request makes no sense, or no search succeeded.
    """
    if starts < 1:
        raise InputError(f"{starts} starts; accepted: 1 or more")
    unknowns = unknowns_of(quantities, names)
    mass = active_mass(parameter_values(cell))
    experiment = rate_test(data.distinct, **cutoffs(cell, None, None), hold=HOLD)
    hypercube = qmc.LatinHypercube(len(unknowns), rng=np.random.default_rng(seed))
    points = 0.02 + 0.96 * hypercube.random(starts)

    results: list[dict[str, Any]] = []
    stages = [(MODELS[1], "search")] + [(MODELS[0], "refine")] * (model == MODELS[0])
    for stage_model, stage in stages:
        packed = pack(cell, experiment, stage_model, names)
        tasks = [(packed, data, mass, unknowns, point) for point in points]
        identity = f"{stage_model} {parameter_hash(parameter_values(cell))}"
        stage_results = _resumed(tasks, identity, stage, journal, executor)
        results += stage_results
        ranked = sorted(stage_results, key=lambda result: result["cost"])
        points = np.array([result["position"] for result in ranked[:REFINED]])
        if not ranked:
            raise InputError(f"no {stage} of the calibration succeeded")
    best = ranked[0]
    labels, measured, spread = observables(data)
    return Calibration(
        unknowns=unknowns,
        position=np.array(best["position"]),
        observables=labels,
        measured=measured,
        modelled=measured + spread * np.array(best["residuals"]),
        uncertainty=spread,
        jacobian=np.array(best["jacobian"]),
        cost=best["cost"],
        starts=results,
    )


def _resumed(
    tasks: list[tuple[Any, ...]],
    identity: str,
    stage: str,
    journal: Path | None,
    executor: Executor | None,
) -> list[dict[str, Any]]:
    """Results of all tasks, those of a journal first."""
    keys = [_key(identity, task) for task in tasks]
    done: dict[str, dict[str, Any]] = {}
    if journal is not None and journal.exists():
        for line in journal.read_text().splitlines():
            entry = json.loads(line)
            done[entry["key"]] = entry
    todo = [index for index, key in enumerate(keys) if key not in done]

    def collect(at: int, result: dict[str, Any] | None, failure: str) -> None:
        if result is None:
            return
        entry = {"key": keys[todo[at]], "stage": stage, **result}
        done[entry["key"]] = entry
        if journal is not None:
            journal.parent.mkdir(parents=True, exist_ok=True)
            with journal.open("a") as file:
                file.write(json.dumps(entry) + "\n")

    complete = execute(
        _search,
        [tasks[index] for index in todo],
        collect,
        executor=executor,
        description=stage,
    )
    if not complete:
        raise KeyboardInterrupt
    return [done[key] for key in keys if key in done]


def _key(identity: str, task: tuple[Any, ...]) -> str:
    """What a search is, so that a journal of another one is not taken for it."""
    _, data, _, unknowns, start = task
    text = json.dumps(
        [
            identity,
            asdict(data),
            [asdict(unknown) for unknown in unknowns],
            np.round(start, 9).tolist(),
        ]
    )
    return hashlib.sha256(text.encode()).hexdigest()
