"""Lithium: what one electrode gives the other gains, and it is that of the current."""

import pybamm
import pytest

AMOUNT = "Total lithium in {} electrode [mol]"


def test_the_foil_gains_what_the_cathode_gives():
    model = pybamm.Model("SolidStateSPM")
    solution = pybamm.Simulation(model).solve([0, 600])
    gained = {}
    for side in ("negative", "positive"):
        amounts = solution[AMOUNT.format(side)].entries
        gained[side] = amounts[-1] - amounts[0]
    charge = -solution["Discharge capacity [A.h]"].entries[-1] * 3600
    faraday = pybamm.constants.F.value
    assert gained["negative"] == pytest.approx(charge / faraday, rel=1e-6)
    assert gained["positive"] == pytest.approx(-charge / faraday, rel=1e-6)
