"""A study: cells, a protocol, points in the space of what varies, what is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pybamm
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.engine.chosen import Chosen, has_hold, has_varied_rate
from aslb.experiments.engine.description import described as described_as
from aslb.experiments.engine.steps import rates_of_cycles
from aslb.experiments.engine.time_limit import LIMIT
from aslb.experiments.protocols import C_RATE, HOLD_H
from aslb.experiments.study.adaptive_map import AdaptiveMap, adaptive_map
from aslb.experiments.study.names import (
    CHOSEN,
    STARTS,
    cells_by_name,
    check_ends,
    check_same_rates,
    check_weighable,
    experiment_of,
    start_of,
    varied_names,
)
from aslb.experiments.study.points import points_of
from aslb.experiments.study.settings import (
    KEYWORDS,
    OutputsSection,
    StudyFile,
    checked,
)

Protocol = pybamm.Experiment | Callable[..., pybamm.Experiment]


class Study:
    """Cells, a protocol, points in the space of what varies, and what is kept.

    Parameters
    ----------
    cells : Cell, str, pybamm.ParameterValues, or sequence of them
        Every point is solved for each.
    protocol : pybamm.Experiment or callable
        What is done to a cell. The input ``c_rate``, as in ``cccv()``, is a rate that
        varies. A callable is given the cut-offs of each cell, as `upper_cutoff` and
        `lower_cutoff`: ``cccv`` itself is one.
    vary : mapping, optional
        What varies: values, or ``{"log": [low, high], "points": n}``, or ``"linear"``,
        by name. Names are those of `Cell.vary`, ``"c_rate"`` [h-1], or ``"hold_h"``,
        the duration of every hold [h].
    start : str, pybamm.Experiment or callable, optional
        What each point starts from: "formed" is a cell after `protocols.formation`
        within its cut-offs, "as assembled" a fresh one. An experiment, or what makes
        one of the cut-offs, is done to the cell as assembled before.
    folder : pathlib.Path, optional
        Where a CSV of points is looked for.
    text : str, optional
        What it was read from; by default its setting as JSON.
    described : mapping, optional
        Protocol and start in words; by default every step of them.
    **settings
        Keys of a study file: `model`, `method`, `points`, `seed`, `file`, `goal`,
        `loss`, `rtol`, `var_pts`, `bands`, which `aslb.with_bands` follows, and those
        of its table ``outputs``, as `quantities`.

    Raises
    ------
    InputError
        If it makes no sense, naming the key and what is accepted.

    Examples
    --------
    >>> from aslb.experiments.protocols import cccv
    >>> rates = {"c_rate": [0.2, 1]}
    >>> study = Study("Cao2021_thin_halide", cccv, rates, model="SolidStateSPM")
    >>> len(study)
    2
    """

    def __init__(
        self,
        cells: Any,
        protocol: Protocol,
        vary: Mapping[str, Any] | None = None,
        *,
        start: Any = "formed",
        folder: Path = Path(),
        text: str = "",
        described: Mapping[str, Any] | None = None,
        **settings: Any,
    ):
        for key in settings:
            if key not in KEYWORDS:
                raise InputError(
                    f"unknown key {key!r}; accepted: {', '.join(KEYWORDS)}"
                )
        tables = OutputsSection.model_fields.keys() & settings
        settings["outputs"] = {key: settings.pop(key) for key in tables}
        if vary is not None:
            settings["vary"] = vary
        chosen = checked(settings)
        self.cells = cells_by_name(cells)
        self.model: str = chosen.model
        self.rtol: float = chosen.rtol
        self.var_pts: dict[str, int] = dict(chosen.var_pts)
        self.bands: int = chosen.bands
        self.outputs = chosen.outputs.outputs()
        self.is_grid = chosen.method == "grid"
        written, self.points = points_of(
            chosen.method,
            chosen.vary,
            points=chosen.points,
            seed=chosen.seed,
            file=folder / chosen.file if chosen.file else None,
        )
        self.names = tuple(varied_names(written, self.cells.values()))
        check_ends(self.names, self.points)
        self.protocol, self.start = protocol, start
        self.experiments = {
            name: experiment_of(protocol, cell) for name, cell in self.cells.items()
        }
        self.starts = {name: start_of(start, cell) for name, cell in self.cells.items()}
        self._described = dict(described or {})
        self._check()
        self.adaptive = self._adaptive(chosen) if chosen.method == "adaptive" else None
        self.text = text or json.dumps(self.setting, indent=2)

    def _check(self) -> None:
        check_same_rates(self.experiments.values())
        varied = any(map(has_varied_rate, self.experiments.values()))
        if varied != (C_RATE in [name.name for name in self.names]):
            raise InputError(
                f"{C_RATE} is {'missing' if varied else 'given twice'}; accepted: "
                "in what varies, or in the protocol"
            )
        holds = all(map(has_hold, self.experiments.values()))
        if HOLD_H in [name.name for name in self.names] and not holds:
            raise InputError(f"{HOLD_H}: no hold in the protocol; accepted: cccv")
        for cell in self.cells.values():
            cell.changes(self._written(self.points[0]))
        if self.outputs.energies:
            check_weighable(self.cells.values(), self.names)

    def _adaptive(self, chosen: StudyFile) -> AdaptiveMap:
        if len(self.cells) > 1:
            raise InputError(
                f"cells: {len(self.cells)} cells; accepted with method 'adaptive': one"
            )
        if self.c_rates:
            raise InputError(
                "protocol.name: 'rate_test'; accepted with method 'adaptive': cccv"
            )
        return adaptive_map(chosen, self.outputs.columns)

    def __len__(self) -> int:
        points = self.adaptive.points if self.adaptive else len(self.points)
        return len(self.cells) * points

    @property
    def packages(self) -> tuple[str, ...]:
        """Packages, besides those of every study, that results depend on."""
        return ("adaptive",) if self.adaptive else ()

    @cached_property
    def c_rates(self) -> tuple[float | None, ...]:
        """Rate of each cycle [h-1], if it has one; empty for a single cycle."""
        experiment = next(iter(self.experiments.values()))
        rates = rates_of_cycles(experiment)
        return rates if len(rates) > 1 or "rates" in self._described else ()

    @property
    def cycles(self) -> int:
        """Number of cycles of each point."""
        return len(self.c_rates) or 1

    @cached_property
    def setting(self) -> dict[str, Any]:
        """All that is the same at every point, ready for JSON."""
        entries = [name.entry for name in self.names if name.entry]
        protocol = {name: described_as(e) for name, e in self.experiments.items()}
        starts = {name: described_as(e) for name, e in self.starts.items() if e}
        words = {"protocol": protocol, "start": starts or STARTS[1]}
        return {
            **(self._described or words),
            "c_rates": self.c_rates,
            "model": self.model,
            "names": [name.name for name in self.names],
            "rtol": self.rtol,
            "columns": self.outputs.columns,
            "curve_points": self.outputs.curve_points,
            "parameters": {name: cell.hash for name, cell in self.cells.items()},
            **({"var_pts": self.var_pts} if self.var_pts else {}),
            **({"entries": entries} if entries else {}),
            **({"method": self.adaptive.setting} if self.adaptive else {}),
        }

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the setting and the points: what a result depends on."""
        digest = hashlib.sha256(json.dumps(self.setting).encode())
        digest.update(np.ascontiguousarray(self.points).tobytes())
        if self.adaptive:
            digest.update(json.dumps(self.adaptive.stop).encode())
        return digest.hexdigest()

    def _written(self, row: np.ndarray) -> dict[Any, float]:
        return {
            name: float(value)
            for name, value in zip(self.names, row, strict=True)
            if name.name not in CHOSEN
        }

    def inputs(
        self, row: np.ndarray, cell: str | None = None
    ) -> tuple[Chosen, dict[str, float]]:
        """What a point chooses of the protocol, and its parameters as PyBaMM has them.

        What follows from an entry belongs to the design of `cell`, or the first cell.
        """
        written = dict(zip([name.name for name in self.names], row, strict=True))
        chosen = {name: float(written[name]) for name in CHOSEN if name in written}
        of = self.cells[cell or next(iter(self.cells))]
        return Chosen(**chosen), of.changes(self._written(row))

    def run(
        self,
        out: Path | str | None = None,
        *,
        executor: Executor | None = None,
        engine: str | None = None,
        recheck: float | None = None,
        extend: bool = False,
        retry_failed: bool = False,
        limit: float = LIMIT,
    ) -> xr.Dataset:
        """Solve the points that are not solved yet.

        Parameters
        ----------
        out : pathlib.Path or str, optional
            Folder of the store, in which each point is committed when it is finished:
            run again after whatever ended it, the study goes on where it was. By
            default results are kept in memory only.
        executor : concurrent.futures.Executor, optional
            Where to run. By default local processes, one for each core.
        engine : str, optional
            "lanes", points side by side in compiled code, or "IDAKLU", PyBaMM's solver
            for each. By default lanes where there is a C++ compiler. A study that was
            begun one way goes on that way.
        recheck : float, optional
            Share of the points of lanes that are solved again with IDAKLU, to tell the
            largest difference. By default 1 % of a study that is kept in a folder.
        extend : bool, optional
            Whether points of this study may be added to those of the store.
        retry_failed : bool, optional
            Whether failed points are solved again.
        limit : float, optional
            How long a point may take that is solved by itself [s]; lanes count their
            time steps instead. Such a point has "failed", with this as its reason.

        Returns
        -------
        xarray.Dataset
            As from `aslb.experiments.open_study`.

        Raises
        ------
        InputError
            If the folder holds another study.
        SweepInterrupted
            At an interruption by the keyboard, with all finished points kept in `out`.
            In memory the points that are missing have "failed", "interrupted".
        """
        from aslb.experiments.study.run import run_study

        return run_study(
            self,
            None if out is None else Path(out),
            executor=executor,
            engine=engine,
            recheck=recheck,
            extend=extend,
            retry_failed=retry_failed,
            limit=limit,
        )
