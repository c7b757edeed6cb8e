"""A resistance of the stack with a capacitance beside it."""

from __future__ import annotations

import pybamm
from typing_extensions import override

from aslb.models.submodels.series_resistance import SeriesResistance

SHORTEST = 1e-15  # s; a bulk electrolyte relaxes in some 1e-9


class RelaxingSeriesResistance(SeriesResistance):
    r"""A layer or an interface of the stack, with a loss V that takes time to follow.

    A resistance R and a capacitance C side by side,

    .. math::
        C \frac{\mathrm{d}V}{\mathrm{d}t} = i - \frac{V}{R},

    written so that a resistance of zero has no loss rather than no solution: its state
    stays at zero.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    component : str
        Its name among the losses, as "Junction".
    resistance : callable
        Area resistance [Ohm.m2] at a temperature [K].
    capacitance : pybamm.Symbol
        Per area of the cell [F.m-2].
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, component, resistance, capacitance, options):
        super().__init__(param, component, resistance, options)
        self.capacitance = capacitance

    @property
    def _state(self) -> str:
        return f"{self.component} potential drop [V]"

    @override
    def get_fundamental_variables(self):
        drop = pybamm.Variable(self._state, domain="current collector")
        return {self._state: drop, f"{self.component} loss [V]": drop}

    @override
    def get_coupled_variables(self, variables):
        return variables

    @override
    def set_rhs(self, variables):
        i = variables["Current collector current density [A.m-2]"]
        T = variables["Volume-averaged cell temperature [K]"]
        drop, R = variables[self._state], self.resistance(T)
        time = pybamm.maximum(R * self.capacitance, SHORTEST)
        self.rhs = {drop: (i * R - drop) / time}

    @override
    def set_initial_conditions(self, variables):
        self.initial_conditions = {variables[self._state]: pybamm.Scalar(0)}
