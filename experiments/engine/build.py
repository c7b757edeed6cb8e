"""One discretised model for every step of a protocol, and what is read from its states.

Current, held voltage, power and cut-offs are inputs of the model, so that one model
covers charge, hold, rest and discharge at any rate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from types import MappingProxyType
from typing import Any

import casadi
import numpy as np
import pybamm

from aslb.experiments.engine.cycle import tolerances
from aslb.experiments.engine.steps import Step
from aslb.experiments.regulated_charge import distances, regulated, share_at_limit
from aslb.models.registry import model_for
from aslb.models.submodels.charge_clock import CLOCK

OWN_MESH: Mapping[str, int] = MappingProxyType({})
"""No points that differ from the model's own mesh."""

HOLD, REGULATED, POWERED, CURRENT, VOLTAGE, LIMIT, POWER = HELD = (
    "Hold",
    "Regulated",
    "Powered",
    "Applied current [A]",
    "Held voltage [V]",
    "Charging rate [h-1]",
    "Applied power [W]",
)
WATCHED, CUTOFF, DIRECTION, ENDED, LEAST, TIME = ENDS = (
    "Voltage is watched",
    "Cut-off voltage [V]",
    "Direction",
    "Current is watched",
    "Cut-off current [A]",
    "Time at the voltage [h]",
)
CONTROLS = (*HELD, *ENDS)
CUTOFF_EVENTS = (
    "Voltage cut-off [experiment]",
    "Current cut-off [experiment]",
    "Held [experiment]",
)
NEVER = 2.0  # h, of a clock that stands still


def controls(step: Step, capacity: float) -> list[float]:
    """Values of `CONTROLS` for a step.

    Parameters
    ----------
    step : Step
        The step.
    capacity : float
        Nominal capacity of the cell [A.h], which a C-rate is in.

    Returns
    -------
    list of float
        In the order of `CONTROLS`.
    """
    hold, powered = step.control == "voltage", step.control == "power"
    charge = step.control == "CC-CV"
    value = step.value * capacity if step.control == "C-rate" else step.value
    cutoff, direction = step.voltage_cutoff or (value if hold or charge else 0.0, 0.0)
    least = step.current_cutoff or 0.0
    return [
        float(hold),
        float(charge),
        float(powered),
        0.0 if hold or charge or powered else value,
        value if hold or charge else cutoff,
        step.charge_rate,
        value if powered else 0.0,
        float(step.voltage_cutoff is not None),
        cutoff,
        direction,
        float(step.current_cutoff is not None),
        least * capacity if step.cutoff_in == "C-rate" else least,
        NEVER if step.hold is None else step.hold,
    ]


def build(
    values: pybamm.ParameterValues,
    model: str,
    inputs: Mapping[str, float],
    var_pts: Mapping[str, int] = OWN_MESH,
) -> Any:
    """Discretise a model whose control and cut-offs are inputs.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell; what varies need not be ``"[input]"`` yet.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    inputs : mapping of str to float
        What varies, with values to build with.
    var_pts : mapping of str to int, optional
        Points of the mesh that differ from the model's own, by PyBaMM's names.

    Returns
    -------
    pybamm.BaseModel
        The discretised model.
    """
    values = values.copy()
    values.update(dict.fromkeys(inputs, "[input]"))
    new = model_for(model, values, {"operating mode": _residual})
    voltage, current = (new.variables[n] for n in ("Voltage [V]", "Current [A]"))
    watched, cutoff, direction, ended, least, time = map(pybamm.InputParameter, ENDS)
    clock = new.variables[CLOCK]
    at_limit = share_at_limit(*_distances(new.variables))
    new.rhs[clock] = pybamm.InputParameter(REGULATED) * at_limit / 3600
    expressions = (
        watched * direction * (voltage - cutoff) + (1 - watched),
        ended * (abs(current) - least) + (1 - ended),
        time - clock,
    )
    new.events += list(map(pybamm.Event, CUTOFF_EVENTS, expressions))
    pybamm.step.BaseStep.update_voltage_safety_events(new)
    simulation = pybamm.Simulation(
        new, parameter_values=values, var_pts={**new.default_var_pts, **var_pts}
    )
    simulation.build(inputs={**inputs, **dict.fromkeys(CONTROLS, 1.0)})
    return simulation.built_model


def adjustable(
    values: pybamm.ParameterValues,
    model: str,
    var_pts: Mapping[str, int] = OWN_MESH,
) -> tuple[Any, dict[str, float]]:
    """A model in which each number of a cell is an input, as far as can be.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cell.
    model : str
        "SolidStateDFN" or "SolidStateSPM".
    var_pts : mapping of str to int, optional
        Points of the mesh that differ from the model's own, by PyBaMM's names.

    Returns
    -------
    pybamm.BaseModel, dict of str to float
        The discretised model, and its inputs with their values.
    """
    numbers = {
        name: float(value)
        for name, value in sorted(values.items())
        if isinstance(value, Real)
    }
    try:
        return build(values, model, numbers, var_pts), numbers
    except Exception:  # PyBaMM has no one error for it
        possible = possible_inputs(values, model, numbers)
        numbers = {name: numbers[name] for name in possible}
        return build(values, model, numbers, var_pts), numbers


def laws_of(values: pybamm.ParameterValues) -> dict[str, Any]:
    """What of a cell is no number, or none that can be an input."""
    return {
        name: value
        for name, value in sorted(values.items())
        if not isinstance(value, Real) and name != "citations"
    }


def possible_inputs(
    values: pybamm.ParameterValues, model: str, candidates: Mapping[str, float]
) -> tuple[str, ...]:
    """Parameters that can change without building the model again."""

    def builds(inputs: Mapping[str, float]) -> bool:
        try:
            build(values, model, inputs)
        except Exception:  # PyBaMM has no one error for it
            return False
        return True

    if not candidates or builds(candidates):
        return tuple(candidates)
    return tuple(name for name, value in candidates.items() if builds({name: value}))


def _residual(variables: Mapping[str, pybamm.Symbol]) -> pybamm.Symbol:
    """Residual of the current: a given current, voltage or power, or a CC-CV charge."""
    hold, charge, powered, applied, held, _, power = map(pybamm.InputParameter, HELD)
    current, voltage = variables["Current [A]"], variables["Voltage [V]"]
    return (
        (1 - hold - charge - powered) * (current - applied)
        + hold * (voltage - held)
        + charge * regulated(*_distances(variables))
        + powered * (current * voltage - power)
    )


def _distances(variables: Mapping[str, pybamm.Symbol]) -> tuple[Any, Any]:
    held, largest = map(pybamm.InputParameter, (VOLTAGE, LIMIT))
    return distances(variables["Voltage [V]"], held, variables["C-rate"], largest)


def integrator(built: Any, inputs: Mapping[str, float], *, rtol: float) -> Any:
    """PyBaMM's compiled integrator of a built model.

    The object is private to PyBaMM, whose version is pinned; the tests hold every
    number against `aslb.experiments.engine.public_path`, which uses the public
    interface only.
    """
    solver = pybamm.IDAKLUSolver(
        **tolerances(rtol),
        options={
            "silence_sundials_errors": True,  # failures are told in the result
            # SUNDIALS' own default: where fronts change the Jacobian, a new one is
            # cheaper than PyBaMM's up to 40 iterations with the old one
            "max_nonlinear_iterations": 4,
        },
    )
    solver.set_up(built, dict(inputs), np.array([0.0, 1.0]))
    return solver._setup["solver"]


def observer(
    built: Any, inputs: Mapping[str, float], names: Sequence[str]
) -> casadi.Function:
    """Variables as a function of states (one column a time) and inputs.

    Parameters
    ----------
    built : pybamm.BaseModel
        From `build`.
    inputs : mapping of str to float
        All inputs, in order.
    names : sequence of str
        Names of the variables.

    Returns
    -------
    casadi.Function
        Of states and inputs; one row a variable.
    """
    y = casadi.MX.sym("y", built.len_rhs_and_alg)
    p = {name: casadi.MX.sym(name) for name in inputs}
    symbols = [
        built.get_processed_variable(name).to_casadi(casadi.MX(0), y, inputs=p)
        for name in names
    ]
    return casadi.Function(
        "observer", [y, casadi.vertcat(*p.values())], [casadi.vertcat(*symbols)]
    )
