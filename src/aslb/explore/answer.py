"""What a model answers for a state of the page, built once for a cell."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pybamm

from aslb.experiments.engine.checked_mesh import RATE, CellOnMesh, remark
from aslb.experiments.engine.chosen import Chosen
from aslb.experiments.engine.cycle import Cycle, CycleRun
from aslb.experiments.engine.group import Group
from aslb.experiments.engine.lanes import LaneSolver, Point
from aslb.experiments.engine.linear_cell import (
    LinearCell,
    exponents_of,
    formed,
    relaxing_model,
)
from aslb.experiments.engine.one_by_one import solve_cycles
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.steps import Cycle as Steps
from aslb.experiments.engine.steps import compiled
from aslb.experiments.ensemble.model_functions import NotGenerated
from aslb.experiments.protocols import cccv, formation
from aslb.explore.sliders import SLIDERS, scales_of
from aslb.explore.state import State
from aslb.models.registry import DFN, SPM
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import BOUNDARIES, active_mass, layers, within

CYCLES = 3  # at each rate after formation, of which the last is shown
DEPTHS = tuple(np.linspace(0, 1, 61).tolist())
SHOWN = Outputs((), depths=DEPTHS, charge_depths=(0.5,), curve_points=len(DEPTHS))
CAPACITY = Outputs(())
FREQUENCIES = np.geomspace(1e6, 1e-3, 91)
STATE_OF_CHARGE = 0.5
OHM_CM2 = 1e4  # from Ohm.m2


@dataclass(frozen=True)
class Answer:
    """What is drawn of a state; NaN where something could not be solved.

    Parameters
    ----------
    state : State
        What was asked.
    model : str
        What answered.
    capacity : numpy.ndarray
        Discharge capacity at each rate [mAh/g].
    voltage : numpy.ndarray
        Against the foil along each discharge [V], a row a rate, at `DEPTHS`.
    losses : numpy.ndarray
        [V] by rate, depth and component.
    charge_losses : numpy.ndarray
        [V] at half of the charge, by rate and component.
    specific_energy, energy_density : numpy.ndarray
        [Wh/kg] and [Wh/L] by rate and boundary.
    remarks : tuple of str
        What is to be said of each rate; empty for nothing.
    gains : dict of str to float
        Change of the capacity at `state.losses_at` [mAh/g] with each slider of which
        there is a better value, by key.
    impedance : numpy.ndarray
        Of the cell at rest at `STATE_OF_CHARGE` and `FREQUENCIES` [Ohm.cm2], complex.
    seconds : float
        How long it took.
    """

    state: State
    model: str
    capacity: np.ndarray
    voltage: np.ndarray
    losses: np.ndarray
    charge_losses: np.ndarray
    specific_energy: np.ndarray
    energy_density: np.ndarray
    remarks: tuple[str, ...]
    gains: dict[str, float]
    impedance: np.ndarray
    seconds: float

    @property
    def shown(self) -> int:
        """Place of the rate whose losses are shown."""
        return self.state.c_rates.index(self.state.losses_at)


class BuiltCell:
    """A cell and a model, built once: what is moved are inputs.

    Parameters
    ----------
    cell : Cell
        The cell.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    """

    def __init__(self, cell: Cell, model: str):
        self.cell, self.model = cell, model
        # what takes milliseconds is not worth another thread
        self._threads = 1 if model == SPM else None
        self.scales = scales_of(cell)
        self._values = cell.parameter_values()
        self._ends = cell.cutoffs()
        self._formation = compiled(formation(**self._ends))
        self._steps: dict[float, tuple[Steps, ...]] = {}
        self._lanes: LaneSolver | None
        try:
            self._lanes = LaneSolver(self._values, model)
        except NotGenerated:  # no compiler: the answer takes seconds
            self._lanes = None
        self.spectrum(self.changes({}))  # builds

    def changes(self, values: Mapping[str, float]) -> dict[str, float]:
        """SI values of all that sliders change, by PyBaMM name."""
        own = {key: scale.own for key, scale in self.scales.items()}
        return self.cell.changes(
            {self.scales[key].parameter: x for key, x in {**own, **values}.items()}
        )

    def answer(self, state: State) -> Answer:
        """Everything that is drawn of a state.

        At each rate the formed cell goes through three cycles, and what is shown is the
        third, as in `aslb.thickness`.
        """
        began = time.perf_counter()
        changed = self.changes(state.values)
        runs = self._solve([(changed, rate) for rate in state.c_rates], SHOWN)
        cell = {**self._values, **changed}
        mass = active_mass(cell)
        cycles = [run.cycles[-1] if not run.failure else None for run in runs]
        charges = np.array([_discharge(cycle) for cycle in cycles])
        capacity = charges[:, 0] / mass
        losses, charge_losses, voltage = (
            np.array([of(cycle) for cycle in cycles])
            for of in (_losses, _charge_losses, _voltage)
        )
        specific, dense = _energies(cell, charges[:, 1])
        shown = state.c_rates.index(state.losses_at)
        said = [run.failure or run.cycles[-1].remark for run in runs]
        more = [self._outside(changed, rate) for rate in state.c_rates]
        remarks = [
            "; ".join(filter(None, both)) for both in zip(said, more, strict=True)
        ]
        return Answer(
            state,
            self.model,
            capacity,
            voltage,
            losses,
            charge_losses,
            specific,
            dense,
            tuple(remarks),
            self._gains(state, float(capacity[shown])),
            self.spectrum(changed),
            time.perf_counter() - began,
        )

    def _outside(self, changed: Mapping[str, float], rate: float) -> str:
        """What of the cell and a rate is beyond what the DFN's mesh was checked for."""
        if self.model != DFN:  # a single particle has no mesh through the cathode
            return ""
        return remark([*self._on_mesh.beyond(changed), RATE.beyond("rate", rate)])

    @cached_property
    def _on_mesh(self) -> CellOnMesh:
        values = self._values.copy()
        values.update(dict.fromkeys(self._linear_inputs, "[input]"))
        return CellOnMesh(values)

    def _gains(self, state: State, capacity: float) -> dict[str, float]:
        """What a better value of each slider alone would bring [mAh/g]."""
        better = {}
        for key, scale in self.scales.items():
            factor, now = SLIDERS[key].improved, state.values.get(key, scale.own)
            if factor != 1 and now > 0:
                better[key] = self.changes({**state.values, key: now * factor})
        points = [(changed, state.losses_at) for changed in better.values()]
        runs = self._solve(points, CAPACITY)
        gains = {}
        for (key, changed), run in zip(better.items(), runs, strict=True):
            if not run.failure:
                mass = active_mass({**self._values, **changed})
                gains[key] = run.cycles[-1].discharge[0] / mass - capacity
        return gains

    def spectrum(self, changed: Mapping[str, float]) -> np.ndarray:
        """Impedance of the cell at rest [Ohm.cm2], complex."""
        inputs = {name: changed[name] for name in self._linear_inputs}
        parts = self._linear.impedance(FREQUENCIES, self._exponents, inputs)
        return OHM_CM2 * parts.sum(axis=0)

    @cached_property
    def _exponents(self) -> dict[str, float]:
        return exponents_of(self._values)

    @cached_property
    def _linear_inputs(self) -> tuple[str, ...]:
        return tuple(self.changes({}))

    @cached_property
    def _linear(self) -> LinearCell:
        values = formed(self._values.copy())
        asked = relaxing_model(self.model, values)
        values.update(dict.fromkeys(self._linear_inputs, "[input]"))
        return LinearCell(asked, values, STATE_OF_CHARGE)

    def _solve(
        self, points: Sequence[tuple[dict[str, float], float]], outputs: Outputs
    ) -> list[CycleRun]:
        """Cycles of points, each of other values and a rate, from the formed cell."""
        runs = [CycleRun((), 0, "no compiler")] * len(points)
        if self._lanes is not None:
            own = {name: float(self._values[name]) for name in self._lanes.names}
            together = [
                Point(own | changed, self._steps_at(rate)) for changed, rate in points
            ]
            runs = self._lanes.solve(
                together, outputs, formation=self._formation, threads=self._threads
            )
        return [
            run if not run.failure else self._alone(*point, outputs)
            for run, point in zip(runs, points, strict=True)
        ]

    def _steps_at(self, rate: float) -> tuple[Steps, ...]:
        if rate not in self._steps:
            self._steps[rate] = compiled(cccv(rate, cycles=CYCLES, **self._ends))
        return self._steps[rate]

    def _alone(
        self, changed: Mapping[str, float], rate: float, outputs: Outputs
    ) -> CycleRun:
        """A point by PyBaMM's solver, as a study does what lanes cannot."""
        values: pybamm.ParameterValues = self._values.copy()
        values.update(changed)
        packed = Group(
            values,
            self.model,
            (),
            cccv(cycles=CYCLES, **self._ends),
            outputs,
            formation(**self._ends),
        ).pack()
        return solve_cycles(packed, {}, Chosen(c_rate=rate))


def _discharge(cycle: Cycle | None) -> tuple[float, float]:
    return (np.nan, np.nan) if cycle is None else cycle.discharge


def _voltage(cycle: Cycle | None) -> np.ndarray:
    return np.full(len(DEPTHS), np.nan) if cycle is None else cycle.curves[1]


def _losses(cycle: Cycle | None) -> np.ndarray:
    if cycle is None:
        return np.full((len(DEPTHS), len(LOSSES)), np.nan)
    return cycle.losses["discharge"]


def _charge_losses(cycle: Cycle | None) -> np.ndarray:
    return np.full(len(LOSSES), np.nan) if cycle is None else cycle.losses["charge"][0]


def _energies(cell: Any, energy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Energies [W.h] per mass [Wh/kg] and volume [Wh/L], a row each, by boundary."""
    counted = layers(cell)
    areal = energy / (cell["Electrode height [m]"] * cell["Electrode width [m]"])
    inside = [within(counted, boundary) for boundary in BOUNDARIES]
    mass, thickness = np.array(inside).T
    return areal[:, None] / mass, areal[:, None] / (1e3 * thickness)
