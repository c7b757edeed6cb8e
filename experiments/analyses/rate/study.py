"""Rate capability of cells as they were built."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.engine.cycle import CyclePlan, CycleRun
from aslb.experiments.engine.execute import execute
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.simulate import (
    CELLS,
    MODELS,
    Cell,
    active_mass,
    cell_name,
    cutoffs,
    parameter_values,
)
from aslb.experiments.engine.worker import Group, solve_cycles
from aslb.experiments.protocols import (
    HOLD,
    RATE_TEST,
    check_protocol,
)
from aslb.experiments.study.rates import each_cycle

KEPT = Outputs(("discharge_capacity",), curve_points=101)


def rate(
    cells: Sequence[Cell] = CELLS,
    rates: Sequence[tuple[float, int]] = RATE_TEST,
    *,
    model: str = MODELS[0],
    upper_cutoff: float | None = None,
    lower_cutoff: float | None = None,
    hold: float = HOLD,
    executor: Executor | None = None,
) -> xr.Dataset:
    """Capacity and efficiencies of each cycle of a rate test.

    Parameters
    ----------
    cells : sequence of str or pybamm.ParameterValues, optional
        Names of parameter sets, or parameter values of one's own.
    rates : sequence of (float, int), optional
        Rate [h-1] and number of cycles at it.
    model : str, optional
        "SolidStateDFN" or "SolidStateSPM".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V]; by default the cell's own.
    hold : float, optional
        Duration of the hold at the upper cut-off [h].
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.

    Returns
    -------
    xarray.Dataset
        Dimensions `cell`, `cycle` (from 1) and `depth` (fraction of the charge passed
        in the half-cycle); units are in the attributes. Cycles that could not be solved
        are NaN, with `status` "failed" and the `reason`.

    Raises
    ------
    InputError
        If the request makes no sense.
    """
    if not cells:
        raise InputError(f"no cell given; accepted: {', '.join(CELLS)}")
    limits = [cutoffs(cell, upper_cutoff, lower_cutoff) for cell in cells]
    c_rates = each_cycle(rates)
    tasks: list[tuple[Any, ...]] = []
    for cell, ends in zip(cells, limits, strict=True):
        check_protocol(rates, **ends, hold=hold)
        plan = CyclePlan(**ends, hold=hold, outputs=KEPT)
        tasks.append(
            (Group(parameter_values(cell), model, (), plan).pack(), {}, c_rates)
        )

    shape = (len(cells), len(c_rates))
    capacity = {half: np.full(shape, np.nan) for half in ("charge", "discharge")}
    efficiency = {kind: np.full(shape, np.nan) for kind in ("coulombic", "energy")}
    voltage = {half: np.full((*shape, KEPT.curve_points), np.nan) for half in capacity}
    status = np.full(shape, "failed", dtype=object)
    reason = np.full(shape, "", dtype=object)
    solved = np.zeros(len(cells), dtype=int)

    def collect(row: int, run: CycleRun | None, failure: str) -> None:
        mass = active_mass(parameter_values(cells[row]))
        reason[row] = run.failure if run else failure
        solved[row] = run.solved if run else 0
        for column, cycle in enumerate(run.cycles if run else ()):
            at = (row, column)
            status[at], reason[at] = "ok", cycle.remark
            for half, curve in zip(capacity, cycle.curves, strict=True):
                capacity[half][at] = getattr(cycle, half)[0] / mass
                voltage[half][at] = curve
            for kind, values in efficiency.items():
                values[at] = getattr(cycle, f"{kind}_efficiency")

    execute(solve_cycles, tasks, collect, executor=executor, description="cells")
    names = [cell_name(cell) for cell in cells]
    dims = ("cell", "cycle")
    per_mass = "per mass of LCO"
    return xr.Dataset(
        {
            **{
                f"{half}_capacity": (
                    dims,
                    capacity[half],
                    {
                        "units": "mAh/g",
                        "long_name": f"{half.capitalize()} capacity {per_mass}",
                    },
                )
                for half in capacity
            },
            **{
                f"{half}_voltage": (
                    (*dims, "depth"),
                    voltage[half],
                    {
                        "units": "V",
                        "long_name": f"{half.capitalize()} voltage against the foil",
                    },
                )
                for half in capacity
            },
            **{
                f"{kind}_efficiency": (dims, efficiency[kind], {"units": "1"})
                for kind in efficiency
            },
            **{
                end: ("cell", [ends[end] for ends in limits], {"units": "V"})
                for end in ("upper_cutoff", "lower_cutoff")
            },
            "cycles_solved": (
                "cell",
                solved,
                {"units": "1", "long_name": "Cycles that repeat no other one"},
            ),
            "status": (dims, status.astype(str)),
            "reason": (dims, reason.astype(str)),
        },
        coords={
            "cell": names,
            "cycle": np.arange(1, len(c_rates) + 1),
            "c_rate": ("cycle", np.array(c_rates), {"units": "h-1"}),
            "depth": (
                "depth",
                KEPT.curve_depths,
                {"units": "1", "long_name": "Fraction of the charge passed"},
            ),
        },
        attrs={
            "model": model,
            "hold": hold,
        },
    )
