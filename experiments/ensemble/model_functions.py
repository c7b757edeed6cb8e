"""The equations of a built PyBaMM model as scalar expressions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import casadi
import numpy as np
import pybamm
import scipy.sparse


class NotGenerated(Exception):
    """A model that only PyBaMM's own solver can take, and why."""


@dataclass(frozen=True)
class ModelFunctions:
    """``M dy/dt = f(y, p)`` with a diagonal M, and what is watched and read of it.

    Parameters
    ----------
    y, p : casadi.SX
        States and inputs.
    residual : casadi.SX
        The f, a row a state.
    events : casadi.SX
        Positive until the first of them ends a solution.
    outputs : casadi.SX
        Variables that are read.
    initial : casadi.SX
        First states, of the inputs alone.
    mass : numpy.ndarray
        Diagonal of M; 0 for an algebraic state.
    variables : tuple of slice
        Places of each variable among the states.
    event_names : tuple of str
        Names of the events.
    """

    y: Any
    p: Any
    residual: Any
    events: Any
    outputs: Any
    initial: Any
    mass: np.ndarray
    variables: tuple[slice, ...]
    event_names: tuple[str, ...]


def model_functions(
    built: Any, inputs: Sequence[str], outputs: Sequence[str]
) -> ModelFunctions:
    """Scalar expressions of a discretised model.

    Parameters
    ----------
    built : pybamm.BaseModel
        A discretised model.
    inputs : sequence of str
        Names of all its inputs, in order.
    outputs : sequence of str
        Names of the variables that are read.

    Returns
    -------
    ModelFunctions
        The expressions. Time is a last state where an equation depends on it.

    Raises
    ------
    NotGenerated
        If the model has what scalar code cannot tell, as a table to interpolate in.
    """
    ends = [e for e in built.events if e.event_type == pybamm.EventType.TERMINATION]
    read = [built.get_processed_variable(name) for name in outputs]
    t, y = casadi.MX.sym("t"), casadi.MX.sym("y", built.len_rhs_and_alg)
    p = {name: casadi.MX.sym(name) for name in inputs}

    def stacked(symbols: Sequence[Any]) -> Any:
        made = [symbol.to_casadi(t, y, inputs=p) for symbol in symbols]
        return casadi.densify(casadi.vertcat(*made)) if made else casadi.MX(0, 1)

    rows = (
        stacked(
            [
                s
                for s in (built.concatenated_rhs, built.concatenated_algebraic)
                if s.size
            ]
        ),
        stacked([event.expression for event in ends]),
        stacked(read),
        stacked([built.concatenated_initial_conditions]),
    )
    whole = casadi.Function("model", [t, y, casadi.vertcat(*p.values())], rows)
    try:
        whole = whole.expand()
    except RuntimeError as error:  # CasADi has no one error for it
        raise NotGenerated(f"no scalar code for it: {error}".splitlines()[0]) from None
    time, states, given = (
        casadi.SX.sym(name, size)
        for name, size in (("t", 1), ("y", built.len_rhs_and_alg), ("p", len(p)))
    )
    residual, events, values, initial = whole(time, states, given)
    mass = _diagonal(built.mass_matrix.entries)
    variables = [part[0] for part in built.y_slices.values()]
    if any(casadi.which_depends(casadi.vertcat(residual, events, values), time)):
        variables.append(slice(len(mass), len(mass) + 1))
        states, mass = casadi.vertcat(states, time), np.append(mass, 1.0)
        residual = casadi.vertcat(residual, 1)
        initial = casadi.vertcat(initial, 0)
    return ModelFunctions(
        states,
        given,
        residual,
        events,
        values,
        initial,
        mass,
        tuple(variables),
        tuple(event.name for event in ends),
    )


def _diagonal(matrix: Any) -> np.ndarray:
    matrix = scipy.sparse.csr_matrix(matrix)
    diagonal = matrix.diagonal()
    if (matrix - scipy.sparse.diags(diagonal)).count_nonzero():
        raise NotGenerated("its mass matrix is not diagonal")
    return diagonal
