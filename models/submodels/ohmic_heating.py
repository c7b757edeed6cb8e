"""What is dissipated in the two conductors of the cathode."""

from __future__ import annotations

import pybamm
from typing_extensions import override


class OhmicHeating(pybamm.BaseSubModel):
    """Joule heat of ions and electrons through the cathode, i²/σ at every depth.

    The losses of the same names are plain means over the cathode, which keeps their sum
    exact; a mean times the current is not what is dissipated, as most of the current
    flows in a part of the depth.

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
        T = variables["Positive electrode temperature [K]"]
        ionic = (
            self.param.sigma_catholyte(T)
            * variables["Positive electrolyte transport efficiency"]
        )
        electronic = variables["Positive electrode effective conductivity"]
        variables.update(
            {
                f"{component} ohmic heating [W.m-2]": pybamm.yz_average(
                    self.param.p.L
                    * pybamm.x_average(pybamm.inner(current, current) / sigma)
                )
                for component, current, sigma in (
                    (
                        "Catholyte",
                        variables["Positive electrolyte current density [A.m-2]"],
                        ionic,
                    ),
                    (
                        "Electronic",
                        variables["Positive electrode current density [A.m-2]"],
                        electronic,
                    ),
                )
            }
        )
        return variables
