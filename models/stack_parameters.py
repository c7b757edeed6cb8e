"""Symbolic parameters of foil, separator and interfaces, and of their temperature."""

from __future__ import annotations

from typing import Any

import pybamm
from pybamm.parameters.lithium_ion_parameters import U_asymptote_approaching_zero
from scipy import constants
from typing_extensions import override

from aslb.models.cathode_parameters import CathodeParameters


class StackParameters(pybamm.LithiumIonParameters):
    r"""PyBaMM's lithium-ion parameters, with a foil, a separator and interfaces.

    Each conductivity follows an Arrhenius law in the product of conductivity and
    temperature [1]_,

    .. math::
        \sigma T = (\sigma T)_\mathrm{ref}
        \exp\left[-\frac{E_a}{R}
        \left(\frac{1}{T}-\frac{1}{T_\mathrm{ref}}\right)\right].

    Charge transfer, interfaces and diffusion in particles follow one of their own, from
    a reference temperature of their own.

    Parameters
    ----------
    options : dict-like
        The options of the model.

    References
    ----------
    .. [1] D. Cao et al., Adv. Mater. 2021, 2105505, doi:10.1002/adma.202105505 (the
       printed activation energies follow from the printed conductances in this form).
    """

    @override
    def _set_parameters(self) -> None:
        self.p = CathodeParameters("positive", self)
        self.domain_params["positive"] = self.p
        super()._set_parameters()
        # Foil: amounts of host atoms (In, or Li itself), and lithium per atom of them
        self.n_host: Any = (
            self.n.L
            * self.A_cc
            * pybamm.Parameter("Negative electrode host concentration [mol.m-3]")
        )
        self.ratio_as_assembled: Any = pybamm.Parameter(
            "Negative electrode lithium-to-host ratio as assembled"
        )
        # what charge transfer, interfaces and particles are known at
        self.T_ref_interfaces: Any = pybamm.Parameter(
            "Interface and particle reference temperature [K]"
        )
        # what relaxes beside interfaces, per area of the cell or of the particles
        self.C_anode_interface = pybamm.Parameter(
            "Negative electrode interface capacitance [F.m-2]"
        )
        self.C_grain_boundary = pybamm.Parameter(
            "Separator grain-boundary capacitance [F.m-2]"
        )
        self.C_junction = pybamm.Parameter(
            "Separator-catholyte junction capacitance [F.m-2]"
        )
        self.C_interphase = pybamm.Parameter(
            "Positive electrode interphase capacitance [F.m-2]"
        )

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

    def R_separator(self, T: pybamm.Symbol) -> pybamm.Symbol:
        """Area resistance of the separator [Ohm.m2] at ``T`` [K]."""
        return self.s.L / self.sigma_separator(T)

    def R_grain_boundary(self, T: pybamm.Symbol) -> pybamm.Symbol:
        """Area resistance between the grains of the separator [Ohm.m2] at ``T`` [K]."""
        return self._grain_boundary_share() * self.R_separator(T)

    def R_bulk(self, T: pybamm.Symbol) -> pybamm.Symbol:
        """Area resistance inside the grains of the separator [Ohm.m2] at ``T`` [K]."""
        return (1 - self._grain_boundary_share()) * self.R_separator(T)

    @property
    def C_bulk(self) -> pybamm.Symbol:
        """Geometric capacitance of the separator [F.m-2]."""
        permittivity: Any = pybamm.Parameter("Separator relative permittivity")
        return constants.epsilon_0 * permittivity / self.s.L

    def _grain_boundary_share(self) -> Any:
        return pybamm.Parameter("Separator grain-boundary resistance fraction")

    def R_anode_interface(self, T: pybamm.Symbol) -> pybamm.Symbol:
        """Resistance of foil|separator [Ohm.m2] at ``T`` [K]."""
        return self._arrhenius_resistance("Negative electrode interface resistance", T)

    def R_junction(self, T: pybamm.Symbol) -> pybamm.Symbol:
        """Resistance of separator|catholyte [Ohm.m2] at ``T`` [K]."""
        return self._arrhenius_resistance("Separator-catholyte junction resistance", T)

    def R_interphase(self, T: pybamm.Symbol) -> pybamm.Symbol:
        """Resistance of a particle's surface [Ohm.m2 of it] at ``T`` [K]."""
        return self._arrhenius_resistance("Positive electrode interphase resistance", T)

    def _arrhenius_resistance(self, name: str, T: pybamm.Symbol) -> pybamm.Symbol:
        R_ref: Any = pybamm.Parameter(f"{name} [Ohm.m2]")
        return R_ref / self.activation(name, T)

    def activation(self, name: str, T: pybamm.Symbol) -> pybamm.Symbol:
        """How much faster a process is at ``T`` [K] than where it is known.

        Arrhenius: exp[-(E_a/R)(1/T - 1/T_ref)], with the reference temperature of
        interfaces and particles.
        """
        E_a: Any = pybamm.Parameter(f"{name} activation energy [J.mol-1]")
        return pybamm.exp(-E_a / self.R * (1 / T - 1 / self.T_ref_interfaces))

    @override
    def j0_Li_metal(self, c_e, c_Li, T) -> pybamm.Symbol:
        """Exchange-current density of the foil [A.m-2] at ``T`` [K]."""
        return super().j0_Li_metal(c_e, c_Li, T) * self.activation(
            "Exchange-current density for lithium metal electrode", T
        )

    def _arrhenius_conductivity(self, name: str, T: pybamm.Symbol) -> pybamm.Symbol:
        sigma_ref = pybamm.Parameter(f"{name} [S.m-1]")
        E_a: Any = pybamm.Parameter(f"{name} activation energy [J.mol-1]")
        return (
            sigma_ref
            * (self.T_ref / T)
            * pybamm.exp(-E_a / self.R * (1 / T - 1 / self.T_ref))
        )
