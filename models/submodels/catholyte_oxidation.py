"""Charge that oxidises the catholyte instead of delithiating the particles."""

from __future__ import annotations

import pybamm
from pybamm.models.submodels.interface.total_interfacial_current import (
    TotalInterfacialCurrent,
)
from typing_extensions import override


class CatholyteOxidation(TotalInterfacialCurrent):
    r"""A reservoir of charge per area of particle|catholyte, used up on charge.

    While the interfacial current j is a charging one (j > 0 in PyBaMM's sign), a share
    of it oxidises catholyte,

    .. math::
        w = \frac{Q - q}{q_0}, \qquad \frac{\mathrm{d}q}{\mathrm{d}t} = w\,\max(j, 0),

    so that the charge spent is q = Q [1 - exp(-p/q0)] after a charge p per area, at any
    rate: the kinetics of the oxidation are not modelled. What is oxidised gives its
    lithium to the foil.

    It is a reaction beside the intercalation, and so the sum of the two, which both
    balances of charge take.

    The charge spent is a state at every depth of the cathode, or one for all where side
    reactions are averaged. One for all would cost the resolved model half as much time
    again: all depths would depend on it, and the Jacobian loses its cheap colouring.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _state = "Catholyte oxidation charge variable [A.h.m-2]"

    def __init__(self, param, options):
        super().__init__(param, "lithium-ion", options)

    @override
    def get_fundamental_variables(self):
        averaged = self.options["x-average side reactions"] == "true"
        scale = self.param.q_oxidation_scale
        charge = pybamm.Variable(
            self._state,
            domain="current collector" if averaged else "positive electrode",
            auxiliary_domains={} if averaged else {"secondary": "current collector"},
            scale=scale,
        )
        return {
            self._state: charge,
            "Positive electrode catholyte oxidation current share": (
                self.param.q_oxidation - charge
            )
            / scale,
        }

    @override
    def get_coupled_variables(self, variables):
        a = variables["Positive electrode surface area to volume ratio [m-1]"]
        j = variables["Catholyte oxidation current density [A.m-2]"]
        if j.domain != a.domain:  # the same at every depth
            j = pybamm.PrimaryBroadcast(j, a.domain)
        spent = pybamm.yz_average(pybamm.x_average(a * variables[self._state]))
        charge = spent / pybamm.yz_average(pybamm.x_average(a))
        volume = self.param.p.L * self.param.A_cc
        variables.update(
            {
                "Catholyte oxidation volumetric current density [A.m-3]": a * j,
                "Catholyte oxidation charge [A.h.m-2]": charge,
                "Catholyte oxidation current share": (self.param.q_oxidation - charge)
                / self.param.q_oxidation_scale,
                "Lithium lost from catholyte by oxidation [mol]": (
                    3600 * spent * volume / self.param.F
                ),
            }
        )
        return super().get_coupled_variables(variables)

    @override
    def _get_coupled_variables_by_domain(self, variables, domain):
        variables = super()._get_coupled_variables_by_domain(variables, domain)
        if domain == "positive":
            a_j = variables["Catholyte oxidation volumetric current density [A.m-3]"]
            if self.options["interface relaxation"] != "false":
                a_j = a_j + self._double_layer(variables)
            for kind in (
                "electrolyte reaction source terms",
                "volumetric interfacial current densities",
            ):
                variables[f"Sum of positive electrode {kind} [A.m-3]"] += a_j
                variables[f"Sum of x-averaged positive electrode {kind} [A.m-3]"] += (
                    pybamm.x_average(a_j)
                )
        return variables

    def _double_layer(self, variables):
        """Volumetric current density that charges double layers [A.m-3]."""
        a = variables["Positive electrode surface area to volume ratio [m-1]"]
        j = variables["Positive electrode double-layer current density [A.m-2]"]
        if j.domain != a.domain:
            j = pybamm.PrimaryBroadcast(j, a.domain)
        return a * j

    @override
    def set_rhs(self, variables):
        j = variables["Catholyte oxidation current density [A.m-2]"]
        self.rhs = {variables[self._state]: j / 3600}

    @override
    def set_initial_conditions(self, variables):
        self.initial_conditions = {variables[self._state]: pybamm.Scalar(0)}
