"""Lithium ions that double layers hold."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class DoubleLayerLithium(pybamm.BaseSubModel):
    """Ions that have left one electrode and not entered the other, since rest.

    Both double layers take charge that crosses no surface: what the foil has given and
    the particles have not taken is in the electrolyte.

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
    def get_coupled_variables(self, variables):
        param = self.param
        T = variables["X-averaged cell temperature [K]"]
        foil = variables["Lithium metal interface surface potential difference [V]"]
        particles = variables[
            "Positive electrode double-layer potential difference [V]"
        ]
        a = variables["Positive electrode surface area to volume ratio [m-1]"]
        charge = param.n.C_dl(T) * (param.n.prim.U_init - foil) + param.p.C_dl(
            T
        ) * param.p.L * pybamm.x_average(a * (param.p.prim.U_init - particles))
        variables["Lithium in double layers [mol]"] = (
            pybamm.yz_average(charge) * param.A_cc / param.F
        )
        return variables
