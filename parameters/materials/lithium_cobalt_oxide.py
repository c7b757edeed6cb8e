"""LiCoO2 (LCO): open-circuit potential, electronic and exchange currents.

Lithiation x is that of Li_xCoO2, and x = 1 is the fully lithiated oxide.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pybamm
from scipy.optimize import least_squares

from aslb.parameters.materials.active_material import (
    CONDUCTIVITY,
    OCP,
    REFERENCE_CURRENT,
    SITES,
    ActiveMaterial,
    kinetics,
    sites,
)
from aslb.parameters.materials.constants import molar_mass
from aslb.parameters.materials.lithium_cobalt_oxide_diffusion import DIFFUSION
from aslb.parameters.quantity import Quantity
from aslb.parameters.tables import literature

KNOWN = literature("LCO")
DENSITY = KNOWN.pop("density [kg.m-3]")
MOLAR_MASS = molar_mass(97.873, "LiCoO2")
OCP_TABLE = Path(__file__).parent / "data" / "lithium_cobalt_oxide_ocp.csv"

# Least-squares fit to data/lithium_cobalt_oxide_ocp.csv by `fit_ocp` below
OCP_COEFFICIENTS = (
    4.26485,  # offset [V]
    0.26705,  # rise towards x = 0 [V], with its width
    0.021080,
    0.38068,  # fall towards x = 1 [V], with its width
    0.022452,
    0.071054,  # step near x = 0.22 [V], its centre and its width
    0.22103,
    0.11088,
    0.30413,  # step near x = 0.49 [V], its centre and its width
    0.48846,
    0.17003,
)


def ocp(sto):
    """Open-circuit potential of Li_xCoO2 against Li/Li⁺.

    Every term falls with x, so the potential is monotone with a bounded slope, and
    smooth to any order. It follows the table in ``data/lithium_cobalt_oxide_ocp.csv``
    (0.01 ≤ x ≤ 0.995) within its uncertainty at every point, and continues it to the
    ends, where PyBaMM adds its barriers.

    Parameters
    ----------
    sto : pybamm.Symbol or array_like
        Lithiation x [-].

    Returns
    -------
    pybamm.Symbol or array_like
        Potential [V].

    References
    ----------
    .. [1] x from 0.40 to 0.95: mean of the LCO of PyBaMM's Ai2020
       (doi:10.1149/2.0122001JES) and Marquis2019 (doi:10.1149/2.0341915jes) sets.
    .. [2] Below 0.40: Marquis2019; O3 to H1-3 near 4.55 V, A. Van der Ven et al.,
       J. Electrochem. Soc. 1998, doi:10.1149/1.1838610; H1-3 to O1 near 4.62 V,
       G. G. Amatucci et al., J. Electrochem. Soc. 1996, doi:10.1149/1.1836594.
    """
    return _ocp_form(OCP_COEFFICIENTS, sto)


def _ocp_form(coefficients, sto):
    offset, a0, w0, a1, w1, *steps = coefficients
    # pybamm's functions take arrays and symbols alike; numpy's would not keep a symbol
    u = offset + a0 * np.exp(-sto / w0) - a1 * np.exp((sto - 1) / w1)
    for height, centre, width in zip(*[iter(steps)] * 3, strict=True):
        u = u - height * np.tanh((sto - centre) / width)
    return u


def fit_ocp() -> np.ndarray:
    """Coefficients of the potential, fitted to its table; how the shipped ones came.

    Returns
    -------
    numpy.ndarray
        As `OCP_COEFFICIENTS`: residuals are weighted with the uncertainty of each
        point, and every height and width is kept positive, so that the potential falls.
    """
    table = pd.read_csv(OCP_TABLE)
    start = np.array([4.2, 0.2, 0.01, 0.3, 0.015, 0.1, 0.25, 0.07, 0.1, 0.52, 0.07])
    lower = np.array([3, 1e-3, 5e-3, 1e-3, 6e-3, 1e-3, 0, 0.02, 1e-3, 0, 0.02])
    upper = np.array([5.5, 1.6, 0.1, 2, 0.1, 1.6, 1, 0.6, 1.6, 1, 0.6])

    def residuals(coefficients):
        error = _ocp_form(coefficients, table.x.to_numpy()) - table.ocp_V
        return error / (1e-3 * table.uncertainty_mV)

    return least_squares(residuals, start, bounds=(lower, upper), x_scale="jac").x


def conductivity(sto, T):
    """Electronic conductivity of LiCoO2, an insulator that turns metallic.

    Constant in its logarithm below x = 0.75 and above x = 0.97, through the
    insulator-metal transition between.

    Parameters
    ----------
    sto : pybamm.Symbol
        Lithiation x at the particle's surface [-].
    T : pybamm.Symbol
        Temperature [K].

    Returns
    -------
    pybamm.Symbol
        Conductivity [S.m-1].

    References
    ----------
    .. [1] M. Nishizawa, S. Yamamura, T. Itoh, I. Uchida, Chem. Commun. 1998, 1631,
       doi:10.1039/A802962H.
    """
    lithiated = pybamm.Parameter("Positive electrode lithiated conductivity [S.m-1]")
    delithiated = pybamm.Parameter(
        "Positive electrode delithiated conductivity [S.m-1]"
    )
    metallic = 1 / (1 + np.exp((sto - 0.86) / 0.03))
    return lithiated * np.exp(metallic * np.log(delithiated / lithiated))


NISHIZAWA1998 = "M. Nishizawa et al. 1998, doi:10.1039/A802962H, figure of log σ"

# all that is not diffusion
COMMON = {
    SITES: sites(DENSITY, MOLAR_MASS),
    OCP: Quantity(
        ocp,
        "V",
        "fitted",
        "sum of falling terms; references in its docstring",
        2.5,
        5.0,
        fitted_to="parameters/materials/data/lithium_cobalt_oxide_ocp.csv",
    ),
    CONDUCTIVITY: Quantity(
        conductivity,
        "S.m-1",
        "literature",
        f"form in x: {NISHIZAWA1998}",
        1e-3,
        1e3,
    ),
    **KNOWN,
    **kinetics(KNOWN[REFERENCE_CURRENT]),
}

LCO, LCO_LOG_LINEAR, LCO_TWO_SIZES = (
    ActiveMaterial(
        name,
        DENSITY,
        {**COMMON, **diffusion},
        citations=("Ai2019", "Marquis2019"),  # the table of the potential
    )
    for name, diffusion in DIFFUSION.items()
)
"""LiCoO2, as literature has it, with one of three forms of diffusion."""
