"""What a calibration found of a cell, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.parameters.composition.measured import Measured
from aslb.parameters.nearest import nearest
from aslb.parameters.quantity import Quantities, Quantity

MODEL_ERROR = "model error [mAh/g]"
SOUGHT = "`aslb calibrate`, within the range of: "


@dataclass(frozen=True, eq=False)
class Fit:
    """Fitted values of a cell and what the data say of them together.

    Parameters
    ----------
    fitted_to : str
        The data, for the provenance of what is fitted.
    values : mapping of str to float
        Fitted values by PyBaMM name, in SI units.
    draws : pandas.DataFrame
        Draws of the posterior, a row each: columns by PyBaMM name in SI units, unknowns
        first and then what was left at its value; the standard deviation of the model's
        error, `MODEL_ERROR`; and at each measured rate what capacities of the model are
        off by, `offset_at` the rate.
    data : Measured
        What was fitted to.
    evidence : float
        Logarithm of the evidence, to weigh it against other readings of the same data.
    own : tuple of str, optional
        PyBaMM names of what the cell that carries the fit has of its own: the fit says
        nothing of them.
    blind : tuple of float, optional
        Rates [h-1] at which the capacities of its data had been predicted blind before
        anything was fitted to them.
    """

    fitted_to: str
    values: Mapping[str, float]
    draws: pd.DataFrame
    data: Measured
    evidence: float = 0.0
    own: tuple[str, ...] = ()
    blind: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        known = np.array([*self.values.values(), self.evidence], float)
        if not (np.isfinite(known).all() and np.isfinite(self.draws.to_numpy()).all()):
            raise InputError("fit: a value is not finite; accepted: finite numbers")

    @property
    def names(self) -> tuple[str, ...]:
        """PyBaMM names of what the posterior is over."""
        columns = map(str, self.draws.columns)
        return tuple(one for one in columns if not one.endswith("[mAh/g]"))

    @property
    def model_error(self) -> float:
        """What capacities of the model are off by, root mean square [mAh/g]."""
        return float(np.sqrt((self.draws[MODEL_ERROR] ** 2).mean()))

    def quantities(self, known: Quantities) -> dict[str, Quantity]:
        """Fitted values, but for `own`, within the ranges that a cell has."""
        fitted = {}
        for name in self.values:
            if name in self.own:
                continue
            if name not in known:
                raise InputError(
                    f"fit: no quantity '{name}'; {nearest(name, known)}accepted: the "
                    "cell's own"
                )
            fitted[name] = fitted_quantity(
                known[name], self.values[name], self.fitted_to
            )
        return fitted


def offset_at(c_rate: float) -> str:
    """Name of what capacities at a rate [h-1] are off by, among draws."""
    return f"offset at {c_rate:.6g}C [mAh/g]"


def fitted_quantity(known: Quantity, value: float, fitted_to: str) -> Quantity:
    """A quantity with its fitted value, within the range that is known without."""
    source = SOUGHT + known.source.removeprefix(SOUGHT)
    try:
        return Quantity(
            value, known.unit, "fitted", source, known.lower, known.upper, fitted_to
        )
    except ValueError as error:
        raise InputError(f"fit: {error}") from None
