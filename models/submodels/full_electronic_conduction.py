"""Electronic conduction resolved through the composite cathode."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class FullElectronicConduction(pybamm.electrode.ohm.Full):
    """PyBaMM's ohmic electrode, with a conductivity that may change by decades.

    The flux is written for `VaryingConductivity`, and the gradient at the current
    collector is given by the conductivity which that method has there.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, options):
        super().__init__(param, "positive", options)

    @override
    def get_coupled_variables(self, variables):
        variables = super().get_coupled_variables(variables)
        phi_s = variables["Positive electrode potential [V]"]
        sigma = variables["Positive electrode effective conductivity"]
        i_s = -(sigma * pybamm.grad(phi_s))
        variables.update(self._get_standard_current_variables(i_s))
        variables.update(self._get_standard_whole_cell_variables(variables))
        return variables

    @override
    def set_boundary_conditions(self, variables):
        phi_s = variables["Positive electrode potential [V]"]
        sigma = variables["Positive electrode effective conductivity"]
        i_cell = variables["Current collector current density [A.m-2]"]
        sigma_collector = pybamm.exp(
            pybamm.boundary_value(pybamm.log(sigma), "right", order="linear")
        )
        self.boundary_conditions[phi_s] = {
            "left": (pybamm.Scalar(0), "Neumann"),
            "right": (-i_cell / sigma_collector, "Neumann"),
        }
