"""NMC83 in Li6PS5Cl of four sizes of grain, that conducts as the composites do.

Schlautmann et al. 2023, doi:10.1002/aenm.202302309. What was measured is how well ions
and electrons move in the composite as it is pressed. The model takes a conductivity and
a power of a volume fraction: the power of the catholyte and the conductivity of the
oxide are what gives the measured ones.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from aslb.parameters.composition import sections
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.layers import COMPOSITE
from aslb.parameters.composition.voids import (
    composite_volume,
    electrolyte_volume,
    thickness_of,
)
from aslb.parameters.materials.active_material import CONDUCTIVITY, ActiveMaterial
from aslb.parameters.materials.constants import molar_mass
from aslb.parameters.materials.nickel_manganese_cobalt_oxides import NMC83
from aslb.parameters.materials.solid_electrolytes import (
    SULFIDE,
    SolidElectrolyte,
    lithium_concentration,
)
from aslb.parameters.quantity import Quantity, derive
from aslb.parameters.tables import quantity_of, read_yaml
from aslb.parameters.units import split_unit

BIBTEX = (files(__package__) / "paper.bib").read_text("utf-8").strip()
ELECTRONS = COMPOSITE["Positive electrode Bruggeman coefficient (electrode)"]


class Size(NamedTuple):
    """What was measured of a composite with grains of one size."""

    porosity: Quantity
    ionic: Quantity
    electronic: Quantity


@cache
def _known(*keys: str) -> dict[str, Quantity]:
    """Quantities of a table of ``quantities.yaml``, by name without unit."""
    table: Any = read_yaml(__package__, "quantities.yaml")
    for key in keys:
        table = table[key]
    names = {name: split_unit(name) for name in table}
    return {
        base: quantity_of(table[name], unit) for name, (base, unit) in names.items()
    }


def _volume_fraction(
    fraction: Quantity, density: Quantity, volume: Quantity, porosity: Quantity
) -> Quantity:
    """Share of the composite's volume that one of its solids has."""
    return derive(
        "1",
        "mass fraction and density of a solid, in what the pores leave",
        lambda fraction, density, volume, porosity: (
            (1 - porosity) * fraction / (density * volume)
        ),
        fraction=fraction,
        density=density,
        volume=volume,
        porosity=porosity,
    )


def tortuosity_exponent(size: Size, catholyte: Quantity) -> Quantity:
    """Power of the catholyte's volume fraction that gives the measured conductivity.

    Parameters
    ----------
    size : Size
        What was measured.
    catholyte : Quantity
        Volume fraction of the catholyte.

    Returns
    -------
    Quantity
        κ·φ^b is the measured conductivity, κ that of the dense electrolyte.
    """
    return derive(
        "1",
        "logarithm of the measured over the dense conductivity, over that of the "
        "volume fraction of catholyte",
        lambda effective, dense, catholyte: (
            np.log(effective / dense) / np.log(catholyte)
        ),
        effective=size.ionic,
        dense=SULFIDE.conductivity,
        catholyte=catholyte,
    )


def _oxide(size: Size, conductor: Quantity) -> ActiveMaterial:
    """NMC that conducts as well as the measured composite needs, at any lithiation."""
    conductivity = derive(
        "S.m-1",
        "measured electronic conductivity of the composite, over the power of the "
        "volume fraction of NMC",
        lambda effective, conductor, power: effective / conductor**power,
        effective=size.electronic,
        conductor=conductor,
        power=ELECTRONS,
    )
    return replace(NMC83, parameters={**NMC83.parameters, CONDUCTIVITY: conductivity})


def _cathode(size: Size) -> sections.Cathode:
    cell = _known("Cell")
    fraction = cell["active mass fraction"]
    rest = derive(
        "1", "what is not NMC", lambda fraction: 1 - fraction, fraction=fraction
    )
    volume = composite_volume(fraction, NMC83.density, SULFIDE.density)
    conductor = _volume_fraction(fraction, NMC83.density, volume, size.porosity)
    catholyte = _volume_fraction(rest, SULFIDE.density, volume, size.porosity)
    mass = cell["composite areal mass"]
    return sections.Cathode(
        _oxide(size, conductor),
        SULFIDE,
        thickness_of(mass, volume, size.porosity),
        mass,
        fraction,
        cell["active fraction"],
        particle_radius=derive(
            "m",
            "half of the diameter",
            lambda diameter: diameter / 2,
            diameter=cell["particle diameter"],
        ),
        bruggeman_coefficient_electrolyte=tortuosity_exponent(size, catholyte),
    )


def _separator() -> sections.Separator:
    cell, known = _known("Cell"), _known("Li5.5PS4.5Cl1.5")
    electrolyte = SolidElectrolyte(
        "Li5.5PS4.5Cl1.5",
        known["density"],
        known["conductivity"],
        known["activation energy"],
        lithium_concentration(
            known["density"], molar_mass(266.59, "Li5.5PS4.5Cl1.5"), 5.5
        ),
    )
    mass = derive(
        "kg.m-2",
        "mass over area",
        lambda mass, area: mass / area,
        mass=cell["separator mass"],
        area=cell["area"],
    )
    volume = electrolyte_volume(cell["separator electrolyte"], electrolyte.density)
    thickness = thickness_of(mass, volume, cell["separator voids"])
    return sections.Separator(
        electrolyte, thickness, mass, cell["separator electrolyte"]
    )


def composition(size: str) -> Composition:
    """The cell with grains of electrolyte of a size: S, M, L or XL."""
    cell, foil, interfaces = _known("Cell"), _known("Foil"), _known("Interfaces")
    return Composition(
        _separator(),
        _cathode(Size(**_known("Sizes", size))),
        sections.Foil(
            foil["thickness"],
            foil["exchange-current density"],
            foil["lithium to indium"],
        ),
        sections.Interfaces(**interfaces),
        sections.Conditions(
            cell["area"],
            cell["one C"],
            cell["lower cut-off"],
            cell["upper cut-off"],
            cell["temperature"],
            cell["reference temperature"],
        ),
        f"Schlautmann2023_{size}",
        (BIBTEX,),
    )


CELLS = {
    f"Schlautmann2023_{size}": partial(composition, size)
    for size in ("S", "M", "L", "XL")
}
"""What composes each cell, by name."""


def small() -> dict[str, Any]:
    """After Schlautmann et al. 2023: NMC83 + Li6PS5Cl, smallest grains of four (S)."""
    return composition("S").parameter_set()


def medium() -> dict[str, Any]:
    """After Schlautmann et al. 2023: NMC83 + Li6PS5Cl, second of four sizes (M)."""
    return composition("M").parameter_set()


def large() -> dict[str, Any]:
    """After Schlautmann et al. 2023: NMC83 + Li6PS5Cl, third of four sizes (L)."""
    return composition("L").parameter_set()


def largest() -> dict[str, Any]:
    """After Schlautmann et al. 2023: NMC83 + Li6PS5Cl, largest grains of four (XL)."""
    return composition("XL").parameter_set()
