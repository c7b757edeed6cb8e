"""A number together with where it comes from."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal, get_args

import pybamm

from aslb.parameters.given import is_number

Kind = Literal["measured", "derived", "literature", "fitted", "assumed", "setting"]


@dataclass(frozen=True)
class Interval:
    """A number and the range in which it may lie."""

    value: float
    lower: float
    upper: float

    def meets(self, other: Interval) -> bool:
        """Whether the two ranges have a number in common."""
        # what only rounding of binary fractions keeps apart is not apart
        slack = 1e-9 * max(abs(self.value), abs(other.value))
        return self.lower <= other.upper + slack and other.lower <= self.upper + slack


def computed(formula: Callable[..., float], *inputs: Interval | float) -> Interval:
    """A number computed from others, with a range or exact, and its range.

    That is over the corners of the ranges of the inputs, which is exact where the
    formula is monotone in each.
    """
    ranges = [
        item if isinstance(item, Interval) else Interval(item, item, item)
        for item in inputs
    ]
    value = float(formula(*(item.value for item in ranges)))
    if not math.isfinite(value):
        raise ValueError(f"{formula} of {inputs} is {value}")
    corners = itertools.product(*({item.lower, item.upper} for item in ranges))
    results = [value, *(float(formula(*corner)) for corner in corners)]
    return Interval(value, min(results), max(results))


@dataclass(frozen=True)
class Quantity:
    """A parameter value, its unit, how it is known, and how far it may be off.

    Parameters
    ----------
    value : float, callable or pybamm.Symbol
        The value in SI units, as `pybamm.ParameterValues` takes it.
    unit : str
        Unit as PyBaMM writes it between brackets; "1" if there is none.
    kind : str
        "measured" (in the reference experiment), "derived" (computed from other
        quantities: see `derive`), "literature", "fitted", "assumed", or "setting" (a
        choice of the protocol or of the numerics, not a property).
    source : str
        DOI and place, or why it is assumed, or how it is derived.
    lower, upper : float, optional
        The range in which the value may plausibly lie, in the unit of the value; for a
        function, that of its values. Only a plain number may go without: its range is
        then the number itself, as of a setting or a definition.
    fitted_to : str, optional
        The data that a fitted value was fitted to, which can never be a test of it.
    formula : callable, optional
        Of a derived value: what it is computed with.
    inputs : mapping of str to Quantity, optional
        Of a derived value: what it is computed from.

    Raises
    ------
    ValueError
        If any of this is missing or contradicts itself.
    """

    value: float | Callable[..., Any] | pybamm.Symbol
    unit: str
    kind: Kind
    source: str
    lower: float = math.nan
    upper: float = math.nan
    fitted_to: str = ""
    formula: Callable[..., Any] | None = None
    inputs: Mapping[str, Quantity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(
                f"unknown kind '{self.kind}'; accepted: {', '.join(get_args(Kind))}"
            )
        if not (self.unit and self.source):
            raise ValueError("a quantity needs a unit ('1' if none) and a source")
        if (self.kind == "fitted") != bool(self.fitted_to):
            raise ValueError("a fitted value, and no other, names what it is fitted to")
        if (self.kind == "derived") != (self.formula is not None):
            raise ValueError("a derived value, and no other, is computed: use `derive`")
        for name in ("value", "lower", "upper"):
            given = getattr(self, name)
            if is_number(given) and not isinstance(given, int | float):  # numpy's
                object.__setattr__(self, name, float(given))
        if isinstance(self.value, int | float):
            for bound in ("lower", "upper"):
                if math.isnan(getattr(self, bound)):
                    object.__setattr__(self, bound, float(self.value))
            if not all(map(math.isfinite, (self.value, self.lower, self.upper))):
                raise ValueError(
                    f"value {self.value} from {self.lower} to {self.upper}; accepted: "
                    "finite numbers"
                )
            if not self.lower <= self.value <= self.upper:
                raise ValueError(
                    f"value {self.value} outside its range [{self.lower}, {self.upper}]"
                )
        elif not self.lower <= self.upper:
            raise ValueError("a function needs lower and upper bounds of its values")

    @property
    def number(self) -> float:
        """The value, of a quantity that is a plain number."""
        if not isinstance(self.value, int | float):
            raise TypeError(f"{self.value} is not a plain number")
        return float(self.value)

    @property
    def interval(self) -> Interval:
        """The value and its range, of a quantity that is a plain number."""
        return Interval(self.number, self.lower, self.upper)


VARIED = "varied from "
"""How the source of a value begins that a study has in the place of another."""

Quantities = Mapping[str, Quantity]
"""Quantities by PyBaMM name."""


def derive(
    unit: str, source: str, formula: Callable[..., Any], **inputs: Quantity
) -> Quantity:
    """A quantity computed from others, range included; a number if one of them is one.

    Parameters
    ----------
    unit : str
        Unit of the result.
    source : str
        The computation in words.
    formula : callable
        Takes the inputs by name. It must work on quantities with units too, since the
        tests check the unit of the result that way.
    **inputs : Quantity
        Plain numbers that the formula takes.

    Returns
    -------
    Quantity
        Of kind "derived", with the range that `computed` gives it.
    """
    if any(not isinstance(item, Quantity) for item in inputs.values()):
        # of `plain`: a study composes thousands of cells and reads no range
        return formula(
            **{
                name: item.value if isinstance(item, Quantity) else item
                for name, item in inputs.items()
            }
        )
    result = computed(
        lambda *numbers: formula(**dict(zip(inputs, numbers, strict=True))),
        *(item.interval for item in inputs.values()),
    )
    # what follows from a setting of a study says so
    varied = {item.source.partition(VARIED)[2] for item in inputs.values()} - {""}
    return Quantity(
        result.value,
        unit,
        "derived",
        "; ".join([source, *(VARIED + was for was in sorted(varied))]),
        result.lower,
        result.upper,
        formula=formula,
        inputs=inputs,
    )


def recomputed(item: Quantity, given: Callable[[Quantity], Any]) -> Any:
    """Value of a quantity, from other values of what it is computed from, at any depth.

    Parameters
    ----------
    item : Quantity
        What is computed.
    given : callable
        The value of a quantity that is not to be computed; None if it is.
    """
    value = given(item)
    if value is not None or item.formula is None:
        return value
    return item.formula(**{k: recomputed(x, given) for k, x in item.inputs.items()})


def varied(was: Quantity | None, value: float) -> Quantity:
    """A value of a study, as a quantity that says what it was before."""
    if was is None:
        return Quantity(value, "1", "setting", "varied")
    source = was.source
    if VARIED not in source:
        before = f"{was.number:.6g} {was.unit}".removesuffix(" 1")
        source = f"{VARIED}{before}, {was.kind}: {source}"
    return Quantity(value, was.unit, "setting", source)


def values(quantities: Quantities) -> dict[str, Any]:
    """Values alone, ready for ``pybamm.ParameterValues.update``."""
    return {name: quantity.value for name, quantity in quantities.items()}


def _value(quantity: Quantity) -> Any:
    return quantity.value


def plain(item: Any, of: Callable[[Quantity], Any] = _value) -> Any:
    """The same with values in the place of quantities, at any depth.

    Parameters
    ----------
    item : object
        A quantity, or mappings and dataclasses of them.
    of : callable, optional
        What stands for a quantity; by default its value.
    """
    if isinstance(item, Quantity):
        return of(item)
    if isinstance(item, Mapping):
        return {key: plain(value, of) for key, value in item.items()}
    if is_dataclass(item) and not isinstance(item, type):
        held = {each.name: plain(getattr(item, each.name), of) for each in fields(item)}
        return replace(item, **held)
    return item
