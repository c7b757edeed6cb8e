"""What a cathode's active material is, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pybamm

from aslb.parameters.quantity import Quantity, derive

OCP = "Positive electrode OCP [V]"
SITES = "Maximum concentration in positive electrode [mol.m-3]"
RADIUS = "Positive particle radius [m]"
DIFFUSIVITY = "Positive particle diffusivity [m2.s-1]"
CONDUCTIVITY = "Positive electrode conductivity [S.m-1]"
REFERENCE_CURRENT = "Positive electrode reference exchange-current density [A.m-2]"
STOICHIOMETRY = "Positive electrode stoichiometry as assembled"


@dataclass(frozen=True)
class ActiveMaterial:
    """An intercalation oxide and all that PyBaMM asks of it.

    Parameters
    ----------
    name : str
        As messages and cell files call it.
    density : Quantity
        Density of the solid [kg.m-3].
    parameters : mapping of str to Quantity
        Quantities by PyBaMM name: potential, sites, diffusivity, electronic
        conductivity, kinetics, particle radius and stoichiometry as assembled.
    citations : tuple of str, optional
        Keys of PyBaMM, or BibTeX.
    """

    name: str
    density: Quantity
    parameters: Mapping[str, Quantity]
    citations: tuple[str, ...] = ()


def kinetics(reference: Quantity) -> dict[str, Quantity]:
    """Symmetric intercalation kinetics of an oxide.

    Parameters
    ----------
    reference : Quantity
        Exchange-current density at half lithiation [A.m-2].

    Returns
    -------
    dict of str to Quantity
        Quantities by PyBaMM name.
    """
    return {
        "Positive electrode exchange-current density [A.m-2]": Quantity(
            exchange_current_density,
            "A.m-2",
            "assumed",
            "form: symmetric intercalation kinetics",
            0.0,
            reference.upper,
        ),
        REFERENCE_CURRENT: reference,
        "Positive electrode OCP entropic change [V.K-1]": Quantity(
            0.0,
            "V.K-1",
            "assumed",
            "isothermal cell near the reference temperature",
            -1e-3,
            1e-3,
        ),
    }


def sites(density: Quantity, molar_mass: Quantity) -> Quantity:
    """Lithium sites per volume of an oxide with one a formula unit [mol.m-3]."""
    return derive(
        "mol.m-3",
        "density over molar mass",
        lambda density, molar_mass: density / molar_mass,
        density=density,
        molar_mass=molar_mass,
    )


def exchange_current_density(c_e, c_s_surf, c_s_max, T):
    """Exchange-current density of an oxide in a single-ion conductor.

    j0 = j0_ref · 2·√(x(1-x)): no dependence on the electrolyte, whose lithium content
    is fixed.

    Parameters
    ----------
    c_e, c_s_surf, c_s_max : pybamm.Symbol
        Concentrations in electrolyte, at the surface, and at most [mol.m-3].
    T : pybamm.Symbol
        Temperature [K].

    Returns
    -------
    pybamm.Symbol
        Exchange-current density [A.m-2].
    """
    reference = pybamm.Parameter(REFERENCE_CURRENT)
    return reference * 2 * c_s_surf**0.5 * (c_s_max - c_s_surf) ** 0.5 / c_s_max
