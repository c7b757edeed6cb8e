"""Where the default mesh was checked, and what to say about what lies beyond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
import pybamm

from aslb.experiments.regulated_charge import RegulatedCharge
from aslb.models.solid_state_parameters import SolidStateParameters

OUTSIDE = "outside of the range in which the mesh was checked"
ROUNDING = 1e-3  # of an end, and of a number in a remark


class Range(NamedTuple):
    """Ends of what was checked, in a unit."""

    low: float
    high: float
    unit: str

    def beyond(self, what: str, value: float) -> str:
        """What lies beyond the ends, in words; nothing if it is between them."""
        if self.low * (1 - ROUNDING) <= value <= self.high * (1 + ROUNDING):
            return ""
        return (
            f"{what} of {value:.4g}{self.unit} "
            f"({self.low:g} to {self.high:g}{self.unit})"
        )


CATHODE = Range(20, 250, " µm")
CATHOLYTE = Range(0.05, 5, " mS/cm")
RATE = Range(0.05, 2, "C")
"""Where ``docs/mesh-convergence.md`` has the errors of the default mesh."""


class CellOnMesh:
    """What the mesh of a group of cells has to resolve, as it is at each point.

    Parameters
    ----------
    values : pybamm.ParameterValues
        The cells, with ``"[input]"`` for what varies.
    """

    def __init__(self, values: pybamm.ParameterValues):
        param, zero = SolidStateParameters(), pybamm.Scalar(0)
        ambient = param.T_amb(zero, zero, zero)
        self._thickness = values.process_symbol(param.p.L)
        self._conductivity = values.process_symbol(param.sigma_catholyte(ambient))

    def beyond(self, inputs: Mapping[str, float]) -> list[str]:
        """What of a cell lies beyond what was checked, in words.

        Parameters
        ----------
        inputs : mapping of str to float
            Values of what varies.

        Returns
        -------
        list of str
            Nothing for a cell that lies within.
        """
        thickness, conductivity = (
            float(np.squeeze(symbol.evaluate(inputs=dict(inputs))))
            for symbol in (self._thickness, self._conductivity)
        )
        found = [
            CATHODE.beyond("cathode", 1e6 * thickness),
            CATHOLYTE.beyond("catholyte", 10 * conductivity),  # from S/m
        ]
        return [*filter(None, found)]


def remark(beyond: Iterable[str]) -> str:
    """What is to be said of what lies beyond what was checked; nothing of nothing."""
    words = ", ".join(filter(None, beyond))
    return f"{OUTSIDE}: {words}" if words else ""


def rates_beyond(steps: Iterable[Any], capacity: float) -> list[str]:
    """Rates of steps that lie beyond what was checked, in words.

    Parameters
    ----------
    steps : iterable of pybamm.step.BaseStep
        Steps of a cycle; those of no constant current say nothing.
    capacity : float
        Nominal capacity of the cell [A.h].

    Returns
    -------
    list of str
        Each once.
    """
    found = [RATE.beyond("rate", rate) for rate in _rates(steps, capacity)]
    return [*dict.fromkeys(filter(None, found))]


def _rates(steps: Iterable[Any], capacity: float) -> Iterator[float]:
    units = {pybamm.step.CRate: 1.0, pybamm.step.Current: capacity}
    for step in steps:
        if isinstance(step, RegulatedCharge):
            value, unit = step.c_rate, 1.0
        else:
            value, unit = step.value, units.get(type(step), 0.0)
        if unit and isinstance(value, Real) and value:  # a rest has none
            yield abs(float(value)) / unit
