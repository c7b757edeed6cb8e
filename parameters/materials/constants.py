"""Physical constants, with the values that PyBaMM uses, and the reference paper."""

from __future__ import annotations

import pybamm

from aslb.parameters.quantity import Quantity

CAO2021 = "doi:10.1002/adma.202105505"
"""The reference paper: D. Cao et al., Adv. Mater. 2021, 2105505."""

FARADAY = Quantity(
    float(pybamm.constants.F.value), "C.mol-1", "literature", "CODATA, as in PyBaMM"
)
GAS = Quantity(
    float(pybamm.constants.R.value), "J.mol-1.K-1", "literature", "CODATA, as in PyBaMM"
)

EV = FARADAY.number
"""One electronvolt per particle, in J/mol."""


def molar_mass(grams_per_mole: float, formula: str) -> Quantity:
    """Molar mass from IUPAC's standard atomic masses.

    Parameters
    ----------
    grams_per_mole : float
        In g/mol.
    formula : str
        Chemical formula.
    """
    return Quantity(
        grams_per_mole * 1e-3,
        "kg.mol-1",
        "literature",
        f"IUPAC standard atomic masses, {formula}",
    )
