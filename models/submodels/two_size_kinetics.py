"""Charge transfer at particles of two sizes."""

from __future__ import annotations

from typing import ClassVar

import pybamm
from typing_extensions import override

from aslb.models.submodels.interphase_kinetics import InterphaseKinetics

SURFACE = "Positive particle surface concentration [mol.m-3]"


class TwoSizeKinetics(InterphaseKinetics):
    r"""Both sizes are at one potential, and share the current accordingly.

    With f the share of each size in the surface, and j the mean current density over
    all of it, the current densities of the smaller and the larger particles are

    .. math::
        j_1 = j + f_2 d, \qquad j_2 = j - f_1 d,

    so that f₁ j₁ + f₂ j₂ = j whatever the state d, which makes

    .. math::
        U(x_1) + \eta(j_1) + j_1 R_\mathrm{interphase}
        = U(x_2) + \eta(j_2) + j_2 R_\mathrm{interphase}.

    Overpotentials and exchange current density of PyBaMM's names are means weighted
    with surface area, as its potential at the surface is here: U + η + j R, all means,
    is the potential difference exactly.

    To be put before a submodel that says what j is.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _state_difference = (
        "Positive particle interfacial current density difference variable [A.m-2]"
    )
    _x_average: ClassVar[bool]

    @override
    def get_fundamental_variables(self):
        name = self._state_difference
        if self._x_average:
            difference = pybamm.Variable(name, domain="current collector")
        else:
            difference = pybamm.Variable(
                name,
                domain="positive electrode",
                auxiliary_domains={"secondary": "current collector"},
            )
        return {**super().get_fundamental_variables(), name: difference}

    def _exchange_currents(self, variables):
        """Exchange-current density of each size [A.m-2]."""
        return {
            size: super(TwoSizeKinetics, self)._get_exchange_current_density(
                {
                    **variables,
                    SURFACE: variables[
                        f"Positive {size} particle surface concentration [mol.m-3]"
                    ],
                }
            )
            for size in self.param.relative_radii
        }

    @override
    def _get_exchange_current_density(self, variables):
        return self.param.mean_by_surface(self._exchange_currents(variables))

    @override
    def _reaction_overpotential(self, variables, j, j0, T):
        difference = variables[self._state_difference]
        share = self.param.surface_shares
        currents = {
            "small": j + share["large"] * difference,
            "large": j - share["small"] * difference,
        }
        etas, potentials = {}, {}
        for size, j0_size in self._exchange_currents(variables).items():
            U = variables[f"Positive {size} particle open-circuit potential [V]"]
            if self._x_average:
                j0_size, U = pybamm.x_average(j0_size), pybamm.x_average(U)
            etas[size] = super()._reaction_overpotential(
                variables, currents[size], j0_size, T
            )
            potentials[size] = U + etas[size]
            particle = f"ositive {size} particle interfacial current density [A.m-2]"
            variables[f"X-averaged p{particle}"] = pybamm.x_average(currents[size])
            variables[f"P{particle}"] = (
                pybamm.PrimaryBroadcast(currents[size], "positive electrode")
                if self._x_average
                else currents[size]
            )
        variables["Positive particle surface potential difference gap [V]"] = (
            potentials["small"]
            - potentials["large"]
            + difference * self.param.R_interphase(T)
        )
        return self.param.mean_by_surface(etas)

    @override
    def set_algebraic(self, variables):
        super().set_algebraic(variables)
        self.algebraic[variables[self._state_difference]] = variables[
            "Positive particle surface potential difference gap [V]"
        ]

    @override
    def set_initial_conditions(self, variables):
        super().set_initial_conditions(variables)
        self.initial_conditions[variables[self._state_difference]] = pybamm.Scalar(0)
