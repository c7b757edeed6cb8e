"""The composite-membrane law against the two membranes of the reference paper."""

import pytest

from aslb.parameters.composition.cell import Cell
from aslb.parameters.materials.constants import CAO2021, EV
from aslb.parameters.materials.membrane_law import (
    dense_conductivity,
    filled_by_mass,
    membrane_conductivity,
)
from aslb.parameters.materials.solid_electrolytes import (
    CELLULOSE_DENSITY,
    RESIDUAL_RESISTANCE,
    SULFIDE_MEMBRANE,
    SULFIDE_PELLET,
    membrane_with_residual_resistance,
)
from aslb.parameters.quantity import Quantity


@pytest.fixture
def dense():
    return dense_conductivity(
        SULFIDE_PELLET, Cell("Cao2021_thick_halide").quantities["Separator porosity"]
    )


def test_no_inclusions_no_loss(dense):
    full = Quantity(1.0, "1", "setting", "dense")
    assert membrane_conductivity(dense, full).number == dense.number


def test_ethyl_cellulose_membrane_follows_from_its_tomography(dense):
    tomography = Quantity(0.96986, "1", "measured", f"{CAO2021}, fig 4")
    predicted = membrane_conductivity(dense, tomography).number
    assert predicted == pytest.approx(SULFIDE_MEMBRANE.conductivity.number, rel=0.2)


def test_its_mass_and_thickness_do_better_than_the_tomography(dense):
    filled = Cell("Cao2021_thin_halide").quantities["Separator porosity"]
    predicted = membrane_conductivity(dense, filled).number
    assert predicted == pytest.approx(SULFIDE_MEMBRANE.conductivity.number, rel=0.05)


def test_cellulose_membrane_is_missed_by_an_order_of_magnitude(dense):
    filled = filled_by_mass(
        SULFIDE_PELLET,
        CELLULOSE_DENSITY,
        Quantity(0.10, "1", "measured", f"{CAO2021}, 10 wt% cellulose"),
    )
    measured = 0.012  # S/m: 0.12 mS/cm
    assert membrane_conductivity(dense, filled).number > 10 * measured


def test_residual_resistance_brings_the_activation_energies_together():
    corrected = membrane_with_residual_resistance(RESIDUAL_RESISTANCE)
    pellet = SULFIDE_PELLET.activation_energy.number
    assert corrected.activation_energy.number == pytest.approx(pellet, abs=0.01 * EV)
    assert corrected.conductivity.number > SULFIDE_MEMBRANE.conductivity.number


def test_no_residual_resistance_is_the_membrane_as_printed():
    none = membrane_with_residual_resistance(
        Quantity(0.0, "Ohm", "setting", "as printed")
    )
    assert none.conductivity.number == SULFIDE_MEMBRANE.conductivity.number
    assert none.activation_energy.number == pytest.approx(0.264 * EV, abs=0.002 * EV)


def test_impossible_residual_is_named():
    with pytest.raises(ValueError, match=r"residual resistance 0\.7 Ohm; accepted"):
        membrane_with_residual_resistance(
            Quantity(0.7, "Ohm", "assumed", "more than there is")
        )
