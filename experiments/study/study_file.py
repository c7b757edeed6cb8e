"""A study as its file describes it: cells, protocol, what varies, what is kept."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pybamm

from aslb.errors import InputError
from aslb.experiments.engine.cycle import RTOL, CyclePlan
from aslb.experiments.engine.energies import BOUNDARY, ENERGIES, check_weighable
from aslb.experiments.engine.outputs import QUANTITIES, Outputs
from aslb.experiments.engine.simulate import MODELS
from aslb.experiments.output.files import parameter_hash
from aslb.experiments.protocols import HOLD, check_protocol
from aslb.experiments.study import points as study_points
from aslb.experiments.study.adaptive_map import AdaptiveMap, adaptive_map
from aslb.experiments.study.rates import (
    C_RATE,
    PROTOCOLS,
    RATES,
    Rates,
    each_cycle,
    rates_from,
)
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import BOUNDARIES
from aslb.parameters.composition.names import ParameterName

TIGHTEST, LOOSEST = 1e-9, 1e-3  # tolerances at which the integrator works
KEYS = (
    "cells",
    "model",
    "method",
    "points",
    "seed",
    "file",
    "goal",
    "loss",
    "rtol",
    "protocol",
    "vary",
    "outputs",
)
PROTOCOL_KEYS = ("name", C_RATE, RATES, "upper_cutoff_V", "lower_cutoff_V", "hold_h")
CUTOFFS = {
    "Upper voltage cut-off [V]": "protocol.upper_cutoff_V",
    "Lower voltage cut-off [V]": "protocol.lower_cutoff_V",
}
FRACTIONS = (" fraction", " porosity", " stoichiometry as assembled")
OUTPUT_KEYS = ("quantities", "boundaries", "losses_at_depth", "curve_points")


@dataclass(frozen=True)
class Study:
    """Cells, a protocol, points in the space of what varies, and what is kept.

    Parameters
    ----------
    cells : tuple of str
        Names of parameter sets, or paths of cell files; every point is solved for each.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    names : tuple of ParameterName
        What varies, besides the cell.
    points : numpy.ndarray
        One row a point, one column a name, in the units of the names; of an adaptive
        map its corners.
    is_grid : bool
        Whether the points are every combination of the values of each name.
    c_rate : float or None
        Rate of every point [h-1], where it is one and does not vary.
    upper_cutoff, lower_cutoff : float or None
        Cut-off voltages against the foil [V]; None for those of each cell.
    hold : float
        Duration of the hold at the upper cut-off [h].
    outputs : Outputs
        What is kept of each point.
    rtol : float
        Relative tolerance of the solver.
    text : str
        The study file, or its equal as JSON.
    adaptive : AdaptiveMap, optional
        How points are added to the first ones, if they are.
    rates : tuple of (float, int), optional
        Rates of a rate test [h-1] and the number of cycles at each; empty where each
        point is one cycle.
    """

    cells: tuple[str, ...]
    model: str
    names: tuple[ParameterName, ...]
    points: np.ndarray
    is_grid: bool
    c_rate: float | None
    upper_cutoff: float | None
    lower_cutoff: float | None
    hold: float
    outputs: Outputs
    rtol: float
    text: str
    adaptive: AdaptiveMap | None = None
    rates: Rates = ()

    def __len__(self) -> int:
        points = self.adaptive.points if self.adaptive else len(self.points)
        return len(self.cells) * points

    @property
    def packages(self) -> tuple[str, ...]:
        """Packages, besides those of every study, that results depend on."""
        return ("adaptive",) if self.adaptive else ()

    @cached_property
    def made(self) -> dict[str, Cell]:
        """The cells by name."""
        return {cell: Cell(cell) for cell in self.cells}

    @cached_property
    def parameters(self) -> dict[str, pybamm.ParameterValues]:
        """Parameter values by cell."""
        return {name: cell.parameter_values() for name, cell in self.made.items()}

    def plan(self, cell: str) -> CyclePlan:
        """What is done to a cell in every cycle, and what is kept of it."""
        return CyclePlan(
            **self.made[cell].cutoffs(self.upper_cutoff, self.lower_cutoff),
            hold=self.hold,
            outputs=self.outputs,
            rtol=self.rtol,
        )

    @property
    def cycles(self) -> int:
        """Number of cycles of each point."""
        return len(each_cycle(self.rates)) or 1

    @cached_property
    def setting(self) -> dict[str, Any]:
        """All that is the same at every point, ready for JSON."""
        entries = [name.entry for name in self.names if name.entry]
        return {
            **({"rates": self.rates} if self.rates else {}),
            "model": self.model,
            "names": [name.name for name in self.names],
            "c_rate": self.c_rate,
            "upper_cutoff_V": self.upper_cutoff,
            "lower_cutoff_V": self.lower_cutoff,
            "hold_h": self.hold,
            "rtol": self.rtol,
            "columns": self.outputs.columns,
            "curve_points": self.outputs.curve_points,
            "parameters": {
                cell: parameter_hash(values) for cell, values in self.parameters.items()
            },
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

    def inputs(
        self, row: np.ndarray, cell: str | None = None
    ) -> tuple[tuple[float, ...], dict[str, float]]:
        """Rate of each cycle of a point, and its parameters as PyBaMM has them.

        Parameters
        ----------
        row : numpy.ndarray
            The point.
        cell : str, optional
            Whose design what follows belongs to; by default the first cell.
        """
        written = dict(zip(self.names, map(float, row), strict=True))
        rates = [name for name in self.names if name.pybamm_name == C_RATE]
        c_rate = written.pop(rates[0]) if rates else self.c_rate
        changes = self.made[cell or self.cells[0]].changes(written)
        if self.rates:
            return each_cycle(self.rates), changes
        assert c_rate is not None  # `study_from` sees to it
        return (c_rate,), changes


def read_study(path: Path) -> Study:
    """The study that a TOML file describes.

    Parameters
    ----------
    path : pathlib.Path
        The file; a CSV of points that it names is looked for next to it.

    Returns
    -------
    Study
        The study, checked.

    Raises
    ------
    InputError
        If it makes no sense, naming the key and what is accepted.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        raise InputError(f"study {path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"study {path}: not TOML: {_line(error)}") from None
    try:
        return study_from(content, folder=path.parent, text=text)
    except InputError as error:
        raise InputError(f"study {path}: {error}") from None


def study_from(
    content: Mapping[str, Any], *, folder: Path = Path(), text: str = ""
) -> Study:
    """The study that a mapping describes, as a study file does.

    Parameters
    ----------
    content : mapping
        Keys of a study file.
    folder : pathlib.Path, optional
        Where a CSV of points is looked for.
    text : str, optional
        The file that it was read from; by default the content as JSON.

    Returns
    -------
    Study
        The study, checked.

    Raises
    ------
    InputError
        If it makes no sense, naming the key and what is accepted.
    """
    _only("", content, KEYS)
    cells = _texts("cells", content.get("cells", ["Cao2021_thin_halide"]))
    made = {cell: Cell(cell) for cell in cells}
    sets = {name: cell.parameter_values() for name, cell in made.items()}
    model = _one_of("model", content.get("model", MODELS[0]), MODELS)
    written, points, is_grid = _points(content, folder)
    names = tuple(_name(name, made) for name in written)
    for i, name in enumerate(names):
        if name.pybamm_name in [other.pybamm_name for other in names[:i]]:
            raise InputError(f"vary: '{name.name}' varies twice, under two names")
    for name, column in zip(names, points.T, strict=True):
        _plausible(name, column)

    rtol = study_points.number("rtol", content.get("rtol", RTOL))
    if not TIGHTEST <= rtol <= LOOSEST:
        raise InputError(f"rtol: {rtol:g}; accepted: {TIGHTEST:g} to {LOOSEST:g}")
    protocol = _section(content, "protocol", PROTOCOL_KEYS)
    _one_of("protocol.name", protocol.get("name", "cccv"), PROTOCOLS)
    rates = rates_from(protocol, varies=C_RATE in written)
    c_rate = protocol.get(C_RATE)
    if not rates and (c_rate is None) != (C_RATE in written):
        raise InputError(
            f"{C_RATE} is {'missing' if c_rate is None else 'given twice'}; accepted: "
            "in [vary] or in [protocol]"
        )
    number = study_points.number
    limits = {
        end: number(f"protocol.{end}_V", protocol[f"{end}_V"])
        if f"{end}_V" in protocol
        else None
        for end in ("upper_cutoff", "lower_cutoff")
    }
    hold = number("protocol.hold_h", protocol.get("hold_h", HOLD))
    fixed = None if c_rate is None else number(f"protocol.{C_RATE}", c_rate)
    for cell in made.values():
        ends = cell.cutoffs(limits["upper_cutoff"], limits["lower_cutoff"])
        check_protocol([(1.0 if fixed is None else fixed, 1)], **ends, hold=hold)

    outputs = _outputs(_section(content, "outputs", OUTPUT_KEYS))
    if outputs.energies:
        check_weighable(sets, names)

    adaptive = None
    if content.get("method") == "adaptive":
        if len(cells) > 1:
            raise InputError(
                f"cells: {len(cells)} cells; accepted with method 'adaptive': one"
            )
        if rates:
            raise InputError(
                "protocol.name: 'rate_test'; accepted with method 'adaptive': cccv"
            )
        adaptive = adaptive_map(content, outputs.columns)
    return Study(
        cells,
        model,
        names,
        points,
        is_grid,
        fixed,
        **limits,
        hold=hold,
        outputs=outputs,
        rtol=rtol,
        text=text or json.dumps(content, indent=2),
        adaptive=adaptive,
        rates=rates,
    )


def _points(
    content: Mapping[str, Any], folder: Path
) -> tuple[list[str], np.ndarray, bool]:
    method = _one_of("method", content.get("method", "grid"), study_points.METHODS)
    sampled = method in ("latin hypercube", "sobol")
    allowed = {"points", "seed"} if sampled else {"file"} if method == "csv" else set()
    if method == "adaptive":
        allowed = {"points", "goal", "loss"}
    for key in sorted({"points", "seed", "file", "goal", "loss"} - allowed):
        if key in content:
            raise InputError(f"{key}: not accepted with method '{method}'")
    if method == "csv":
        if "vary" in content:
            raise InputError("vary: not accepted with method 'csv': the file has it")
        file = content.get("file")
        if not isinstance(file, str):
            raise InputError(f"file: {file!r}; accepted: name of a CSV file")
        return *study_points.table(folder / file), False
    axes = content.get("vary")
    if not isinstance(axes, dict) or not axes:
        raise InputError("vary: nothing varies; accepted: a table of parameters")
    for name in axes:
        if not name.isprintable():
            raise InputError(f"vary: unknown parameter {name!r}")
    if method == "grid":
        return list(axes), study_points.grid(axes), True
    if method == "list":
        return list(axes), study_points.listed(axes), False
    if method == "adaptive":
        return list(axes), study_points.corners(axes), False
    points = study_points.count("points", content.get("points"), 1)
    seed = study_points.count("seed", content.get("seed", 0), 0, 2**32 - 1)
    return list(axes), study_points.sample(axes, method, points, seed), False


def _name(name: str, made: Mapping[str, Cell]) -> ParameterName:
    if name == C_RATE:
        return ParameterName(C_RATE, C_RATE, "h-1", 1.0)
    for cell in made.values():
        resolved = cell.resolve(name)
        if resolved.pybamm_name in CUTOFFS:
            raise InputError(
                f"vary: '{name}': cut-offs are those of the protocol; accepted: "
                f"{CUTOFFS[resolved.pybamm_name]}"
            )
        if resolved.pybamm_name not in cell.numbers:
            raise InputError(
                f"vary: '{name}' is no plain number in {cell.source}; accepted: "
                "parameters that are"
            )
    return resolved


def _plausible(name: ParameterName, column: np.ndarray) -> None:
    """Refuse what no material has: only a potential may be negative."""
    values = name.si(column)
    strict = (
        name.name == C_RATE
        or name.entry.startswith(("cathode.", "conditions."))
        or name.pybamm_name.endswith(("[m]", "[S.m-1]", "[K]"))
    )
    wrong = values <= 0 if strict else values < 0
    if wrong.any() and not name.pybamm_name.endswith("[V]"):
        least = f"above {-name.zero:g}" if name.zero else "a positive number"
        raise InputError(
            f"{name.name}: {column[wrong][0]:g}; accepted: {least}"
            + ("" if strict else " or 0")
        )
    if name.pybamm_name.endswith(FRACTIONS):
        mixture = name.entry == "cathode.active_mass_fraction"  # of two solids
        wrong = values >= 1 if mixture else values > 1
        if wrong.any():
            raise InputError(
                f"{name.name}: {column[wrong][0]:g}; accepted: "
                f"{'less than' if mixture else 'at most'} {1 / name.factor:g}"
            )


def _outputs(section: Mapping[str, Any]) -> Outputs:
    quantities = _texts(
        "outputs.quantities",
        section.get("quantities", ["charge_capacity", "discharge_capacity"]),
    )
    for name in quantities:
        _one_of("outputs.quantities", name, (*QUANTITIES, *ENERGIES))
    energies = tuple(name for name in quantities if name in ENERGIES)
    boundaries = _texts("outputs.boundaries", section.get("boundaries", [BOUNDARY]))
    if "boundaries" in section and not energies:
        raise InputError(
            f"outputs.boundaries: accepted with quantities {' or '.join(ENERGIES)}"
        )
    for boundary in boundaries:
        _one_of("outputs.boundaries", boundary, BOUNDARIES)
    depths = section.get("losses_at_depth", [])
    if not isinstance(depths, list):
        raise InputError("outputs.losses_at_depth: accepted: a list of fractions")
    for depth in depths:
        if not 0 <= study_points.number("outputs.losses_at_depth", depth) <= 1:
            raise InputError(
                f"outputs.losses_at_depth: {depth:g}; accepted: fractions from 0 to 1"
            )
    if len({f"{depth:g}" for depth in depths}) < len(depths):
        raise InputError("outputs.losses_at_depth: the same depth is given twice")
    curve_points = section.get("curve_points", 0)
    if curve_points != 0 or isinstance(curve_points, bool):
        study_points.count("outputs.curve_points", curve_points, 2, 10_000)
    return Outputs(
        tuple(name for name in quantities if name in QUANTITIES),
        tuple(float(depth) for depth in depths),
        curve_points,
        energies,
        boundaries if energies else (),
    )


def _section(
    content: Mapping[str, Any], key: str, accepted: tuple[str, ...]
) -> Mapping[str, Any]:
    section = content.get(key, {})
    if not isinstance(section, dict):
        raise InputError(f"{key}: accepted: a table with {', '.join(accepted)}")
    _only(f"{key}.", section, accepted)
    return section


def _only(where: str, section: Mapping[str, Any], accepted: tuple[str, ...]) -> None:
    for key in section:
        if key not in accepted:
            raise InputError(
                f"unknown key {where + key!r}; accepted: {', '.join(accepted)}"
            )


def _one_of(what: str, value: Any, accepted: Any) -> str:
    if not isinstance(value, str) or value not in accepted:
        raise InputError(f"{what}: {value!r}; accepted: {', '.join(accepted)}")
    return value


def _texts(what: str, value: Any) -> tuple[str, ...]:
    if (
        not isinstance(value, list)
        or not value
        or not all(isinstance(item, str) and item.isprintable() for item in value)
    ):
        raise InputError(f"{what}: {value!r}; accepted: a list of names")
    for i, item in enumerate(value):
        if item in value[:i]:
            raise InputError(f"{what}: '{item}' is given twice")
    return tuple(value)


def _line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
