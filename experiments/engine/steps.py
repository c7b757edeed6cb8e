"""A plain `pybamm.Experiment`, compiled into what the integrator is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, TypeVar

import pybamm
from pybamm.experiment.step import step_termination as termination

from aslb.experiments.regulated_charge import RegulatedCharge

T = TypeVar("T")

CONTROLS = {
    pybamm.step.CRate: "C-rate",
    pybamm.step.Current: "current",
    pybamm.step.Rest: "current",
    pybamm.step.Voltage: "voltage",
    RegulatedCharge: "CC-CV",
    pybamm.step.Power: "power",
}
HALVES = ("charge", "discharge")


class NotCompiled(Exception):
    """A protocol that only PyBaMM's own simulation can follow, and why."""


@dataclass(frozen=True)
class Step:
    """One step of a protocol.

    Parameters
    ----------
    control : str
        What is held: "C-rate", "current", "voltage", "power", or "CC-CV" for a
        voltage that a charge keeps to.
    value : float
        Its value [h-1, A, V or W]; discharge is positive.
    duration : float
        Longest duration [s].
    timed : bool
        Whether the step may end by its duration; otherwise it has to meet a cut-off.
    half : str
        "charge" or "discharge": what its charge and energy count to. A hold or a rest
        belongs to the step before it.
    name : str
        The step in a word: charge, discharge, hold or rest.
    charge_rate, hold : float, optional
        Of "CC-CV": current [h-1], and time at the voltage that ends the step [h].
    voltage_cutoff : tuple of float, optional
        Voltage that ends the step [V], and +1 if it is a lower end, -1 if an upper one.
    current_cutoff : float, optional
        Absolute value of the current that ends the step, in the unit of `cutoff_in`.
    cutoff_in : str, optional
        "C-rate" or "current".
    skip_ok : bool, optional
        Whether a cycle may consist of this step alone where it ends at once.
    """

    control: str
    value: float
    duration: float
    timed: bool
    half: str
    name: str
    charge_rate: float = 1.0
    hold: float | None = None
    voltage_cutoff: tuple[float, float] | None = None
    current_cutoff: float | None = None
    cutoff_in: str = "current"
    skip_ok: bool = True


Cycle = tuple[Step, ...]


def compiled(experiment: pybamm.Experiment) -> tuple[Cycle, ...]:
    """The steps of an experiment, cycle by cycle.

    Parameters
    ----------
    experiment : pybamm.Experiment
        Currents, C-rates, powers and voltages that are constant, and rests, each ended
        by a duration, a voltage or a current.

    Returns
    -------
    tuple of tuple of Step
        One tuple a cycle.

    Raises
    ------
    NotCompiled
        If the experiment has something else in it, as a drive cycle.
    """
    if experiment.termination:
        raise NotCompiled("the experiment has a termination")
    steps, half = [], HALVES[0]
    for step in experiment.steps:
        steps.append(_compiled(step, half))
        half = steps[-1].half
    return tuple(map(tuple, by_cycle(experiment, steps)))


def by_cycle(experiment: pybamm.Experiment, items: Sequence[T]) -> Iterator[list[T]]:
    """What there is one of for each step of an experiment, cycle by cycle."""
    rest = iter(items)
    for length in experiment.cycle_lengths:
        yield [next(rest) for _ in range(length)]


def named(step: Any, before: str, passed: float) -> tuple[str, str]:
    """What a step of any experiment is, and what it counts to.

    Parameters
    ----------
    step : pybamm.step.BaseStep
        The step.
    before : str
        What the step before it counts to.
    passed : float
        Charge that passed in it [A.h], which tells where its value is no constant;
        discharge is positive.

    Returns
    -------
    tuple of str
        Name and half, as `Step` has them.
    """
    value = float(step.value) if isinstance(step.value, Real) else passed
    half = _half(step, value, before)
    return _name(step, value, half), half


def rates_of_cycles(experiment: pybamm.Experiment) -> tuple[float | None, ...]:
    """Rate of each cycle [h-1]: that of its last step at a fixed C-rate, if any."""
    rates = [
        abs(float(step.value))
        if type(step) is pybamm.step.CRate and isinstance(step.value, Real)
        else None
        for step in experiment.steps
    ]
    return tuple(
        next((rate for rate in reversed(cycle) if rate is not None), None)
        for cycle in by_cycle(experiment, rates)
    )


def _compiled(step: Any, half: str) -> Step:
    control = CONTROLS.get(type(step))
    if control is None or not isinstance(step.value, Real):
        raise NotCompiled(f"step '{step}'")
    if step.temperature is not None or step.start_time is not None:
        raise NotCompiled(f"step '{step}' has a temperature or a start time")
    value = float(step.value)
    half = _half(step, value, half)
    if isinstance(step, RegulatedCharge):
        if isinstance(step.c_rate, pybamm.Symbol):
            raise NotCompiled(f"step '{step}'")
        ends: dict[str, Any] = {"charge_rate": step.c_rate, "hold": step.hold}
    else:
        ends = _cutoffs(step)
    return Step(
        control,
        value,
        float(step.duration),
        not step.uses_default_duration,
        half,
        _name(step, value, half),
        **ends,
        skip_ok=step.skip_ok,
    )


def _cutoffs(step: Any) -> dict[str, Any]:
    # as PyBaMM has it: a cut-off without an operator is one in the direction of the
    # step, and none at all where there is no direction
    in_direction = {"discharge": "<", "charge": ">"}.get(step.direction)
    found: dict[str, Any] = {}
    key: str
    value: float | tuple[float, float]
    for end in step.termination:
        if type(end) is termination.VoltageTermination:
            operator = end.operator or in_direction
            if operator is None:
                continue
            sign = 1.0 if operator == "<" else -1.0
            key, value = "voltage_cutoff", (float(end.value), sign)
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


def _name(step: Any, value: float, half: str) -> str:
    if type(step) is pybamm.step.Voltage:
        return "hold"
    return "rest" if value == 0 else half


def _half(step: Any, value: float, before: str) -> str:
    if type(step) is RegulatedCharge:
        return HALVES[0]
    if type(step) is pybamm.step.Voltage or not value:
        return before
    return HALVES[int(value > 0)]
