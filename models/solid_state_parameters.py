"""Symbolic parameters of a solid-state half-cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pybamm
from typing_extensions import override

from aslb.models.stack_parameters import StackParameters

SIZE_RATIO = "Positive particle size ratio"


class SolidStateParameters(StackParameters):
    """PyBaMM's lithium-ion parameters, with those of a solid-state cell added.

    The working electrode is the positive one; the negative electrode is a planar foil
    (an indium-lithium alloy or lithium) with a finite inventory.

    Parameters
    ----------
    options : dict-like
        The options of the model.
    """

    @override
    def _set_parameters(self) -> None:
        super()._set_parameters()

        self.q_oxidation = pybamm.Parameter("Catholyte oxidation capacity [A.h.m-2]")
        self.q_oxidation_scale = pybamm.Parameter(
            "Catholyte oxidation charge scale [A.h.m-2]"
        )

        # Positive electrode: every particle carries electrons, contacted by the
        # catholyte or not
        self.epsilon_conductor = pybamm.Parameter(
            "Positive electrode conductor volume fraction"
        )
        self.m_active = pybamm.Parameter(
            "Positive electrode active material areal mass [kg.m-2]"
        )

        self._set_particle_sizes()

        sto_as_assembled = pybamm.Parameter(
            "Positive electrode stoichiometry as assembled"
        )
        # The foil holds whatever lithium the cathode has given since assembly, so that
        # an `initial_soc` does not make or lose lithium.
        cathode_sites = (
            self.p.prim.epsilon_s_av * self.p.L * self.A_cc * self.p.prim.c_max
        )
        self.n_Li_foil_init = (
            self.ratio_as_assembled * self.n_host
            + sto_as_assembled * cathode_sites
            - self.p.prim.n_Li_init
        )
        self.ratio_init = self.n_Li_foil_init / self.n_host

        # PyBaMM takes the counter electrode at 0 V against lithium, so that mypy infers
        # a number; ours is an expression
        self.n.prim.n_Li_init = self.n_Li_foil_init
        self.n.prim.U_init = self.U_foil(  # type: ignore[assignment]
            self.ratio_init, self.T_init
        )
        self.ocv_init = self.p.prim.U_init - self.n.prim.U_init
        self.n_Li_electrodes_init = self.n_Li_foil_init + self.p.prim.n_Li_init

    def _set_particle_sizes(self) -> None:
        """Shares of particles of two sizes; only that option needs the parameters."""
        ratio: Any = pybamm.Parameter(SIZE_RATIO)
        large: Any = pybamm.Parameter(
            "Positive electrode large-particle volume fraction"
        )
        surfaces = {"small": 1 - large, "large": large / ratio}
        self.relative_surface = surfaces["small"] + surfaces["large"]
        self.relative_radii = {"small": 1, "large": ratio}
        self.volume_shares = {"small": 1 - large, "large": large}
        self.surface_shares = {
            size: surface / self.relative_surface for size, surface in surfaces.items()
        }

    def mean_by_volume(self, of_sizes: Mapping[str, Any]) -> Any:
        """Mean over particles of two sizes, weighted with their volume."""
        return sum(self.volume_shares[size] * item for size, item in of_sizes.items())

    def mean_by_surface(self, of_sizes: Mapping[str, Any]) -> Any:
        """Mean over particles of two sizes, weighted with their surface."""
        return sum(self.surface_shares[size] * item for size, item in of_sizes.items())
