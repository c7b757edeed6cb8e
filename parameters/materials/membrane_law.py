"""Conductivity of a composite membrane that nobody has measured."""

from __future__ import annotations

from aslb.parameters.materials.solid_electrolytes import KNOWN, SolidElectrolyte
from aslb.parameters.quantity import Quantity, derive

CONTACT_EXPONENT = KNOWN["contact exponent"]


def dense_conductivity(pellet: SolidElectrolyte, filled: Quantity) -> Quantity:
    """Conductivity of the electrolyte without its pores [S.m-1].

    Parameters
    ----------
    pellet : SolidElectrolyte
        A pressed layer of known conductivity.
    filled : Quantity
        Volume fraction of electrolyte in that layer.
    """
    return derive(
        "S.m-1",
        "conductivity of a pellet, its pores taken out with Bruggeman's law",
        lambda sigma, filled, exponent: sigma / filled**exponent,
        sigma=pellet.conductivity,
        filled=filled,
        exponent=CONTACT_EXPONENT,
    )


def membrane_conductivity(dense: Quantity, filled: Quantity) -> Quantity:
    """Conductivity of a membrane of electrolyte, binder and pores [S.m-1].

    Binder and pores are insulating inclusions in a continuous conductor, so that
    σ_eff = σ · ε^1.5 with ε the volume fraction of electrolyte (Bruggeman 1935).

    Parameters
    ----------
    dense : Quantity
        Conductivity of the dense electrolyte [S.m-1].
    filled : Quantity
        Volume fraction of electrolyte in the membrane.

    Notes
    -----
    The law knows how much binder there is, and not where it is. It serves for a few
    per cent of a binder that gathers in isolated grains, as ethyl cellulose does in
    the reference membrane. A binder that coats the electrolyte's grains or forms a
    network cuts the paths between them, and the law then overestimates by far: for the
    cellulose membrane of the reference paper by an order of magnitude
    (`docs/materials.md`).
    """
    return derive(
        "S.m-1",
        "conductivity of the dense electrolyte, reduced by Bruggeman's law",
        lambda sigma, filled, exponent: sigma * filled**exponent,
        sigma=dense,
        filled=filled,
        exponent=CONTACT_EXPONENT,
    )


def filled_by_mass(
    electrolyte: SolidElectrolyte, binder_density: Quantity, binder_mass: Quantity
) -> Quantity:
    """Volume fraction of electrolyte in a pore-free mixture with a binder.

    Parameters
    ----------
    electrolyte : SolidElectrolyte
        The electrolyte.
    binder_density : Quantity
        Density of the binder [kg.m-3].
    binder_mass : Quantity
        Mass fraction of the binder.
    """
    return derive(
        "1",
        "mass fractions and densities, no pores",
        lambda mass, binder, solid: (
            ((1 - mass) / solid) / ((1 - mass) / solid + mass / binder)
        ),
        mass=binder_mass,
        binder=binder_density,
        solid=electrolyte.density,
    )
