"""The public path: a plain PyBaMM simulation of one point of a study."""

from __future__ import annotations

import numpy as np
import pybamm

from aslb.experiments.cycle import Cycle, CycleFailure, CyclePlan, tolerances
from aslb.experiments.protocols import cccv
from aslb.experiments.study_outputs import Outputs
from aslb.models.voltage_losses import LOSSES


def simulate_cycle(
    values: pybamm.ParameterValues,
    model: str,
    plan: CyclePlan,
    c_rate: float,
) -> Cycle:
    """One charge, hold and discharge by `pybamm.Simulation`.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell, all of it numbers.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    plan : CyclePlan
        Cut-offs, hold, and what is kept.
    c_rate : float
        Charge and discharge rate [h-1].

    Returns
    -------
    Cycle
        What was asked for.

    Raises
    ------
    CycleFailure
        If the cycle cannot be solved.
    """
    experiment = cccv(
        c_rate,
        lower_cutoff=plan.lower_cutoff,
        upper_cutoff=plan.upper_cutoff,
        hold=plan.hold,
    )
    simulation = pybamm.Simulation(
        pybamm.Model(model),
        parameter_values=values,
        experiment=experiment,
        solver=pybamm.IDAKLUSolver(**tolerances(plan.rtol)),
    )
    level = pybamm.logger.level
    pybamm.set_logging_level("CRITICAL")
    try:
        solution = simulation.solve(calc_esoh=False)
    except pybamm.SolverError as error:
        raise CycleFailure(f"solver: {str(error).splitlines()[0]}") from None
    finally:
        pybamm.logger.setLevel(level)
    outputs = plan.outputs
    steps = solution.cycles[0].steps if solution.cycles else []
    if len(steps) < 3:
        raise CycleFailure(f"{len(steps)} of 3 steps were solved")
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
    skipped = [
        name
        for name, step in (("charge", steps[0]), ("discharge", steps[2]))
        if isinstance(step, pybamm.EmptySolution)
    ]
    return Cycle(
        _total(halves[0]),
        _total(halves[1]),
        _losses(halves[1], outputs),
        tuple(_curve(half, outputs) for half in halves) if outputs.curve_points else (),
        "; ".join(f"{name} met its cut-off at once" for name in skipped),
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
