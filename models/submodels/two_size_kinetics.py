"""Charge transfer at particles of two sizes."""

from __future__ import annotations

from typing_extensions import override

from aslb.models.submodels.two_size_interface import DIFFERENCE, TwoSizeInterface


class TwoSizeKinetics(TwoSizeInterface):
    r"""Both sizes are at one potential, and share the current accordingly.

    With f the share of each size in the surface, and j the mean current density over
    all of it, the current densities of the smaller and the larger particles are

    .. math::
        j_1 = j + f_2 d, \qquad j_2 = j - f_1 d,

    so that f₁ j₁ + f₂ j₂ = j whatever the state d, which makes

    .. math::
        U(x_1) + \eta(j_1) + j_1 R_\mathrm{interphase}
        = U(x_2) + \eta(j_2) + j_2 R_\mathrm{interphase}.

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

    @override
    def _reaction_overpotential(self, variables, j, j0, T):
        difference = variables[self._state_difference]
        currents = self._apart(j, difference)
        etas, potentials = {}, {}
        for size, (j0_size, U) in self._at_surfaces(variables).items():
            etas[size] = super()._reaction_overpotential(
                variables, currents[size], j0_size, T
            )
            potentials[size] = U + etas[size]
            self._add_current(variables, size, currents[size])
        variables[DIFFERENCE] = difference * self.param.R_interphase(T)
        variables["Positive particle surface potential difference gap [V]"] = (
            potentials["small"] - potentials["large"] + variables[DIFFERENCE]
        )
        return self.param.mean_by_surface(etas)

    @override
    def set_algebraic(self, variables):
        super().set_algebraic(variables)
        self.algebraic[variables[self._state_difference]] = variables[
            "Positive particle surface potential difference gap [V]"
        ]
