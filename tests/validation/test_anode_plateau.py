"""The foil stays on its plateau for as long as its inventory lasts, and not longer.

Foils are made small enough to leave their plateau within one charge or discharge. The
charge at which they do is worked out here from thickness, density and molar mass.
"""

import math

import numpy as np
import pybamm
import pytest
from scipy.optimize import brentq

from aslb.models import SolidStateDFN, SolidStateSPM
from aslb.parameters import Quantity, values
from aslb.parameters.materials import lithium_metal

AREA = math.pi / 4 * 12.7e-3**2  # m2
FARADAY = 96485.33212  # C/mol
THERMAL_VOLTAGE = 8.314462618 * 298.15 / FARADAY  # V
PLATEAU = 0.62  # V vs Li/Li+
INDIUM = 7310 / 114.818e-3  # mol/m3
LITHIUM = 534 / 6.94e-3  # mol/m3
POTENTIAL = "Negative electrode bulk open-circuit potential [V]"


def inventory(thickness, host):
    """Charge of one lithium per host atom [A.h]."""
    return thickness * AREA * host * FARADAY / 3600


def solve(model, changes, step, charged=False):
    """Charge passed [A.h] and potential of the foil [V], densely in time."""
    cell = pybamm.ParameterValues("Cao2021_thin_halide")
    cell.update(changes)
    if charged:  # a cell built in its charged state, with a half-delithiated cathode
        c_max = cell["Maximum concentration in positive electrode [mol.m-3]"]
        cell.update(
            {
                "Positive electrode stoichiometry as assembled": 0.5,
                "Initial concentration in positive electrode [mol.m-3]": c_max / 2,
            }
        )
    solution = pybamm.Simulation(
        model(),
        parameter_values=cell,
        experiment=pybamm.Experiment([step]),
        solver=pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-7),
    ).solve()
    t = np.linspace(0, solution.t[-1], 50_001)
    return np.abs(solution["Discharge capacity [A.h]"](t)), solution[POTENTIAL](t)


def charge_at(potential, level):
    """Index of the first time at which the potential has crossed a level."""
    beyond = np.sign(potential - level) != np.sign(potential[0] - level)
    assert beyond.any(), f"the foil never reached {level} V"
    return np.argmax(beyond)


@pytest.fixture(params=[SolidStateSPM, SolidStateDFN])
def model(request):
    return request.param


def test_indium_poor_in_lithium_climbs_when_its_lithium_is_spent(model):
    ratio, saturation = 0.08, 0.015
    charge, potential = solve(
        model,
        {"Negative electrode lithium-to-host ratio as assembled": ratio},
        "Discharge at C/20 until 2.5 V",
        charged=True,
    )
    # on the plateau until the logarithm of the dissolved lithium reaches 1 mV
    end = saturation / (math.exp(4 * 1e-3 / THERMAL_VOLTAGE) - 1) ** 0.25
    left = charge_at(potential, PLATEAU + 1e-3)
    full = inventory(30e-6, INDIUM)
    assert charge[left] == pytest.approx((ratio - end) * full, rel=1e-3)
    np.testing.assert_allclose(potential[:left], PLATEAU, rtol=0, atol=1.01e-3)
    # what ends the discharge is the foil, when all its lithium is gone
    assert charge[-1] == pytest.approx(ratio * full, rel=1e-3)
    assert potential[-1] > 1.0


def test_indium_rich_in_lithium_falls_when_it_is_filled(model):
    """Past LiIn the plateau of LiIn | Li3In2 lies 0.26 V lower."""
    ratio, thickness = 0.10, 8e-6
    charge, potential = solve(
        model,
        {"Negative electrode thickness [m]": thickness},
        "Charge at C/20 until 4.2 V",
    )
    full = inventory(thickness, INDIUM)
    # the fall begins before x = 1 and is half done there
    begin = 1 + 0.06 * brentq(
        lambda y: 0.13 * (1 + math.tanh(y)) - 1e-3, -10, 0, xtol=1e-12
    )
    left = charge_at(potential, PLATEAU - 1e-3)
    assert charge[left] == pytest.approx((begin - ratio) * full, rel=1e-3)
    np.testing.assert_allclose(potential[:left], PLATEAU, rtol=0, atol=1.01e-3)
    halfway = charge_at(potential, PLATEAU - 0.13)
    assert charge[halfway] == pytest.approx((1 - ratio) * full, rel=1e-3)
    assert potential[-1] < 0.40


def test_lithium_is_at_zero_until_it_is_exhausted(model):
    thickness = 4e-6
    foil = lithium_metal.foil(Quantity(thickness, "m", "setting", "this test"))
    charge, potential = solve(
        model,
        {**values(foil), "Upper voltage cut-off [V]": 4.82},
        "Discharge at C/20 until 2.5 V",
        charged=True,
    )
    full = inventory(thickness, LITHIUM)
    assert charge[-1] == pytest.approx(full, rel=1e-3)
    held = charge < 0.998 * full
    assert np.abs(potential[held]).max() < 1e-3
    # only an empty foil can be this far from lithium's potential
    assert potential[-1] > 0.5


def test_foil_as_made_stays_on_its_plateau_for_a_whole_cycle(model):
    cell = pybamm.ParameterValues("Cao2021_thin_halide")
    upper = cell["Upper voltage cut-off [V]"]
    lower = cell["Lower voltage cut-off [V]"]
    solution = pybamm.Simulation(
        model(),
        parameter_values=cell,
        experiment=pybamm.Experiment(
            [
                (
                    f"Charge at C/20 until {upper} V",
                    f"Hold at {upper} V for 1 hour",
                    f"Discharge at C/20 until {lower} V",
                )
            ]
        ),
    ).solve()
    np.testing.assert_allclose(solution[POTENTIAL].entries, PLATEAU, rtol=0, atol=1e-3)
