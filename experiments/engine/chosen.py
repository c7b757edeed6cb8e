"""What a study chooses of a protocol from point to point: its rate, its holds."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

import pybamm

from aslb.experiments.engine.steps import by_cycle
from aslb.experiments.protocols import C_RATE
from aslb.experiments.regulated_charge import LONGEST, RegulatedCharge


@dataclass(frozen=True)
class Chosen:
    """What is chosen at a point; None is what the protocol says.

    Parameters
    ----------
    c_rate : float, optional
        Value of the input ``c_rate`` [h-1].
    hold_h : float, optional
        Duration of every hold [h].
    """

    c_rate: float | None = None
    hold_h: float | None = None


AS_IT_IS = Chosen()


def at_choice(
    experiment: pybamm.Experiment, chosen: Chosen = AS_IT_IS
) -> pybamm.Experiment:
    """An experiment as a simulation follows it: as chosen, and recorded throughout.

    Parameters
    ----------
    experiment : pybamm.Experiment
        The experiment.
    chosen : Chosen, optional
        What is chosen.

    Returns
    -------
    pybamm.Experiment
        The same steps; what is no constant at a given rate keeps the input. No step
        has a period: at one that is long, what is read between its points is wrong.
    """
    steps = [copy(_chosen(step, chosen)) for step in experiment.steps]
    for step in steps:
        step.period = None
    _, _, temperature, end = experiment.args
    cycles: list[Any] = [*map(tuple, by_cycle(experiment, steps))]
    return pybamm.Experiment(cycles, None, temperature, end)


def joined(first: pybamm.Experiment, then: pybamm.Experiment) -> pybamm.Experiment:
    """One experiment after another, with temperature and end of the second."""
    _, _, temperature, end = then.args
    cycles: list[Any] = [
        tuple(cycle) for part in (first, then) for cycle in by_cycle(part, part.steps)
    ]
    return pybamm.Experiment(cycles, None, temperature, end)


def has_varied_rate(experiment: pybamm.Experiment) -> bool:
    """Whether a step's value depends on the input ``c_rate``."""
    return any(
        leaf.name == C_RATE
        for step in experiment.steps
        for value in (step.value, getattr(step, "c_rate", None))
        for leaf in _leaves(value)
        if isinstance(leaf, pybamm.InputParameter)
    )


def has_hold(experiment: pybamm.Experiment) -> bool:
    """Whether there is a charge whose hold can be chosen."""
    return any(isinstance(step, RegulatedCharge) for step in experiment.steps)


def _leaves(value: Any) -> list[pybamm.Symbol]:
    if not isinstance(value, pybamm.Symbol):
        return []
    return [symbol for symbol in value.pre_order() if not symbol.children]


def _chosen(step: Any, chosen: Chosen) -> Any:
    if isinstance(step, RegulatedCharge) and chosen.hold_h is not None:
        step = step.changed(hold=chosen.hold_h)
    return step if chosen.c_rate is None else _at_rate(step, chosen.c_rate)


def _at_rate(step: Any, c_rate: float) -> Any:
    """A step with a number in the place of the input, where that makes it a constant.

    It is then the very step that a protocol of a fixed rate has.
    """
    if isinstance(step, RegulatedCharge):
        if not isinstance(step.c_rate, pybamm.Symbol):
            return step
        return step.changed(c_rate=float(step.c_rate.evaluate(inputs={C_RATE: c_rate})))
    if not isinstance(step.value, pybamm.Symbol):
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
