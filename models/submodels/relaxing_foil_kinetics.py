"""Charge transfer at the foil, with its double layer."""

from __future__ import annotations

import pybamm
from pybamm.models.submodels.interface.base_interface import BaseInterface
from typing_extensions import override


class RelaxingFoilKinetics(BaseInterface):
    r"""Butler-Volmer kinetics of the foil beside a double layer.

    With the potential difference δ = U_foil + η between foil and electrolyte, and the
    discharge current i through the cell,

    .. math::
        C_\mathrm{dl} \frac{\mathrm{d}\delta}{\mathrm{d}t}
        = i - 2 j_0 \sinh\frac{F\eta}{2RT},

    or j0·Fη/RT for linear kinetics.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _state = "Lithium metal interface surface potential difference [V]"

    def __init__(self, param, options):
        super().__init__(param, "negative", "lithium metal plating", options)

    @override
    def get_fundamental_variables(self):
        difference = pybamm.Variable(
            self._state,
            domain="current collector",
            reference=self.param.n.prim.U_init,
        )
        return {self._state: difference}

    @override
    def get_coupled_variables(self, variables):
        T = variables["X-averaged cell temperature [K]"]
        j0 = self._get_exchange_current_density(variables)
        U = variables["Negative electrode open-circuit potential [V]"]
        eta = variables[self._state] - U
        thermal_voltage = self.param.R * T / self.param.F
        j = (
            j0 * eta / thermal_voltage
            if self.options["intercalation kinetics"] == "linear"
            else 2 * j0 * pybamm.sinh(eta / (2 * thermal_voltage))
        )
        variables.update(self._get_standard_exchange_current_variables(j0))
        variables.update(self._get_standard_overpotential_variables(eta))
        variables.update(self._get_standard_interfacial_current_variables(j))
        variables.update(
            self._get_standard_total_interfacial_current_variables(
                *self._get_average_total_interfacial_current_density(variables)
            )
        )
        # PyBaMM's half-cells have a film here, of no resistance
        variables.update(
            self._get_standard_sei_film_overpotential_variables(pybamm.Scalar(0))
        )
        return variables

    @override
    def set_rhs(self, variables):
        i = variables["Current collector current density [A.m-2]"]
        T = variables["X-averaged cell temperature [K]"]
        j = variables["Lithium metal plating current density [A.m-2]"]
        self.rhs = {variables[self._state]: (i - j) / self.param.n.C_dl(T)}

    @override
    def set_initial_conditions(self, variables):
        self.initial_conditions = {variables[self._state]: self.param.n.prim.U_init}
