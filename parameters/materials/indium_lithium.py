"""Indium-lithium foil: the counter electrode on its 0.62 V plateau."""

from __future__ import annotations

import numpy as np
import pybamm

from aslb.parameters.materials import lithium_metal
from aslb.parameters.materials.constants import molar_mass
from aslb.parameters.materials.lithium_metal import CONDUCTIVITY
from aslb.parameters.quantity import Quantity, derive
from aslb.parameters.tables import literature

KNOWN = literature("Indium")
DENSITY = KNOWN["density [kg.m-3]"]
MOLAR_MASS = molar_mass(114.818, "In")

PLATEAU = KNOWN["plateau [V]"]
SATURATION = 0.015  # Li per In that indium dissolves before LiIn appears

# Falls [V] from one plateau to the next, centre and width in Li per In
RICH_STEPS = (
    (0.26, 1.0, 0.06),
    (0.19, 1.5, 0.05),
    (0.13, 2.0, 0.05),
    (0.04, 13 / 3, 0.05),
)


def ocp(ratio, T):
    """Open-circuit potential of Li_xIn against Li/Li⁺.

    The two-phase plateau In | LiIn, which is flat; below x = 0.015 lithium is dissolved
    in indium and the potential climbs as RT/F·ln(1/x), without bound as the foil runs
    out of lithium; above the range of LiIn (x near 1) it falls to the next plateaus:
    LiIn | Li3In2, Li3In2 | Li2In, Li2In | Li13In3, and lithium above x = 13/3.

    Parameters
    ----------
    ratio : pybamm.Symbol or array_like
        Lithium atoms per indium atom, x [-].
    T : pybamm.Symbol or float
        Temperature [K].

    Returns
    -------
    pybamm.Symbol or array_like
        Potential [V].

    Notes
    -----
    The solubility limit and the room-temperature potentials after LiIn (0.36, 0.17 and
    0.04 V, each ±0.05 V) were not found in print: treat them as assumed. At 400 °C the
    plateaus are at 0.495, 0.145 and 0.080 V (Handbook of Battery Materials, 2nd ed.,
    table 14.1).

    References
    ----------
    .. [1] A. L. Santhosha, L. Medenbach, J. R. Buchheim, P. Adelhelm, Batteries &
       Supercaps 2019, 2, 524, doi:10.1002/batt.201800149 (plateau at 0.62 V).

    .. [2] S. A. Webb, L. Baggetto, C. A. Bridges, G. M. Veith, J. Power Sources 2014,
       248, 1105, doi:10.1016/j.jpowsour.2013.10.033 (LiIn, Li3In2, a phase near Li2In
       and Li13In3 follow each other at room temperature).
    """
    # the square root keeps the logarithm finite at and below an empty foil, where the
    # model's own barrier takes over
    dissolved = (ratio + (ratio**2 + 4e-12) ** 0.5) / 2
    thermal_voltage = pybamm.constants.R.value * T / pybamm.constants.F.value
    u = PLATEAU.number + thermal_voltage / 4 * np.log(1 + (SATURATION / dissolved) ** 4)
    for fall, centre, width in RICH_STEPS:
        u = u - fall / 2 * (1 + np.tanh((ratio - centre) / width))
    return u


INDIUM = {
    "Negative electrode host concentration [mol.m-3]": derive(
        "mol.m-3",
        "density over molar mass of indium",
        lambda density, molar_mass: density / molar_mass,
        density=DENSITY,
        molar_mass=MOLAR_MASS,
    ),
    "Negative electrode OCP [V]": Quantity(
        ocp,
        "V",
        "literature",
        "plateau of 0.62 V: A. L. Santhosha et al. 2019, "
        "doi:10.1002/batt.201800149; beyond its ends assumed, see the docstring",
        0.0,
        1.2,
    ),
    CONDUCTIVITY: KNOWN[CONDUCTIVITY],
}
"""What every foil of indium and lithium has, by PyBaMM name."""


def foil(
    thickness: Quantity,
    ratio_as_assembled: Quantity,
) -> dict[str, Quantity]:
    """An indium-lithium foil as the negative electrode.

    Parameters
    ----------
    thickness : Quantity
        Thickness of the indium foil [m].
    ratio_as_assembled : Quantity
        Lithium atoms per indium atom when the cell is assembled [-].

    Returns
    -------
    dict of str to Quantity
        Quantities by PyBaMM name.
    """
    return {
        **INDIUM,
        "Negative electrode thickness [m]": thickness,
        "Negative electrode density [kg.m-3]": derive(
            "kg.m-3",
            "indium with the lithium it is assembled with, per volume of indium",
            lambda density, ratio, lithium, indium: (
                density * (1 + ratio * lithium / indium)
            ),
            density=DENSITY,
            ratio=ratio_as_assembled,
            lithium=lithium_metal.MOLAR_MASS,
            indium=MOLAR_MASS,
        ),
        "Negative electrode lithium-to-host ratio as assembled": ratio_as_assembled,
    }
