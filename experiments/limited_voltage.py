"""A voltage held by a charger that has no more current to give than in its charge."""

from __future__ import annotations

from typing import Any

import pybamm
from typing_extensions import override

ROUNDING = 1e-7  # V.h-1


class LimitedVoltage(pybamm.step.Voltage):
    """Charge at a voltage, with a current that never exceeds a limit.

    What a battery cycler does at its cut-off: it regulates the voltage, and its current
    stays that of the charge where the voltage would ask for more (constant
    current-constant voltage, CC-CV). Where the current is at its limit the voltage is
    below the one that is held.

    Parameters
    ----------
    value : float
        Voltage [V].
    limit : float or pybamm.Symbol
        Largest charging current, as a C-rate [h-1], positive.
    **kwargs
        As for `pybamm.step.BaseStep`.
    """

    control_kind = None  # type: ignore[assignment]  # steps of different limits are no one branch of a model

    def __init__(self, value: float, limit: Any, **kwargs: Any):
        super().__init__(value, **kwargs)
        self.limit = limit
        self.repr_args += f", limit={limit}"
        self.hash_args += f", limit={limit}"

    @override
    def copy(self) -> LimitedVoltage:
        return self.changed()

    def changed(self, **changes: Any) -> LimitedVoltage:
        """The same step with another `limit` or `duration`."""
        made = {
            "value": self.value,
            "limit": self.limit,
            "duration": self.input_duration,
            "termination": self.termination,
            "period": self.period,
            "temperature": self.temperature,
            "tags": self.tags,
            "start_time": self.start_time,
            "description": self.description,
            "direction": self.direction,
            "skip_ok": self.skip_ok,
        }
        return LimitedVoltage(**{**made, **changes})

    @override
    def unified_branch_repr(self) -> str:
        return f"{super().unified_branch_repr()}|limit={self.limit}"

    @override
    def get_parameter_values(self, variables: Any) -> dict[str, Any]:
        return {}

    @override
    def _get_control_residual(self, variables: Any, target: Any) -> pybamm.Symbol:
        return regulated(
            target - variables["Voltage [V]"], self.limit + variables["C-rate"]
        )

    @override
    def get_submodel(self, model: Any) -> Any:
        return pybamm.external_circuit.FunctionControl(
            model.param, self.get_control_residual, model.options
        )


def regulated(voltage_left: Any, current_left: Any) -> Any:
    """Residual of a charger: what is left of its voltage or of its current is zero.

    The Fischer-Burmeister function of both [V, h-1], which are never negative; smooth,
    because a solver stumbles over the corner of a minimum. Their product is
    `ROUNDING`: a millionth of a volt in a hold.

    References
    ----------
    .. [1] A. Fischer, Optimization 1992, 24, 269, doi:10.1080/02331939208843795.
    """
    return (
        voltage_left
        + current_left
        - pybamm.sqrt(voltage_left**2 + current_left**2 + 2 * ROUNDING)
    )
