"""The public path: plain PyBaMM simulations of one point of a study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pybamm

from aslb.experiments.engine.cycle import (
    Cycle,
    CycleFailure,
    CyclePlan,
    CycleRun,
    failed_at,
    remark,
    tolerances,
)
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.protocols import cccv
from aslb.models.submodels.voltage_losses import LOSSES


def simulate_cycles(
    values: pybamm.ParameterValues,
    model: str,
    plan: CyclePlan,
    c_rates: Sequence[float],
) -> CycleRun:
    """Charge, hold and discharge by `pybamm.Simulation`, every cycle solved.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell, all of it numbers.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    plan : CyclePlan
        Cut-offs, hold, and what is kept.
    c_rates : sequence of float
        Rate of charge and discharge of each cycle [h-1].

    Returns
    -------
    CycleRun
        The cycles, and why there are not as many as rates if so.
    """
    simulations: dict[float, pybamm.Simulation] = {}
    cycles: list[Cycle] = []
    last: Any = None  # a solution, to which PyBaMM has added its steps
    for number, c_rate in enumerate(c_rates, start=1):
        if c_rate not in simulations:
            simulations[c_rate] = _simulation(values, model, plan, c_rate)
        try:
            last = _solve(simulations[c_rate], last)
            cycles.append(_cycle(last.steps, plan.outputs))
        except CycleFailure as failure:
            reason = failed_at(number, len(c_rates), failure)
            return CycleRun(tuple(cycles), len(cycles), reason)
    return CycleRun(tuple(cycles), len(cycles))


def _simulation(
    values: pybamm.ParameterValues, model: str, plan: CyclePlan, c_rate: float
) -> pybamm.Simulation:
    return pybamm.Simulation(
        pybamm.Model(model),
        parameter_values=values,
        experiment=cccv(
            c_rate,
            lower_cutoff=plan.lower_cutoff,
            upper_cutoff=plan.upper_cutoff,
            hold=plan.hold,
        ),
        solver=pybamm.IDAKLUSolver(**tolerances(plan.rtol)),
    )


def _solve(simulation: pybamm.Simulation, last: pybamm.Solution | None) -> Any:
    """One cycle of three steps that starts where the last one ended."""
    level = pybamm.logger.level
    pybamm.set_logging_level("CRITICAL")
    try:
        solution = simulation.solve(starting_solution=last, calc_esoh=False)
    except pybamm.SolverError as error:
        raise CycleFailure(f"solver: {str(error).splitlines()[0]}") from None
    finally:
        pybamm.logger.setLevel(level)
    # of a cycle that stops in its first step PyBaMM keeps nothing
    new = solution.cycles[0 if last is None else 1 :]
    steps = new[0].steps if new else []
    if len(steps) < 3:
        raise CycleFailure(f"{len(steps)} of 3 steps were solved")
    return new[0]


def _cycle(steps: list[pybamm.Solution], outputs: Outputs) -> Cycle:
    halves = [
        [step for step in half if not isinstance(step, pybamm.EmptySolution)]
        for half in (steps[:2], steps[2:])
    ]
    for name, step in zip(("charge", "hold", "discharge"), steps, strict=True):
        cut_off = isinstance(step, pybamm.EmptySolution) or (
            "[experiment]" in step.termination
        )
        if not (cut_off or (name == "hold" and step.termination == "final time")):
            raise CycleFailure(f"{name} ended by '{step.termination}'")
    charged, discharged = (
        not isinstance(step, pybamm.EmptySolution) for step in (steps[0], steps[2])
    )
    return Cycle(
        _total(halves[0]),
        _total(halves[1]),
        _losses(halves[1], outputs),
        tuple(_curve(half, outputs) for half in halves) if outputs.curve_points else (),
        remark(charged, discharged),
    )


def _total(steps: list[pybamm.Solution]) -> tuple[float, float]:
    if not steps:
        return 0.0, 0.0
    charge, energy = (
        abs(steps[-1][name].entries[-1] - steps[0][name].entries[0])
        for name in ("Discharge capacity [A.h]", "Discharge energy [W.h]")
    )
    return float(charge), float(energy)


def _losses(steps: list[pybamm.Solution], outputs: Outputs) -> np.ndarray:
    losses = np.full((len(outputs.depths), len(LOSSES)), np.nan)
    for step in steps if outputs.depths else ():
        times = step.t[0] + np.array(outputs.depths) * (step.t[-1] - step.t[0])
        for column, component in enumerate(LOSSES):
            losses[:, column] = step[f"{component} loss [V]"](times)
    return losses


def _curve(steps: list[pybamm.Solution], outputs: Outputs) -> np.ndarray:
    voltage = np.full(outputs.curve_points, np.nan)
    if not steps:
        return voltage
    name = "Discharge capacity [A.h]"
    first, last = steps[0][name].entries[0], steps[-1][name].entries[-1]
    passed = [(step[name].entries - first) / (last - first) for step in steps]
    ends = [fraction[-1] for fraction in passed]
    owners = np.searchsorted(ends, outputs.curve_depths)
    owners = np.minimum(owners, len(steps) - 1)
    for owner, (step, fraction) in enumerate(zip(steps, passed, strict=True)):
        own = owners == owner
        if not own.any():
            continue
        times = np.interp(outputs.curve_depths[own], fraction, step.t)
        voltage[own] = step["Voltage [V]"](times)
    return voltage
