"""The numbers that the reference paper prints."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from aslb.parameters.materials.constants import CAO2021
from aslb.parameters.quantity import Kind, Quantity
from aslb.parameters.units import conversion


@cache
def paper_numbers() -> dict[str, Any]:
    """Contents of ``parameters/cells/cao2021/printed.yaml``.

    Returns
    -------
    dict
        Numbers as printed in Cao et al., Adv. Mater. 2021, 2105505
        (doi:10.1002/adma.202105505), with the places where they are printed.
    """
    text = (files("aslb.parameters.cells.cao2021") / "printed.yaml").read_text("utf-8")
    return yaml.safe_load(text)


def printed(*keys: str | int, unit: str = "", si: str = "") -> float:
    """A number of the paper in SI units.

    Parameters
    ----------
    *keys : str or int
        Where it stands in ``printed.yaml``.
    unit : str, optional
        Unit in which it is printed.
    si : str, optional
        Unit to give it in.
    """
    number: Any = paper_numbers()
    for key in keys:
        number = number[key]
    factor, zero = conversion(unit, si)
    return float(f"{number * factor + zero:.15g}")  # 47 um is 47e-6, to the last digit


def quantity(
    *keys: str | int,
    unit: str = "",
    si: str = "",
    where: str = "experimental",
    bounds: tuple[float, float] = (math.nan, math.nan),
    kind: Kind = "measured",
) -> Quantity:
    """A number of the paper as a quantity.

    Parameters
    ----------
    *keys, unit, si
        As for `printed`.
    where : str, optional
        Place in the paper.
    bounds : tuple of float, optional
        Lower and upper bound, which are judged, in SI units.
    kind : str, optional
        Class of the quantity.
    """
    value = printed(*keys, unit=unit, si=si)
    return Quantity(value, si or "1", kind, f"{CAO2021}, {where}", bounds[0], bounds[1])


def rate(text: str) -> float:
    """C-rate as it is printed, as 'C/20' or '1C' [h-1]."""
    return 1 / float(text[2:]) if text.startswith("C/") else float(text[:-1])
