"""What was measured on a cell, to calibrate against or to compare with."""

from __future__ import annotations

import math
from dataclasses import dataclass

from aslb.errors import InputError
from aslb.parameters.composition.measured_spectrum import MeasuredSpectrum


@dataclass(frozen=True)
class Measured:
    """What a cell delivered in a rate test, in the order in which it was run.

    Parameters
    ----------
    c_rates : tuple of float
        Rate of each block of cycles [h-1].
    cycles : tuple of int
        Number of cycles of each block.
    capacities : tuple of float
        Mean discharge capacity of each block [mAh/g]; NaN if it is not to be fitted.
    uncertainties : tuple of float
        Standard uncertainty of each [mAh/g].
    first_discharge : tuple of float, optional
        Capacity of the very first discharge and its uncertainty [mAh/g].
    first_efficiency : tuple of float, optional
        Coulombic efficiency of the first cycle and its uncertainty [-].
    curves : tuple of (float, tuple of float, tuple of float), optional
        Discharge curves: rate [h-1], capacities [mAh/g] and voltages [V].
    spectra : tuple of MeasuredSpectrum, optional
        Impedance of the cell at rest.
    source : str, optional
        Where they come from, for the provenance of what is fitted.
    """

    c_rates: tuple[float, ...]
    cycles: tuple[int, ...]
    capacities: tuple[float, ...]
    uncertainties: tuple[float, ...]
    first_discharge: tuple[float, float] | None = None
    first_efficiency: tuple[float, float] | None = None
    curves: tuple[tuple[float, tuple[float, ...], tuple[float, ...]], ...] = ()
    spectra: tuple[MeasuredSpectrum, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        for what, values in (
            ("C-rate", self.c_rates),
            ("number of cycles", self.cycles),
            ("uncertainty", self.uncertainties),
        ):
            for value in values:
                if not (math.isfinite(value) and value > 0):
                    raise InputError(
                        f"measured: {what} {value:g}; accepted: a positive number"
                    )

    @property
    def distinct(self) -> list[tuple[float, int]]:
        """Rate and cycles that must be solved.

        A cell without ageing repeats its second cycle at a rate from then on, so that
        two cycles of a block stand for all.
        """
        return [
            (c_rate, min(count, 2))
            for c_rate, count in zip(self.c_rates, self.cycles, strict=True)
        ]
