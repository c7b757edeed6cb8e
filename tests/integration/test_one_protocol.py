"""What a membrane gives at 1C is the same number whichever command is asked.

A formed cell, a hold of an hour at the cell's own upper cut-off, a charge that is
regulated as a charger does it, and the third cycle at a rate.
"""

import pytest
from in_process import InProcess

from aslb.experiments import Study, cccv, energy_density, rate, thickness
from aslb.experiments.calibration.observables import observe, rate_test_of
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

MODEL = "SolidStateSPM"
MEMBRANE = 300e-6  # m, thick enough that formation and hold matter
CELL = Cell("Cao2021_thin_halide").vary({"separator.thickness [m]": MEMBRANE})
TEST = ((1 / 20, 3), (1.0, 3))
CLOSE = {"rel": 2e-4}  # twice the tolerance of the solver


@pytest.fixture(scope="module")
def cycles():
    """Capacity of each cycle of the rate test [mAh/g]."""
    data = rate(CELL, TEST, model=MODEL, executor=InProcess())
    return data.discharge_capacity.isel(cell=0).values


def test_rate_and_thickness_agree(cycles):
    data = thickness(
        CELL, [MEMBRANE], [1.0], holds=[], model=MODEL, executor=InProcess()
    )
    assert data.discharge_capacity.item() == pytest.approx(cycles[5], **CLOSE)


@pytest.mark.parametrize("cell", [CELL, CELL.parameter_values()])
def test_sweep_agrees_cycle_by_cycle(cycles, cell):
    study = Study(cell, cccv(1.0, cycles=3), model=MODEL)
    found = study.run(executor=InProcess()).discharge_capacity.values
    assert found == pytest.approx(cycles[3:], **CLOSE)


def test_calibration_and_validation_agree(cycles):
    measured = Measured((1 / 20, 1.0), (1, 3), (1.0, 1.0), (1.0, 1.0))
    found = observe([rate_test_of(CELL, measured, MODEL, ())], {})
    plain = rate(CELL, ((1 / 20, 1), (1.0, 3)), model=MODEL, executor=InProcess())
    capacities = plain.discharge_capacity.isel(cell=0).values
    means = [capacities[0], capacities[1:].mean()]
    assert found == pytest.approx(means, rel=2e-3)  # the third stands for the second


def test_energy_is_that_of_the_same_discharge(cycles):
    """Of the first cycle at a rate: its charge has a rate of its own."""
    data = energy_density(
        CELL, [], [1.0], charge_rate=1.0, model=MODEL, executor=InProcess()
    )
    study = Study(CELL, cccv(1.0), model=MODEL, quantities=["discharge_energy"])
    plain = study.run(executor=InProcess()).discharge_energy.item()
    areal = 0.1 * plain * CELL.active_mass / CELL.area  # mWh/cm2
    assert data.discharge_energy.item() == pytest.approx(areal, **CLOSE)


def test_the_first_cycle_at_a_rate_is_another_thing(cycles):
    """So that a command that told another cycle would be noticed here."""
    assert abs(cycles[3] / cycles[5] - 1) > 5e-3
