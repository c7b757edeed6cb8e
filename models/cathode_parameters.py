"""Symbolic parameters of the composite cathode."""

from __future__ import annotations

import pybamm
from pybamm.parameters.lithium_ion_parameters import DomainLithiumIonParameters
from typing_extensions import override

from aslb.models.particle_parameters import ParticleParameters


class CathodeParameters(DomainLithiumIonParameters):
    """PyBaMM's positive electrode, with activated conduction of electrons.

    Parameters
    ----------
    domain : str
        "positive".
    main_param : SolidStateParameters
        The parameters of the cell.
    """

    def __init__(self, domain, main_param):
        super().__init__(domain, main_param)
        self.prim = ParticleParameters("primary", self)
        self.phase_params["primary"] = self.prim

    @override
    def sigma(self, sto, T) -> pybamm.Symbol:
        """Electronic conductivity [S.m-1] at a lithiation and a temperature."""
        return super().sigma(sto, T) * self.main_param.activation(
            "Positive electrode conductivity", T
        )
