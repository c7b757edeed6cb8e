"""Names of parameters as a study may write them, and what PyBaMM calls them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from aslb.errors import InputError
from aslb.parameters.composition.cell_file import SECTIONS
from aslb.parameters.composition.entries import ENTRIES

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

UNITS = {
    "": {"%": 1e-2},
    "m": {"cm": 1e-2, "mm": 1e-3, "um": 1e-6, "nm": 1e-9},
    "m2": {"cm2": 1e-4},
    "S.m-1": {"S.cm-1": 1e2, "mS.cm-1": 1e-1},
    "Ohm.m2": {"Ohm.cm2": 1e-4},
    "m2.s-1": {"cm2.s-1": 1e-4},
    "A.m-2": {"mA.cm-2": 10.0},
    "A.kg-1": {"mA.g-1": 1.0},
    "A.h.m-2": {"mA.h.cm-2": 10.0, "mAh.cm-2": 10.0},
    "kg.m-2": {"mg.cm-2": 1e-2},
    "kg.m-3": {"g.cm-3": 1e3},
    "J.mol-1": {"kJ.mol-1": 1e3, "eV": 96485.33212},
    "A.h": {"mA.h": 1e-3, "mAh": 1e-3},
    "K": {"C": 1.0},
}
"""Units that may stand for PyBaMM's, and what one of them is in PyBaMM's."""

ZEROS = {("K", "C"): 273.15}
"""What nothing of a unit is in PyBaMM's, where that is something."""

FILE_UNITS = {
    "um": "um",
    "mg_cm2": "mg.cm-2",
    "percent": "%",
    "A_m2": "A.m-2",
    "mA_g": "mA.g-1",
    "ohm_cm2": "Ohm.cm2",
    "cm2": "cm2",
    "V": "V",
    "C": "C",
}
"""Units as they end the words of a cell file."""


@dataclass(frozen=True)
class ParameterName:
    """A parameter under the name and in the unit of a study.

    Parameters
    ----------
    name : str
        As the study writes it.
    pybamm_name : str
        As `pybamm.ParameterValues` has it; of an entry, the one that it settles.
    unit : str
        Unit of the study's values; "1" if there is none.
    factor : float
        What one such unit is in PyBaMM's.
    zero : float, optional
        What nothing of it is in PyBaMM's unit.
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


def resolve(name: str, known: Iterable[str]) -> ParameterName:
    """What PyBaMM calls a parameter, and how its values convert.

    Parameters
    ----------
    name : str
        PyBaMM's name, a dotted name, or one of `SYNONYMS`, with a unit, as
        ``membrane thickness [um]``; or the words of a cell file, as
        ``separator.thickness_um``.
    known : iterable of str
        Names in the parameter set.

    Returns
    -------
    ParameterName
        The name and the conversion.

    Raises
    ------
    InputError
        If there is no such parameter, or not in that unit.
    """
    known = list(known)
    base, unit = split_name(name)
    if base in ENTRIES and ENTRIES[base].parameter in known:
        entry = ENTRIES[base]
        return _in_unit(name, entry.parameter, entry.unit, unit, base)
    for candidate in known:
        candidate_base, si_unit = split_unit(candidate)
        if base in (candidate_base, dotted(candidate)):
            return _in_unit(name, candidate, si_unit, unit)
    accepted = [*known, *map(dotted, known), *ENTRIES, *SYNONYMS]
    near = difflib.get_close_matches(base, dict.fromkeys(accepted), n=3, cutoff=0.5)
    nearest = " or ".join(f"'{item}'" for item in near)
    hint = f"the nearest: {nearest}; " if near else ""
    raise InputError(
        f"unknown parameter '{name}'; {hint}accepted: what aslb sweep --names lists"
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


def split_name(name: str) -> tuple[str, str]:
    """A name of a study in dotted words and without its unit, and the unit."""
    base, unit = split_unit(_file_words().get(name, name))
    return SYNONYMS.get(base, base), unit


def split_unit(name: str) -> tuple[str, str]:
    """A name without its unit, and the unit between its brackets, or nothing."""
    match = re.fullmatch(r"(.*?)\s*(?:\[([^\[\]]*)\])?", name, re.DOTALL)
    assert match is not None  # every part of the pattern may be empty
    return match[1], match[2] or ""


def _in_unit(
    name: str, pybamm_name: str, si_unit: str, unit: str, entry: str = ""
) -> ParameterName:
    factors = {si_unit: 1.0, **UNITS.get(si_unit, {})}
    if unit not in factors:
        accepted = ", ".join(f"[{item}]" if item else "no unit" for item in factors)
        raise InputError(
            f"parameter '{name}': unit '{unit}' is not one of it; accepted: {accepted}"
        )
    zero = ZEROS.get((si_unit, unit), 0.0)
    return ParameterName(name, pybamm_name, unit or "1", factors[unit], zero, entry)


def _slug(words: str) -> str:
    return re.sub(r"\W+", "_", words.lower()).strip("_")


@cache
def _file_words() -> dict[str, str]:
    """Names with a unit in brackets by the words that a cell file has for them."""
    words = {}
    for section, model in SECTIONS.items():
        for field in model.model_fields:
            endings = [end for end in FILE_UNITS if field.endswith(f"_{end}")]
            # of 'mg_cm2' and 'cm2' the longer one
            end = max(endings, key=len, default="")
            if model.bounds(field) and end:
                base = f"{section}.{field.removesuffix(f'_{end}')}"
                words[f"{section}.{field}"] = f"{base} [{FILE_UNITS[end]}]"
    return words
