"""Sections of a cell from the tables of a TOML file, for those who write no Python."""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from aslb.errors import InputError, Mistakes
from aslb.parameters.composition import voids
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.sections import (
    SECTIONS,
    Cathode,
    Conditions,
    Foil,
    Interfaces,
    Separator,
)
from aslb.parameters.materials.active_material import ActiveMaterial
from aslb.parameters.materials.lithium_cobalt_oxide import (
    LCO,
    LCO_LOG_LINEAR,
    LCO_TWO_SIZES,
)
from aslb.parameters.materials.nickel_manganese_cobalt_oxides import (
    NMC83,
    NMC532,
    NMC811,
)
from aslb.parameters.materials.solid_electrolytes import (
    ELECTROLYTES,
    SolidElectrolyte,
)
from aslb.parameters.nearest import nearest
from aslb.parameters.quantity import Kind, Quantity
from aslb.parameters.units import conversion, symbol

ACTIVE_MATERIALS = {
    item.name: item
    for item in (LCO, LCO_LOG_LINEAR, LCO_TWO_SIZES, NMC811, NMC83, NMC532)
}
"""Active materials that a cell file may name."""

FOILS = ("In-Li", "Li")
CHOICES = {
    "separator": ("electrolyte",),
    "cathode": ("active_material", "catholyte"),
    "foil": ("material",),
}
"""Words of a section that are names instead of numbers."""


def compose(
    content: Mapping[str, Any], name: str, citations: tuple[str, ...] = ()
) -> Composition:
    """The cell that the sections of a file describe.

    The numbers of each have its `source`, and are measured unless its list `assumed`
    names them. Without citations as BibTeX, each source is one.
    """
    content = copy.deepcopy(dict(content))
    described = _table("electrolytes", content.get("electrolytes", {}))
    sections = {key: content.get(key) for key in SECTIONS if key != "electrolytes"}
    tables = {
        **{f"electrolytes.{key}": table for key, table in described.items()},
        **sections,
    }
    if isinstance(sections["cathode"], dict):
        sections["cathode"].setdefault("active_material", LCO.name)
    solid = [*ELECTROLYTES, *described]
    named: dict[str, Iterable[str]] = {
        "electrolyte": solid,
        "catholyte": solid,
        "active_material": ACTIVE_MATERIALS,
        "material": FOILS,
    }
    read = {}
    mistakes = Mistakes()
    for where, table in tables.items():
        with mistakes.kept():
            read[where] = _numbers(where, table)
        for word in CHOICES.get(where, ()) if isinstance(table, dict) else ():
            with mistakes.kept(f"{where}.{word}"):
                _check_choice(table.get(word), named[word])
    mistakes.tell()
    own = {
        key: SECTIONS["electrolytes"](**read[f"electrolytes.{key}"]).solid(key)
        for key in described
    }
    solids = {**ELECTROLYTES, **own}
    ratio = read["foil"].pop("lithium_to_indium", None)
    if tables["foil"]["material"] == "Li":
        ratio = None
    elif ratio is None:
        raise InputError("foil.lithium_to_indium is missing; accepted: 0 to 4")
    conditions = Conditions(**read["conditions"])
    if not conditions.lower_cutoff.number < conditions.upper_cutoff.number:
        raise InputError("conditions.lower_cutoff_V is not below upper_cutoff_V")
    sources = dict.fromkeys(table["source"] for table in tables.values())
    return Composition(
        _separator(solids[tables["separator"]["electrolyte"]], read["separator"]),
        _cathode(
            ACTIVE_MATERIALS[tables["cathode"]["active_material"]],
            solids[tables["cathode"]["catholyte"]],
            read["cathode"],
        ),
        Foil(lithium_to_indium=ratio, **read["foil"]),
        Interfaces(**read["interfaces"]),
        conditions,
        name,
        citations or tuple(_note(name, source) for source in sources),
    )


def _check_choice(said: Any, accepted: Iterable[str]) -> None:
    if not isinstance(said, str) or said not in accepted:
        wrong = "missing" if said is None else repr(said)
        raise InputError(f"{wrong}; accepted: {', '.join(accepted)}")


def _separator(
    electrolyte: SolidElectrolyte, numbers: Mapping[str, Quantity]
) -> Separator:
    fraction = numbers["electrolyte_mass_fraction"]
    volume = voids.electrolyte_volume(fraction, electrolyte.density)
    return Separator(electrolyte, **voids.completed(numbers, volume))


def _cathode(
    active: ActiveMaterial, catholyte: SolidElectrolyte, numbers: Mapping[str, Quantity]
) -> Cathode:
    volume = voids.composite_volume(
        numbers["active_mass_fraction"], active.density, catholyte.density
    )
    return Cathode(active, catholyte, **voids.completed(numbers, volume))


def _numbers(where: str, table: Any) -> dict[str, Quantity]:
    """Quantities of a section by field; what is optional may be absent."""
    if table is None:
        raise InputError(f"{where}: missing")
    section = where.partition(".")[0]
    known = {
        field.metadata["word"]: field
        for field in fields(SECTIONS[section])
        if field.metadata
    }
    following: set[str] = set()
    if issubclass(SECTIONS[section], Separator | Cathode):
        known[voids.WORD] = voids.FIELD
        following = voids.left_out(where, _table(where, table))
    mistakes = Mistakes()
    misspelt = _unknown_keys(where, _table(where, table), known)
    mistakes.lines += misspelt
    with mistakes.kept():
        source, assumed = _origin(where, table, known)
    found = {}
    for word, field in known.items():
        if word in table:
            with mistakes.kept():
                value, lower, upper = _triple(f"{where}.{word}", table[word], field)
            if mistakes.lines:
                continue
            kind: Kind = "assumed" if word in assumed else "measured"
            unit = field.metadata["si"] or "1"
            found[field.name] = Quantity(value, unit, kind, source, lower, upper)
        # a misspelt word explains what is missing
        elif field.default is MISSING and word not in following and not misspelt:
            accepted = _range(field, "; accepted: {}")
            mistakes.lines.append(f"{where}.{word}: missing{accepted}")
    mistakes.tell()
    return found


def _unknown_keys(
    where: str, table: Mapping[str, Any], known: Mapping[str, Field]
) -> list[str]:
    """A line for each key of a section that is no word of it."""
    names = ("source", "assumed", *CHOICES.get(where.partition(".")[0], ()))
    listed = [f"{word}{_range(field, '({})')}" for word, field in known.items()]
    accepted = ", ".join([*names, *listed])
    return [
        f"{where}.{key}: unknown; {nearest(key, known, 0.7)}accepted: {accepted}"
        for key in table
        if key not in names and key not in known
    ]


def _origin(
    where: str, table: Mapping[str, Any], known: Mapping[str, Field]
) -> tuple[str, list[str]]:
    """Where the numbers of a section are from, and which of them are assumed."""
    source, assumed = table.get("source"), table.get("assumed", [])
    if not isinstance(source, str) or not source.strip():
        raise InputError(f"{where}.source: missing; accepted: where the numbers are of")
    if not isinstance(assumed, list) or not set(map(str, assumed)) <= set(known):
        raise InputError(
            f"{where}.assumed: {assumed!r}; accepted: a list of {', '.join(known)}"
        )
    return source, assumed


def _triple(where: str, said: Any, field: Field) -> list[float]:
    """Value, lower and upper bound in SI units."""
    numbers = said if isinstance(said, list) and len(said) == 3 else [said] * 3
    accepted = _range(field, "; accepted: {}")
    if any(isinstance(x, bool) or not isinstance(x, int | float) for x in numbers):
        raise InputError(
            f"{where}: {said!r} is not a number, nor [value, lower, upper]{accepted}"
        )
    for number in numbers:
        if not field.metadata["low"] <= number <= field.metadata["high"]:
            raise InputError(f"{where}: {number:g} is out of range{accepted}")
    value, lower, upper = numbers
    if not lower <= value <= upper:
        raise InputError(f"{where}: {value:g} is outside its own range{accepted}")
    factor, zero = conversion(field.metadata["unit"], field.metadata["si"])
    return [number * factor + zero for number in numbers]


def _range(field: Field, form: str) -> str:
    accepted = "{low:g} to {high:g}".format(**field.metadata)
    text = form.format(f"{accepted} {symbol(field.metadata['unit'])}".rstrip())
    return f" {text}" if text.startswith("(") else text


def _table(where: str, table: Any) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise InputError(f"{where}: {table!r}; accepted: a table")
    return table


def _note(name: str, source: str) -> str:
    """Where numbers of a file are from, as BibTeX."""
    title, cell = (re.sub(r"[{}\\]", "", text) for text in (source, name))
    doi = re.search(r"10\.\d{4,}/[^\s,;()]+", title)
    # PyBaMM warns of two texts under one key: no two cells share a key
    key = hashlib.sha256(f"{name} {source}".encode()).hexdigest()[:12]
    return (
        f"@misc{{cell{key},\n"
        f"  title = {{{title}}},\n  author = {{{{Source of the cell {cell}}}}}"
        + (f",\n  doi = {{{doi[0]}}}" if doi else "")
        + "\n}"
    )
