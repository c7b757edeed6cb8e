"""The numbers that the reference paper prints, and what the cells take from them."""

from __future__ import annotations

from typing import Any

from aslb.parameters.materials.constants import CAO2021
from aslb.parameters.quantity import Quantity
from aslb.parameters.tables import quantity_of, read_yaml
from aslb.parameters.units import conversion

PACKAGE = "aslb.parameters.cells.cao2021"


def paper_numbers() -> dict[str, Any]:
    """Numbers as the paper prints them, with the places: ``printed.yaml``."""
    return read_yaml(PACKAGE, "printed.yaml")


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
    said = dict(read_yaml(PACKAGE, "quantities.yaml")[name])
    unit, value = said["unit"], None
    if "printed" in said:
        si = "" if unit == "1" else unit
        value = printed(*said["printed"], unit=said.get("printed_in", ""), si=si)
    if "where" in said:
        said["source"] = f"{CAO2021}, {said['where']}"
    return quantity_of(said, unit, value)


def rate(text: str) -> float:
    """C-rate as it is printed, as 'C/20' or '1C' [h-1]."""
    return 1 / float(text[2:]) if text.startswith("C/") else float(text[:-1])
