"""Quantities from tables of data, a line or two each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from aslb.parameters.quantity import Quantity
from aslb.parameters.units import split_unit


@cache
def read_yaml(package: str, name: str) -> dict[str, Any]:
    """Contents of a file of a package."""
    return yaml.safe_load((files(package) / name).read_text("utf-8"))


def quantity_of(said: Mapping[str, Any], unit: str, value: Any = None) -> Quantity:
    """The quantity that a line describes: `value`, `class`, `source` and `range`."""
    lower, upper = said.get("range", (math.nan, math.nan))
    value = said["value"] if value is None else value
    return Quantity(value, unit or "1", said["class"], said["source"], lower, upper)


def literature(material: str) -> dict[str, Quantity]:
    """What ``materials/data/literature.yaml`` says of a material, by name.

    Units are those between the brackets of the names.
    """
    lines = read_yaml("aslb.parameters.materials", "data/literature.yaml")[material]
    return {
        name: quantity_of(said, split_unit(name)[1]) for name, said in lines.items()
    }
