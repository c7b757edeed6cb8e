"""Models of a few states: written as PyBaMM's, or in expressions of CasADi."""

from types import SimpleNamespace

import casadi
import numpy as np
import pybamm

from aslb.experiments.ensemble import library
from aslb.experiments.ensemble.library import Ensemble, Schedule
from aslb.experiments.ensemble.model_functions import ModelFunctions


def built(rhs, initial, *, algebraic=None, events=None, variables=None):
    """A discretised model of scalar states.

    Parameters
    ----------
    rhs, algebraic : dict of pybamm.Variable to pybamm.Symbol
        Equations.
    initial : dict of pybamm.Variable to float or pybamm.Symbol
        Where they start.
    events, variables : dict of str to pybamm.Symbol, optional
        What ends it, and what is read besides the states.
    """
    model = pybamm.BaseModel()
    model.rhs, model.algebraic = rhs, algebraic or {}
    model.initial_conditions = initial
    model.events = [pybamm.Event(*item) for item in (events or {}).items()]
    states = {variable.name: variable for variable in initial}
    model.variables = {**states, **(variables or {})}
    return pybamm.Discretisation().process_model(model, inplace=False)


def ensemble(model, inputs=(), outputs=(), *, progress, sample=(), width=None):
    """The model compiled; its inputs are as in `sample` while pivots are chosen."""
    values = np.reshape(sample or np.ones(len(inputs)), (1, -1))
    return Ensemble(
        model, inputs, outputs, samples=values, progress=progress, width=width
    )


def one_step(inputs, duration, *, timed=True, fractions=()):
    """A schedule of one step for each row of inputs."""
    points = len(inputs)
    zeros = np.zeros(points, int)
    return Schedule(
        np.arange(points + 1),
        np.asarray(inputs, float),
        np.full(points, float(duration)),
        np.full(points, timed),
        zeros,
        zeros,
        zeros,
        (np.array(fractions, float), np.array([])),
    )


def of_expressions(monkeypatch, y, p, outputs, *, width, initial=None):
    """An ensemble that reads CasADi's expressions; all its states but one rest."""
    size = y.numel()
    model = ModelFunctions(
        y,
        p,
        casadi.SX([1.0] + [0.0] * (size - 1)),
        casadi.SX(0, 1),
        outputs,
        casadi.SX.zeros(size) if initial is None else initial,
        np.ones(size),
        (slice(0, size),),
        (),
    )
    monkeypatch.setattr(library, "model_functions", lambda *_: model)
    names = {pybamm.Variable("clock"): [slice(0, 1)]}
    return Ensemble(
        SimpleNamespace(y_slices=names),
        ["p"] * p.numel(),
        ["o"] * outputs.numel(),
        samples=np.ones((1, p.numel())),
        progress="clock",
        width=width,
    )
