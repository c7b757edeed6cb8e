"""What is printed in the paper is the same number wherever it is written."""

import numpy as np
import pytest

from aslb.experiments.protocols import HOLD, LOWER_CUTOFF, RATE_TEST, UPPER_CUTOFF
from aslb.parameters.cells.cao2021.printed import paper_numbers
from aslb.parameters.composition.cell import Cell
from aslb.parameters.materials.constants import CAO2021

CELLS = ("Cao2021_thick_sulfide", "Cao2021_thick_halide", "Cao2021_thin_halide")
ELECTRONVOLT = 96485.33212  # J.mol-1
PLACES = {
    ("m", 12.7e-3): ("geometry_and_loading", "die_diameter_mm"),
    ("m", 30e-6): ("geometry_and_loading", "eis_indium_foil", "thickness_um"),
    ("m", 47e-6): ("geometry_and_loading", "thin_membrane", "thickness_um"),
    ("m", 55e-6): ("geometry_and_loading", "cathode_thickness_um"),
    ("m", 976e-6): ("geometry_and_loading", "thick_pellet", "thickness_um"),
    ("kg.m-2", 0.079): ("geometry_and_loading", "thin_membrane", "areal_mass_mg_cm2"),
    ("kg.m-2", 0.1984): ("geometry_and_loading", "cathode_composite_loading_mg_cm2"),
    ("kg.m-2", 1.587): ("geometry_and_loading", "thick_pellet", "areal_mass_mg_cm2"),
    ("1", 0.8): ("geometry_and_loading", "lco_to_halide_mass_ratio"),
    ("1", 0.98): ("materials", "binder", "mass_fraction_in_membrane"),
    ("S.m-1", 0.165): ("transport", "thin", "conductivity_mS_cm"),
    ("S.m-1", 0.167): ("transport", "thick", "conductivity_mS_cm"),
    ("S.m-1", 0.04): ("transport", "halide_conductivity_mS_cm"),
    ("J.mol-1", 25472.1): ("transport", "activation_energy_eV", "thin"),
    ("J.mol-1", 40137.9): ("transport", "activation_energy_eV", "thick"),
    ("K", 303.15): ("transport", "thin", "T_C"),
    ("V", 0.020): (
        *("first_cycle_at_C20", "charge_potential_shift_mV", "cell-3 below cell-2"),
    ),
    ("V", 0.055): (
        *("first_cycle_at_C20", "charge_potential_shift_mV", "cell-2 below cell-1"),
    ),
    ("V", 2.5): ("protocol", "lower_cutoff_V_vs_InLi", "experimental_section"),
    ("V", 4.2): ("protocol", "upper_cutoff_V_vs_InLi"),
    ("A.kg-1", 200.0): ("protocol", "one_C_mA_per_g_active"),
}
"""Where the paper's file has what a cell carries, by unit and rough value."""

FACTORS = {
    "um": 1e-6,
    "mm": 1e-3,
    "mg_cm2": 1e-2,
    "mS_cm": 0.1,
    "mV": 1e-3,
    "eV": ELECTRONVOLT,
}


def of_the_paper(quantity, found):
    """All that the paper says of a quantity and of what it is derived from."""
    if quantity.kind in ("measured", "setting") and CAO2021 in quantity.source:
        found.append(quantity)
    for item in quantity.inputs.values():
        of_the_paper(item, found)
    return found


def printed(place):
    """The number at a place of the paper's file, in SI units."""
    number = paper_numbers()
    for key in place:
        number = number[key]
    if place[-1] == "lco_to_halide_mass_ratio":
        return number[0] / sum(number)
    if place[-1] == "mass_fraction_in_membrane":
        return 1 - number  # what is no binder is electrolyte
    if place[-1] == "T_C":
        return number + 273.15
    for key in reversed(place):
        for ending, factor in FACTORS.items():
            if key.endswith(f"_{ending}"):
                return number * factor
    return number


@pytest.mark.parametrize("cell", CELLS)
def test_what_a_cell_takes_from_the_paper_is_printed_there(cell):
    found = [
        item
        for known in Cell(cell).quantities.values()
        for item in of_the_paper(known, [])
    ]
    assert len(found) > 20
    for item in found:
        places = [
            place
            for (unit, rough), place in PLACES.items()
            if unit == item.unit and np.isclose(item.number, rough, rtol=5e-3)
        ]
        assert len(places) == 1, f"{item.number} {item.unit}: {item.source}"
        assert item.number == pytest.approx(printed(places[0]), rel=1e-8), places[0]


def test_protocol_is_the_printed_one():
    protocol = paper_numbers()["protocol"]
    rates = {"C/20": 1 / 20, "C/10": 1 / 10, "C/5": 1 / 5, "C/2": 1 / 2, "1C": 1.0}
    assert [(rates[name], count) for name, count in protocol["rate_test"]] == list(
        RATE_TEST
    )
    # the default reading of the printed 4.2 V: docs/calibration.md
    assert Cell("Cao2021_thin_halide").cutoffs()["upper_cutoff"] == UPPER_CUTOFF
    literal = Cell("Cao2021_thin_halide:literal").cutoffs()["upper_cutoff"]
    assert literal == protocol["upper_cutoff_V_vs_InLi"]
    assert LOWER_CUTOFF == protocol["lower_cutoff_V_vs_InLi"]["experimental_section"]
    assert HOLD == protocol["cv_hold_h"]
