"""The two solid electrolytes: sulfide Li6PS5Cl and halide Li3InCl6."""

from __future__ import annotations

from dataclasses import dataclass

import pybamm

from aslb.parameters.quantity import CAO2021, Quantity

EV = float(pybamm.constants.F.value)
"""One electronvolt per atom, in J/mol."""


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


_SULFIDE_DENSITY = Quantity(
    1860.0, "literature", "from the lattice of Li6PS5Cl", 1800, 1900
)
_SULFIDE_LITHIUM = Quantity(
    _SULFIDE_DENSITY.number / 268.40e-3 * 6, "derived", "density, six Li per Li6PS5Cl"
)

SULFIDE_PELLET = SolidElectrolyte(
    "Li6PS5Cl, cold-pressed pellet",
    density=_SULFIDE_DENSITY,
    conductivity=Quantity(
        0.167,
        "measured",
        f"{CAO2021}, impedance of the 970 um pellet at 30 C",
        0.15,
        0.18,
    ),
    activation_energy=Quantity(
        0.416 * EV, "measured", f"{CAO2021}, Arrhenius plot", 0.35 * EV, 0.44 * EV
    ),
    lithium_concentration=_SULFIDE_LITHIUM,
)

SULFIDE_MEMBRANE = SolidElectrolyte(
    "Li6PS5Cl with 2 wt% ethyl cellulose, membrane",
    density=_SULFIDE_DENSITY,
    conductivity=Quantity(
        0.165,
        "measured",
        f"{CAO2021}, impedance of the 47-52 um membrane at 30 C",
        0.12,
        0.18,
    ),
    activation_energy=Quantity(
        0.264 * EV, "measured", f"{CAO2021}, Arrhenius plot", 0.23 * EV, 0.44 * EV
    ),
    lithium_concentration=_SULFIDE_LITHIUM,
)

_HALIDE_DENSITY = Quantity(
    2720.0, "literature", "from the lattice of Li3InCl6", 2600, 2800
)
HALIDE = SolidElectrolyte(
    "Li3InCl6",
    density=_HALIDE_DENSITY,
    conductivity=Quantity(0.04, "measured", f"{CAO2021}, text: 0.4 mS/cm", 0.02, 0.2),
    activation_energy=Quantity(
        0.35 * EV, "assumed", "usual for Li3InCl6", 0.32 * EV, 0.45 * EV
    ),
    lithium_concentration=Quantity(
        _HALIDE_DENSITY.number / 348.3e-3 * 3,
        "derived",
        "density, three Li per Li3InCl6",
    ),
)
