"""What a cell file may say, as a JSON schema that editors complete by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from pydantic import TypeAdapter

from aslb.parameters.composition import voids
from aslb.parameters.composition.cell_file import ACTIVE_MATERIALS, CHOICES, FOILS
from aslb.parameters.composition.document import FitTable, ParameterTable
from aslb.parameters.composition.measured import Measured
from aslb.parameters.composition.sections import SECTIONS
from aslb.parameters.materials.solid_electrolytes import ELECTROLYTES
from aslb.parameters.units import symbol

DRAFT = "http://json-schema.org/draft-07/schema#"
"""What editors of TOML read."""


def cell_schema() -> dict[str, Any]:
    """Schema of cell files: sections or a base, and layers on top.

    Returns
    -------
    dict
        JSON schema; ranges and units are those that a file is checked against.
    """
    sections = {name: _section(name) for name in SECTIONS}
    own = {"type": "object", "additionalProperties": sections["electrolytes"]}
    quantity: dict[str, Any] = TypeAdapter(ParameterTable).json_schema()
    quantity["properties"]["class"] = quantity["properties"].pop("class_")
    quantity["required"] = ["value", "class", "source"]
    # written by `aslb calibrate` and `Cell.save`, rather than by hand
    saved = {"fit": FitTable, "measured": Measured}
    layers = {
        "vary": {"type": "object", "additionalProperties": {"type": "number"}},
        "parameters": {"type": "object", "additionalProperties": quantity},
        **{
            name: {
                "type": "object",
                "properties": {field.name: {} for field in fields(kind)},
                "additionalProperties": False,
            }
            for name, kind in saved.items()
        },
    }
    return {
        "$schema": DRAFT,
        "title": "Cell file of aslb",
        "type": "object",
        "properties": {
            "base": {
                "description": "Another cell: its name, or tables like these",
                "type": ["string", "object"],
            },
            **sections,
            "electrolytes": own,
            **layers,
        },
        "additionalProperties": False,
    }


def _section(name: str) -> dict[str, Any]:
    """A section: what its numbers are, and which it cannot go without."""
    known = [field for field in fields(SECTIONS[name]) if field.metadata]
    numbers = {field.metadata["word"]: _number(field.metadata) for field in known}
    needed = [f.metadata["word"] for f in known if f.default is MISSING]
    if name in ("separator", "cathode"):  # two of the three
        numbers[voids.WORD] = _number(voids.FIELD.metadata)
        needed = [word for word in needed if word not in voids.FOLLOWING]
    accepted: dict[str, list[str]] = {
        "active_material": [*ACTIVE_MATERIALS],
        "material": [*FOILS],
    }
    choices = {
        word: {"type": "string", "enum": accepted[word]}
        if word in accepted
        else {"type": "string", "examples": [*ELECTROLYTES]}  # or one's own
        for word in CHOICES.get(name, ())
    }
    return {
        "type": "object",
        "properties": {
            "source": {"description": "Where the numbers are of", "type": "string"},
            "assumed": {
                "description": "Words of numbers that were not measured",
                "type": "array",
                "items": {"enum": [*numbers]},
            },
            **choices,
            **numbers,
        },
        "required": ["source", *needed],
        "additionalProperties": False,
    }


def _number(about: Mapping[str, Any]) -> dict[str, Any]:
    """A number, or [value, lower, upper]."""
    number = {"type": "number", "minimum": about["low"], "maximum": about["high"]}
    unit = symbol(about["unit"])
    return {
        "description": f"{about['low']:g} to {about['high']:g} {unit}".rstrip(),
        "anyOf": [
            number,
            {"type": "array", "items": number, "minItems": 3, "maxItems": 3},
        ],
    }
