"""Ionic conduction through a cathode whose reaction is uniform."""

from __future__ import annotations

import pybamm
from typing_extensions import override

from aslb.models.submodels.single_ion_conduction import SingleIonConduction


class AveragedSingleIonConduction(SingleIonConduction):
    """Closed form for a uniform reaction: the mean loss in the catholyte is i·L/(3κ).

    The ionic current falls linearly to zero at the current collector, so that
    φ_e = φ_left - (i/κ)·(ξ - ξ²/2L) with ξ the depth in the cathode; its mean over the
    cathode is φ_left - i·L/(3κ) (the leading correction of Marquis et al. 2019,
    doi:10.1149/2.0341915jes, for an electrolyte of uniform concentration).

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    @override
    def get_coupled_variables(self, variables):
        i = variables["Current collector current density [A.m-2]"]
        T = variables["Positive electrode temperature [K]"]
        efficiency = variables["Positive electrolyte transport efficiency"]
        kappa = pybamm.x_average(self.param.sigma_catholyte(T) * efficiency)
        L = self.param.p.L
        depth = pybamm.standard_spatial_vars.x_p - self.param.n.L - self.param.s.L

        variables.update(self._stack_variables(variables))
        phi_left = variables["Catholyte potential at separator interface [V]"]
        phi_e_p = pybamm.PrimaryBroadcast(
            phi_left, "positive electrode"
        ) - pybamm.PrimaryBroadcast(i / kappa, "positive electrode") * (
            depth - depth**2 / (2 * L)
        )
        i_e_p = pybamm.PrimaryBroadcast(i, "positive electrode") * (1 - depth / L)
        variables.update(
            self._cathode_variables(
                variables, phi_e_p, phi_left - i * L / (3 * kappa), i_e_p
            )
        )
        return variables
