"""Attributes of answers: what a netCDF file can hold, so that mappings are JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from aslb.parameters.composition.cell import Cell

MAPPINGS = ("cutoffs", "parameter_hash")
"""Attributes that are mappings as JSON."""


def as_text(mapping: Mapping[str, Any]) -> str:
    """A mapping as an attribute has it."""
    return json.dumps(dict(mapping))


def hash_of_each(cells: Iterable[Cell]) -> dict[str, str]:
    """Hashes of cells by what each was made of."""
    return {cell.source: cell.hash for cell in cells}


def hashes(cells: Iterable[Cell]) -> str:
    """The same as the attribute `parameter_hash`."""
    return as_text(hash_of_each(cells))


def mapping_of(attrs: Mapping[Any, Any], name: str) -> dict[str, Any]:
    """An attribute of `MAPPINGS`; empty if an answer has none."""
    return json.loads(attrs.get(name, "{}"))


def arguments_of(attrs: Mapping[Any, Any]) -> dict[str, Any]:
    """What made an answer, ready for JSON, also after it was read from a file."""
    found: dict[str, Any] = {}
    for name, value in attrs.items():
        if name in MAPPINGS:
            found[name] = mapping_of(attrs, name)
        elif isinstance(value, np.generic):  # as netCDF has numbers
            found[name] = value.item()
        elif isinstance(value, str | int | float):
            found[name] = value
    return found
