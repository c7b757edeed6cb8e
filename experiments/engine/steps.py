"""A plain `pybamm.Experiment`, compiled into what the integrator is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pybamm
from pybamm.experiment.step import step_termination as termination

from aslb.experiments.protocols import C_RATE

CONTROLS = {
    pybamm.step.CRate: "C-rate",
    pybamm.step.Current: "current",
    pybamm.step.Rest: "current",
    pybamm.step.Voltage: "voltage",
    pybamm.step.Power: "power",
}


class NotCompiled(Exception):
    """A protocol that only PyBaMM's own simulation can follow, and why."""


@dataclass(frozen=True)
class Step:
    """One step of a protocol.

    Parameters
    ----------
    control : str
        What is held: "C-rate", "current", "voltage" or "power".
    value : float
        Its value [h-1, A, V or W]; discharge is positive.
    duration : float
        Longest duration [s].
    timed : bool
        Whether the step may end by its duration; otherwise it has to meet a cut-off.
    half : str
        "charge" or "discharge": what its charge and energy count to. A hold or a rest
        belongs to the step before it.
    voltage_cutoff : tuple of float, optional
        Voltage that ends the step [V], and +1 if it is a lower end, -1 if an upper one.
    current_cutoff : float, optional
        Absolute value of the current that ends the step, in the unit of `cutoff_in`.
    cutoff_in : str, optional
        "C-rate" or "current".
    """

    control: str
    value: float
    duration: float
    timed: bool
    half: str
    voltage_cutoff: tuple[float, float] | None = None
    current_cutoff: float | None = None
    cutoff_in: str = "current"

    @property
    def name(self) -> str:
        """The step in a word: charge, discharge, hold or rest."""
        return _name(self.control == "voltage", self.value, self.half)


Cycle = tuple[Step, ...]


def compiled(
    experiment: pybamm.Experiment, c_rate: float | None = None
) -> tuple[Cycle, ...]:
    """The steps of an experiment, cycle by cycle.

    Parameters
    ----------
    experiment : pybamm.Experiment
        Currents, C-rates, powers and voltages that are constant, and rests, each ended
        by a duration, a voltage or a current.
    c_rate : float, optional
        Value of the input ``c_rate`` [h-1], where the experiment has it.

    Returns
    -------
    tuple of tuple of Step
        One tuple a cycle.

    Raises
    ------
    NotCompiled
        If the experiment has something else in it, as a drive cycle.
    """
    for what in ("temperature", "termination"):
        if getattr(experiment, what, None):
            raise NotCompiled(f"the experiment has a {what}")
    cycles, steps = [], iter(experiment.steps)
    half = "charge"
    for length in experiment.cycle_lengths:
        cycle = []
        for _ in range(length):
            step = _compiled(next(steps), c_rate, half)
            half = step.half
            cycle.append(step)
        cycles.append(tuple(cycle))
    return tuple(cycles)


def named_steps(
    experiment: pybamm.Experiment, c_rate: float | None = None
) -> list[tuple[str, str]]:
    """What each step of any experiment is, and what it counts to.

    Parameters
    ----------
    experiment : pybamm.Experiment
        The experiment.
    c_rate : float, optional
        As for `compiled`.

    Returns
    -------
    list of tuple of str
        Name and half of each step, as `Step` has them.
    """
    found, half = [], "charge"
    for step in experiment.steps:
        held = type(step) is pybamm.step.Voltage
        value = _number(step.value, c_rate)
        half = _half(step, value, half)
        found.append((_name(held, value, half), half))
    return found


def rates_of_cycles(experiment: pybamm.Experiment) -> tuple[float, ...]:
    """Rate of each cycle [h-1]: that of its last step at a fixed C-rate, or NaN."""
    rates, steps = [], iter(experiment.steps)
    for length in experiment.cycle_lengths:
        rate = float("nan")
        for step in (next(steps) for _ in range(length)):
            if type(step) is pybamm.step.CRate and isinstance(step.value, int | float):
                rate = abs(float(step.value))
        rates.append(rate)
    return tuple(rates)


def has_varied_rate(experiment: pybamm.Experiment) -> bool:
    """Whether a step's value depends on the input ``c_rate``."""
    return any(
        symbol.name == C_RATE
        for step in experiment.steps
        if isinstance(step.value, pybamm.Symbol)
        for symbol in step.value.pre_order()
        if isinstance(symbol, pybamm.InputParameter)
    )


def _compiled(step: Any, c_rate: float | None, half: str) -> Step:
    control = CONTROLS.get(type(step))
    value = _number(step.value, c_rate)
    if control is None or value is None:
        raise NotCompiled(f"step '{step}'")
    if step.temperature or step.start_time:
        raise NotCompiled(f"step '{step}' has a temperature or a start time")
    half = _half(step, value, half)
    # a rate that varies has no duration of its own: PyBaMM's for a fixed one
    by_rate = control == "C-rate" and isinstance(step.value, pybamm.Symbol)
    return Step(
        control,
        value,
        2 * 3600 / abs(value) if by_rate else float(step.duration),
        not (step.uses_default_duration or by_rate),
        half,
        **_cutoffs(step, half),
    )


def _cutoffs(step: Any, half: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for end in step.termination:
        if type(end) is termination.VoltageTermination:
            sign = {">": -1.0, "<": 1.0, None: 1.0 if half == "discharge" else -1.0}
            key, value = "voltage_cutoff", (float(end.value), sign[end.operator])
        elif isinstance(end, termination.CRateTermination):
            key, value = "current_cutoff", float(end.value)
            found["cutoff_in"] = "C-rate"
        elif type(end) is termination.CurrentTermination and end.operator is None:
            key, value = "current_cutoff", float(end.value)
        else:
            raise NotCompiled(f"step '{step}' ends by {end}")
        if key in found:
            raise NotCompiled(f"step '{step}' ends in two ways of one kind")
        found[key] = value
    return found


def _name(held: bool, value: float | None, half: str) -> str:
    if held:
        return "hold"
    return "rest" if value == 0 else half


def _half(step: Any, value: float | None, before: str) -> str:
    if type(step) is pybamm.step.Voltage or not value:
        return before
    return "discharge" if value > 0 else "charge"


def _number(value: Any, c_rate: float | None) -> float | None:
    """A step's value, or None if it is no constant."""
    if isinstance(value, pybamm.Symbol):
        names = {s.name for s in value.pre_order() if not isinstance(s, pybamm.Scalar)}
        inputs = {
            s.name for s in value.pre_order() if isinstance(s, pybamm.InputParameter)
        }
        if inputs != {C_RATE} or c_rate is None or "t" in names:
            return None
        return float(value.evaluate(inputs={C_RATE: c_rate}))
    return float(value) if isinstance(value, int | float) else None


def as_text(experiment: pybamm.Experiment) -> list[list[Any]]:
    """An experiment as JSON takes it: each different cycle, and how often in a row."""
    rows: list[list[Any]] = []
    steps = iter(experiment.steps)
    for length in experiment.cycle_lengths:
        cycle = [repr(next(steps)) for _ in range(length)]
        if rows and rows[-1][0] == cycle:
            rows[-1][1] += 1
        else:
            rows.append([cycle, 1])
    return rows
