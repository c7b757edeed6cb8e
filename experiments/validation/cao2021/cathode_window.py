"""What the open-circuit potential alone says of a capacity."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pybamm
from scipy.integrate import quad


def potential(cell: pybamm.ParameterValues, sto: npt.ArrayLike) -> np.ndarray:
    """Open-circuit potential of the cathode's active material.

    Parameters
    ----------
    cell : pybamm.ParameterValues
        The cell.
    sto : array_like
        Lithiation x [-].

    Returns
    -------
    numpy.ndarray
        Potential against Li/Li⁺ [V].
    """
    lithiation = pybamm.Vector(np.atleast_1d(np.asarray(sto, dtype=float)))
    symbol = cell["Positive electrode OCP [V]"](lithiation)
    return np.ravel(cell.process_symbol(symbol).evaluate())


def theoretical_capacity(cell: pybamm.ParameterValues) -> float:
    """Capacity of the active material from x = 1 to x = 0 [mAh/g]."""
    concentration = cell["Maximum concentration in positive electrode [mol.m-3]"]
    volume = (
        cell["Positive electrode conductor volume fraction"]
        * cell["Positive electrode thickness [m]"]
    )
    mass = cell["Positive electrode active material areal mass [kg.m-2]"]
    return float(concentration * volume / mass * pybamm.constants.F.value / 3600)


def mean_potential(cell: pybamm.ParameterValues, low: float, high: float) -> float:
    """Mean open-circuit potential between two lithiations.

    Parameters
    ----------
    cell : pybamm.ParameterValues
        The cell.
    low, high : float
        Lithiations x [-].

    Returns
    -------
    float
        Mean over x, against Li/Li⁺ [V].
    """
    integral, _ = quad(lambda sto: potential(cell, sto)[0], low, high, epsabs=1e-6)
    return integral / (high - low)


def mean_potential_over(cell: pybamm.ParameterValues, capacity: float) -> float:
    """Mean open-circuit potential of a discharge that ends as assembled.

    Parameters
    ----------
    cell : pybamm.ParameterValues
        The cell.
    capacity : float
        Capacity of the discharge, with all of the material reached [mAh/g].

    Returns
    -------
    float
        Mean over the charge, against Li/Li⁺ [V].
    """
    high = float(cell["Positive electrode stoichiometry as assembled"])
    return mean_potential(cell, high - capacity / theoretical_capacity(cell), high)
