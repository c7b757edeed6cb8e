"""A start voltage is against the foil, as every other voltage of a cell."""

from __future__ import annotations

import functools
import math
import warnings
from typing import Any

import pybamm
from scipy import optimize

from aslb.errors import InputError
from aslb.models.solid_state_options import SolidStateOptions
from aslb.models.solid_state_parameters import SolidStateParameters

HOST = "Negative electrode host concentration [mol.m-3]"
CONCENTRATION = "Initial concentration in positive electrode [mol.m-3]"
ENDS = 1e-6, 1 - 1e-6  # stoichiometries; PyBaMM's potentials are barriers beyond


def take_start_voltages_against_the_foil() -> None:
    """Have PyBaMM take a start voltage of a cell with a foil of its own against it.

    PyBaMM holds the counter electrode of a half-cell at 0 V, and offers nothing to say
    otherwise: ``initial_soc="3.6 V"`` of a cell with In-Li would start 0.62 V off.
    Parameter values without such a foil, and a state of charge, are PyBaMM's as before.
    """
    theirs: Any = pybamm.lithium_ion.get_initial_stoichiometry_half_cell
    if hasattr(theirs, "__wrapped__"):
        return

    @functools.wraps(theirs)
    def found(initial_value, parameter_values, *args, **kwargs):
        if not isinstance(initial_value, str) or HOST not in parameter_values:
            return theirs(initial_value, parameter_values, *args, **kwargs)
        inputs = kwargs.get("inputs") or {}
        return {"x": start_stoichiometry(initial_value, parameter_values, inputs)}

    pybamm.lithium_ion.get_initial_stoichiometry_half_cell = found


def start_stoichiometry(
    voltage: str, values: pybamm.ParameterValues, inputs: dict[str, Any]
) -> float:
    """Stoichiometry of the cathode at an open-circuit voltage against the foil.

    Parameters
    ----------
    voltage : str
        As "3.6 V".
    values : pybamm.ParameterValues
        The cell.
    inputs : dict
        Values of its inputs by name.

    Returns
    -------
    float
        Lithium per site of the cathode [-].

    Raises
    ------
    InputError
        If that is no voltage, or none that the cell can have at rest.
    """
    number = _number(voltage)
    param: Any = SolidStateParameters(
        SolidStateOptions({"working electrode": "positive"})
    )
    full, lower, upper = (
        values.evaluate(symbol, inputs=inputs)
        for symbol in (
            param.p.prim.c_max,
            param.voltage_low_cut,
            param.voltage_high_cut,
        )
    )
    started = values.copy()
    started[CONCENTRATION] = "[input]"
    at_rest = started.process_symbol(param.ocv_init)

    def voltage_at(stoichiometry: float) -> float:
        asked = {**inputs, CONCENTRATION: stoichiometry * full}
        return float(at_rest.evaluate(inputs=asked))

    highest, lowest = (voltage_at(end) for end in ENDS)
    if not lowest <= number <= highest:
        raise InputError(
            f"start voltage '{voltage}' against the foil; accepted: {lowest:.2f} to "
            f"{highest:.2f} V"
        )
    if not lower - 1e-6 <= number <= upper + 1e-6:
        warnings.warn(  # as PyBaMM does
            f"start voltage {number:g} V is beyond the cut-offs, {lower:g} and "
            f"{upper:g} V against the foil",
            stacklevel=2,
        )
    return optimize.brentq(lambda sto: voltage_at(sto) - number, *ENDS, xtol=1e-12)


def _number(voltage: str) -> float:
    try:
        number = float(voltage.strip().removesuffix("V"))
    except ValueError:
        number = math.nan
    if not voltage.strip().endswith("V") or not math.isfinite(number):
        raise InputError(
            f"start '{voltage}'; accepted: a state of charge from 0 to 1, or an "
            "open-circuit voltage against the foil such as '3.6 V'"
        )
    return number
