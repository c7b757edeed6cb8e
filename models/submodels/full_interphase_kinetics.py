"""Interphase kinetics at every depth of the cathode."""

from __future__ import annotations

import pybamm
from typing_extensions import override

from aslb.models.submodels.interphase_kinetics import InterphaseKinetics


class FullInterphaseKinetics(InterphaseKinetics):
    """The interfacial current density is a state, one at each depth.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _state = "Positive electrode interfacial current density variable [A.m-2]"

    @override
    def get_fundamental_variables(self):
        return {
            self._state: pybamm.Variable(
                self._state,
                domain="positive electrode",
                auxiliary_domains={"secondary": "current collector"},
            )
        }

    @override
    def get_coupled_variables(self, variables):
        eta_r, eta_interphase = self._overpotential_variables(
            variables,
            j_total=variables[self._state],
            j0=self._get_exchange_current_density(variables),
            T=variables["Positive electrode temperature [K]"],
        )
        U = variables["Positive electrode open-circuit potential [V]"]
        variables["Positive electrode surface potential difference at current [V]"] = (
            U + eta_r + eta_interphase
        )
        return variables

    @override
    def set_algebraic(self, variables):
        self.algebraic = {
            variables[self._state]: variables[
                "Positive electrode surface potential difference [V]"
            ]
            - variables[
                "Positive electrode surface potential difference at current [V]"
            ]
        }

    @override
    def set_initial_conditions(self, variables):
        self.initial_conditions = {variables[self._state]: pybamm.Scalar(0)}
