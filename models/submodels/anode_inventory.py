"""Finite lithium inventory of the planar negative electrode."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class AnodeInventory(pybamm.BaseSubModel):
    """Lithium in the foil, well mixed: dn/dt = -I/F.

    No concentration gradient is resolved in the foil: with D = 5.5e-11 m²/s in LiIn
    (doi:10.1021/acsenergylett.3c02274) 30 µm relax in 16 s.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    def __init__(self, param, options):
        super().__init__(param, domain="negative", options=options)

    @override
    def get_fundamental_variables(self):
        n_Li = pybamm.Variable(
            "Total lithium in negative electrode [mol]", scale=self.param.n_host
        )
        return {
            "Total lithium in negative electrode [mol]": n_Li,
            "Negative electrode lithium-to-host ratio": n_Li / self.param.n_host,
        }

    @override
    def set_rhs(self, variables):
        n_Li = variables["Total lithium in negative electrode [mol]"]
        current = variables["Current [A]"]
        if self.options["interface relaxation"] != "false":  # less what charges it
            reaction = variables["Lithium metal plating current density [A.m-2]"]
            current = pybamm.yz_average(reaction) * self.param.A_cc
        self.rhs = {n_Li: -current / self.param.F}

    @override
    def set_initial_conditions(self, variables):
        n_Li = variables["Total lithium in negative electrode [mol]"]
        self.initial_conditions = {n_Li: self.param.n_Li_foil_init}
