"""The fast path: one built model, and the integrator underneath PyBaMM's simulation.

`pybamm.Simulation.solve` spends most of its time around the integrator once a model is
built: it makes solution objects, watches events in Python and maps states from one
step's model to the next. Here one model covers charge, hold and discharge, rates and
cut-offs are inputs, and the compiled integrator is called once a step. That object is
private to PyBaMM, whose version is pinned; the tests hold every number against
`aslb.experiments.engine.public_path`, which uses the public interface only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import casadi
import numpy as np
import pybamm
from platformdirs import user_cache_dir
from pybamm.codegen.compilation import aot_compile
from pybamm.solvers import idaklu_solver
from pybammsolvers import idaklu

from aslb.experiments.engine.cycle import (
    RTOL,
    Cycle,
    CycleFailure,
    CyclePlan,
    CycleRun,
    failed_at,
    remark,
    tolerances,
)
from aslb.experiments.engine.cycle_memory import CycleMemory
from aslb.experiments.engine.outputs import Outputs
from aslb.models.solid_state_dfn import SolidStateDFN
from aslb.models.solid_state_spm import SolidStateSPM
from aslb.models.submodels.voltage_losses import LOSSES

HOLD, CURRENT, UPPER, CUTOFF, DIRECTION = CONTROLS = (
    "Hold",
    "Applied current [A]",
    "Held voltage [V]",
    "Cut-off voltage [V]",
    "Direction",
)
CUTOFF_EVENT = "Cut-off [experiment]"
CHARGE, *_ = COUNTERS = (
    "Discharge capacity [A.h]",
    "Throughput capacity [A.h]",
    "Discharge energy [W.h]",
    "Throughput energy [W.h]",
)
ROOT_FOUND = 2  # the integrator's flag
MODELS = {"SolidStateDFN": SolidStateDFN, "SolidStateSPM": SolidStateSPM}


class Step:
    """States along one step of a protocol, as the integrator left them."""

    def __init__(self, result, number_of_states: int):
        self.t = np.asarray(result.t)
        self.y = np.asarray(result.y).reshape(len(self.t), number_of_states)
        self.yp = np.asarray(result.yp).reshape(-1, number_of_states)

    def at(self, times: np.ndarray) -> np.ndarray:
        """States at times in the step, by the integrator's own cubic polynomials."""
        right = np.clip(np.searchsorted(self.t, times), 1, len(self.t) - 1)
        left = right - 1
        h = (self.t[right] - self.t[left])[:, None]
        s = (times - self.t[left])[:, None] / h
        return (
            (1 + 2 * s) * (1 - s) ** 2 * self.y[left]
            + s * (1 - s) ** 2 * h * self.yp[left]
            + s**2 * (3 - 2 * s) * self.y[right]
            + s**2 * (s - 1) * h * self.yp[right]
        )


class CycleSolver:
    """Charge-hold-discharge cycles of one cell, built once.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell, with ``"[input]"`` for what varies.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    inputs : mapping of str to float
        What varies, with values to build with.
    compiled : bool, optional
        Whether to compile the model's functions with gcc; the result is kept in
        ``$PYBAMM_CASADI_AOT_CACHE``, or else in the user's cache folder.
    rtol : float, optional
        Relative tolerance of the solver.
    """

    def __init__(
        self,
        values: pybamm.ParameterValues,
        model: str,
        inputs: Mapping[str, float],
        *,
        compiled: bool = False,
        rtol: float = RTOL,
    ):
        self._names = tuple(inputs)
        built = build(values, model, inputs)
        solver = pybamm.IDAKLUSolver(
            **tolerances(rtol),
            options={
                "compile": compiled,
                "silence_sundials_errors": True,  # failures are told in the result
                # SUNDIALS' own default: where fronts change the Jacobian, a new one is
                # cheaper than PyBaMM's up to 40 iterations with the old one
                "max_nonlinear_iterations": 4,
            },
        )
        all_inputs = {**inputs, **dict.fromkeys(CONTROLS, 0.0)}
        with patch.object(idaklu_solver, "aot_compile", _compile):
            solver.set_up(built, all_inputs, np.array([0.0, 1.0]))
        self._integrator = solver._setup["solver"]
        self._initial = built.initial_conditions_eval
        self._size = built.len_rhs_and_alg
        self._differential = built.len_rhs
        places = {v.name: parts[0].start for v, parts in built.y_slices.items()}
        self._counters = [places[name] for name in COUNTERS]
        self._charge = places[CHARGE]
        self._rtol = rtol
        self._events = built.terminate_events_eval
        self._event_names = [
            event.name
            for event in built.events
            if event.event_type == pybamm.EventType.TERMINATION
        ]
        self._passed = _observer(
            built, all_inputs, ["Discharge capacity [A.h]", "Discharge energy [W.h]"]
        )
        self._voltage = _observer(built, all_inputs, ["Voltage [V]"])
        self._losses = _observer(
            built, all_inputs, [f"{component} loss [V]" for component in LOSSES]
        )

    def solve(
        self,
        inputs: Mapping[str, float],
        plan: CyclePlan,
        c_rates: Sequence[float],
        *,
        capacity: float,
    ) -> CycleRun:
        """Charge, hold and discharge at one rate after the other.

        The first cycle starts from the cell as assembled, every other one where the
        one before it ended. A cycle that starts as an earlier one at its rate did is
        not solved again.

        Parameters
        ----------
        inputs : mapping of str to float
            Values of what varies.
        plan : CyclePlan
            Cut-offs, hold, and what is kept.
        c_rates : sequence of float
            Rate of charge and discharge of each cycle [h-1]; as in PyBaMM a step may
            last 2/rate hours.
        capacity : float
            Nominal capacity of the cell [A.h], which a rate is in.

        Returns
        -------
        CycleRun
            The cycles, and why there are not as many as rates if so.
        """
        own = [inputs[name] for name in self._names]
        upper = plan.upper_cutoff
        controls = [0.0, -c_rates[0] * capacity, upper, upper, -1.0]
        y = np.asarray(
            self._initial(0.0, np.zeros(self._size), np.array([*own, *controls]))
        ).reshape(1, -1)
        memory = CycleMemory(self._rtol)
        cycles: list[Cycle] = []
        for number, c_rate in enumerate(c_rates, start=1):
            start = y[0, : self._differential]
            found = memory.find(c_rate, start)
            if found is None:
                try:
                    found = self._cycle(own, plan, c_rate, c_rate * capacity, y)
                except CycleFailure as failure:
                    reason = failed_at(number, len(c_rates), failure)
                    return CycleRun(tuple(cycles), len(memory), reason)
                memory.keep(c_rate, start, *found)
            cycle, y = found
            cycles.append(cycle)
        return CycleRun(tuple(cycles), len(memory))

    def _cycle(
        self,
        own: Sequence[float],
        plan: CyclePlan,
        c_rate: float,
        current: float,
        y: np.ndarray,
    ) -> tuple[Cycle, np.ndarray]:
        """One charge, hold and discharge from a state, and the start of the next."""
        lower, upper, outputs = plan.lower_cutoff, plan.upper_cutoff, plan.outputs
        longest = 2 * 3600 / c_rate
        steps = {
            # hold, current, held voltage, cut-off voltage, direction
            "charge": (longest, [0.0, -current, upper, upper, -1.0]),
            "hold": (3600 * plan.hold, [1.0, 0.0, upper, upper, 0.0]),
            "discharge": (longest, [0.0, current, upper, lower, 1.0]),
        }
        solved: dict[str, tuple[Step, np.ndarray]] = {}
        for name, (duration, controls) in steps.items():
            p = np.array([*own, *controls])
            dense = outputs.curve_points > 0 or (name == "discharge" and outputs.depths)
            step = self._step(name, duration, y, p, dense=bool(dense))
            if step is not None:
                y = step.y[-1:]
                solved[name] = step, p
        cycle = Cycle(
            self._total(
                [solved[name] for name in ("charge", "hold") if name in solved]
            ),
            self._total([solved["discharge"]] if "discharge" in solved else []),
            self._losses_at(solved.get("discharge"), outputs.depths),
            self._curves(solved, outputs),
            remark("charge" in solved, "discharge" in solved),
        )
        end = y.copy()
        end[0, self._counters] = 0.0
        return cycle, end

    def _step(
        self, name: str, duration: float, y: np.ndarray, p: np.ndarray, *, dense: bool
    ) -> Step | None:
        ends = np.array([0.0, duration])
        try:
            (result,) = self._integrator.solve(
                ends,
                np.array([]) if dense else ends,
                y,
                np.zeros_like(y),
                p[None, :],
                logger=None,
                pbar=np.empty((0, 0)),
            )
        except ValueError as error:
            raise CycleFailure(f"{name}: {str(error).splitlines()[0]}") from None
        if result.flag < 0:
            message = idaklu.sundials_error_message(result.flag)
            raise CycleFailure(f"{name}: {message} after {result.t[-1]:.4g} s")
        step = Step(result, self._size)
        if result.flag == ROOT_FOUND:
            event = self._event(step, p)
            if event != CUTOFF_EVENT:
                raise CycleFailure(f"{name} stopped by '{event}'")
            return None if len(step.t) == 1 else step
        if name != "hold":
            raise CycleFailure(f"{name} met no cut-off in {duration / 3600:.4g} h")
        return step

    def _event(self, step: Step, p: np.ndarray) -> str:
        values = [float(event(step.t[-1], step.y[-1], p)) for event in self._events]
        if len(step.t) == 1:  # beyond it from the start
            return self._event_names[int(np.argmin(values))]
        return self._event_names[int(np.argmin(np.abs(values)))]

    def _total(self, steps: Sequence[tuple[Step, np.ndarray]]) -> tuple[float, float]:
        if not steps:
            return 0.0, 0.0
        (first, p), (last, p_last) = steps[0], steps[-1]
        start = self._passed(first.y[0], p)
        end = self._passed(last.y[-1], p_last)
        charge, energy = np.abs(np.asarray(end - start)).ravel()
        return float(charge), float(energy)

    def _losses_at(
        self, discharge: tuple[Step, np.ndarray] | None, depths: Sequence[float]
    ) -> np.ndarray:
        if discharge is None or not depths:
            return np.full((len(depths), len(LOSSES)), np.nan)
        step, p = discharge
        # the current is constant, so that depth is time
        states = step.at(np.array(depths) * step.t[-1])
        return np.asarray(self._losses(states.T, p)).T

    def _curves(
        self, solved: Mapping[str, tuple[Step, np.ndarray]], outputs: Outputs
    ) -> tuple[np.ndarray, ...]:
        if not outputs.curve_points:
            return ()
        return tuple(
            self._curve([solved[name] for name in half if name in solved], outputs)
            for half in (("charge", "hold"), ("discharge",))
        )

    def _curve(
        self, steps: Sequence[tuple[Step, np.ndarray]], outputs: Outputs
    ) -> np.ndarray:
        depths = outputs.curve_depths
        voltage = np.full(len(depths), np.nan)
        if not steps:
            return voltage
        charges = [step.y[:, self._charge] for step, _ in steps]
        passed = [np.abs(charge - charges[0][0]) for charge in charges]
        targets = depths * passed[-1][-1]
        ends = [charge[-1] for charge in passed]
        owners = np.minimum(np.searchsorted(ends, targets), len(steps) - 1)
        for owner, ((step, p), charge) in enumerate(zip(steps, passed, strict=True)):
            own = owners == owner
            states = step.at(np.interp(targets[own], charge, step.t))
            voltage[own] = np.asarray(self._voltage(states.T, p))[0]
        return voltage


def build(
    values: pybamm.ParameterValues, model: str, inputs: Mapping[str, float]
) -> Any:
    """Discretise a model whose current, held voltage and cut-off are inputs.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell; what varies need not be ``"[input]"`` yet.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    inputs : mapping of str to float
        What varies, with values to build with.

    Returns
    -------
    pybamm.BaseModel
        The discretised model.
    """
    values = values.copy()
    values.update(dict.fromkeys(inputs, "[input]"))
    new = MODELS[model]({"operating mode": _control})
    voltage = new.variables["Voltage [V]"]
    hold, _, _, cutoff, direction = map(pybamm.InputParameter, CONTROLS)
    new.events.append(
        pybamm.Event(CUTOFF_EVENT, (1 - hold) * direction * (voltage - cutoff) + hold)
    )
    pybamm.step.BaseStep.update_voltage_safety_events(new)
    simulation = pybamm.Simulation(new, parameter_values=values)
    simulation.build(inputs={**inputs, **dict.fromkeys(CONTROLS, 0.0)})
    return simulation.built_model


def _control(variables: Mapping[str, pybamm.Symbol]) -> pybamm.Symbol:
    """Residual of the current: a given current, or a given voltage in a hold."""
    hold, current, upper, *_ = map(pybamm.InputParameter, CONTROLS)
    return (1 - hold) * (variables["Current [A]"] - current) + hold * (
        variables["Voltage [V]"] - upper
    )


def _compile(functions: Sequence[casadi.Function]) -> list[casadi.Function]:
    """Compile, expanded to scalars first: half the time of PyBaMM's own compilation."""
    cache = os.environ.get("PYBAMM_CASADI_AOT_CACHE") or user_cache_dir("aslb")
    Path(cache).mkdir(parents=True, exist_ok=True)
    return aot_compile(
        [
            function.expand() if function.n_in() and function.n_out() else function
            for function in functions
        ],
        cache_dir=cache,
        # half the compiler's time at the same speed, which exponentials set; and a
        # folder may be shared by machines that differ
        flags=("-O1", "-fPIC"),
    )


def _observer(
    built: Any, inputs: Mapping[str, float], names: Sequence[str]
) -> casadi.Function:
    """Variables as a function of states (one column a time) and inputs."""
    y = casadi.MX.sym("y", built.len_rhs_and_alg)
    p = {name: casadi.MX.sym(name) for name in inputs}
    symbols = [
        built.get_processed_variable(name).to_casadi(casadi.MX(0), y, inputs=p)
        for name in names
    ]
    return casadi.Function(
        "observer", [y, casadi.vertcat(*p.values())], [casadi.vertcat(*symbols)]
    )
