"""A resistance that the whole current of the cell passes."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class SeriesResistance(pybamm.BaseSubModel):
    """A layer or an interface of the stack, with the voltage loss i·R.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    component : str
        Its name among the losses, as "Junction".
    resistance : callable
        Area resistance [Ohm.m2] at a temperature [K].
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, component, resistance, options):
        super().__init__(param, options=options)
        self.component = component
        self.resistance = resistance

    @override
    def get_coupled_variables(self, variables):
        i = variables["Current collector current density [A.m-2]"]
        T = variables["Volume-averaged cell temperature [K]"]
        variables[f"{self.component} loss [V]"] = i * self.resistance(T)
        return variables
