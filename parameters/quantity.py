"""A number together with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pybamm

Kind = Literal["measured", "derived", "literature", "fitted", "assumed", "setting"]

CAO2021 = "doi:10.1002/adma.202105505"
"""The reference paper: D. Cao et al., Adv. Mater. 2021, 2105505."""


@dataclass(frozen=True)
class Quantity:
    """A parameter value, how it is known, from where, and how far it may be off.

    Parameters
    ----------
    value : float, callable or pybamm.Symbol
        The value in SI units, as `pybamm.ParameterValues` takes it.
    kind : str
        "measured" (in the reference experiment), "derived" (computed from other
        quantities in code), "literature", "fitted", "assumed", or "setting" (a choice
        of the protocol or of the numerics, not a property).
    source : str
        DOI and place, or what it is derived from, or why it is assumed.
    lower, upper : float, optional
        The range in which the value may plausibly lie, in the unit of the value.

    Raises
    ------
    ValueError
        If `kind` is unknown or a number lies outside its own range.
    """

    value: float | Callable[..., Any] | pybamm.Symbol
    kind: Kind
    source: str
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(
                f"unknown kind '{self.kind}'; accepted: {', '.join(get_args(Kind))}"
            )
        if isinstance(self.value, int | float) and not (
            (self.lower is None or self.lower <= self.value)
            and (self.upper is None or self.value <= self.upper)
        ):
            raise ValueError(
                f"value {self.value} outside its range [{self.lower}, {self.upper}]"
            )

    @property
    def number(self) -> float:
        """The value, of a quantity that is a plain number."""
        if not isinstance(self.value, int | float):
            raise TypeError(f"{self.value} is not a plain number")
        return float(self.value)


Quantities = Mapping[str, Quantity]
"""Quantities by PyBaMM name."""


def values(quantities: Quantities) -> dict[str, Any]:
    """Values alone, ready for ``pybamm.ParameterValues.update``.

    Parameters
    ----------
    quantities : mapping of str to Quantity
        Quantities by PyBaMM name.

    Returns
    -------
    dict
        The values by the same names.
    """
    return {name: quantity.value for name, quantity in quantities.items()}
