"""Numbers of a cycle."""

import math

import pytest

from aslb.experiments.engine.cycle import Cycle


def cycle(charge, discharge):
    return Cycle(charge, discharge, {}, (), "")


def test_efficiencies_are_discharge_over_charge():
    usual = cycle((2.0, 8.0), (1.9, 6.0))
    assert usual.coulombic_efficiency == pytest.approx(0.95)
    assert usual.energy_efficiency == pytest.approx(0.75)


@pytest.mark.parametrize("charge", [(0.0, 0.0), (1e-12, 4e-12)])
def test_there_is_no_efficiency_where_nothing_was_charged(charge):
    full = cycle(charge, (1e-3, 4e-3))
    assert math.isnan(full.coulombic_efficiency)
    assert math.isnan(full.energy_efficiency)
