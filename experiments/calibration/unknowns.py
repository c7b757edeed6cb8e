"""What may be fitted to a rate test, and where it may lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aslb.errors import InputError
from aslb.parameters.composition.measured import Measured
from aslb.parameters.nearest import nearest
from aslb.parameters.quantity import Quantities
from aslb.parameters.ranges import Unknown, has_range, unknown

UNKNOWNS = (
    "Positive electrode active fraction",
    "Positive particle lithiated diffusivity [m2.s-1]",
    "Positive particle diffusivity transition",
    "Positive electrode reference exchange-current density [A.m-2]",
    "Positive particle diffusivity at three quarters [m2.s-1]",
    "Positive particle diffusivity slope",
    "Positive particle uniform diffusivity [m2.s-1]",
    "Positive particle size ratio",
    "Positive electrode large-particle volume fraction",
)
"""What the rate test of a cell can tell apart; see ``docs/calibration.md``.

Those that a cell has count: each form of diffusion has its own.
"""

NUISANCES = (
    "Positive particle delithiated diffusivity [m2.s-1]",
    "Positive electrode Bruggeman coefficient (electrolyte)",
    "Positive electrode Bruggeman coefficient (electrode)",
    "Positive electrode lithiated conductivity [S.m-1]",
    "Catholyte conductivity [S.m-1]",
    "Separator-catholyte junction resistance [Ohm.m2]",
    "Negative electrode interface resistance [Ohm.m2]",
    "Exchange-current density for lithium metal electrode [A.m-2]",
    "Separator electrolyte conductivity [S.m-1]",
    "Ambient temperature [K]",
)
"""What stays at its value in the fit, and in its range in the uncertainty."""

OF_SPECTRA = (
    "Positive electrode reference exchange-current density [A.m-2]",
    "Catholyte conductivity [S.m-1]",
    "Separator-catholyte junction resistance [Ohm.m2]",
    "Positive electrode double-layer capacity [F.m-2]",
)
"""What a spectrum can tell; see ``docs/impedance.md``."""

CAPACITANCES = (
    "Positive electrode double-layer capacity [F.m-2]",
    "Positive electrode interphase capacitance [F.m-2]",
    "Separator grain-boundary capacitance [F.m-2]",
    "Separator-catholyte junction capacitance [F.m-2]",
    "Negative electrode interface capacitance [F.m-2]",
    "Negative electrode double-layer capacity [F.m-2]",
)
"""Nuisances, too, where there is a spectrum."""


def told_by(data: Measured) -> tuple[str, ...]:
    """Names of what data of this kind can tell of a cell."""
    of_rates = UNKNOWNS if data.c_rates else ()
    return (*of_rates, *(OF_SPECTRA if data.spectra else ()))


def nuisances_of(data: Measured) -> tuple[str, ...]:
    """Names of what else data of this kind depend on."""
    return (*NUISANCES, *(CAPACITANCES if data.spectra else ()))


def unknowns_of(quantities: Quantities, names: Sequence[str]) -> list[Unknown]:
    """Unknowns, one or several, whose ranges are those of a cell's provenance.

    Ranges of ten and more are searched in their logarithm.
    """
    found = []
    for name in [names] if isinstance(names, str) else names:
        if name not in quantities:
            ranged = those_of(quantities, quantities)
            raise InputError(
                f"unknown '{name}' is no parameter of the cell; "
                f"{nearest(name, ranged)}accepted: names that aslb cells lists"
            )
        if not those_of(quantities, [name]):
            raise InputError(f"unknown '{name}' has no range to search")
        found.append(unknown(name, quantities[name]))
    return found


def those_of(quantities: Quantities, names: Iterable[str]) -> list[str]:
    """Names that a cell has, with a range; another material has others."""
    return [
        name for name in names if name in quantities and has_range(quantities[name])
    ]


def names_of(place: int, names: Sequence[str], only: Mapping[str, int]) -> list[str]:
    """Names that the cell in a place has: all but those that another has alone."""
    return [name for name in names if only.get(name, place) == place]


def values_at(unknowns: Sequence[Unknown], position: Iterable[float]) -> dict:
    """Values by name, of positions from 0 to 1 in each range."""
    return {
        each.name: each.value(float(unit))
        for each, unit in zip(unknowns, position, strict=True)
    }
