"""The calibration that the shipped parameter sets carry."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

from scipy.optimize import brentq

from aslb.experiments.calibration.fit import STARTS, Calibration, calibrate
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.worker import Group, solve_cycles
from aslb.experiments.protocols import cccv
from aslb.models.registry import DFN
from aslb.parameters.cells.cao2021.cell import thick_sulfide_composition
from aslb.parameters.cells.cao2021.fit import FITTED, fit
from aslb.parameters.cells.cao2021.printed import printed
from aslb.parameters.composition.cell import Cell

ACTIVE = "Positive electrode active fraction"


def calibrate_reference(
    *,
    starts: int = STARTS,
    seed: int = 0,
    model: str = DFN,
    journal: Path | None = None,
    executor: Executor | None = None,
) -> tuple[Calibration, dict[str, Any]]:
    """Calibrate cell-3, then the one unknown that the sulfide catholyte adds in cell-1.

    The calibration of cell-3, and the contents of ``calibration.json``, the file that
    the parameter sets carry.
    """
    found = calibrate(
        FITTED,
        fit("cell-3").data,
        starts=starts,
        seed=seed,
        model=model,
        journal=journal,
        executor=executor,
    )
    around = found.posterior
    return found, {
        "command": f"aslb calibrate --seed {seed} --starts {starts}",
        "cell-3": {
            "fitted_to": found.source,
            "values": found.values,
            "cost": found.cost,
            "posterior": {
                "names": [unknown.name for unknown in around.unknowns],
                "position": around.position.tolist(),
                "covariance": around.covariance.tolist(),
                "model_error": around.model_error,
                "missed": list(around.missed),
            },
        },
        "cell-1": {
            "fitted_to": "Cao2021 cell-1: first discharge (fig 6D)",
            "values": {ACTIVE: sulfide_active_fraction(found.values, model)},
        },
    }


def sulfide_active_fraction(fitted: Mapping[str, float], model: str) -> float:
    """Active fraction of cell-1 whose first discharge is the printed one.

    With what cell-3 gave for the same LCO.
    """
    target = printed("first_cycle_at_C20", "discharge_capacity_mAh_g", "cell-1")
    known = Cell(thick_sulfide_composition()).quantities[ACTIVE]

    def excess(fraction: float) -> float:
        # composed anew, for what follows from the active fraction
        cell = Cell(thick_sulfide_composition(replace(known, value=float(fraction))))
        values = cell.parameter_values()
        values.update({k: v for k, v in fitted.items() if k != ACTIVE})
        slow = cccv(1 / 20, **cell.cutoffs())
        run = solve_cycles(Group(values, model, (), slow, Outputs(())).pack(), {})
        if run.failure:
            raise RuntimeError(f"cell-1: {run.failure}")
        return run.cycles[0].discharge[0] / cell.active_mass - target

    return float(brentq(excess, known.lower, known.upper, xtol=1e-4))
