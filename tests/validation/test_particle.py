"""Diffusion in the particles against the closed form of a sphere at constant flux.

With τ = D·t/R² the surface of a sphere that takes a constant flux j/F changes by
(j·R/(F·D))·(3τ + 1/5 - 2·Σ exp(-α²τ)/α²), tan α = α (J. Crank, The Mathematics of
Diffusion, section 6.3.4), which begins as 2·√(τ/π) and ends as a parabola.
"""

import numpy as np
import pybamm
import pytest
from scipy.optimize import brentq

from aslb.models import SolidStateDFN, SolidStateSPM

FARADAY = 96485.33212  # C/mol
DIFFUSIVITY = 1e-14  # m2/s
RADIUS = 4e-6  # m
TIMES = RADIUS**2 / DIFFUSIVITY * np.geomspace(1e-3, 1, 25)

# the roots of tan α = α lie between kπ and (k + 1/2)π
ROOTS = np.array(
    [
        brentq(lambda a: np.sin(a) - a * np.cos(a), k * np.pi, (k + 0.5) * np.pi)
        for k in range(1, 500)
    ]
)


def surface_change(tau):
    """Change of concentration at the surface, over j·R/(F·D)."""
    decay = np.exp(-np.outer(tau, ROOTS**2)) / ROOTS**2
    return 3 * tau + 0.2 - 2 * decay.sum(axis=1)


@pytest.fixture(scope="module", params=[SolidStateSPM, SolidStateDFN])
def charge(request):
    """A charge at C/5 on a fine radial mesh, with its flux [mol/m2/s]."""
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    c_max = values["Maximum concentration in positive electrode [mol.m-3]"]
    current_density = 6.3488  # A/m2: C/5 of 158.72 g/m2 at 200 mAh/g
    area = values["Electrode height [m]"] * values["Electrode width [m]"]
    values.update(
        {
            "Positive particle diffusivity [m2.s-1]": DIFFUSIVITY,
            "Positive particle radius [m]": RADIUS,
            "Initial concentration in positive electrode [mol.m-3]": 0.9 * c_max,
            "Current function [A]": -current_density * area,
        }
    )
    active = (
        values["Positive electrode conductor volume fraction"]
        * values["Positive electrode active fraction"]
    )
    surface = 3 * active / RADIUS * values["Positive electrode thickness [m]"]
    model = request.param()
    simulation = pybamm.Simulation(
        model,
        parameter_values=values,
        var_pts={**model.default_var_pts, "x_p": 5, "r_p": 320},
        solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8),
    )
    solution = simulation.solve([0, TIMES[-1]], t_interp=TIMES)
    assert solution.termination == "final time"
    return solution, current_density / surface / FARADAY, 0.9 * c_max


def relative_change(charge, name):
    """Change of a concentration, over that which the flux scales with."""
    solution, flux, initial = charge
    return (initial - solution[name](TIMES)) / (flux * RADIUS / DIFFUSIVITY)


SURFACE = "X-averaged positive particle surface concentration [mol.m-3]"
MEAN = "Average positive particle concentration [mol.m-3]"
TAU = DIFFUSIVITY * TIMES / RADIUS**2


def test_surface_follows_the_series_of_a_sphere(charge):
    """Within 0.2 % from τ = 0.001 on, where 320 points leave 0.17 %."""
    np.testing.assert_allclose(
        relative_change(charge, SURFACE), surface_change(TAU), rtol=2e-3
    )


def test_surface_begins_with_the_square_root_of_time(charge):
    """The planar term and the first one of curvature: 2√(τ/π) + τ."""
    early = TAU < 2.5e-3
    np.testing.assert_allclose(
        relative_change(charge, SURFACE)[early],
        (2 * np.sqrt(TAU / np.pi) + TAU)[early],
        rtol=2e-3,
    )


def test_surface_ends_a_fifth_of_the_flux_from_the_mean(charge):
    """c_surf - c_mean = -j·R/(5·F·D) once the slowest mode has died away."""
    late = TAU > 0.6
    difference = relative_change(charge, SURFACE) - relative_change(charge, MEAN)
    np.testing.assert_allclose(difference[late], 0.2, rtol=2e-5)


def test_profile_ends_as_a_parabola(charge):
    """C - c_mean = (j·R/(F·D))·(r²/(2·R²) - 3/10), of mean zero over the sphere."""
    solution, flux, initial = charge
    profile = solution["X-averaged positive particle concentration [mol.m-3]"]
    radii = np.linspace(0.05, 0.95, 10) * RADIUS
    change = (initial - profile(TIMES[-1], r=radii)) / (flux * RADIUS / DIFFUSIVITY)
    np.testing.assert_allclose(
        np.ravel(change),
        3 * TAU[-1] + (radii / RADIUS) ** 2 / 2 - 0.3,
        rtol=1e-4,
    )


def test_mean_falls_with_the_charge_alone(charge):
    np.testing.assert_allclose(relative_change(charge, MEAN), 3 * TAU, rtol=1e-9)
