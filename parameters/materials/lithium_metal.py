"""Lithium foil: the other counter electrode."""

from __future__ import annotations

from aslb.parameters.materials.constants import molar_mass
from aslb.parameters.quantity import Quantity, derive
from aslb.parameters.tables import literature

CONDUCTIVITY = "Negative electrode conductivity [S.m-1]"
KNOWN = literature("Lithium")
DENSITY = KNOWN["density [kg.m-3]"]
MOLAR_MASS = molar_mass(6.94, "Li")
PLATEAU = Quantity(0.0, "V", "setting", "lithium is its own reference")


def ocp(ratio, T):
    """Open-circuit potential of lithium against Li/Li⁺: zero, by definition.

    Parameters
    ----------
    ratio : pybamm.Symbol
        Fraction of the foil that is left [-].
    T : pybamm.Symbol
        Temperature [K].

    Returns
    -------
    pybamm.Symbol
        Potential [V].
    """
    return 0 * ratio


def foil(thickness: Quantity) -> dict[str, Quantity]:
    """A lithium foil as the negative electrode.

    Parameters
    ----------
    thickness : Quantity
        Thickness of the foil as assembled [m].

    Returns
    -------
    dict of str to Quantity
        Quantities by PyBaMM name. Voltages are then against Li/Li⁺, so that cut-offs
        against In-Li have to be raised by 0.62 V.
    """
    return {
        "Negative electrode thickness [m]": thickness,
        "Negative electrode density [kg.m-3]": DENSITY,
        "Negative electrode host concentration [mol.m-3]": derive(
            "mol.m-3",
            "density over molar mass of lithium",
            lambda density, molar_mass: density / molar_mass,
            density=DENSITY,
            molar_mass=MOLAR_MASS,
        ),
        "Negative electrode lithium-to-host ratio as assembled": Quantity(
            1.0, "1", "setting", "the foil is its own host: the fraction left of it"
        ),
        "Negative electrode OCP [V]": Quantity(
            ocp, "V", "setting", "the reference electrode itself", 0.0, 0.0
        ),
        CONDUCTIVITY: KNOWN[CONDUCTIVITY],
    }
