"""Three exchangeable forms of diffusion in LiCoO2, by name of the active material.

Which of them holds is not known: lithium moves through divacancies, so that it slows
down by orders of magnitude as vacancies become rare [1]_, and measurements spread over
as many [2]_; but what slows a cell down may as well be its large particles. No
temperature dependence is known well enough to be worth stating.

References
----------
.. [1] A. Van der Ven, G. Ceder, Electrochem. Solid-State Lett. 2000, 3, 301,
   doi:10.1149/1.1391130.
.. [2] H. Xia, L. Lu, G. Ceder, J. Power Sources 2006, 159, 1422,
   doi:10.1016/j.jpowsour.2005.12.012.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pybamm

from aslb.parameters.materials.active_material import DIFFUSIVITY
from aslb.parameters.quantity import Kind, Quantity
from aslb.parameters.tables import literature

VAN_DER_VEN2000 = "A. Van der Ven, G. Ceder 2000, doi:10.1149/1.1391130"
SPREAD = (5e-17, 1e-13)  # m2/s: of measurements


def two_levels(sto, T):
    """Chemical diffusivity of lithium in LiCoO2, lower where there is more lithium.

    One level in the delithiated and one in the lithiated oxide, with a smooth step in
    the logarithm between.

    Parameters
    ----------
    sto : pybamm.Symbol
        Lithiation x [-].
    T : pybamm.Symbol
        Temperature [K].

    Returns
    -------
    pybamm.Symbol
        Diffusivity [m2.s-1].
    """
    delithiated = pybamm.Parameter("Positive particle delithiated diffusivity [m2.s-1]")
    lithiated = pybamm.Parameter("Positive particle lithiated diffusivity [m2.s-1]")
    transition = pybamm.Parameter("Positive particle diffusivity transition")
    filled = 1 / (1 + np.exp(-(sto - transition) / 0.02))
    # an exponential costs the solver a quarter of a power
    return delithiated * np.exp(filled * np.log(lithiated / delithiated))


def log_linear(sto, T):
    """Chemical diffusivity whose logarithm falls linearly with lithiation.

    log₁₀ D = log₁₀ D(0.75) - slope·(x - 0.75), the slope in decades per lithiation.

    Parameters
    ----------
    sto : pybamm.Symbol
        Lithiation x [-].
    T : pybamm.Symbol
        Temperature [K].

    Returns
    -------
    pybamm.Symbol
        Diffusivity [m2.s-1].
    """
    level = pybamm.Parameter("Positive particle diffusivity at three quarters [m2.s-1]")
    slope = pybamm.Parameter("Positive particle diffusivity slope")
    return level * np.exp(-np.log(10) * slope * (sto - 0.75))


def uniform(sto, T):
    """One chemical diffusivity at any lithiation.

    Parameters
    ----------
    sto : pybamm.Symbol
        Lithiation x [-].
    T : pybamm.Symbol
        Temperature [K].

    Returns
    -------
    pybamm.Symbol
        Diffusivity [m2.s-1].
    """
    return pybamm.Parameter("Positive particle uniform diffusivity [m2.s-1]")


def _form(name: str, law: Callable, kind: Kind, source: str) -> dict[str, Quantity]:
    return {
        DIFFUSIVITY: Quantity(law, "m2.s-1", kind, f"form in x: {source}", *SPREAD),
        **literature(f"Diffusion in {name}"),
    }


DIFFUSION = {
    "LCO": _form("LCO", two_levels, "literature", VAN_DER_VEN2000),
    "LCO log-linear": _form(
        "LCO log-linear",
        log_linear,
        "assumed",
        f"the simplest that falls as vacancies become rare ({VAN_DER_VEN2000})",
    ),
    "LCO two sizes": _form(
        "LCO two sizes",
        uniform,
        "assumed",
        "none, the larger particles being what is slow",
    ),
}
"""Quantities of diffusion by name of the active material and PyBaMM name."""
