"""A built PyBaMM model, compiled, and solved for many points at once."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from aslb.experiments.ensemble.compiler import NoCompiler, compiled, lane_width
from aslb.experiments.ensemble.model_functions import model_functions
from aslb.experiments.ensemble.source import Source, source

CUTOFF, DURATION, AT_ONCE = 1, 2, 3
"""How a step can end: by an event, by its duration, or by an event as it begins."""

SMALL, NO_START, OTHER_EVENT, NO_CUTOFF, MANY = range(-1, -6, -1)
"""How it can fail."""

FAILURES = {
    SMALL: "steps became too small",
    NO_START: "no consistent start was found",
    MANY: "too many steps",
}

FIRST_STEP = 1e-3  # s
MOST_STEPS = 20000
THIRD_ORDER_FROM = 1e-4  # of rtol

_INTEGERS, _NUMBERS, _TABLES = (
    ("points", "cycles", "fractions", "progress", "threads", "order"),
    ("rtol", "first_h", "most_steps"),
    (
        "constants",
        "reset_step",
        "reset_cycle",
        "may_end",
        "first_of",
        "inputs",
        "duration",
        "timed",
        "cycle",
        "kind",
        "half",
        "number_of",
        "fraction",
        "start",
    ),
)


class _Problem(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int64) for name in _INTEGERS),
        *((name, ctypes.c_double) for name in _NUMBERS),
        *((name, ctypes.c_void_p) for name in _TABLES),
    ]


@dataclass(frozen=True)
class Schedule:
    """What is done to each point, step by step.

    Parameters
    ----------
    first_of : numpy.ndarray of int
        First step of each point, and the number of all steps; one more than points.
    inputs : numpy.ndarray
        Inputs of the model, a row a step.
    duration : numpy.ndarray
        Longest duration of each step [s].
    timed : numpy.ndarray
        Whether a step may end by its duration.
    cycle, kind : numpy.ndarray of int
        Number of a step's cycle in its point, and a number that is the same for cycles
        of the same steps.
    half : numpy.ndarray of int
        Which of two lists of fractions counts a step; -1 for none.
    fractions : tuple of numpy.ndarray
        Two lists: fractions of the progress in the steps of a cycle that have this
        number as their `half`, at which outputs are read.
    """

    first_of: np.ndarray
    inputs: np.ndarray
    duration: np.ndarray
    timed: np.ndarray
    cycle: np.ndarray
    kind: np.ndarray
    half: np.ndarray
    fractions: tuple[np.ndarray, np.ndarray]

    def __len__(self) -> int:
        return len(self.first_of) - 1

    @cached_property
    def cycles(self) -> int:
        """The largest number of cycles of a point."""
        return int(self.cycle.max(initial=-1)) + 1


@dataclass(frozen=True)
class Trajectories:
    """What came of each point.

    Parameters
    ----------
    status : numpy.ndarray of int
        How each step ended; 0 where it was not reached, negative where it failed.
    event : numpy.ndarray of int
        By which event.
    time : numpy.ndarray
        When [s].
    outputs : numpy.ndarray
        Outputs as each step began and ended; steps × 2 × outputs.
    read : numpy.ndarray
        Outputs at fractions of the progress, first those of half 0; points × cycles ×
        fractions × outputs.
    same_as : numpy.ndarray of int
        The earlier cycle that a cycle repeats, or -1; points × cycles.
    end : numpy.ndarray
        States that a point ended in; points × states.
    counted : numpy.ndarray of int
        Steps, rejections, and iterations of Newton's method; points × 3.
    """

    status: np.ndarray
    event: np.ndarray
    time: np.ndarray
    outputs: np.ndarray
    read: np.ndarray
    same_as: np.ndarray
    end: np.ndarray
    counted: np.ndarray


class Ensemble:
    """A model whose points are solved together.

    Parameters
    ----------
    built : pybamm.BaseModel
        A discretised model.
    inputs : sequence of str
        Names of its inputs, in order.
    outputs : sequence of str
        Names of the variables that are read.
    samples : numpy.ndarray
        Inputs, a row each: one of each kind of step.
    progress : str
        The state that fractions are counted of.
    reset_step, reset_cycle : sequence of str
        States that are zero as a step begins, and as a cycle begins.
    width : int, optional
        How many points are solved at once; by default what a register holds.

    Raises
    ------
    NotGenerated
        If the model has no scalar code.
    NoCompiler
        If there is no compiler, or it fails.
    """

    def __init__(
        self,
        built: Any,
        inputs: Sequence[str],
        outputs: Sequence[str],
        *,
        samples: np.ndarray,
        progress: str,
        reset_step: Sequence[str] = (),
        reset_cycle: Sequence[str] = (),
        width: int | None = None,
    ):
        model = model_functions(built, inputs, outputs)
        code = source(model, samples)
        self._constants = code.constants
        self._library = _library(code, width or lane_width())
        self.event_names = model.event_names
        self.outputs = tuple(outputs)
        self._states = len(model.mass)
        places = {v.name: parts[0] for v, parts in built.y_slices.items()}
        self._progress = places[progress].start
        self._reset_step = self._without(places[name] for name in reset_step)
        self._reset_cycle = self._without(places[name] for name in reset_cycle)

    def solve(
        self,
        schedule: Schedule,
        *,
        rtol: float,
        may_end: Sequence[str],
        start: np.ndarray | None = None,
        threads: int | None = None,
    ) -> Trajectories:
        """Solve points.

        Parameters
        ----------
        schedule : Schedule
            What is done to them.
        rtol : float
            Relative tolerance; that of a state is of 1 plus the largest value of its
            variable.
        may_end : sequence of str
            Events that a step may end by; any other one is a failure.
        start : numpy.ndarray, optional
            States to start from; points × states. By default those of the model.
        threads : int, optional
            By default one for each core.

        Returns
        -------
        Trajectories
            What came of them. It depends on nothing but the point itself.
        """
        points, steps = len(schedule), len(schedule.duration)
        number_of = [*map(len, schedule.fractions)]
        fractions, outputs = sum(number_of), len(self.outputs)
        whole = {"first_of", "cycle", "kind", "half", "number_of"}
        given = {
            "constants": self._constants,
            "reset_step": self._reset_step,
            "reset_cycle": self._reset_cycle,
            "may_end": [name in may_end for name in self.event_names],
            "number_of": number_of,
            "fraction": np.concatenate(schedule.fractions),
            "start": start,
            **{
                name: table for name, table in vars(schedule).items() if name in _TABLES
            },
        }
        tables = {
            name: np.ascontiguousarray(table, np.int64 if name in whole else float)
            for name, table in given.items()
            if table is not None
        }
        found = Trajectories(
            np.zeros(steps, np.int64),
            np.zeros(steps, np.int64),
            np.zeros(steps),
            np.zeros((steps, 2, outputs)),
            np.full((points, schedule.cycles, fractions, outputs), np.nan),
            np.full((points, schedule.cycles), -1, np.int64),
            np.zeros((points, self._states)),
            np.zeros((points, 3), np.int64),
        )
        threads = threads or cores()
        order = 3 if rtol >= THIRD_ORDER_FROM else 4
        integers = (points, schedule.cycles, fractions, self._progress, threads, order)
        problem = _Problem(*integers, rtol, FIRST_STEP, MOST_STEPS)
        for name, table in tables.items():
            setattr(problem, name, table.ctypes.data)
        answer = (ctypes.c_void_p * 8)(
            *(table.ctypes.data for table in vars(found).values())
        )
        self._library.solve_points(ctypes.byref(problem), answer)
        return found

    def _without(self, places: Any) -> np.ndarray:
        kept = np.ones(self._states)
        for place in places:
            kept[place] = 0
        return kept


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _library(code: Source, width: int) -> Any:
    """The compiled code of a model, made again if what there is cannot be loaded."""
    try:
        return _loaded(compiled(code, width))
    except OSError:  # made on another machine, say, with the same home
        path = compiled(code, width, again=True)
    try:
        return _loaded(path)
    except OSError as error:
        raise NoCompiler(f"its library cannot be loaded: {error}") from None


@lru_cache(maxsize=32)
def _loaded(path: Path) -> Any:
    return ctypes.CDLL(str(path))
