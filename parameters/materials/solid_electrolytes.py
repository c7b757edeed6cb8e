"""The solid electrolytes: sulfide Li6PS5Cl and halide Li3InCl6, and the binder."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aslb.parameters.materials.constants import CAO2021, EV, GAS, molar_mass
from aslb.parameters.quantity import Quantity, derive
from aslb.parameters.tables import literature


@dataclass(frozen=True)
class SolidElectrolyte:
    """A single-ion conductor, dense or as one kind of layer.

    Parameters
    ----------
    name : str
        Chemical name.
    density : Quantity
        Density of the solid [kg.m-3].
    conductivity : Quantity
        Ionic conductivity at the reference temperature [S.m-1].
    activation_energy : Quantity
        Of conductivity times temperature [J.mol-1].
    lithium_concentration : Quantity
        Lithium atoms per volume of solid [mol.m-3].
    """

    name: str
    density: Quantity
    conductivity: Quantity
    activation_energy: Quantity
    lithium_concentration: Quantity


def lithium_concentration(
    density: Quantity, molar_mass: Quantity, lithium_per_formula: float
) -> Quantity:
    """Lithium atoms per volume of a solid [mol.m-3]."""
    return derive(
        "mol.m-3",
        f"density over molar mass, {lithium_per_formula:g} Li per formula",
        lambda density, molar_mass: lithium_per_formula * density / molar_mass,
        density=density,
        molar_mass=molar_mass,
    )


KNOWN = literature("Electrolytes and binders")
ETHYL_CELLULOSE_DENSITY = KNOWN["ethyl cellulose density [kg.m-3]"]
CELLULOSE_DENSITY = KNOWN["cellulose density [kg.m-3]"]
RESIDUAL_RESISTANCE = KNOWN["residual resistance [Ohm]"]

_SULFIDE_DENSITY = KNOWN["Li6PS5Cl density [kg.m-3]"]
_SULFIDE_LITHIUM = lithium_concentration(
    _SULFIDE_DENSITY, molar_mass(268.40, "Li6PS5Cl"), 6
)

SULFIDE_PELLET = SolidElectrolyte(
    "Li6PS5Cl, cold-pressed pellet",
    density=_SULFIDE_DENSITY,
    conductivity=KNOWN["pellet conductivity [S.m-1]"],
    activation_energy=Quantity(
        0.416 * EV,
        "J.mol-1",
        "measured",
        f"{CAO2021}, Arrhenius plot: 0.416 eV",
        0.35 * EV,
        0.44 * EV,
    ),
    lithium_concentration=_SULFIDE_LITHIUM,
)

SULFIDE_MEMBRANE = SolidElectrolyte(
    "Li6PS5Cl with 2 wt% ethyl cellulose, membrane",
    density=_SULFIDE_DENSITY,
    conductivity=KNOWN["membrane conductivity [S.m-1]"],
    activation_energy=Quantity(
        0.264 * EV,
        "J.mol-1",
        "measured",
        f"{CAO2021}, Arrhenius plot: 0.264 eV",
        0.23 * EV,
        0.44 * EV,
    ),
    lithium_concentration=_SULFIDE_LITHIUM,
)

SULFIDE = SolidElectrolyte(
    "Li6PS5Cl",
    density=_SULFIDE_DENSITY,
    conductivity=KNOWN["Li6PS5Cl conductivity [S.m-1]"],
    activation_energy=Quantity(
        0.36 * EV,
        "J.mol-1",
        "assumed",
        "usual for Li6PS5Cl: 0.30 to 0.42 eV",
        0.30 * EV,
        0.42 * EV,
    ),
    lithium_concentration=_SULFIDE_LITHIUM,
)

_HALIDE_DENSITY = KNOWN["Li3InCl6 density [kg.m-3]"]
HALIDE = SolidElectrolyte(
    "Li3InCl6",
    density=_HALIDE_DENSITY,
    conductivity=KNOWN["halide conductivity [S.m-1]"],
    activation_energy=Quantity(
        0.35 * EV,
        "J.mol-1",
        "assumed",
        "usual for Li3InCl6: 0.32 to 0.45 eV, not found in print for this powder",
        0.32 * EV,
        0.45 * EV,
    ),
    lithium_concentration=lithium_concentration(
        _HALIDE_DENSITY, molar_mass(348.34, "Li3InCl6"), 3
    ),
)


ELECTROLYTES = {
    "Li6PS5Cl pellet": SULFIDE_PELLET,
    "Li6PS5Cl membrane": SULFIDE_MEMBRANE,
    "Li3InCl6": HALIDE,
    "Li6PS5Cl": SULFIDE,
}
"""Electrolytes that a cell file may name without describing them."""


def membrane_with_residual_resistance(residual: Quantity) -> SolidElectrolyte:
    """The membrane, if a constant resistance was left in its impedance.

    The membrane's printed activation energy (0.264 eV) differs from the pellet's (0.416
    eV) though both are Li6PS5Cl. A small constant resistance in series, negligible for
    the pellet, would explain that. This is the membrane with it taken out: more
    conductive, and with a higher activation energy.

    Parameters
    ----------
    residual : Quantity
        Resistance left in series [Ohm]; 0.45 Ohm brings both energies together.

    Returns
    -------
    SolidElectrolyte
        To hand to `aslb.parameters.composition.layers.separator`.

    Raises
    ------
    ValueError
        If the residual is not smaller than the whole resistance at 100 °C.
    """
    hot, cold = (
        Quantity(373.15, "K", "measured", CAO2021),
        Quantity(303.15, "K", "measured", CAO2021),
    )
    conductance_hot = Quantity(1.58730, "S", "measured", f"{CAO2021}, 100 C")
    conductance_cold = Quantity(0.29155, "S", "measured", f"{CAO2021}, 30 C")
    if not residual.number * conductance_hot.number < 1:
        raise ValueError(
            f"residual resistance {residual.number:g} Ohm; accepted: below "
            f"{1 / conductance_hot.number:.3g} Ohm, the resistance at 100 C"
        )

    def corrected(conductance, residual):
        return conductance / (1 - residual * conductance)

    return SolidElectrolyte(
        f"{SULFIDE_MEMBRANE.name}, less a residual {residual.number:g} Ohm",
        density=SULFIDE_MEMBRANE.density,
        conductivity=derive(
            "S.m-1",
            f"{CAO2021}: printed conductivity, residual resistance taken out",
            lambda sigma, conductance, residual: (
                sigma * corrected(conductance, residual) / conductance
            ),
            sigma=SULFIDE_MEMBRANE.conductivity,
            conductance=conductance_cold,
            residual=residual,
        ),
        activation_energy=derive(
            "J.mol-1",
            f"{CAO2021}: conductances at 30 and 100 C, residual resistance taken out",
            lambda cold, hot, g_cold, g_hot, residual, gas: (
                gas
                * np.log(
                    corrected(g_hot, residual)
                    * hot
                    / (corrected(g_cold, residual) * cold)
                )
                / (1 / cold - 1 / hot)
            ),
            cold=cold,
            hot=hot,
            g_cold=conductance_cold,
            g_hot=conductance_hot,
            residual=residual,
            gas=GAS,
        ),
        lithium_concentration=_SULFIDE_LITHIUM,
    )
