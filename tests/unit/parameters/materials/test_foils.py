"""Potentials of the two foils."""

import numpy as np
import pybamm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb.parameters.materials import indium_lithium, lithium_metal

THERMAL_VOLTAGE = 8.314462618 * 298.15 / 96485.33212  # V
ROUNDING = 1e-15  # V
ratios = st.floats(1e-6, 5)


def test_indium_potential_falls_with_lithium():
    """Only rounding may rise where one plateau is flat."""
    x = np.linspace(1e-6, 5, 200_001)
    assert (np.diff(indium_lithium.ocp(x, 298.15)) < ROUNDING).all()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ratios, ratios, st.floats(263.15, 353.15))
def test_indium_of_more_lithium_is_never_higher(one, other, temperature):
    poor, rich = sorted((one, other))
    assert indium_lithium.ocp(rich, temperature) <= (
        indium_lithium.ocp(poor, temperature) + ROUNDING
    )


@pytest.mark.parametrize(
    ("ratio", "plateau"), [(0.1, 0.62), (0.5, 0.62), (1.25, 0.36), (1.75, 0.17)]
)
def test_indium_has_its_plateaus(ratio, plateau):
    assert indium_lithium.ocp(ratio, 298.15) == pytest.approx(plateau, abs=1e-3)


def test_last_indium_plateaus_come_before_lithium():
    assert indium_lithium.ocp(3.0, 298.15) == pytest.approx(0.04, abs=1e-3)
    assert indium_lithium.ocp(5.0, 298.15) == pytest.approx(0.0, abs=1e-3)


def test_indium_poor_in_lithium_follows_nernst():
    """Dissolved lithium: RT/F·ln 10 for each tenth of it."""
    dilute, more = (indium_lithium.ocp(x, 298.15) for x in (1e-4, 1e-3))
    assert dilute - more == pytest.approx(THERMAL_VOLTAGE * np.log(10), rel=1e-4)


@pytest.mark.parametrize("ratio", [0.0, -1e-3])
def test_indium_without_lithium_is_finite(ratio):
    """The solver may look there on its way."""
    potential = indium_lithium.ocp(ratio, 298.15)
    assert np.isfinite(potential)
    assert potential >= indium_lithium.ocp(1e-6, 298.15)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(ratios)
def test_lithium_is_its_own_reference(ratio):
    assert lithium_metal.ocp(ratio, 298.15) == 0
    symbol = lithium_metal.ocp(pybamm.Scalar(ratio), pybamm.Scalar(298.15))
    assert symbol.evaluate() == 0
