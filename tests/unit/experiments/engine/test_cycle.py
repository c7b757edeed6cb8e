"""Numbers of a cycle."""

import math

import pytest

from aslb.experiments.engine.cycle import Cycle, remark


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


UP, HOLD, DOWN = "charge", "hold", "discharge"
REMARKS = {
    "": ((UP, DOWN), (5e3, 3e3), (0.0, 0.0)),
    "charge met its cut-off within a minute": ((UP, DOWN), (59.0, 3e3), (0.0, 0.0)),
    "charge met its cut-off within a minute: hold only": (
        (UP, HOLD, DOWN),
        (0.0, math.inf, 3e3),
        (0.0, 0.0, 0.0),
    ),
    "charge was at its cut-off from the start: hold only": (
        (UP, DOWN),
        (3659.0, 3e3),
        (3600.0, 0.0),
    ),
    "discharge met its cut-off within a minute": (
        (UP, DOWN),
        (3661.0, 59.0),
        (3600.0, 0.0),
    ),
    "discharge met its cut-off within a minute; charge was at its cut-off from the "
    "start: hold only": ((UP, DOWN), (3600.0, 0.0), (3600.0, 0.0)),
}


@pytest.mark.parametrize("said", REMARKS)
def test_a_half_cycle_whose_constant_part_hardly_lasted_is_remarked(said):
    assert remark(*REMARKS[said]) == said
