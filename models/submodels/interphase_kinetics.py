"""Charge transfer at the particle, in series with an interphase."""

from __future__ import annotations

import pybamm
from pybamm.models.submodels.interface.base_interface import BaseInterface


class InterphaseKinetics(BaseInterface):
    r"""Overpotentials of the intercalation reaction at a given interfacial current.

    The interphase between particle and catholyte is a resistance per area of particle,
    so that

    .. math::
        \phi_s - \phi_e = U(x_\mathrm{surf}, T) + \eta(j) + j R_\mathrm{interphase},
        \qquad \eta = \frac{2RT}{F} \sinh^{-1}\frac{j_\mathrm{int}}{2 j_0}

    for symmetric Butler-Volmer kinetics, and η = RT j_int / (F j_0) for linear ones.
    Writing η in terms of j keeps the equations well scaled at any resistance. Of the
    current j that crosses the interphase, j_int is what `CatholyteOxidation` leaves.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, options):
        super().__init__(param, "positive", "lithium-ion main", options)

    def _overpotential_variables(self, variables, j_total, j0, T):
        """Add all variables of the reaction; return both overpotentials [V]."""
        j, j_oxidation, eta_r, eta_interphase = self._currents_and_overpotentials(
            variables, j_total, j0, T
        )
        variables["Catholyte oxidation current density [A.m-2]"] = j_oxidation
        _, a_j_av = self._get_average_total_interfacial_current_density(variables)
        variables.update(self._get_standard_interfacial_current_variables(j))
        variables.update(
            self._get_standard_total_interfacial_current_variables(
                pybamm.x_average(j_total), a_j_av
            )
        )
        variables.update(self._get_standard_exchange_current_variables(j0))
        variables.update(self._get_standard_overpotential_variables(eta_r))
        # PyBaMM's voltage components count a film's drop with this sign
        variables.update(
            self._get_standard_sei_film_overpotential_variables(-eta_interphase)
        )
        variables.update(
            self._get_standard_volumetric_current_density_variables(variables)
        )
        variables["X-averaged positive electrode interphase overpotential [V]"] = (
            pybamm.x_average(eta_interphase)
        )
        return eta_r, eta_interphase

    def _currents_and_overpotentials(self, variables, j_total, j0, T):
        """Currents of intercalation and oxidation [A.m-2], and both overpotentials."""
        share = variables["Positive electrode catholyte oxidation current share"]
        # a charging current is positive here
        j_oxidation = share * pybamm.maximum(j_total, 0)
        j = j_total - j_oxidation
        eta_r = self._reaction_overpotential(variables, j, j0, T)
        return j, j_oxidation, eta_r, j_total * self.param.R_interphase(T)

    def _reaction_overpotential(self, variables, j, j0, T):
        """Overpotential of charge transfer [V] at a current density of the surface."""
        thermal_voltage = self.param.R * T / self.param.F
        if self.options["intercalation kinetics"] == "linear":
            return thermal_voltage * j / j0
        return 2 * thermal_voltage * pybamm.arcsinh2(j, 2 * j0)
