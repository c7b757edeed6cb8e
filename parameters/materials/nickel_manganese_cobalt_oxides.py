"""NMC oxides, with the potentials that PyBaMM ships for them.

Both potentials were measured in cells with a liquid electrolyte. That of NMC811 is over
the lithiation x of Li_xMO2, so that its sites are those of the crystal; that of NMC532
is over the sites that its authors fitted, which come with it.
"""

from __future__ import annotations

from pybamm.input.parameters.lithium_ion.Chen2020 import nmc_LGM50_ocp_Chen2020
from pybamm.input.parameters.lithium_ion.Mohtat2020 import NMC_ocp_PeymanMPM

from aslb.parameters.materials.active_material import (
    CONDUCTIVITY,
    DIFFUSIVITY,
    OCP,
    RADIUS,
    SITES,
    STOICHIOMETRY,
    ActiveMaterial,
    kinetics,
    sites,
)
from aslb.parameters.materials.constants import molar_mass
from aslb.parameters.quantity import Quantity

CHEN2020 = "C.-H. Chen et al. 2020, doi:10.1149/1945-7111/ab9050, as in PyBaMM"
MOHTAT2020 = "P. Mohtat et al. 2020, doi:10.1149/1945-7111/aba5d1, as in PyBaMM"
NO_MEASUREMENT = Quantity(
    1.0, "A.m-2", "assumed", "NMC|halide at x = 0.5, no measurement known", 0.1, 30.0
)

NMC811_DENSITY = Quantity(
    4780.0,
    "kg.m-3",
    "assumed",
    "from a lattice of a = 2.87 and c = 14.19 Å",
    4700,
    4850,
)
NMC811 = ActiveMaterial(
    "NMC811",
    NMC811_DENSITY,
    {
        SITES: sites(NMC811_DENSITY, molar_mass(97.280, "LiNi0.8Mn0.1Co0.1O2")),
        OCP: Quantity(nmc_LGM50_ocp_Chen2020, "V", "literature", CHEN2020, 3.4, 4.6),
        DIFFUSIVITY: Quantity(4e-15, "m2.s-1", "literature", CHEN2020, 4e-16, 4e-14),
        CONDUCTIVITY: Quantity(
            1e-2,
            "S.m-1",
            "assumed",
            "without carbon; more where there is less lithium",
            1e-3,
            1.0,
        ),
        **kinetics(NO_MEASUREMENT),
        RADIUS: Quantity(5.22e-6, "m", "literature", CHEN2020, 1e-6, 6e-6),
        STOICHIOMETRY: Quantity(
            0.95, "1", "assumed", "as synthesised, less what one cycle loses", 0.9, 1.0
        ),
    },
    citations=("Chen2020",),
)
"""LiNi0.8Mn0.1Co0.1O2, the cathode of the LG M50."""

NMC532_DENSITY = Quantity(
    4740.0,
    "kg.m-3",
    "assumed",
    "from a lattice of a = 2.87 and c = 14.24 Å",
    4650,
    4800,
)
NMC532 = ActiveMaterial(
    "NMC532",
    NMC532_DENSITY,
    {
        SITES: Quantity(
            35380.0,
            "mol.m-3",
            "literature",
            f"those that the potential counts, fewer than the crystal's: {MOHTAT2020}",
            35380,
            49100,
        ),
        OCP: Quantity(NMC_ocp_PeymanMPM, "V", "literature", MOHTAT2020, 2.5, 4.4),
        DIFFUSIVITY: Quantity(8e-15, "m2.s-1", "literature", MOHTAT2020, 8e-16, 8e-14),
        CONDUCTIVITY: Quantity(
            1e-2,
            "S.m-1",
            "assumed",
            "without carbon; more where there is less lithium",
            1e-4,
            1.0,
        ),
        **kinetics(NO_MEASUREMENT),
        RADIUS: Quantity(3.5e-6, "m", "literature", MOHTAT2020, 1e-6, 6e-6),
        STOICHIOMETRY: Quantity(
            0.95, "1", "assumed", "as synthesised, less what one cycle loses", 0.9, 1.0
        ),
    },
    citations=("Mohtat2020",),
)
"""LiNi0.5Mn0.3Co0.2O2, as PyBaMM's Mohtat2020 has it."""
