"""The calibration that the shipped parameter sets carry."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pybamm
from scipy.optimize import brentq

from aslb.experiments.calibration.data import CalibrationData, reference_data
from aslb.experiments.calibration.fit import (
    NUISANCES,
    STARTS,
    STEP,
    Calibration,
    calibrate,
    observables,
    observe,
    unknowns_of,
)
from aslb.experiments.calibration.posterior import Posterior, posterior
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
from aslb.experiments.protocols import HOLD, rate_test
from aslb.experiments.validation.printed_numbers import paper_numbers
from aslb.parameters.cells.cao2021.cell import thick_sulfide_composition
from aslb.parameters.composition.cell import Cell as Composed
from aslb.parameters.quantity import Quantities

CELL = "Cao2021_thin_halide"
ACTIVE = "Positive electrode active fraction"


def calibrate_reference(
    *,
    starts: int = STARTS,
    seed: int = 0,
    model: str = MODELS[0],
    journal: Path | None = None,
    executor: Executor | None = None,
) -> tuple[Calibration, Posterior, dict[str, Any]]:
    """Calibrate cell-3, then the one unknown that the sulfide catholyte adds in cell-1.

    Parameters
    ----------
    starts, seed, model, journal, executor
        As for `calibrate`.

    Returns
    -------
    Calibration
        Of cell-3.
    Posterior
        Of its unknowns and of the nuisances together.
    dict
        Contents of ``calibration.json``, the file that the parameter sets carry.
    """
    data = reference_data()
    found = calibrate(
        CELL,
        Composed(CELL).quantities,
        data,
        starts=starts,
        seed=seed,
        model=model,
        journal=journal,
        executor=executor,
    )
    wide = wide_posterior(CELL, Composed(CELL).quantities, data, found, model, executor)
    return (
        found,
        wide,
        {
            "command": f"aslb calibrate --seed {seed} --starts {starts}",
            "cell-3": {
                "fitted_to": data.source,
                "values": found.values,
                "cost": found.cost,
                "posterior": {
                    "names": [unknown.name for unknown in wide.unknowns],
                    "position": wide.position.tolist(),
                    "covariance": wide.covariance.tolist(),
                },
            },
            "cell-1": {
                "fitted_to": "Cao2021 cell-1: first discharge (fig 6D)",
                "values": {ACTIVE: sulfide_active_fraction(found.values, model)},
            },
        },
    )


def wide_posterior(
    cell: Cell,
    cell_quantities: Quantities,
    data: CalibrationData,
    found: Calibration,
    model: str,
    executor: Executor | None,
) -> Posterior:
    """Posterior of the unknowns and of what was left at its value, together.

    A nuisance keeps its value in the fit. It has a range all the same, and the data
    restrict it as far as they can see it.

    Parameters
    ----------
    cell, cell_quantities, data, found
        What was calibrated, and the result.
    model : str
        Name of the model.
    executor : concurrent.futures.Executor or None
        Where to run.

    Returns
    -------
    Posterior
        Unknowns first, then the nuisances that have a range.
    """
    nuisances = unknowns_of(cell_quantities, NUISANCES)
    unknowns = [*found.unknowns, *nuisances]
    here = np.array(
        [
            *found.position,
            *(n.unit(cell_quantities[n.name].number) for n in nuisances),
        ]
    )
    experiment = rate_test(data.distinct, **cutoffs(cell, None, None), hold=HOLD)
    packed = pack(cell, experiment, model, [unknown.name for unknown in unknowns])
    mass = active_mass(parameter_values(cell))
    _, _, spread = observables(data)

    steps = np.where(here + STEP <= 1, STEP, -STEP)
    positions = [here, *(here + np.diag(steps))]
    tasks = [
        (
            packed,
            data,
            mass,
            {
                unknown.name: unknown.value(unit)
                for unknown, unit in zip(unknowns, position, strict=True)
            },
        )
        for position in positions
    ]
    modelled: list[np.ndarray | None] = [None] * len(tasks)

    def collect(index: int, result: np.ndarray | None, failure: str) -> None:
        if result is None:
            raise RuntimeError(f"uncertainty of the calibration: {failure}")
        modelled[index] = result

    if not execute(
        observe, tasks, collect, executor=executor, description="uncertainty"
    ):
        raise KeyboardInterrupt
    base = np.asarray(modelled[0])
    columns = [
        (np.asarray(moved) - base) / spread / step
        for moved, step in zip(modelled[1:], steps, strict=True)
    ]
    return posterior(unknowns, here, np.array(columns).T)


def sulfide_active_fraction(fitted: dict[str, float], model: str) -> float:
    """Active fraction of cell-1 whose first discharge is the printed one.

    Parameters
    ----------
    fitted : dict of str to float
        What cell-3 gave for the same LCO.
    model : str
        Name of the model.

    Returns
    -------
    float
        The active fraction.
    """
    printed = paper_numbers()["first_cycle_at_C20"]["discharge_capacity_mAh_g"]
    target = float(printed["cell-1"])
    known = thick_sulfide_composition().cathode.active_fraction

    def excess(fraction: float) -> float:
        cell = pybamm.ParameterValues(
            thick_sulfide_composition(
                replace(known, value=float(fraction))
            ).parameter_set()
        )
        cell.update({k: v for k, v in fitted.items() if k != ACTIVE})
        experiment = rate_test([(1 / 20, 1)], **cutoffs(cell, None, None))
        result = run(pack(cell, experiment, model))
        if result.failure:
            raise RuntimeError(f"cell-1: {result.failure}")
        return result.cycles[0].discharge.total / active_mass(cell) - target

    return float(brentq(excess, known.lower, known.upper, xtol=1e-4))
