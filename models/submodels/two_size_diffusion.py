"""Diffusion in particles of two sizes."""

from __future__ import annotations

import pybamm
from pybamm.models.submodels.particle.base_particle import BaseParticle
from typing_extensions import override


class TwoSizeDiffusion(BaseParticle):
    r"""Fickian diffusion in spheres of radius R and of s times that.

    Both are on one mesh from 0 to R, where for the larger ones

    .. math::
        \frac{\partial c}{\partial t} = \frac{1}{s^2} \nabla\cdot(D(c) \nabla c),
        \qquad -D \left.\frac{\partial c}{\partial r}\right|_R = \frac{s\,j}{F},

    j being the current density at their own surface. PyBaMM's variables of "the"
    particle are means weighted with volume, as those of its size distributions are, so
    that amounts of lithium and the mean lithiation count both sizes.

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
        super().__init__(param, "positive", options)
        self.x_average = x_average
        self._names = {
            size: (
                f"X-averaged positive {size} particle concentration [mol.m-3]"
                if x_average
                else f"Positive {size} particle concentration [mol.m-3]"
            )
            for size in param.relative_radii
        }

    @override
    def get_fundamental_variables(self):
        c_max = self.phase_param.c_max
        depths = {} if self.x_average else {"secondary": "positive electrode"}
        collector = "secondary" if self.x_average else "tertiary"
        states = {
            size: pybamm.Variable(
                name,
                domain="positive particle",
                auxiliary_domains={**depths, collector: "current collector"},
                bounds=(0, c_max),
                scale=c_max,
            )
            for size, name in self._names.items()
        }
        mean = self._at_depths(self.param.mean_by_volume(states))
        variables = self._get_standard_concentration_variables(mean)
        for size, state in states.items():
            c = self._at_depths(state)
            variables[f"Positive {size} particle concentration [mol.m-3]"] = c
            variables[self._names[size]] = state
            surface = pybamm.surf(c)
            particle = f"ositive {size} particle"
            variables.update(
                {
                    f"P{particle} surface concentration [mol.m-3]": surface,
                    f"P{particle} surface stoichiometry": surface / c_max,
                    f"X-averaged p{particle} surface stoichiometry": (
                        pybamm.x_average(surface) / c_max
                    ),
                    f"Average p{particle} stoichiometry": (
                        pybamm.r_average(pybamm.x_average(c)) / c_max
                    ),
                }
            )
        return variables

    def _at_depths(self, c):
        if self.x_average:
            return pybamm.SecondaryBroadcast(c, "positive electrode")
        return c

    @override
    def get_coupled_variables(self, variables):
        x_averaged = "X-averaged positive" if self.x_average else "Positive"
        T = pybamm.PrimaryBroadcast(
            variables[f"{x_averaged} electrode temperature [K]"], ["positive particle"]
        )
        current = variables["Total current density [A.m-2]"]
        # PyBaMM lets a radius vary with depth, which one particle cannot
        scale = 1 if self.x_average else variables["Positive particle radius"]
        for size, name in self._names.items():
            c, radius = variables[name], scale * self.param.relative_radii[size]
            j = variables[
                f"{x_averaged} {size} particle interfacial current density [A.m-2]"
            ]
            D = self._get_effective_diffusivity(c, T, current)
            variables[f"Positive {size} particle rhs [mol.m-3.s-1]"] = (
                1 / radius**2
            ) * pybamm.div(D * pybamm.grad(c))
            variables[f"Positive {size} particle bc [mol.m-4]"] = (
                -j * radius / self.param.F / pybamm.surf(D)
            )
        return variables

    @override
    def set_rhs(self, variables):
        self.rhs = {
            variables[name]: variables[f"Positive {size} particle rhs [mol.m-3.s-1]"]
            for size, name in self._names.items()
        }

    @override
    def set_boundary_conditions(self, variables):
        self.boundary_conditions = {
            variables[name]: {
                "left": (pybamm.Scalar(0), "Neumann"),
                "right": (
                    variables[f"Positive {size} particle bc [mol.m-4]"],
                    "Neumann",
                ),
            }
            for size, name in self._names.items()
        }

    @override
    def set_initial_conditions(self, variables):
        initial = self.phase_param.c_init
        if self.x_average:
            initial = pybamm.x_average(initial)
        self.initial_conditions = {
            variables[name]: initial for name in self._names.values()
        }
