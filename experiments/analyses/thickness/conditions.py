"""What is done to a cell at each thickness, and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pybamm
import xarray as xr

from aslb.experiments.protocols import cccv, formation
from aslb.experiments.study.definition import Study
from aslb.experiments.study.names import STARTS
from aslb.experiments.study.schema import REMARKS
from aslb.parameters.composition.cell import Cell

NAME = "Separator thickness [m]"
CYCLES = 3  # at a rate, of which the last one is kept
DEPTHS = tuple(np.linspace(0, 1, 11)[1:].tolist())
CAPACITY: dict[str, Any] = {"quantities": ["discharge_capacity"]}
WITH_LOSSES: dict[str, Any] = {
    **CAPACITY,
    "losses_at_depth": DEPTHS,
    "charge_losses_at_depth": DEPTHS,
    "curve_points": len(DEPTHS) + 1,  # curves begin at depth 0
}


@dataclass(frozen=True)
class Conditions:
    """How cells are cycled, and where that is solved.

    The formed cell is cycled `CYCLES` times at a rate, and its last cycle is kept: the
    first one starts from what the slow formation left, and a thick cell delivers up to
    40 % less in it than from the third one on. A cell as assembled is cycled once.

    Parameters
    ----------
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    hold : float
        Duration of the hold at the upper cut-off [h].
    start : str
        "formed" or "as assembled".
    upper_cutoff, lower_cutoff : float, optional
        Cut-off voltages against the foil [V]; by default each cell's own.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.
    """

    model: str
    hold: float
    start: str
    upper_cutoff: float | None = None
    lower_cutoff: float | None = None
    executor: Executor | None = None

    def limits(self, cell: Cell) -> dict[str, float]:
        """Cut-offs of a cell, as protocols take them."""
        return cell.cutoffs(self.upper_cutoff, self.lower_cutoff)

    def protocol(self, cell: Cell) -> pybamm.Experiment:
        """What is done to a cell at each rate."""
        cycles = CYCLES if self.start == STARTS[0] else 1
        return cccv(**self.limits(cell), hold=self.hold, cycles=cycles)

    def solved(
        self,
        cell: Cell,
        vary: Mapping[str, Any],
        *,
        method: str = "grid",
        kept: Mapping[str, Any] = CAPACITY,
        interruptible: bool = False,
    ) -> xr.Dataset:
        """The last cycle of each point of a study.

        Parameters
        ----------
        cell : Cell
            The cell.
        vary : mapping
            What varies, as for `Study`.
        method : str, optional
            "grid" or "list".
        kept : mapping, optional
            What is kept of each cycle, as for `Study`.
        interruptible : bool, optional
            Whether points may be missing after an interruption by the keyboard, with
            "interrupted" as `reason`.

        Returns
        -------
        xarray.Dataset
            As from `open_study`, without a dimension `cycle`.

        Raises
        ------
        KeyboardInterrupt
            At an interruption, unless points may be missing.
        """
        formed = self.start == STARTS[0]
        start = formation(**self.limits(cell)) if formed else self.start
        study = Study(
            cell,
            self.protocol(cell),
            vary,
            start=start,
            method=method,
            model=self.model,
            **kept,
        )
        data = study.run(executor=self.executor)
        if not interruptible and (data.reason == "interrupted").any():
            raise KeyboardInterrupt
        return last_cycle(data)


def last_cycle(data: xr.Dataset) -> xr.Dataset:
    """The last cycle of each point of a study, with what is said about that one."""
    if "cycle" not in data.dims:
        return data
    last = data.isel(cycle=-1, drop=True)
    said = last[REMARKS].where(data.status == "ok", data.reason)
    return last.assign(reason=said.assign_attrs(data.reason.attrs))
