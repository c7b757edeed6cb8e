"""How long a charge has been at its voltage limit."""

from __future__ import annotations

import pybamm
from typing_extensions import override

CLOCK = "Time at the voltage limit [h]"


class ChargeClock(pybamm.BaseSubModel):
    """A clock that a step of an experiment may drive; it stands still otherwise.

    A charge at constant current and then constant voltage (CC-CV) ends when the clock
    says so. It is a state of the cell's model, because an experiment's steps share
    their states; `SolidStateModel` sets it to zero from step to step.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, options):
        super().__init__(param, options=options)

    @override
    def get_fundamental_variables(self):
        return {CLOCK: pybamm.Variable(CLOCK)}

    @override
    def set_rhs(self, variables):
        self.rhs = {variables[CLOCK]: pybamm.Scalar(0)}

    @override
    def set_initial_conditions(self, variables):
        self.initial_conditions = {variables[CLOCK]: pybamm.Scalar(0)}
