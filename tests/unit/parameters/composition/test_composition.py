"""Numbers that are derived from what the paper weighs and measures, computed anew."""

import math

import pybamm
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aslb.models import SolidStateSPM
from aslb.parameters import Quantity
from aslb.parameters.composition.layers import composite_cathode
from aslb.parameters.composition.sections import Cathode
from aslb.parameters.materials.lithium_cobalt_oxide import LCO
from aslb.parameters.materials.solid_electrolytes import HALIDE

CELLS = ("Cao2021_thick_sulfide", "Cao2021_thick_halide", "Cao2021_thin_halide")
HALIDE_CELLS = CELLS[1:]
COMPOSITE = 0.1984  # kg/m2: 19.84 mg/cm2
AREA = math.pi / 4 * 0.0127**2  # m2
GAS, FARADAY = 8.314462618, 96485.33212


def values(cell):
    return pybamm.ParameterValues(cell)


@pytest.mark.parametrize("cell", HALIDE_CELLS)
def test_volume_fractions_of_the_halide_cathode(cell):
    """80 % LCO of 5.05 g/cm3, 20 % Li3InCl6 of 2.72 g/cm3, 55 um."""
    lco = values(cell)["Positive electrode conductor volume fraction"]
    catholyte = values(cell)["Positive electrode porosity"]
    assert lco == pytest.approx(0.8 * COMPOSITE / 5050 / 55e-6)
    assert catholyte == pytest.approx(0.2 * COMPOSITE / 2720 / 55e-6)
    # as the design states them
    assert lco == pytest.approx(0.571, abs=5e-4)
    assert catholyte == pytest.approx(0.265, abs=5e-4)
    assert 1 - lco - catholyte == pytest.approx(0.163, abs=5e-4)


def test_volume_fractions_of_the_sulfide_cathode():
    """As with halide, but 1.86 g/cm3 and 63 um: about the same porosity."""
    cell = values("Cao2021_thick_sulfide")
    lco = cell["Positive electrode conductor volume fraction"]
    catholyte = cell["Positive electrode porosity"]
    assert lco == pytest.approx(0.8 * COMPOSITE / 5050 / 63e-6)
    assert catholyte == pytest.approx(0.2 * COMPOSITE / 1860 / 63e-6)
    assert 1 - lco - catholyte == pytest.approx(0.163, abs=2e-3)


@pytest.mark.parametrize("cell", CELLS)
def test_active_volume_fraction_is_the_contacted_part_of_the_conductor(cell):
    cell = values(cell)
    assert cell.evaluate(
        cell["Positive electrode active material volume fraction"]
    ) == pytest.approx(
        cell["Positive electrode conductor volume fraction"]
        * cell["Positive electrode active fraction"],
        rel=1e-12,
    )
    # by its own name, so that a study may vary it
    cell["Positive electrode active fraction"] = 0.5
    assert cell.evaluate(
        cell["Positive electrode active material volume fraction"]
    ) == pytest.approx(
        0.5 * cell["Positive electrode conductor volume fraction"], rel=1e-12
    )


@pytest.mark.parametrize("cell", CELLS)
def test_nominal_capacity_is_200_mAh_per_gram_of_lco(cell):
    grams = 0.8 * COMPOSITE * 1e3 * AREA
    capacity = values(cell)["Nominal cell capacity [A.h]"]
    assert capacity == pytest.approx(0.200 * grams)
    # in the 12.7 mm die
    assert capacity == pytest.approx(4.02e-3, rel=1e-3)


@pytest.mark.parametrize("cell", CELLS)
def test_area_is_that_of_the_die(cell):
    cell = values(cell)
    area = cell["Electrode height [m]"] * cell["Electrode width [m]"]
    assert area == pytest.approx(AREA)


@pytest.mark.parametrize("cell", CELLS)
def test_cathode_sites_are_the_theoretical_capacity_of_the_contacted_lco(cell):
    """274 mAh/g of LiCoO2, of which ions reach the active fraction."""
    cell = values(cell)
    sites = (
        cell["Positive electrode conductor volume fraction"]
        * cell["Positive electrode active fraction"]
        * cell["Positive electrode thickness [m]"]
        * cell["Maximum concentration in positive electrode [mol.m-3]"]
    )
    per_gram = sites * FARADAY / 3.6 / (0.8 * COMPOSITE * 1e3)  # mAh/g
    theoretical = FARADAY / 3.6 / 97.873
    assert theoretical == pytest.approx(273.8, abs=0.1)
    assert per_gram == pytest.approx(
        theoretical * cell["Positive electrode active fraction"], rel=1e-9
    )


@pytest.mark.parametrize(
    ("cell", "thickness", "sigma", "energy_eV", "ohm_cm2"),
    [
        ("Cao2021_thin_halide", 47e-6, 0.165, 0.264, 3.32),
        ("Cao2021_thick_halide", 976e-6, 0.167, 0.416, 75.1),
        ("Cao2021_thick_sulfide", 976e-6, 0.167, 0.416, 75.1),
    ],
)
def test_area_resistance_of_the_separator_at_room_temperature(
    cell, thickness, sigma, energy_eV, ohm_cm2
):
    """The conductivities are at 30 °C, the cell is at 25 °C."""
    cold, warm = 298.15, 303.15
    exponent = energy_eV * FARADAY / GAS * (1 / cold - 1 / warm)
    expected = thickness / (sigma * warm / cold * math.exp(-exponent))
    assert expected * 1e4 == pytest.approx(ohm_cm2, rel=2e-3)
    cell = values(cell)
    param = SolidStateSPM().param
    temperature = pybamm.Parameter("Ambient temperature [K]")
    found = cell.evaluate(param.s.L / param.sigma_separator(temperature))
    assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("better", "worse", "shift"),
    [
        # the contact was fitted within what is read of the 20 mV
        ("Cao2021_thin_halide", "Cao2021_thick_halide", 23e-3),
        ("Cao2021_thick_halide", "Cao2021_thick_sulfide", 55e-3),
    ],
)
def test_first_charges_are_apart_by_what_their_resistances_were_derived_from(
    better, worse, shift
):
    """The end of the derivation against its beginning: the shift at C/20.

    Every resistance in series has its part in it: of foil, separators, junction,
    catholytes and interphase; and charge transfer, of which the sulfide has less. Its
    closed form is for half lithiation, where the kinetics are fastest.
    """
    losses = [
        sum(
            solution[f"{component} loss [V]"].entries[-1]
            for component in (
                "Anode interface",
                "Separator",
                "Junction",
                "Catholyte",
                "Interphase",
                "Kinetic",
            )
        )
        for solution in (
            pybamm.Simulation(
                SolidStateSPM(), parameter_values=values(cell), C_rate=-1 / 20
            ).solve([0, 8 * 3600])
            for cell in (better, worse)
        )
    ]
    assert losses[0] - losses[1] == pytest.approx(shift, abs=2e-3)


positive = {
    "thickness": st.floats(1e-6, 1e-3),
    "areal_mass": st.floats(1e-3, 2.0),
    "mass_fraction": st.floats(0.05, 0.95),
}


def cathode(thickness, areal_mass, mass_fraction):
    layer = Cathode(
        LCO,
        HALIDE,
        thickness=Quantity(thickness, "m", "setting", "this test"),
        areal_mass=Quantity(areal_mass, "kg.m-2", "setting", "this test"),
        active_mass_fraction=Quantity(mass_fraction, "1", "setting", "this test"),
        active_fraction=Quantity(0.7, "1", "setting", "this test"),
    )
    return composite_cathode(layer)


def volumes(thickness, areal_mass, mass_fraction):
    lco = areal_mass * mass_fraction / 5050
    return lco / thickness, (areal_mass - lco * 5050) / 2720 / thickness


@settings(max_examples=100, deadline=None, derandomize=True)
@given(**positive)
def test_masses_of_a_cathode_add_up(thickness, areal_mass, mass_fraction):
    assume(sum(volumes(thickness, areal_mass, mass_fraction)) < 1)
    layer = cathode(thickness, areal_mass, mass_fraction)
    lco = layer["Positive electrode conductor volume fraction"].number
    catholyte = layer["Positive electrode porosity"].number
    assert 0 < lco + catholyte <= 1
    assert thickness * (lco * 5050 + catholyte * 2720) == pytest.approx(areal_mass)
    assert lco * 5050 * thickness == pytest.approx(areal_mass * mass_fraction)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(**positive)
def test_more_solid_than_room_is_refused(thickness, areal_mass, mass_fraction):
    assume(sum(volumes(thickness, areal_mass, mass_fraction)) > 1.0001)
    with pytest.raises(ValueError, match="the solids fill"):
        cathode(thickness, areal_mass, mass_fraction)
