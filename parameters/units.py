"""The one table of units: what may be written for what PyBaMM calls by its own unit."""

from __future__ import annotations

import re
from functools import cache

import pint

SPELLINGS: dict[str, tuple[str, ...]] = {
    "": ("%",),
    "m": ("cm", "mm", "um", "nm"),
    "m2": ("cm2",),
    "S.m-1": ("S.cm-1", "mS.cm-1"),
    "Ohm.m2": ("Ohm.cm2",),
    "m2.s-1": ("cm2.s-1",),
    "A.m-2": ("mA.cm-2",),
    "A.kg-1": ("mA.g-1",),
    "A.h.m-2": ("mA.h.cm-2", "mAh.cm-2", "mA.h.m-2", "mAh.m-2"),
    "kg.m-2": ("mg.cm-2",),
    "kg.m-3": ("g.cm-3",),
    "kg.mol-1": ("g.mol-1",),
    "J.mol-1": ("kJ.mol-1", "eV"),
    "A.h": ("mA.h", "mAh"),
    "K": ("C",),
}
"""Units that may stand for PyBaMM's, by PyBaMM's."""

WORDS = {
    "um": "um",
    "mg_cm2": "mg.cm-2",
    "g_cm3": "g.cm-3",
    "g_mol": "g.mol-1",
    "percent": "%",
    "A_m2": "A.m-2",
    "m2_s": "m2.s-1",
    "mA_g": "mA.g-1",
    "mAh_m2": "mAh.m-2",
    "mS_cm": "mS.cm-1",
    "ohm_cm2": "Ohm.cm2",
    "cm2": "cm2",
    "eV": "eV",
    "V": "V",
    "C": "C",
}
"""Units as they end the words of a cell file."""

PINT = {"": "", "1": "", "%": "percent", "C": "degC", "eV": "eV/particle"}
SYMBOLS = {
    "": "",
    "%": "%",
    "Ohm.m2": "Ω m²",
    "Ohm.cm2": "Ω cm²",
    "eV": "eV",
    "h": "h",
    "h-1": "1/h",
    "A.h": "Ah",
    "A.h.m-2": "Ah/m²",
    **dict.fromkeys(("mAh", "mA.h"), "mAh"),
    **dict.fromkeys(("mAh.cm-2", "mA.h.cm-2"), "mAh/cm²"),
    **dict.fromkeys(("mAh.m-2", "mA.h.m-2"), "mAh/m²"),
}
"""How people write units, where pint sorts their factors by letter."""


@cache
def _registry() -> pint.UnitRegistry:
    return pint.UnitRegistry()


def parse(unit: str) -> pint.Unit:
    """A unit as PyBaMM or a study writes it, as "S.m-1", as pint has it."""
    factors = [
        re.sub(r"(?<=[A-Za-z])(-?\d+)$", r"**\1", factor) for factor in unit.split(".")
    ]
    text = "*".join(factors).replace("Ohm", "ohm").replace("mAh", "mA*h")
    return _registry().Unit(PINT.get(unit, text))


def without_slash(unit: str) -> str:
    """A unit, or a name with one, as powers and no fraction: "mS/cm" is "mS.cm-1"."""
    return re.sub(r"/([A-Za-z]+)(\d?)", lambda of: f".{of[1]}-{of[2] or 1}", unit)


@cache
def conversion(unit: str, si: str) -> tuple[float, float]:
    """What one of a unit, and nothing of it, is in PyBaMM's unit.

    A value times the first plus the second is in PyBaMM's unit.
    """
    if unit == si:
        return 1.0, 0.0
    zero, one = (
        _registry().Quantity(value, parse(unit)).to(parse(si)).magnitude
        for value in (0.0, 1.0)
    )
    # pint multiplies powers of ten: the last digit is its rounding
    return float(f"{one - zero:.15g}"), float(zero)


def si_unit(unit: str) -> str:
    """PyBaMM's unit that a unit of `SPELLINGS` stands for; else the unit itself."""
    return next((si for si, others in SPELLINGS.items() if unit in others), unit)


def symbol(unit: str) -> str:
    """A unit as people write it, as 'mg/cm²'; nothing if there is none."""
    return SYMBOLS[unit] if unit in SYMBOLS else f"{parse(unit):~P}"


def split_word(word: str) -> tuple[str, str]:
    """A word of a cell file without its unit, and the unit, or nothing."""
    endings = [ending for ending in WORDS if word.endswith(f"_{ending}")]
    # of 'mg_cm2' and 'cm2' the longer one
    ending = max(endings, key=len, default="")
    return (word.removesuffix(f"_{ending}"), WORDS[ending]) if ending else (word, "")


def split_unit(name: str) -> tuple[str, str]:
    """A name without its unit, and the unit between its brackets, or nothing."""
    match = re.fullmatch(r"(.*?)\s*(?:\[([^\[\]]*)\])?", name, re.DOTALL)
    assert match is not None  # every part of the pattern may be empty
    return match[1], match[2] or ""
