"""Symbolic parameters of the cathode's particles."""

from __future__ import annotations

import pybamm
from pybamm.parameters.lithium_ion_parameters import ParticleLithiumIonParameters
from typing_extensions import override


class ParticleParameters(ParticleLithiumIonParameters):
    """PyBaMM's particle, whose diffusion and charge transfer are thermally activated.

    Parameters
    ----------
    phase : str
        "primary".
    domain_param : CathodeParameters
        The parameters of the electrode.
    """

    @override
    def D(self, c_s, T, lithiation=None) -> pybamm.Symbol:
        """Diffusivity of lithium [m2.s-1] at a concentration and a temperature."""
        return super().D(c_s, T, lithiation) * self.main_param.activation(
            "Positive particle diffusivity", T
        )

    @override
    def j0(self, c_e, c_s_surf, T, lithiation=None) -> pybamm.Symbol:
        """Exchange-current density [A.m-2] at concentrations and a temperature."""
        return super().j0(c_e, c_s_surf, T, lithiation) * self.main_param.activation(
            "Positive electrode exchange-current density", T
        )
