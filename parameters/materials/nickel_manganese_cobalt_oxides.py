"""NMC oxides, with the potentials that PyBaMM ships for them.

Both potentials were measured in cells with a liquid electrolyte. That of NMC811 is over
the lithiation x of Li_xMO2, so that its sites are those of the crystal; that of NMC532
is over the sites that its authors fitted, which come with it.
"""

from __future__ import annotations

from pybamm.input.parameters.lithium_ion.Chen2020 import nmc_LGM50_ocp_Chen2020
from pybamm.input.parameters.lithium_ion.Mohtat2020 import NMC_ocp_PeymanMPM

from aslb.parameters.materials.active_material import (
    OCP,
    REFERENCE_CURRENT,
    SITES,
    ActiveMaterial,
    kinetics,
    sites,
)
from aslb.parameters.materials.constants import molar_mass
from aslb.parameters.quantity import Quantity
from aslb.parameters.tables import literature

CHEN2020 = "C.-H. Chen et al. 2020, doi:10.1149/1945-7111/ab9050, as in PyBaMM"
MOHTAT2020 = "P. Mohtat et al. 2020, doi:10.1149/1945-7111/aba5d1, as in PyBaMM"

KNOWN_811 = literature("NMC811")
NMC811_DENSITY = KNOWN_811.pop("density [kg.m-3]")
NMC811 = ActiveMaterial(
    "NMC811",
    NMC811_DENSITY,
    {
        SITES: sites(NMC811_DENSITY, molar_mass(97.280, "LiNi0.8Mn0.1Co0.1O2")),
        OCP: Quantity(nmc_LGM50_ocp_Chen2020, "V", "literature", CHEN2020, 3.4, 4.6),
        **KNOWN_811,
        **kinetics(KNOWN_811[REFERENCE_CURRENT]),
    },
    citations=("Chen2020",),
)
"""LiNi0.8Mn0.1Co0.1O2, the cathode of the LG M50."""

KNOWN_83 = literature("NMC83")
NMC83_DENSITY = KNOWN_83.pop("density [kg.m-3]")
NMC83 = ActiveMaterial(
    "NMC83",
    NMC83_DENSITY,
    {
        SITES: sites(NMC83_DENSITY, molar_mass(97.432, "LiNi0.83Co0.11Mn0.06O2")),
        OCP: Quantity(
            nmc_LGM50_ocp_Chen2020,
            "V",
            "assumed",
            f"that of NMC811, with 3 % more nickel: {CHEN2020}",
            3.4,
            4.7,
        ),
        **KNOWN_83,
        **kinetics(KNOWN_83[REFERENCE_CURRENT]),
    },
    citations=("Chen2020",),
)
"""LiNi0.83Co0.11Mn0.06O2, of which the potential of NMC811 is assumed."""

KNOWN_532 = literature("NMC532")
NMC532_DENSITY = KNOWN_532.pop("density [kg.m-3]")
NMC532 = ActiveMaterial(
    "NMC532",
    NMC532_DENSITY,
    {
        OCP: Quantity(NMC_ocp_PeymanMPM, "V", "literature", MOHTAT2020, 2.5, 4.4),
        **KNOWN_532,
        **kinetics(KNOWN_532[REFERENCE_CURRENT]),
    },
    citations=("Mohtat2020",),
)
"""LiNi0.5Mn0.3Co0.2O2, as PyBaMM's Mohtat2020 has it."""
