"""Open-circuit potential of particles of two sizes."""

from __future__ import annotations

from pybamm.models.submodels.interface.open_circuit_potential import (
    SingleOpenCircuitPotential,
)
from typing_extensions import override

SURFACE = "Positive particle surface stoichiometry"


class TwoSizeOpenCircuitPotential(SingleOpenCircuitPotential):
    """The potential at the surface of each size, and of the mean lithiation of all.

    PyBaMM's potential at "the" surface is the mean weighted with surface area.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    x_average : bool
        Whether one particle of each size stands for all depths.
    """

    def __init__(self, param, options, x_average):
        super().__init__(
            param, "positive", "lithium-ion main", options, x_average=x_average
        )

    @override
    def get_coupled_variables(self, variables):
        potentials = {}
        for size in self.param.relative_radii:
            # what PyBaMM does for its one surface, for this one
            of_size = variables[f"Positive {size} particle surface stoichiometry"]
            sto, sto_bulk, T, T_bulk = self._get_stoichiometry_and_temperature(
                {**variables, SURFACE: of_size}
            )
            potentials[size] = self.phase_param.U(sto, T)
            variables[f"Positive {size} particle open-circuit potential [V]"] = (
                potentials[size]
            )
        variables.update(
            self._get_standard_ocp_variables(
                self.param.mean_by_surface(potentials),
                self.phase_param.U(sto_bulk, T_bulk),
                self.phase_param.dUdT(sto),
            )
        )
        self._alias_ocp_as_equilibrium(variables)
        return variables
