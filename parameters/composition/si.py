"""Quantities that are given in Python, in the units that everything is computed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from aslb.errors import InputError
from aslb.parameters.composition.composition import Composition
from aslb.parameters.materials.solid_electrolytes import SolidElectrolyte
from aslb.parameters.nearest import nearest
from aslb.parameters.quantity import Quantities, Quantity
from aslb.parameters.units import SPELLINGS, conversion, split_unit

SECTIONS = ("separator", "cathode", "foil", "interfaces", "conditions")
SOLID = {
    "density": "kg.m-3",
    "conductivity": "S.m-1",
    "activation_energy": "J.mol-1",
    "lithium_concentration": "mol.m-3",
}
"""Units of a solid electrolyte."""


def in_si(what: str, item: Quantity, unit: str) -> Quantity:
    """A quantity in the unit that is counted in.

    Parameters
    ----------
    what : str
        What it is, for the message.
    item : Quantity
        In that unit, or in one that may stand for it.
    unit : str
        Of `aslb.parameters.units.SPELLINGS`, as PyBaMM writes it; "1" if there is none.

    Returns
    -------
    Quantity
        The same, with its range.

    Raises
    ------
    InputError
        If its unit is another one.
    """
    if item.unit == unit:
        return item
    others = SPELLINGS.get(unit.removeprefix("1"), ())
    if item.unit not in others or not isinstance(item.value, int | float):
        accepted = ", ".join([unit, *others])
        raise InputError(f"{what}: unit '{item.unit}'; accepted: {accepted}")
    if item.formula is not None:  # it is computed again in bands, in its own unit
        raise InputError(
            f"{what}: derived in '{item.unit}'; accepted: derived in {unit}"
        )
    factor, zero = conversion(item.unit, unit.removeprefix("1"))
    value, lower, upper = (
        number * factor + zero for number in (item.value, item.lower, item.upper)
    )
    return replace(item, value=value, lower=lower, upper=upper, unit=unit)


def replacing_in_si(replaced: Quantities, known: Iterable[str]) -> Quantities:
    """Quantities by PyBaMM name, each in the unit between the brackets of its name.

    Raises
    ------
    InputError
        If a name is not among those that are known, or has another unit.
    """
    known = [*known]
    if not isinstance(replaced, Mapping):
        raise InputError(
            f"values: {replaced!r}; accepted: a mapping of PyBaMM names to Quantity"
        )
    for name, item in replaced.items():
        if name not in known:
            raise InputError(
                f"no quantity '{name}'; {nearest(name, known)}accepted: names that "
                "aslb cells lists"
            )
        if not isinstance(item, Quantity):
            raise InputError(
                f"'{name}': {item!r}; accepted: a Quantity, or a number with vary"
            )
    return {
        name: in_si(f"'{name}'", item, unit_of(name)) for name, item in replaced.items()
    }


def unit_of(pybamm_name: str) -> str:
    """The unit between the brackets of a name; "1" if there is none."""
    return split_unit(pybamm_name)[1] or "1"


def composition_in_si(made: Composition) -> Composition:
    """A composition whose sections count in SI units.

    Raises
    ------
    InputError
        If a quantity of a section or of a material has a unit that it cannot have.
    """
    changed = {name: _section(name, getattr(made, name)) for name in SECTIONS}
    material = made.cathode.active_material
    _check("cathode.active_material.density", material.density, "kg.m-3")
    for name, item in material.parameters.items():
        _check(f"cathode.active_material: '{name}'", item, unit_of(name))
    _solid("separator.electrolyte", made.separator.electrolyte)
    _solid("cathode.catholyte", made.cathode.catholyte)
    return replace(made, **changed)


def _section(name: str, section: Any) -> Any:
    found: Mapping[str, Quantity] = {
        field.name: in_si(
            f"{name}.{field.name}",
            getattr(section, field.name),
            field.metadata["si"] or "1",
        )
        for field in fields(section)
        if field.metadata and isinstance(getattr(section, field.name), Quantity)
    }
    return replace(section, **found)


def _solid(where: str, solid: SolidElectrolyte) -> None:
    for name, unit in SOLID.items():
        _check(f"{where}.{name}", getattr(solid, name), unit)


def _check(what: str, item: Quantity, unit: str) -> None:
    if item.unit != unit:
        raise InputError(f"{what}: unit '{item.unit}'; accepted: {unit}")
