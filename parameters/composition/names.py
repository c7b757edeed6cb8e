"""Names of parameters as a study may write them, and what PyBaMM calls them."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from aslb.errors import InputError
from aslb.parameters.composition.composition import CURRENT
from aslb.parameters.composition.entries import ENTRIES, read
from aslb.parameters.composition.sections import SECTIONS
from aslb.parameters.given import is_number, real
from aslb.parameters.nearest import nearest
from aslb.parameters.quantity import Quantity, varied
from aslb.parameters.units import (
    SPELLINGS,
    conversion,
    split_unit,
    split_word,
    symbol,
    without_slash,
)

if TYPE_CHECKING:
    from aslb.parameters.composition.cell import Cell

PREFIXES = {
    "Separator electrolyte ": "separator.",
    "Separator ": "separator.",
    "Positive electrode ": "cathode.",
    "Positive particle ": "cathode.particle_",
    "Catholyte ": "catholyte.",
    "Negative electrode ": "foil.",
    "Positive current collector ": "cathode_collector.",
    "Negative current collector ": "foil_collector.",
}
"""Sections of dotted names; what fits none of them belongs to the conditions."""

EXCEPTIONS = {
    "Separator electrolyte conductivity activation energy": (
        "separator.activation_energy"
    ),
    "Catholyte conductivity activation energy": "catholyte.activation_energy",
    "Separator-catholyte junction resistance": "interfaces.junction",
    "Positive electrode interphase resistance": "interfaces.interphase",
    "Catholyte oxidation capacity": "interfaces.catholyte_oxidation",
    "Negative electrode interface resistance": "interfaces.foil",
    "Exchange-current density for lithium metal electrode": (
        "foil.exchange_current_density"
    ),
    "Lower voltage cut-off": "conditions.lower_cutoff",
    "Upper voltage cut-off": "conditions.upper_cutoff",
}
"""Dotted names that are the words of a cell file rather than PyBaMM's."""

SYNONYMS = {
    "membrane thickness": "separator.thickness",
    "membrane conductivity": "separator.conductivity",
    "areal capacity": "cathode.areal_capacity",
    "cathode.active_mass": "cathode.active_mass_fraction",
}
"""Other words for dotted names."""

LABELS = {
    "interfaces.junction": "Junction resistance",
    "interfaces.interphase": "Interphase resistance",
    "interfaces.foil": "Foil interface resistance",
    "interfaces.catholyte_oxidation": "Catholyte oxidation",
    "cathode.areal_capacity": "Areal capacity",
    "cathode.reference_exchange_current_density": "Exchange-current density",
    "cathode.bruggeman_coefficient_electrolyte": "Bruggeman exponent, electrolyte",
    "cathode.bruggeman_coefficient_electrode": "Bruggeman exponent, electrode",
    "cathode.particle_lithiated_diffusivity": "Diffusivity, lithiated",
    "cathode.particle_delithiated_diffusivity": "Diffusivity, delithiated",
    "cathode.particle_diffusivity_transition": "Diffusivity transition",
    "foil.exchange_current_density": "Foil exchange-current density",
    "foil.lithium_to_indium": "Lithium-to-indium ratio",
    "conditions.one_C": "Current of 1C",
    "c_rate": "C-rate",
    "hold_h": "Hold [h]",
}
"""What figures call dotted names where their own words are not enough."""

FRACTIONS = (" fraction", " porosity", " stoichiometry as assembled")
"""How PyBaMM's names of shares of a whole end."""


@dataclass(frozen=True)
class ParameterName:
    """A parameter under the name and in the unit of a study.

    Parameters
    ----------
    name : str
        As the study writes it, with a unit that is no fraction.
    pybamm_name : str
        As `pybamm.ParameterValues` has it; of an entry, the one that it settles.
    unit : str
        Unit of the study's values; "1" if there is none.
    factor, zero : float
        What one such unit, and nothing of it, is in PyBaMM's.
    entry : str, optional
        Key of `aslb.parameters.composition.entries.ENTRIES`, if others follow.
    """

    name: str
    pybamm_name: str
    unit: str
    factor: float
    zero: float = 0.0
    entry: str = ""

    def si(self, value: Any) -> Any:
        """A value, or an array of them, in the unit of PyBaMM."""
        return value * self.factor + self.zero


def resolve(
    name: str, known: Iterable[str], entries: Collection[str] = tuple(ENTRIES)
) -> ParameterName:
    """What PyBaMM calls a parameter, and how its values convert.

    Parameters
    ----------
    name : str
        PyBaMM's name, a dotted name, or one of `SYNONYMS`, with a unit, as
        ``membrane thickness [um]``; or the words of a cell file, as
        ``separator.thickness_um``.
    known, entries : collection of str
        Names in the parameter set, and keys of `ENTRIES`, that the cell has.

    Raises
    ------
    InputError
        If there is no such parameter, or not in that unit.
    """
    known = list(known)
    base, unit = split_name(name)
    if base in entries and ENTRIES[base].parameter in known:
        entry = ENTRIES[base]
        return _in_unit(name, entry.parameter, entry.unit, unit, base)
    for candidate in known:
        candidate_base, si_unit = split_unit(candidate)
        word = dotted(candidate)
        # the word of an entry that the cell has not would move less than it says
        alone = word not in ENTRIES or word == "separator.thickness"
        if base == candidate_base or (base == word and alone):
            return _in_unit(name, candidate, si_unit, unit)
    accepted = [*known, *map(dotted, known), *entries, *SYNONYMS]
    raise InputError(
        f"unknown parameter '{name}'; {nearest(base, accepted)}accepted: what aslb "
        "sweep --names lists"
    )


def settings(cell: Cell, entries: Mapping[str, float]) -> dict[ParameterName, Quantity]:
    """What a study sets in a cell, each value checked and knowing what it replaces."""
    if not isinstance(entries, Mapping):
        raise InputError(f"vary: {entries!r}; accepted: a mapping of names to numbers")
    found: dict[ParameterName, Quantity] = {}
    for written, value in entries.items():
        if not isinstance(written, str):
            raise InputError(f"vary: {written!r} is no name; accepted: names as text")
        name = cell.resolve(written)
        if name.pybamm_name in [other.pybamm_name for other in found]:
            raise InputError(f"vary: '{written}' varies twice, under two names")
        if name.pybamm_name not in cell.numbers:
            raise InputError(
                f"vary: '{written}' is no plain number in this cell; accepted: "
                "parameters that are"
            )
        check(name, value)
        composition, was = cell.state.composition, None
        if composition is not None and name.entry:
            was = read(composition, name.entry)
        elif composition is not None:
            was = cell.quantities[name.pybamm_name]
        found[name] = varied(was, float(name.si(real(value))))
    return found


RANGES = {
    "m": (0.0, 1.0),
    "m2": (0.0, 1e4),
    "K": (0.0, 1000.0),
    "h-1": (1e-3, 1e3),
    "h": (0.0, 1000.0),
}
"""Where values lie, by their SI unit: what is beyond is a slip, and not a design."""


def check(name: ParameterName, value: Any) -> None:
    """Refuse a value that no material has: only a potential may be negative."""
    if not is_number(value) or not math.isfinite(value):
        raise InputError(f"{name.name}: {value!r}; accepted: a number")
    si = name.si(value)
    strict = (
        name.entry.startswith(("cathode.", "conditions.", "separator."))
        or name.pybamm_name.endswith(("[m]", "[S.m-1]", "[K]", " ratio"))
        or name.unit in ("h-1", "h")  # of a protocol
    )
    signed = name.pybamm_name.endswith("[V]") or name.pybamm_name == CURRENT
    if (si <= 0 if strict else si < 0) and not signed:
        least = f"above {-name.zero:g}" if name.zero else "a positive number"
        raise InputError(
            f"{name.name}: {value:g}; accepted: {least}{'' if strict else ' or 0'}"
        )
    unit = ENTRIES[name.entry].unit if name.entry else split_unit(name.pybamm_name)[1]
    low, high = RANGES.get(unit or name.unit, (-math.inf, math.inf))
    if not low <= si <= high:
        ends = ((end - name.zero) / name.factor for end in (low, high))
        accepted = " to ".join(f"{end:g}" for end in ends)
        raise InputError(f"{name.name}: {value:g}; accepted: {accepted}")
    if name.pybamm_name.endswith(FRACTIONS):
        mixture = name.entry == "cathode.active_mass_fraction"  # of two solids
        if si >= 1 if mixture else si > 1:
            raise InputError(
                f"{name.name}: {value:g}; accepted: "
                f"{'less than' if mixture else 'at most'} {1 / name.factor:g}"
            )


def dotted(pybamm_name: str) -> str:
    """Dotted name of a parameter, without its unit, as 'catholyte.conductivity'."""
    base, _ = split_unit(pybamm_name)
    if base in EXCEPTIONS:
        return EXCEPTIONS[base]
    for prefix, section in PREFIXES.items():
        if base.startswith(prefix):
            return section + _slug(base.removeprefix(prefix))
    return "conditions." + _slug(base)


def label(name: str) -> str:
    """What figures call a parameter: 'Areal capacity [mAh/cm²]'.

    Parameters
    ----------
    name : str
        PyBaMM's name, or one that a study may vary, with its unit or without.

    Returns
    -------
    str
        Words, and the unit in brackets if there is one.
    """
    base, unit = split_name(name)
    known = base if "." in base or base in LABELS else dotted(base)
    section, _, word = known.rpartition(".")
    words = word.replace("_", " ")
    # what is the particle's or the cell's needs no section to be understood
    if section not in ("conditions", "") and not word.startswith("particle_"):
        words = f"{section.replace('_', ' ')} {words}"
    words = LABELS.get(known, words[:1].upper() + words[1:])
    return f"{words} [{symbol(unit)}]" if unit else words


def split_name(name: str) -> tuple[str, str]:
    """A name of a study in dotted words and without its unit, and the unit."""
    base, unit = split_unit(_file_words().get(name, name))
    return SYNONYMS.get(base, base), unit


def _in_unit(
    name: str, pybamm_name: str, si_unit: str, unit: str, entry: str = ""
) -> ParameterName:
    known = (si_unit, *SPELLINGS.get(si_unit, ()))
    if without_slash(unit) not in known:
        accepted = ", ".join(f"[{item}]" if item else "no unit" for item in known)
        raise InputError(
            f"parameter '{name}': unit '{unit}' is not one of it; accepted: {accepted}"
        )
    # a slash may be in no name of a netCDF file
    name, unit = without_slash(name), without_slash(unit)
    factor, zero = conversion(unit, si_unit)
    return ParameterName(name, pybamm_name, unit or "1", factor, zero, entry)


def _slug(words: str) -> str:
    return re.sub(r"\W+", "_", words.lower()).strip("_")


@cache
def _file_words() -> dict[str, str]:
    """Names with a unit in brackets by the words that a cell file has for them."""
    words = {}
    for section, model in SECTIONS.items():
        for field in fields(model):
            base, unit = split_word(field.metadata.get("word", ""))
            if unit:
                word = field.metadata["word"]
                words[f"{section}.{word}"] = f"{section}.{base} [{unit}]"
    return words
