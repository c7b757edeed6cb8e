"""An impedance spectrum that was measured on a cell at rest."""

from __future__ import annotations

import math
from dataclasses import dataclass

from aslb.errors import InputError


@dataclass(frozen=True)
class MeasuredSpectrum:
    """Impedance of a cell at a state of charge.

    Parameters
    ----------
    frequencies : tuple of float
        Frequencies [Hz].
    real, imaginary : tuple of float
        Parts of the impedance, of which the second is negative where the cell is
        capacitive [Ohm].
    soc : float
        State of charge, from 0 to 1.
    uncertainty : float, optional
        Standard uncertainty of each part, as a share of the magnitude.
    source : str, optional
        Where it comes from, for the provenance of what is fitted.
    """

    frequencies: tuple[float, ...]
    real: tuple[float, ...]
    imaginary: tuple[float, ...]
    soc: float
    uncertainty: float = 0.02
    source: str = "a spectrum"

    def __post_init__(self) -> None:
        if not 0 <= self.soc <= 1:
            raise InputError(
                f"spectrum: state of charge {self.soc:g}; accepted: 0 to 1"
            )
        if not (math.isfinite(self.uncertainty) and 0 < self.uncertainty < 1):
            raise InputError(
                f"spectrum: uncertainty {self.uncertainty:g}; accepted: a share above "
                "0 and below 1"
            )
