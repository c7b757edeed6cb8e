"""A cell of another laboratory in one short file: LCO + Li3YCl6 against indium.

T. Asano, A. Sakai, S. Ouchi, M. Sakaida, A. Miyazaki, S. Hasegawa, "Solid Halide
Electrolytes with High Lithium-Ion Conductivity for Application in 4 V Class Bulk-Type
All-Solid-State Batteries", Adv. Mater. 2018, 30, 1803075, doi:10.1002/adma.201803075.

The conductivity of Li3YCl6 is the paper's; what is marked "assumed" is a plausible cell
of that kind, to be replaced by whoever has the numbers at hand. It shows how a cell is
composed: an electrolyte, two layers, a foil, the interfaces, the conditions.
"""

from __future__ import annotations

from aslb.parameters.composition.conditions import conditions
from aslb.parameters.composition.layers import composite_cathode, separator
from aslb.parameters.materials import current_collectors, indium_lithium
from aslb.parameters.materials.constants import EV, molar_mass
from aslb.parameters.materials.solid_electrolytes import (
    SolidElectrolyte,
    lithium_concentration,
)
from aslb.parameters.quantity import Quantity, derive, values

ASANO2018 = "doi:10.1002/adma.201803075"
TYPICAL = "typical of such cells, not taken from the paper"

DENSITY = Quantity(2430.0, "kg.m-3", "assumed", "lattice of Li3YCl6", 2300, 2500)
LI3YCL6 = SolidElectrolyte(
    "Li3YCl6",
    density=DENSITY,
    conductivity=Quantity(
        0.051, "S.m-1", "measured", f"{ASANO2018}: 0.51 mS/cm, cold-pressed", 0.04, 0.06
    ),
    activation_energy=Quantity(
        0.40 * EV, "J.mol-1", "assumed", TYPICAL, 0.35 * EV, 0.45 * EV
    ),
    lithium_concentration=lithium_concentration(
        DENSITY, molar_mass(322.44, "Li3YCl6"), 3
    ),
)


def chloride_quantities() -> dict[str, Quantity]:
    """Quantities of a cell with Li3YCl6 as separator and as catholyte."""
    room = Quantity(298.15, "K", "measured", f"{ASANO2018}, 25 C")
    layers = {
        **separator(
            LI3YCL6,
            thickness=Quantity(500e-6, "m", "assumed", TYPICAL, 300e-6, 800e-6),
            areal_mass=Quantity(1.05, "kg.m-2", "assumed", TYPICAL, 0.9, 1.1),
            electrolyte_mass_fraction=Quantity(1.0, "1", "setting", "no binder"),
        ),
        **composite_cathode(
            LI3YCL6,
            thickness=Quantity(40e-6, "m", "assumed", TYPICAL, 36e-6, 60e-6),
            areal_mass=Quantity(0.138, "kg.m-2", "assumed", TYPICAL, 0.10, 0.14),
            active_mass_fraction=Quantity(0.85, "1", "assumed", TYPICAL, 0.8, 0.88),
            active_fraction=Quantity(0.80, "1", "assumed", TYPICAL, 0.6, 1.0),
        ),
        **indium_lithium.foil(
            thickness=Quantity(100e-6, "m", "assumed", TYPICAL, 50e-6, 400e-6),
            ratio_as_assembled=Quantity(0.2, "1", "assumed", TYPICAL, 0.02, 0.5),
        ),
        **current_collectors.foils(),
        "Exchange-current density for lithium metal electrode [A.m-2]": Quantity(
            51.0, "A.m-2", "assumed", TYPICAL, 17.0, 170.0
        ),
        "Negative electrode interface resistance [Ohm.m2]": Quantity(
            1e-3, "Ohm.m2", "assumed", TYPICAL, 3e-4, 3e-3
        ),
        "Separator-catholyte junction resistance [Ohm.m2]": Quantity(
            0.0, "Ohm.m2", "setting", "the same electrolyte on both sides: no junction"
        ),
        "Positive electrode interphase resistance [Ohm.m2]": Quantity(
            0.0, "Ohm.m2", "assumed", "LCO|Li3YCl6 without a coating", 0.0, 1e-2
        ),
    }
    return {
        **layers,
        **conditions(
            layers,
            area=Quantity(0.71e-4, "m2", "assumed", TYPICAL, 0.7e-4, 0.8e-4),
            one_c=Quantity(140.0, "A.h.kg-1", "setting", "LCO up to 4.2 V vs Li/Li+"),
            lower_cutoff=Quantity(1.9, "V", "setting", "2.5 V vs Li/Li+"),
            upper_cutoff=Quantity(3.6, "V", "measured", f"{ASANO2018}: 3.6 V vs In-Li"),
            plateau=indium_lithium.PLATEAU,
            ambient=room,
            reference=derive("K", "as measured", lambda room: room, room=room),
        ),
    }


def chloride() -> dict:
    """LCO + Li3YCl6 | Li3YCl6 | In-Li after Asano et al. 2018, a worked example."""
    return {"chemistry": "lithium_ion", **values(chloride_quantities())}
