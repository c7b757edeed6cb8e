"""Particles of two sizes at one potential: what each has, and how they differ."""

from __future__ import annotations

from typing import ClassVar

import pybamm
from typing_extensions import override

from aslb.models.submodels.interphase_kinetics import InterphaseKinetics

DIFFERENCE = "Positive particle interphase overpotential difference [V]"
SURFACE = "Positive particle surface concentration [mol.m-3]"


class TwoSizeInterface(InterphaseKinetics):
    """Particles of two sizes at one potential, with one state that tells them apart.

    Overpotentials and exchange current density of PyBaMM's names are means weighted
    with surface area, as its potential at the surface is here: U + η + the drop in the
    interphase, all means, is the potential difference exactly.

    To be put before a submodel that says what the mean current density is.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _state_difference: ClassVar[str]
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

    def _apart(self, mean, difference):
        """What each size has, of the mean and of what the smaller ones have more."""
        share = self.param.surface_shares
        return {
            "small": mean + share["large"] * difference,
            "large": mean - share["small"] * difference,
        }

    def _exchange_currents(self, variables):
        """Exchange-current density of each size [A.m-2]."""
        return {
            size: super(TwoSizeInterface, self)._get_exchange_current_density(
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

    def _at_surfaces(self, variables):
        """Exchange-current density [A.m-2] and open-circuit potential [V] by size."""
        found = {}
        for size, j0 in self._exchange_currents(variables).items():
            U = variables[f"Positive {size} particle open-circuit potential [V]"]
            if self._x_average:
                j0, U = pybamm.x_average(j0), pybamm.x_average(U)
            found[size] = (j0, U)
        return found

    def _add_current(self, variables, size, j):
        """Add the current density [A.m-2] that particles of a size take."""
        particle = f"ositive {size} particle interfacial current density [A.m-2]"
        variables[f"X-averaged p{particle}"] = pybamm.x_average(j)
        variables[f"P{particle}"] = (
            pybamm.PrimaryBroadcast(j, "positive electrode") if self._x_average else j
        )

    @override
    def set_initial_conditions(self, variables):
        super().set_initial_conditions(variables)
        self.initial_conditions[variables[self._state_difference]] = pybamm.Scalar(0)
