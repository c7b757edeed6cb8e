"""Sections of a cell composed into its quantities: the one forward path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aslb.errors import InputError
from aslb.parameters.composition import sections
from aslb.parameters.composition.layers import (
    ACTIVE_MASS,
    composite_cathode,
    separator,
)
from aslb.parameters.materials import (
    current_collectors,
    indium_lithium,
    lithium_metal,
)
from aslb.parameters.materials.active_material import SITES, STOICHIOMETRY
from aslb.parameters.quantity import Quantities, Quantity, derive, plain, values
from aslb.parameters.tables import literature

CURRENT = "Current function [A]"
OXIDATION = "Catholyte oxidation capacity [A.h.m-2]"
OXIDATION_SCALE = "Catholyte oxidation charge scale [A.h.m-2]"
HOUR = Quantity(1.0, "h", "setting", "1C is the current of one hour")
TEN_HOURS = Quantity(10.0, "h", "setting", "C/10")
ANY_CELL = literature("Any cell")
DYNAMICS = {**literature("Relaxation"), **literature("Heat")}


@dataclass(frozen=True)
class Composition:
    """A cell as it is made.

    Parameters
    ----------
    separator : Separator
        The layer between foil and cathode.
    cathode : Cathode
        The composite.
    foil : Foil
        The negative electrode.
    interfaces : Interfaces
        Resistances, and what the catholyte takes.
    conditions : Conditions
        How it is tested.
    name : str, optional
        What tables call it.
    citations : tuple of str, optional
        BibTeX or PyBaMM's keys; those of the active material are added.
    """

    separator: sections.Separator
    cathode: sections.Cathode
    foil: sections.Foil
    interfaces: sections.Interfaces
    conditions: sections.Conditions
    name: str = "custom"
    citations: tuple[str, ...] = ()

    def parameter_set(self) -> dict[str, Any]:
        """All that `pybamm.ParameterValues` takes, citations included."""
        cited = (*self.citations, *self.cathode.active_material.citations)
        return {
            "chemistry": "lithium_ion",
            **values(self.quantities()),
            "citations": list(cited),
        }

    def quantities(self) -> Quantities:
        """All quantities by PyBaMM name; of `plain` sections, their values.

        Solids that would take more room than there is are refused, and a catholyte that
        would take more than half of the current.
        """
        cathode = composite_cathode(self.cathode)
        return {
            **separator(self.separator),
            **cathode,
            **_foil(self.foil),
            **current_collectors.FOILS,
            "Negative electrode interface resistance [Ohm.m2]": self.interfaces.foil,
            "Separator-catholyte junction resistance [Ohm.m2]": (
                self.interfaces.junction
            ),
            "Positive electrode interphase resistance [Ohm.m2]": (
                self.interfaces.interphase
            ),
            OXIDATION: _oxidation(self.interfaces.oxidation, cathode[OXIDATION_SCALE]),
            **DYNAMICS,
            **_conditions(self.conditions, self.foil.plateau, cathode),
        }


def _oxidation(capacity: Quantity, scale: Quantity) -> Quantity:
    share = plain(capacity) / plain(scale)
    if share > 0.5:
        raise InputError(
            f"interfaces.catholyte_oxidation_mAh_m2: {1e3 * plain(capacity):g} would "
            f"take {share:.0%} of the first current; accepted: 0 to "
            f"{500 * plain(scale):g}, half of '{OXIDATION_SCALE}'"
        )
    return capacity


def _foil(foil: sections.Foil) -> dict[str, Quantity]:
    metal = (
        lithium_metal.foil(foil.thickness)
        if foil.lithium_to_indium is None
        else indium_lithium.foil(foil.thickness, foil.lithium_to_indium)
    )
    return {
        **metal,
        "Exchange-current density for lithium metal electrode [A.m-2]": (
            foil.exchange_current_density
        ),
    }


def _conditions(
    how: sections.Conditions, plateau: Quantity, cathode: dict[str, Quantity]
) -> dict[str, Quantity]:
    """Area, nominal capacity, cut-offs, temperatures and initial state."""
    side = derive(
        "m", "square of the area of the cell", lambda area: area**0.5, area=how.area
    )
    capacity = derive(
        "A.h",
        "1C times mass of active material",
        lambda one_c, hour, mass, area: one_c * hour * mass * area,
        one_c=how.one_C,
        hour=HOUR,
        mass=cathode[ACTIVE_MASS],
        area=how.area,
    )
    return {
        "Electrode height [m]": side,
        "Electrode width [m]": side,
        "Nominal cell capacity [A.h]": capacity,
        # As assembled the cell is discharged, so that a plain simulation charges it,
        # slowly: LCO that is full of lithium hardly conducts
        CURRENT: derive(
            "A",
            "charge at C/10",
            lambda capacity, hours: -capacity / hours,
            capacity=capacity,
            hours=TEN_HOURS,
        ),
        "Lower voltage cut-off [V]": how.lower_cutoff,
        "Upper voltage cut-off [V]": how.upper_cutoff,
        # PyBaMM finds lithiations from these with the cathode's potential alone, so
        # they are against Li/Li+
        "Open-circuit voltage at 0% SOC [V]": _against_lithium(
            "lower", how.lower_cutoff, plateau
        ),
        "Open-circuit voltage at 100% SOC [V]": _against_lithium(
            "upper", how.upper_cutoff, plateau
        ),
        "Ambient temperature [K]": how.temperature,
        "Initial temperature [K]": how.temperature,
        "Reference temperature [K]": how.reference_temperature,
        "Initial concentration in positive electrode [mol.m-3]": derive(
            "mol.m-3",
            "stoichiometry as assembled",
            lambda sto, c_max: sto * c_max,
            sto=cathode[STOICHIOMETRY],
            c_max=cathode[SITES],
        ),
        **ANY_CELL,
    }


def _against_lithium(which: str, cutoff: Quantity, plateau: Quantity) -> Quantity:
    return derive(
        "V",
        f"{which} cut-off plus potential of the foil",
        lambda cutoff, plateau: cutoff + plateau,
        cutoff=cutoff,
        plateau=plateau,
    )
