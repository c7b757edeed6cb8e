"""Interphase kinetics at the mean current of the cathode."""

from __future__ import annotations

import pybamm
from typing_extensions import override

from aslb.models.submodels.interphase_kinetics import InterphaseKinetics


class AveragedInterphaseKinetics(InterphaseKinetics):
    """Every particle takes the same current, so that nothing has to be solved.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    @override
    def get_coupled_variables(self, variables):
        j, _ = self._get_average_total_interfacial_current_density(variables)
        eta_r, eta_interphase = self._overpotential_variables(
            variables,
            j_total=j,
            j0=pybamm.x_average(self._get_exchange_current_density(variables)),
            T=variables["X-averaged positive electrode temperature [K]"],
        )
        U = variables["X-averaged positive electrode open-circuit potential [V]"]
        variables.update(
            self._get_standard_average_surface_potential_difference_variables(
                U + eta_r + eta_interphase
            )
        )
        return variables
