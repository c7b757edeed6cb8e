"""Cells from TOML files, for those who do not write Python."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from aslb.parameters.composition.conditions import conditions
from aslb.parameters.composition.layers import composite_cathode, separator
from aslb.parameters.materials import current_collectors, indium_lithium, lithium_metal
from aslb.parameters.materials import solid_electrolytes as electrolytes
from aslb.parameters.materials.constants import EV, molar_mass
from aslb.parameters.quantity import Quantity


class CellFileError(ValueError):
    """A cell file that does not describe a cell, said in one line."""


class Number(BaseModel):
    """A number and its range."""

    value: float
    lower: float
    upper: float


def _bounded(low: float, high: float, unit: str, about: str, **options: Any) -> Any:
    """A field that holds a number between two bounds."""
    return Field(
        description=about,
        json_schema_extra={"unit": unit, "low": low, "high": high},
        **options,
    )


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: str = Field(min_length=1, description="where the numbers come from")
    assumed: list[str] = Field(
        default=[], description="fields of this section that are assumed"
    )

    @classmethod
    def bounds(cls, name: str) -> dict[str, Any]:
        """Unit and bounds of a field; empty if it is no number."""
        about = cls.model_fields[name].json_schema_extra
        return about if isinstance(about, dict) else {}

    @field_validator("*", mode="before")
    @classmethod
    def _number_or_triple(cls, raw: Any, info: ValidationInfo) -> Any:
        if not cls.bounds(str(info.field_name)):
            return raw
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return {"value": raw, "lower": raw, "upper": raw}
        if isinstance(raw, list) and len(raw) == 3:
            return dict(zip(("value", "lower", "upper"), raw, strict=True))
        raise ValueError(f"{raw!r} is not a number, nor [value, lower, upper]")

    @field_validator("*", mode="after")
    @classmethod
    def _inside(cls, number: Any, info: ValidationInfo) -> Any:
        bounds = cls.bounds(str(info.field_name))
        if bounds and number is not None:
            for value in (number.lower, number.value, number.upper):
                if not bounds["low"] <= value <= bounds["high"]:
                    raise ValueError(f"{value:g} is out of range")
            if not number.lower <= number.value <= number.upper:
                raise ValueError(f"{number.value:g} is outside its own range")
        return number

    @model_validator(mode="after")
    def _assumed_are_fields(self) -> Self:
        for name in self.assumed:
            if name not in type(self).model_fields:
                raise ValueError(f"assumed: there is no field '{name}'")
        return self

    def quantity(self, name: str, si: float, unit: str) -> Quantity:
        """A field as a quantity in SI units."""
        number = getattr(self, name)
        return Quantity(
            number.value * si,
            unit,
            "assumed" if name in self.assumed else "measured",
            self.source,
            number.lower * si,
            number.upper * si,
        )


class Electrolyte(_Section):
    """A solid electrolyte of one's own."""

    density_g_cm3: Number = _bounded(0.5, 10, "g/cm³", "density of the solid")
    conductivity_mS_cm: Number = _bounded(1e-4, 100, "mS/cm", "when dense")
    activation_energy_eV: Number = _bounded(0, 2, "eV", "of conductivity times T")
    molar_mass_g_mol: Number = _bounded(10, 2000, "g/mol", "of the formula unit")
    lithium_per_formula: float = Field(gt=0)

    def solid(self, name: str) -> electrolytes.SolidElectrolyte:
        """The electrolyte, for `aslb.parameters.composition.layers`."""
        density = self.quantity("density_g_cm3", 1e3, "kg.m-3")
        return electrolytes.SolidElectrolyte(
            name,
            density=density,
            conductivity=self.quantity("conductivity_mS_cm", 0.1, "S.m-1"),
            activation_energy=self.quantity("activation_energy_eV", EV, "J.mol-1"),
            lithium_concentration=electrolytes.lithium_concentration(
                density,
                molar_mass(self.molar_mass_g_mol.value, name),
                self.lithium_per_formula,
            ),
        )


class Separator(_Section):
    """The layer between foil and cathode."""

    electrolyte: str
    thickness_um: Number = _bounded(0.1, 5000, "µm", "thickness")
    areal_mass_mg_cm2: Number = _bounded(1e-3, 2000, "mg/cm²", "mass per area")
    electrolyte_mass_percent: Number = _bounded(1, 100, "%", "the rest is binder")


class Cathode(_Section):
    """The composite of LCO and catholyte."""

    catholyte: str
    thickness_um: Number = _bounded(1, 1000, "µm", "thickness")
    areal_mass_mg_cm2: Number = _bounded(0.1, 1000, "mg/cm²", "of the composite")
    active_mass_percent: Number = _bounded(1, 99, "%", "mass fraction of LCO")
    active_fraction: Number = _bounded(0.01, 1, "", "of the LCO, reached by ions")


class Foil(_Section):
    """The negative electrode."""

    material: Literal["In-Li", "Li"]
    thickness_um: Number = _bounded(0.1, 5000, "µm", "thickness as assembled")
    lithium_to_indium: Number | None = _bounded(
        0, 4, "", "Li per In as assembled; In-Li only", default=None
    )
    exchange_current_density_A_m2: Number = _bounded(1e-3, 1e5, "A/m²", "of the foil")


class Interfaces(_Section):
    """Interface resistances, each per area of the interface itself."""

    foil_ohm_cm2: Number = _bounded(0, 1e5, "Ω cm²", "foil|separator")
    junction_ohm_cm2: Number = _bounded(0, 1e5, "Ω cm²", "separator|catholyte")
    interphase_ohm_cm2: Number = _bounded(0, 1e7, "Ω cm²", "per area of particle")


class Conditions(_Section):
    """How the cell is tested."""

    area_cm2: Number = _bounded(1e-4, 1e6, "cm²", "area of the cell")
    one_C_mA_g: Number = _bounded(1, 1000, "mA/g", "current of 1C per gram of LCO")
    lower_cutoff_V: Number = _bounded(-1, 6, "V", "against the foil")
    upper_cutoff_V: Number = _bounded(-1, 6, "V", "against the foil")
    temperature_C: Number = _bounded(-100, 300, "°C", "temperature of the cell")
    reference_temperature_C: Number = _bounded(-100, 300, "°C", "of the conductivities")


class CellFile(BaseModel):
    """A cell as a TOML file describes it."""

    model_config = ConfigDict(extra="forbid")

    electrolytes: dict[str, Electrolyte] = {}
    separator: Separator
    cathode: Cathode
    foil: Foil
    interfaces: Interfaces
    conditions: Conditions


KNOWN = {
    "Li6PS5Cl pellet": electrolytes.SULFIDE_PELLET,
    "Li6PS5Cl membrane": electrolytes.SULFIDE_MEMBRANE,
    "Li3InCl6": electrolytes.HALIDE,
}
"""Electrolytes that a cell file may name without describing them."""


def read_cell(path: Path) -> dict[str, Quantity]:
    """Quantities of the cell that a TOML file describes.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    dict of str to Quantity
        Quantities by PyBaMM name.

    Raises
    ------
    CellFileError
        If it does not describe a cell, naming field, unit and accepted range.
    """
    try:
        cell = CellFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CellFileError(f"cell file {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CellFileError(f"cell file {path}: not TOML: {error}") from None
    except ValidationError as error:
        raise CellFileError(f"cell file {path}: {_first(error)}") from None
    try:
        return _compose(cell)
    except ValueError as error:
        raise CellFileError(f"cell file {path}: {error}") from None


def _compose(cell: CellFile) -> dict[str, Quantity]:
    own = {name: item.solid(name) for name, item in cell.electrolytes.items()}
    solids = {**KNOWN, **own}
    for section, name in (
        ("separator.electrolyte", cell.separator.electrolyte),
        ("cathode.catholyte", cell.cathode.catholyte),
    ):
        if name not in solids:
            raise ValueError(f"{section}: '{name}'; accepted: {', '.join(solids)}")
    if not cell.conditions.lower_cutoff_V.value < cell.conditions.upper_cutoff_V.value:
        raise ValueError("conditions.lower_cutoff_V is not below upper_cutoff_V")

    foil_thickness = cell.foil.quantity("thickness_um", 1e-6, "m")
    if cell.foil.material == "Li":
        foil = lithium_metal.foil(foil_thickness)
        plateau = Quantity(0.0, "V", "setting", "lithium is its own reference")
    elif cell.foil.lithium_to_indium is None:
        raise ValueError("foil.lithium_to_indium is missing; accepted: 0 to 4")
    else:
        ratio = cell.foil.quantity("lithium_to_indium", 1, "1")
        foil, plateau = (
            indium_lithium.foil(foil_thickness, ratio),
            indium_lithium.PLATEAU,
        )
    layers = {
        **separator(
            solids[cell.separator.electrolyte],
            cell.separator.quantity("thickness_um", 1e-6, "m"),
            cell.separator.quantity("areal_mass_mg_cm2", 1e-2, "kg.m-2"),
            cell.separator.quantity("electrolyte_mass_percent", 1e-2, "1"),
        ),
        **composite_cathode(
            solids[cell.cathode.catholyte],
            cell.cathode.quantity("thickness_um", 1e-6, "m"),
            cell.cathode.quantity("areal_mass_mg_cm2", 1e-2, "kg.m-2"),
            cell.cathode.quantity("active_mass_percent", 1e-2, "1"),
            cell.cathode.quantity("active_fraction", 1, "1"),
        ),
        **foil,
        **current_collectors.foils(),
        "Exchange-current density for lithium metal electrode [A.m-2]": (
            cell.foil.quantity("exchange_current_density_A_m2", 1, "A.m-2")
        ),
        "Negative electrode interface resistance [Ohm.m2]": (
            cell.interfaces.quantity("foil_ohm_cm2", 1e-4, "Ohm.m2")
        ),
        "Separator-catholyte junction resistance [Ohm.m2]": (
            cell.interfaces.quantity("junction_ohm_cm2", 1e-4, "Ohm.m2")
        ),
        "Positive electrode interphase resistance [Ohm.m2]": (
            cell.interfaces.quantity("interphase_ohm_cm2", 1e-4, "Ohm.m2")
        ),
    }
    return {
        **layers,
        **conditions(
            layers,
            area=cell.conditions.quantity("area_cm2", 1e-4, "m2"),
            one_c=cell.conditions.quantity("one_C_mA_g", 1, "A.h.kg-1"),
            lower_cutoff=cell.conditions.quantity("lower_cutoff_V", 1, "V"),
            upper_cutoff=cell.conditions.quantity("upper_cutoff_V", 1, "V"),
            plateau=plateau,
            ambient=_kelvin(cell.conditions, "temperature_C"),
            reference=_kelvin(cell.conditions, "reference_temperature_C"),
        ),
    }


def _kelvin(section: Conditions, name: str) -> Quantity:
    celsius = getattr(section, name)
    kind = section.quantity(name, 1, "K").kind
    return Quantity(
        celsius.value + 273.15,
        "K",
        kind,
        section.source,
        celsius.lower + 273.15,
        celsius.upper + 273.15,
    )


SECTIONS: dict[str, type[_Section]] = {
    "electrolytes": Electrolyte,
    "separator": Separator,
    "cathode": Cathode,
    "foil": Foil,
    "interfaces": Interfaces,
    "conditions": Conditions,
}


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, with the field and what it accepts."""
    # a field in another unit is missing under its own name, and unknown under the other
    problems = error.errors()
    unknown = [item for item in problems if item["type"] == "extra_forbidden"]
    problem = (unknown or problems)[0]
    path = [str(part) for part in problem["loc"]]
    where = ".".join(path) or "file"
    section = SECTIONS.get(path[0]) if len(path) > 1 else None
    if problem["type"] == "extra_forbidden":
        return f"{where}: unknown; accepted: {', '.join(_fields(section))}"
    accepted = ""
    if section is not None and path[-1] in section.model_fields:
        bounds = section.bounds(path[-1])
        if bounds:
            accepted = "; accepted: {low:g} to {high:g} {unit}".format(
                **bounds
            ).rstrip()
    if problem["type"] == "missing":
        return f"{where}: missing{accepted}".rstrip()
    return f"{where}: {problem['msg'].removeprefix('Value error, ')}{accepted}".rstrip()


def _fields(section: type[_Section] | None) -> list[str]:
    """Fields of a section, with unit and range; or the sections themselves."""
    if section is None:
        return list(SECTIONS)
    return [
        "{} ({low:g} to {high:g} {unit})".format(name, **bounds).replace(" )", ")")
        if (bounds := section.bounds(name))
        else name
        for name in section.model_fields
    ]
