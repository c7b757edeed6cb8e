"""The state of rest that a solution ends with, for a model with relaxing interfaces."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pybamm

from aslb.errors import InputError
from aslb.experiments.engine.linear_cell import at_temperature, relaxing_model
from aslb.parameters.composition.cell import Cell

OTHER_NAMES = {
    "Positive electrode double-layer potential difference [V]": (
        "Positive electrode surface potential difference [V]",
        "X-averaged positive electrode surface potential difference [V]",
    ),
}
"""States that a solution without relaxing interfaces has under another name."""

RESTING = 1e-6  # C-rate
AMBIENT = "Ambient temperature [K]"
TOLD = (
    "Separator area resistance [Ohm.m2]",
    "Positive electrode capacity [A.h]",
    "X-averaged positive particle radius [m]",
    "X-averaged positive electrode porosity",
    "X-averaged positive electrolyte transport efficiency",
    "X-averaged positive electrode exchange current density [A.m-2]",
    "Lithium metal interface exchange current density [A.m-2]",
)
"""What a solution tells of its cell also at rest."""

SAME = 0.01  # a cell that warmed up has other kinetics by less


def model_from(model: Any, solution: pybamm.Solution) -> Any:
    """A model that starts where a solution ends.

    Parameters
    ----------
    model : SolidStateDFN or SolidStateSPM
        With relaxing interfaces.
    solution : pybamm.Solution
        Of the same model, with them or without, in which case no interface is charged.

    Raises
    ------
    InputError
        If the solution ends with a current, or is of another kind of model.
    """
    if abs(solution["C-rate"].entries[-1]) > RESTING:
        current = solution["Current [A]"].entries[-1]
        raise InputError(
            f"the solution ends at {current:g} A; accepted: one that ends with a rest"
        )
    return model.set_initial_conditions_from(
        {state.name: _last(solution, state) for state in model.initial_conditions},
        inplace=False,
    )


def _last(solution: pybamm.Solution, state: pybamm.Variable) -> np.ndarray:
    for name in (state.name, *OTHER_NAMES.get(state.name, ())):
        try:
            values = solution[name].data[..., -1:]
        except KeyError:
            continue
        if state.domain == ["current collector"] and values.ndim > 1:
            values = values.mean(axis=0)  # the same at every depth
        return values
    if state.name.endswith(("potential drop [V]", "interphase overpotential [V]")):
        return np.zeros(1)
    raise InputError(
        f"the solution has no '{state.name}'; accepted: one of the same model"
    )


def check_same_cell(cell: Cell, model: str, solution: pybamm.Solution) -> None:
    """Refuse a solution of which a cell in the same state would tell otherwise.

    Parameters
    ----------
    cell : Cell
        The cell that a solution is said to be of.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    solution : pybamm.Solution
        As for `model_from`.

    Raises
    ------
    InputError
        If what the solution says at its end is not so for the cell.
    """
    values = at_temperature(cell, float(solution[AMBIENT].entries[-1]))
    asked = model_from(relaxing_model(model, values), solution)
    simulation = pybamm.Simulation(
        asked, parameter_values=values, **mesh_of(asked, solution)
    )
    simulation.build()
    built = simulation.built_model
    state = built.concatenated_initial_conditions.evaluate()
    for name in TOLD:
        try:
            found = solution[name].data[..., -1:]
        except KeyError:  # of another kind of particles, or of another model
            continue
        own = built.get_processed_variable(name).evaluate(t=0, y=state)
        there, here = (float(np.ravel(of)[-1]) for of in (found, own))
        if not math.isclose(there, here, rel_tol=SAME):
            raise InputError(
                f"the solution is of another cell than '{cell.name}': {name} is "
                f"{there:.4g} in it and {here:.4g} in the cell; accepted: its own cell"
            )


def mesh_of(model: Any, solution: pybamm.Solution) -> dict[str, Any]:
    """Points of a solution's mesh, as `pybamm.EISSimulation` takes them.

    They are taken to lie as those of the model do by default.
    """
    cathode = solution["Positive electrode potential [V]"]
    particle = solution["X-averaged positive particle concentration [mol.m-3]"]
    points = {
        **model.default_var_pts,
        "x_p": cathode.data.shape[0],
        "r_p": particle.data.shape[0],
    }
    return {"var_pts": points}
