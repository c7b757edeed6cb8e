"""Charge transfer and interphase at particles of two sizes, with their capacitances."""

from __future__ import annotations

from typing_extensions import override

from aslb.models.submodels.relaxing_interphase_kinetics import (
    RelaxingInterphaseKinetics,
)
from aslb.models.submodels.two_size_interface import DIFFERENCE, TwoSizeInterface

DOUBLE_LAYER_SHARE = "Positive particle double-layer share of both capacitances"
RATE = "Positive particle interphase overpotential difference rate [V.s-1]"


class RelaxingTwoSizeKinetics(RelaxingInterphaseKinetics, TwoSizeInterface):
    r"""A double layer and an interphase on either size, both sizes at one potential.

    Of size k, with the part j_k of the current density that crosses its surface,

    .. math::
        C_\mathrm{dl} \frac{\mathrm{d}\delta_k}{\mathrm{d}t} = j_k - j_{F,k}, \qquad
        C_\mathrm{int} \frac{\mathrm{d}v_k}{\mathrm{d}t}
        = j_k - \frac{v_k}{R_\mathrm{interphase}}, \qquad
        \delta_1 + v_1 = \delta_2 + v_2 = \phi_s - \phi_e,

    the last of which would be a constraint of index 2 on these four. As capacitances
    and resistance are the same on either size, means weighted with surface are those of
    `RelaxingInterphaseKinetics`, with the mean of the faradaic currents; and both sizes
    differ by w = v₁ - v₂ = δ₂ - δ₁ in either potential. The difference of the equations
    of δ gives that of the currents, j₁ - j₂, to the difference of those of v,

    .. math::
        R (C_\mathrm{dl} + C_\mathrm{int}) \frac{\mathrm{d}w}{\mathrm{d}t}
        = R (j_{F,1} - j_{F,2}) - w,

    so that both means and w are states of ordinary differential equations, which keep
    both sizes at one potential exactly. Oxidation of catholyte is as much per area at
    either size, and in j_F of the mean only.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _state_difference = DIFFERENCE

    @override
    def _reaction_current(self, variables, eta_r, j0, T):
        difference = variables[self._state_difference]
        layers = self._apart(variables[self._state_reaction], -difference)
        currents = {}
        for size, (j0_size, U) in self._at_surfaces(variables).items():
            currents[size] = super()._reaction_current(
                variables, layers[size] - U, j0_size, T
            )
            self._add_current(variables, size, currents[size])
        R = self.param.R_interphase(T)
        double_layer = R * self.param.p.C_dl(T)
        time = double_layer + self._interphase_time(T)
        variables[DOUBLE_LAYER_SHARE] = double_layer / time
        relaxed = R * (currents["small"] - currents["large"])
        variables[RATE] = (relaxed - difference) / time
        return self.param.mean_by_surface(currents)

    @override
    def set_rhs(self, variables):
        super().set_rhs(variables)
        self.rhs[variables[self._state_difference]] = variables[RATE]
