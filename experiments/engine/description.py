"""Experiments in words that are the same for the same experiment, and for no other.

PyBaMM's own words will not do: they leave out the middle of a drive cycle, tell where
in memory a function is, and differ for two spellings of one step.
"""

from __future__ import annotations

import hashlib
import types
from functools import partial
from numbers import Real
from typing import Any

import cloudpickle
import numpy as np
import pybamm
from pybamm.experiment.step import step_termination as termination

from aslb.experiments.engine.steps import by_cycle
from aslb.experiments.regulated_charge import RegulatedCharge


def described(experiment: pybamm.Experiment) -> list[Any]:
    """An experiment as JSON takes it.

    Parameters
    ----------
    experiment : pybamm.Experiment
        Any experiment.

    Returns
    -------
    list
        Each different cycle, as a list of its steps, and how often it comes in a row;
        then how the experiment as a whole may end, if it may.
    """
    rows = cycles_of(experiment)
    if experiment.termination:
        ends = sorted(experiment.termination.items())
        rows.append("until " + " or ".join(f"{name} {end}" for name, end in ends))
    return rows


def cycles_of(experiment: pybamm.Experiment) -> list[Any]:
    """Each different cycle, as a list of its steps, and how often it comes in a row."""
    rows: list[Any] = []
    for cycle in by_cycle(experiment, [*map(_step, experiment.steps)]):
        if rows and rows[-1][0] == cycle:
            rows[-1][1] += 1
        else:
            rows.append([cycle, 1])
    return rows


def _step(step: Any) -> str:
    known = type(step).__module__ == pybamm.step.Current.__module__
    words = [type(step).__name__ if known else _name(type(step)), _value(step)]
    if not step.uses_default_duration:
        words.append(f"for {float(step.duration)!r} s")
    if not isinstance(step, RegulatedCharge):  # its end is its hold
        words += [f"until {_end(end)}" for end in step.termination]
    others = {
        "direction": step.direction,
        "temperature": step.temperature,
        "start": step.start_time,
        "skip": None if step.skip_ok else False,
        "rate": getattr(step, "c_rate", None),
        "hold": getattr(step, "hold", None),
    }
    words += [f"{name} {value}" for name, value in others.items() if value is not None]
    return " ".join(words)


def _value(step: Any) -> str:
    if step.is_drive_cycle:
        return _of(step.input_value)
    if isinstance(step.value, pybamm.Symbol | Real):  # of a function of time, too
        return _of(step.value)
    # what a step of the user's own, or a custom one, is made of
    given = {k: v for k, v in vars(step).items() if callable(v) or k == "control"}
    return " ".join(f"{name}={_of(value)}" for name, value in sorted(given.items()))


def _end(end: Any) -> str:
    if isinstance(end, termination.CustomTermination):
        return f"{end.name} {_of(end.event_function)}"
    if type(end).__module__ != termination.__name__:
        return f"{_name(type(end))} {_of(end)}"
    return f"{type(end).__name__} {end.operator or ''}{_of(end.value)}"


def _of(value: Any) -> str:
    """A value in words, or in the hash of all it consists of."""
    if value is None or isinstance(value, bool | str | bytes):
        return repr(value)
    if isinstance(value, Real):
        return repr(float(value))
    if isinstance(value, np.ndarray):
        return _digest(f"{value.dtype} {value.shape}", value.tobytes())
    if isinstance(value, pybamm.Symbol):
        tables = [
            _of(np.asarray(part))
            for symbol in value.pre_order()
            if isinstance(symbol, pybamm.Interpolant)
            for part in (*symbol.x, symbol.y)
        ]
        return " ".join([str(value), *tables])
    if isinstance(value, tuple | list | frozenset):
        items = [*map(_of, value)]
        return str(sorted(items) if isinstance(value, frozenset) else items)
    if isinstance(value, types.FunctionType):
        return _function(value)
    if isinstance(value, types.CodeType):
        return _code(value)
    if isinstance(value, partial):
        return _of([value.func, value.args, sorted(value.keywords.items())])
    if isinstance(value, type | types.BuiltinFunctionType):
        return _name(value)
    return _digest(cloudpickle.dumps(value))


def _function(function: types.FunctionType) -> str:
    """A function by what it does: its code, and the values that it closes over."""
    closed = [cell.cell_contents for cell in function.__closure__ or ()]
    found = map(function.__globals__.get, function.__code__.co_names)
    used = [value for value in found if isinstance(value, Real | str | np.ndarray)]
    parts = [function.__code__, closed, function.__defaults__, used]
    return f"{_name(function)} {_digest(_of(parts))}"


def _code(code: types.CodeType) -> str:
    return _digest(code.co_code, _of([code.co_consts, code.co_names]))


def _name(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
    return digest.hexdigest()[:16]
