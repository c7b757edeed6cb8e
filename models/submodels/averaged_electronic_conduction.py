"""Electronic conduction through a cathode whose reaction is uniform."""

from __future__ import annotations

import pybamm
from pybamm.models.submodels.electrode.ohm import base_ohm
from typing_extensions import override


class AveragedElectronicConduction(base_ohm.BaseModel):
    """Closed form for a uniform reaction: the mean electronic loss is i·L/(3σ).

    The electronic current rises linearly to the current collector, so that
    φ_s = φ_collector + i·(L² - ξ²)/(2Lσ) with ξ the depth in the cathode. σ is that of
    the active material at its mean surface lithiation.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, options):
        super().__init__(param, "positive", options=options)

    @override
    def get_coupled_variables(self, variables):
        i = variables["Current collector current density [A.m-2]"]
        T = variables["X-averaged positive electrode temperature [K]"]
        sto = self._get_electrode_stoichiometry(variables, x_averaged=True)
        efficiency = variables["Positive electrode transport efficiency"]
        sigma = self.param.p.sigma(sto, T) * pybamm.x_average(efficiency)
        L = self.param.p.L
        depth = pybamm.standard_spatial_vars.x_p - self.param.n.L - self.param.s.L

        phi_s_av = (
            variables["X-averaged positive electrode surface potential difference [V]"]
            + variables["X-averaged positive electrolyte potential [V]"]
        )
        loss = i * L / (3 * sigma)
        profile = (1 - depth**2 / L**2) / 2 - 1 / 3  # of mean zero
        phi_s = (
            pybamm.PrimaryBroadcast(phi_s_av, "positive electrode")
            + pybamm.PrimaryBroadcast(i * L / sigma, "positive electrode") * profile
        )
        phi_collector = phi_s_av - loss
        i_s = pybamm.PrimaryBroadcast(i, "positive electrode") * (depth / L)

        variables.update(
            {
                "Positive electrode potential [V]": phi_s,
                "X-averaged positive electrode potential [V]": phi_s_av,
                "Positive electrode ohmic losses [V]": pybamm.PrimaryBroadcast(
                    phi_collector, "positive electrode"
                )
                - phi_s,
                "X-averaged positive electrode ohmic losses [V]": -loss,
                "Positive electrode effective conductivity": sigma,
            }
        )
        variables.update(self._get_standard_current_variables(i_s))
        variables.update(
            self._get_standard_current_collector_potential_variables(
                variables["Negative current collector potential [V]"],
                phi_collector,
                pybamm.Scalar(0),
            )
        )
        return variables

    @override
    def set_boundary_conditions(self, variables):
        pass
