"""Ionic conduction resolved through the composite cathode."""

from __future__ import annotations

import pybamm
from typing_extensions import override

from aslb.models.submodels.single_ion_conduction import SingleIonConduction


class FullSingleIonConduction(SingleIonConduction):
    """Charge conservation in the catholyte, ∇·i_e = a·j with i_e = -σ_cat ε^α ∇φ_e.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    @override
    def get_fundamental_variables(self):
        phi_e_p = pybamm.Variable(
            "Positive electrolyte potential [V]",
            domain="positive electrode",
            auxiliary_domains={"secondary": "current collector"},
            reference=-self.param.n.prim.U_init,
        )
        return {"Positive electrolyte potential [V]": phi_e_p}

    @override
    def get_coupled_variables(self, variables):
        phi_e_p = variables["Positive electrolyte potential [V]"]
        T = variables["Positive electrode temperature [K]"]
        efficiency = variables["Positive electrolyte transport efficiency"]
        i_e_p = -(self.param.sigma_catholyte(T) * efficiency * pybamm.grad(phi_e_p))

        variables.update(self._stack_variables(variables))
        variables.update(
            self._cathode_variables(
                variables, phi_e_p, pybamm.x_average(phi_e_p), i_e_p
            )
        )
        return variables

    @override
    def set_algebraic(self, variables):
        phi_e_p = variables["Positive electrolyte potential [V]"]
        i_e_p = variables["Positive electrolyte current density [A.m-2]"]
        a_j = variables[
            "Sum of positive electrode volumetric interfacial current densities [A.m-3]"
        ]
        # multiply by L**2 to improve conditioning, as PyBaMM does
        self.algebraic = {phi_e_p: self.param.p.L**2 * (pybamm.div(i_e_p) - a_j)}

    @override
    def set_boundary_conditions(self, variables):
        phi_e_p = variables["Positive electrolyte potential [V]"]
        phi_left = variables["Catholyte potential at separator interface [V]"]
        self.boundary_conditions = {
            phi_e_p: {
                "left": (phi_left, "Dirichlet"),
                "right": (pybamm.Scalar(0), "Neumann"),
            }
        }

    @override
    def set_initial_conditions(self, variables):
        phi_e_p = variables["Positive electrolyte potential [V]"]
        self.initial_conditions = {phi_e_p: -self.param.n.prim.U_init}
