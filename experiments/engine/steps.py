"""A plain `pybamm.Experiment`, compiled into what the integrator is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from numbers import Real
from typing import Any, TypeVar

import pybamm
from pybamm.experiment.step import step_termination as termination

from aslb.experiments.protocols import C_RATE, LONGEST

T = TypeVar("T")

CONTROLS = {
    pybamm.step.CRate: "C-rate",
    pybamm.step.Current: "current",
    pybamm.step.Rest: "current",
    pybamm.step.Voltage: "voltage",
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
    skip_ok : bool, optional
        Whether a cycle may consist of this step alone where it ends at once.
    """

    control: str
    value: float
    duration: float
    timed: bool
    half: str
    voltage_cutoff: tuple[float, float] | None = None
    current_cutoff: float | None = None
    cutoff_in: str = "current"
    skip_ok: bool = True

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
    if experiment.termination:
        raise NotCompiled("the experiment has a termination")
    steps, half = [], HALVES[0]
    for step in experiment.steps:
        steps.append(_compiled(_at_rate(step, c_rate), half))
        half = steps[-1].half
    return tuple(map(tuple, by_cycle(experiment, steps)))


def at_rate(
    experiment: pybamm.Experiment, c_rate: float | None = None
) -> pybamm.Experiment:
    """An experiment as a simulation follows it: at a rate, and recorded throughout.

    Parameters
    ----------
    experiment : pybamm.Experiment
        The experiment.
    c_rate : float, optional
        Value of the input ``c_rate`` [h-1]; None leaves it an input.

    Returns
    -------
    pybamm.Experiment
        The same steps; what is no constant at a given rate keeps the input. No step
        has a period: at one that is long, what is read between its points is wrong.
    """
    steps = [copy(_at_rate(step, c_rate)) for step in experiment.steps]
    for step in steps:
        step.period = None
    _, _, temperature, end = experiment.args
    cycles: list[Any] = [*map(tuple, by_cycle(experiment, steps))]
    return pybamm.Experiment(cycles, None, temperature, end)


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
    return _name(type(step) is pybamm.step.Voltage, value, half), half


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


def has_varied_rate(experiment: pybamm.Experiment) -> bool:
    """Whether a step's value depends on the input ``c_rate``."""
    return any(
        leaf.name == C_RATE
        for step in experiment.steps
        for leaf in _leaves(step.value)
        if isinstance(leaf, pybamm.InputParameter)
    )


def _leaves(value: Any) -> list[pybamm.Symbol]:
    if not isinstance(value, pybamm.Symbol):
        return []
    return [symbol for symbol in value.pre_order() if not symbol.children]


def _at_rate(step: Any, c_rate: float | None) -> Any:
    """A step with a number in the place of the input, where that makes it a constant.

    It is then the very step that a protocol of a fixed rate has.
    """
    if c_rate is None or not isinstance(step.value, pybamm.Symbol):
        return step
    for leaf in _leaves(step.value):
        rate = isinstance(leaf, pybamm.InputParameter) and leaf.name == C_RATE
        if not (rate or isinstance(leaf, pybamm.Scalar)):
            return step
    # a step of unknown rate has to be given a duration, and this one stands for none
    endless = step.input_duration == 3600 * LONGEST
    return type(step)(
        float(step.value.evaluate(inputs={C_RATE: c_rate})),
        duration=None if endless else step.input_duration,
        termination=step.termination,
        period=step.period,
        temperature=step.temperature,
        tags=step.tags,
        start_time=step.start_time,
        description=step.description,
        direction=step.direction,
        skip_ok=step.skip_ok,
    )


def _compiled(step: Any, half: str) -> Step:
    control = CONTROLS.get(type(step))
    if control is None or not isinstance(step.value, Real):
        raise NotCompiled(f"step '{step}'")
    if step.temperature is not None or step.start_time is not None:
        raise NotCompiled(f"step '{step}' has a temperature or a start time")
    value = float(step.value)
    return Step(
        control,
        value,
        float(step.duration),
        not step.uses_default_duration,
        _half(step, value, half),
        **_cutoffs(step),
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


def _name(held: bool, value: float | None, half: str) -> str:
    if held:
        return "hold"
    return "rest" if value == 0 else half


def _half(step: Any, value: float | None, before: str) -> str:
    if type(step) is pybamm.step.Voltage or not value:
        return before
    return "discharge" if value > 0 else "charge"
