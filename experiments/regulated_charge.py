"""The charge of a battery cycler: constant current, then constant voltage."""

from __future__ import annotations

import math
from typing import Any

import pybamm
from typing_extensions import override

from aslb.errors import InputError, about
from aslb.models.submodels.charge_clock import CLOCK
from aslb.parameters.given import real

ROUNDING = 1e-7
LONGEST = 1e4  # h


class RegulatedCharge(pybamm.step.BaseStepImplicit):
    """Charge at a current, within a voltage, until the voltage was held for a time.

    A charger regulates both: its current is that of the charge unless the voltage would
    exceed its limit, and then the voltage is at its limit and the current is less
    (constant current-constant voltage, CC-CV). The time at the limit is counted
    wherever it occurs. A cell that is at its limit in the first seconds, and not
    afterwards, so loses nothing of its hold, and what it takes up depends continuously
    on what it is.

    Parameters
    ----------
    value : float
        Voltage [V].
    c_rate : float or pybamm.Symbol
        Charging current, as a C-rate [h-1], positive.
    hold : float
        Time at the voltage that ends the charge [h].
    **kwargs
        As for `pybamm.step.BaseStep`.

    Raises
    ------
    InputError
        If it is no charge with a hold.
    """

    def __init__(self, value: float, c_rate: Any, hold: float, **kwargs: Any):
        if not isinstance(c_rate, pybamm.Symbol):
            _check_positive("C-rate of a charge", c_rate)
        _check_positive("hold of a charge", hold)
        self.c_rate, self.hold = c_rate, hold
        end = pybamm.step.CustomTermination("Held", self._left)
        super().__init__(
            value,
            **{"duration": 3600 * LONGEST, "direction": "charge", **kwargs},
            termination=[end],
        )
        said = f", c_rate={c_rate}, hold={hold}"
        self.repr_args += said
        self.hash_args += said

    def changed(self, **changes: Any) -> RegulatedCharge:
        """The same step at another `c_rate`, or with another `hold`."""
        made = {"value": self.value, "c_rate": self.c_rate, "hold": self.hold}
        kept = ("period", "temperature", "tags", "start_time", "description")
        return RegulatedCharge(
            **{**made, **{name: getattr(self, name) for name in kept}, **changes}
        )

    @override
    def copy(self) -> RegulatedCharge:
        return self.changed()

    @override
    def unified_branch_repr(self) -> str:
        # only asked for in that mode, in which no step can drive its clock
        raise pybamm.ModelError(
            "RegulatedCharge in experiment_model_mode 'unified'; accepted: 'legacy'"
        )

    @override
    def set_up(self, new_model: Any, new_parameter_values: Any) -> Any:
        if CLOCK not in new_model.variables:
            raise pybamm.ModelError(
                f"RegulatedCharge needs the state '{CLOCK}', which only the models of "
                "aslb have; accepted for others: pybamm.step.c_rate and voltage"
            )
        model, values = super().set_up(new_model, new_parameter_values)
        at_limit = share_at_limit(*self._distances(model.variables, self.value))
        model.rhs[model.variables[CLOCK]] = at_limit / 3600
        return model, values

    @override
    def _get_control_residual(self, variables: Any, target: Any) -> pybamm.Symbol:
        return regulated(*self._distances(variables, target))

    @override
    def get_submodel(self, model: Any) -> Any:
        return pybamm.external_circuit.FunctionControl(
            model.param, self.get_control_residual, model.options
        )

    def _distances(self, variables: Any, voltage: Any) -> tuple[Any, Any]:
        return distances(
            variables["Voltage [V]"], voltage, variables["C-rate"], self.c_rate
        )

    def _left(self, variables: Any) -> pybamm.Symbol:
        return self.hold - variables[CLOCK]


def _check_positive(what: str, given: Any) -> None:
    with about(what):
        if not 0 < real(given) < math.inf:
            raise InputError(f"{given:g}; accepted: a positive number")


def distances(voltage: Any, limit: Any, c_rate: Any, largest: Any) -> tuple[Any, Any]:
    """How far a charge is from its voltage [V] and, as a share, from its current."""
    return limit - voltage, 1 + c_rate / largest


def regulated(voltage_left: Any, current_left: Any) -> Any:
    """Residual of a charger: nothing is left of its voltage, or of its current.

    The Fischer-Burmeister function [1]_, smooth because a solver stumbles over the
    corner of a minimum: the product of both distances is `ROUNDING`, some millionth of
    a volt in a hold.

    References
    ----------
    .. [1] A. Fischer, Optimization 1992, 24, 269, doi:10.1080/02331939208843795.
    """
    return (
        voltage_left
        + current_left
        - pybamm.sqrt(voltage_left**2 + current_left**2 + 2 * ROUNDING)
    )


def share_at_limit(voltage_left: Any, current_left: Any) -> Any:
    """1 where the voltage is at its limit, 0 where the current is, smooth between."""
    return current_left / (voltage_left + current_left)
