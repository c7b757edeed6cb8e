"""The single-particle model's potentials in the cathode, which its voltage only sums.

With a uniform reaction both potentials are parabolas in depth, so that a parabola
through the mesh points is the potential itself, ends and derivatives included.
"""

import numpy as np
import pybamm
import pytest
from cathode_mean import depths
from numpy.polynomial import Polynomial

from aslb.models import SolidStateSPM

CURRENT_DENSITY = -3.0  # A/m2: a charge


@pytest.fixture(scope="module")
def cell():
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    area = values["Electrode height [m]"] * values["Electrode width [m]"]
    values.update({"Current function [A]": CURRENT_DENSITY * area})
    return values


@pytest.fixture(scope="module")
def solution(cell):
    return pybamm.Simulation(SolidStateSPM(), parameter_values=cell).solve([0, 60])


def parabola(solution, cell, name):
    """A potential in the cathode against depth [m], with its thickness."""
    thickness = cell["Positive electrode thickness [m]"]
    potential = solution[name].entries[:, -1]
    depth = depths(solution, cell)
    fit = Polynomial.fit(depth, potential, 2).convert()
    np.testing.assert_allclose(fit(depth), potential, rtol=0, atol=1e-12)
    return fit, thickness


def mean(fit, thickness):
    return fit.integ()(thickness) / thickness


def test_ionic_current_enters_whole_and_leaves_none(solution, cell):
    fit, thickness = parabola(solution, cell, "Positive electrolyte potential [V]")
    temperature = cell["Ambient temperature [K]"]
    kappa = (
        cell.evaluate(SolidStateSPM().param.sigma_catholyte(temperature))
        * cell["Positive electrode porosity"]
        ** cell["Positive electrode Bruggeman coefficient (electrolyte)"]
    )
    slope = fit.deriv()
    assert -kappa * slope(0) == pytest.approx(CURRENT_DENSITY, rel=1e-9)
    assert -kappa * slope(thickness) == pytest.approx(0, abs=1e-9)


def test_electronic_current_enters_at_the_collector_alone(solution, cell):
    fit, thickness = parabola(solution, cell, "Positive electrode potential [V]")
    sigma = solution["Positive electrode effective conductivity"].entries[-1]
    slope = fit.deriv()
    assert -sigma * slope(0) == pytest.approx(0, abs=1e-6)
    assert -sigma * slope(thickness) == pytest.approx(CURRENT_DENSITY, rel=1e-6)
    # the voltage is the potential where the collector is
    assert solution["Voltage [V]"].entries[-1] == pytest.approx(
        fit(thickness), abs=1e-9
    )


@pytest.mark.parametrize("phase", ["electrode", "electrolyte"])
def test_mean_of_a_potential_is_its_averaged_variable(solution, cell, phase):
    fit, thickness = parabola(solution, cell, f"Positive {phase} potential [V]")
    averaged = solution[f"X-averaged positive {phase} potential [V]"].entries[-1]
    assert mean(fit, thickness) == pytest.approx(averaged, abs=1e-12)


def test_potential_drops_at_the_junction_alone(solution, cell):
    """From the end of the separator into the cathode."""
    fit, _ = parabola(solution, cell, "Positive electrolyte potential [V]")
    separator = solution["Separator electrolyte potential [V]"].entries[:, -1]
    end = separator[-1] + (separator[-1] - separator[-2]) / 2
    resistance = cell["Separator-catholyte junction resistance [Ohm.m2]"]
    assert end - fit(0) == pytest.approx(CURRENT_DENSITY * resistance, abs=1e-12)
