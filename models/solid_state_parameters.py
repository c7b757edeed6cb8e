"""Symbolic parameters of a solid-state half-cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pybamm
from pybamm.parameters.lithium_ion_parameters import U_asymptote_approaching_zero
from typing_extensions import override

SIZE_RATIO = "Positive particle size ratio"


class SolidStateParameters(pybamm.LithiumIonParameters):
    r"""PyBaMM's lithium-ion parameters, with those of a solid-state cell added.

    The working electrode is the positive one; the negative electrode is a planar foil
    (an indium-lithium alloy or lithium) with a finite inventory.

    Parameters
    ----------
    options : dict-like
        The options of the model.

    Notes
    -----
    Both electrolytes are single-ion conductors. Each conductivity follows an Arrhenius
    law in the product of conductivity and temperature [1]_,

    .. math::
        \sigma T = (\sigma T)_\mathrm{ref}
        \exp\left[-\frac{E_a}{R}
        \left(\frac{1}{T}-\frac{1}{T_\mathrm{ref}}\right)\right].

    References
    ----------
    .. [1] D. Cao et al., Adv. Mater. 2021, 2105505, doi:10.1002/adma.202105505 (the
       printed activation energies follow from the printed conductances in this form).
    """

    @override
    def _set_parameters(self) -> None:
        super()._set_parameters()

        # Interfaces, each per area of the interface itself
        self.R_anode_interface = pybamm.Parameter(
            "Negative electrode interface resistance [Ohm.m2]"
        )
        self.R_junction = pybamm.Parameter(
            "Separator-catholyte junction resistance [Ohm.m2]"
        )
        self.R_interphase = pybamm.Parameter(
            "Positive electrode interphase resistance [Ohm.m2]"
        )
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

        # Foil: amounts of host atoms (In, or Li itself) and of lithium
        foil_volume = self.n.L * self.A_cc
        self.n_host = foil_volume * pybamm.Parameter(
            "Negative electrode host concentration [mol.m-3]"
        )
        ratio_as_assembled = pybamm.Parameter(
            "Negative electrode lithium-to-host ratio as assembled"
        )
        sto_as_assembled = pybamm.Parameter(
            "Positive electrode stoichiometry as assembled"
        )
        # The foil holds whatever lithium the cathode has given since assembly, so that
        # an `initial_soc` does not make or lose lithium.
        cathode_sites = (
            self.p.prim.epsilon_s_av * self.p.L * self.A_cc * self.p.prim.c_max
        )
        self.n_Li_foil_init = (
            ratio_as_assembled * self.n_host
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

    def U_foil(self, ratio: pybamm.Symbol, T: pybamm.Symbol) -> pybamm.Symbol:
        """Open-circuit potential of the foil against Li/Li⁺ [V].

        Parameters
        ----------
        ratio : pybamm.Symbol
            Lithium atoms per host atom [-].
        T : pybamm.Symbol
            Temperature [K].
        """
        ocp = pybamm.FunctionParameter(
            "Negative electrode OCP [V]",
            {
                "Negative electrode lithium-to-host ratio": ratio,
                "Temperature [K]": T,
            },
        )
        # an empty foil gives no lithium: the barrier that PyBaMM's electrodes have too
        return ocp + U_asymptote_approaching_zero(ratio)

    def sigma_separator(self, T: pybamm.Symbol) -> pybamm.Symbol:
        """Effective ionic conductivity of the separator [S.m-1] at ``T`` [K]."""
        return self._arrhenius_conductivity("Separator electrolyte conductivity", T)

    def sigma_catholyte(self, T: pybamm.Symbol) -> pybamm.Symbol:
        """Ionic conductivity of the dense catholyte [S.m-1] at ``T`` [K]."""
        return self._arrhenius_conductivity("Catholyte conductivity", T)

    def _arrhenius_conductivity(self, name: str, T: pybamm.Symbol) -> pybamm.Symbol:
        sigma_ref = pybamm.Parameter(f"{name} [S.m-1]")
        E_a: Any = pybamm.Parameter(f"{name} activation energy [J.mol-1]")
        return (
            sigma_ref
            * (self.T_ref / T)
            * pybamm.exp(-E_a / self.R * (1 / T - 1 / self.T_ref))
        )
