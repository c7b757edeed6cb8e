"""The numbers that the reference paper prints, and what the cells take from them."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from aslb.parameters.materials.constants import CAO2021
from aslb.parameters.quantity import Quantity
from aslb.parameters.units import conversion


@cache
def paper_numbers() -> dict[str, Any]:
    """Numbers as the paper prints them, with the places: ``printed.yaml``."""
    return _read("printed.yaml")


@cache
def _judged() -> dict[str, Any]:
    return _read("quantities.yaml")


def _read(name: str) -> dict[str, Any]:
    text = (files("aslb.parameters.cells.cao2021") / name).read_text("utf-8")
    return yaml.safe_load(text)


def printed(*keys: str | int, unit: str = "", si: str = "") -> float:
    """A number of the paper in SI units.

    Parameters
    ----------
    *keys : str or int
        Where it stands in ``printed.yaml``.
    unit, si : str, optional
        Unit in which it is printed, and unit to give it in.
    """
    number: Any = paper_numbers()
    for key in keys:
        number = number[key]
    factor, zero = conversion(unit, si)
    return float(f"{number * factor + zero:.15g}")  # 47 um is 47e-6, to the last digit


def quantity(name: str) -> Quantity:
    """A quantity of ``quantities.yaml``, printed in the paper or assumed."""
    said = _judged()[name]
    unit = said["unit"]
    if "printed" in said:
        printed_in = said.get("printed_in", "")
        value = printed(
            *said["printed"], unit=printed_in, si="" if unit == "1" else unit
        )
    else:
        value = said["value"]
    source = said["source"] if "source" in said else f"{CAO2021}, {said['where']}"
    lower, upper = said.get("range", (math.nan, math.nan))
    return Quantity(value, unit, said["class"], source, lower, upper)


def rate(text: str) -> float:
    """C-rate as it is printed, as 'C/20' or '1C' [h-1]."""
    return 1 / float(text[2:]) if text.startswith("C/") else float(text[:-1])
