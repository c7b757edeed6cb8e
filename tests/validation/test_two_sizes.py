"""Particles of two sizes: their limits are one size, and their shares closed forms."""

import numpy as np
import pybamm
import pytest
from cathode_mean import cathode_mean

from aslb.models import SolidStateDFN, SolidStateSPM
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.materials.lithium_cobalt_oxide import ocp

FARADAY = 96485.33212  # C/mol
CELL = "Cao2021_thin_halide"
MODELS = (SolidStateDFN, SolidStateSPM)
RATIO = "Positive particle size ratio"
LARGE = "Positive electrode large-particle volume fraction"
RADIUS = "Positive particle radius [m]"
OXIDATION = "Catholyte oxidation capacity [A.h.m-2]"
INTERPHASE = "Positive electrode interphase resistance [Ohm.m2]"
FAST = {  # a cathode that diffusion limits, where the sizes matter
    "Positive electrode reference exchange-current density [A.m-2]": 1.0,
    "Positive electrode Bruggeman coefficient (electrolyte)": 2.0,
    "Positive particle lithiated diffusivity [m2.s-1]": 6.8e-16,
    "Positive particle delithiated diffusivity [m2.s-1]": 1e-14,
    "Positive particle diffusivity transition": 0.552,
    "Upper voltage cut-off [V]": 4.2,
}
PROTOCOL = (
    "Charge at C/2 until 4.2 V",
    "Hold at 4.2 V for 1 hour",
    "Rest for 10 minutes",
    "Discharge at C/2 until 2.5 V",
)


def solve(model, changes, *, steps=PROTOCOL, tolerance=1e-6, times=None, points=None):
    """A solution; of two sizes if the changes say so."""
    values = pybamm.ParameterValues(CELL)
    values.update({**FAST, **changes}, check_already_exists=False)
    made = model({"particle sizes": "two" if RATIO in changes else "one"})
    simulation = pybamm.Simulation(
        made,
        parameter_values=values,
        experiment=None if times is not None else pybamm.Experiment([steps]),
        solver=pybamm.IDAKLUSolver(rtol=tolerance, atol=tolerance),
        var_pts={**made.default_var_pts, **(points or {})},
    )
    if times is None:
        return simulation.solve(calc_esoh=False)
    return simulation.solve([0, times[-1]], t_interp=times)


def capacities(solution):
    """Charge [A.h] passed in each step."""
    name = "Discharge capacity [A.h]"
    return [np.ptp(step[name].entries) for step in solution.cycles[0].steps]


@pytest.fixture(
    scope="module",
    params=[(model, oxidation) for model in MODELS for oxidation in (0.0, 0.2)],
    ids=lambda param: f"{param[0].__name__}, {param[1]} A.h/m2 of oxidation",
)
def two_sizes(request):
    model, oxidation = request.param
    changes = {RATIO: 4.0, LARGE: 0.5, INTERPHASE: 1e-2, OXIDATION: oxidation}
    return solve(model, changes)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("two", "one"),
    [
        ({RATIO: 1 + 1e-6, LARGE: 0.4}, {}),
        ({RATIO: 1.5, LARGE: 1 - 1e-9}, {RADIUS: 6e-6}),
        ({RATIO: 1.5, LARGE: 1e-9}, {}),
    ],
    ids=["as large as the others", "hardly any small ones", "hardly any large ones"],
)
def test_limits_are_one_size(model, two, one):
    expected = capacities(solve(model, one))
    assert capacities(solve(model, two)) == pytest.approx(expected, rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_two_sizes_are_not_one(model):
    """So that the agreement above is not for want of a difference."""
    one, two = (solve(model, sizes) for sizes in ({}, {RATIO: 4.0, LARGE: 0.5}))
    assert capacities(two)[-1] < 0.8 * capacities(one)[-1]


def test_lithium_of_both_sizes_is_conserved(two_sizes):
    lithium = two_sizes["Total lithium [mol]"].entries
    np.testing.assert_allclose(lithium, lithium[0], rtol=1e-12)
    oxidised = two_sizes["Lithium lost from catholyte by oxidation [mol]"].entries
    cathode = two_sizes["Total lithium in positive electrode [mol]"].entries
    charge = two_sizes["Discharge capacity [A.h]"].entries * 3600 / FARADAY
    np.testing.assert_allclose(
        cathode - cathode[0] - oxidised, charge, rtol=0, atol=1e-8 * np.ptp(charge)
    )


def test_mean_lithiation_is_that_of_both_sizes(two_sizes):
    small, large = (
        two_sizes[f"Average positive {size} particle stoichiometry"].entries
        for size in ("small", "large")
    )
    np.testing.assert_allclose(
        two_sizes["Positive electrode stoichiometry"].entries,
        0.5 * small + 0.5 * large,
        rtol=1e-12,
    )
    assert np.abs(small - large).max() > 0.1


def test_losses_sum_to_the_voltage(two_sizes):
    explained = two_sizes["Open-circuit voltage [V]"].entries - sum(
        two_sizes[f"{component} loss [V]"].entries for component in LOSSES
    )
    unknowns = len(two_sizes.cycles[0].steps[0].y)
    # closed forms in the SPM; in the DFN the solver's own tolerance
    tolerance = 1e-13 if unknowns < 50 else np.sqrt(unknowns) * 1e-6
    np.testing.assert_allclose(
        two_sizes["Voltage [V]"].entries, explained, rtol=0, atol=tolerance
    )


def test_each_size_is_at_the_potential_of_the_cathode(two_sizes):
    """φ_s - φ_e = U(x) + (2RT/F)·asinh(j/2j0) + j·R of either, j0 = 2·√(x(1-x)).

    Of the last j, the part that oxidises catholyte is the same for both.
    """
    name = "X-averaged positive electrode surface potential difference [V]"
    difference = two_sizes[name].entries
    oxidation = two_sizes["Catholyte oxidation current density [A.m-2]"].entries
    thermal = 8.314462618 * 298.15 / FARADAY
    for size in ("small", "large"):
        x, j = (
            two_sizes[f"Positive {size} particle {what}"].entries
            for what in (
                "surface stoichiometry",
                "interfacial current density [A.m-2]",
            )
        )
        eta = 2 * thermal * np.arcsinh(j / (4 * np.sqrt(x * (1 - x))))
        # PyBaMM's barriers at the ends of the scale are below 1 mV here
        depths = ocp(x) + eta + 1e-2 * (j + oxidation)
        mean = cathode_mean(two_sizes, pybamm.ParameterValues(CELL), depths)
        np.testing.assert_allclose(difference, mean, rtol=0, atol=2e-3)


def test_interphase_loss_is_that_of_the_mean_current(two_sizes):
    current = two_sizes[
        "X-averaged positive electrode total interfacial current density [A.m-2]"
    ].entries
    loss = two_sizes["Interphase loss [V]"].entries
    np.testing.assert_allclose(loss, -current * 1e-2, atol=1e-12)


UNHINDERED = {
    "Catholyte conductivity [S.m-1]": 10.0,
    "Positive electrode conductivity [S.m-1]": 10.0,
    "Positive particle diffusivity [m2.s-1]": 1e-10,
    "Positive electrode reference exchange-current density [A.m-2]": 100.0,
}
C50 = 0.63488  # A/m2: C/50 of 158.72 g/m2 at 200 mAh/g


def shared(model, times, changes):
    """A charge at C/50 of a cathode that is uniform; current density of its surface."""
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    area = values["Electrode height [m]"] * values["Electrode width [m]"]
    c_max = values["Maximum concentration in positive electrode [mol.m-3]"]
    uniform = {
        "Initial concentration in positive electrode [mol.m-3]": 0.9 * c_max,
        "Current function [A]": -C50 * area,
        RATIO: 3.0,
        LARGE: 0.4,
    }
    solution = solve(
        model,
        uniform | changes,
        times=times,
        tolerance=1e-8,
        points={"x_p": 3, "r_p": 160},
    )
    assert solution.termination == "final time"
    active = (
        values["Positive electrode conductor volume fraction"]
        * values["Positive electrode active fraction"]
    )
    surface = 3 * active / values[RADIUS] * (0.6 + 0.4 / 3)
    return solution, C50 / (surface * values["Positive electrode thickness [m]"])


def current(solution, size):
    name = f"X-averaged positive {size} particle interfacial current density [A.m-2]"
    return solution[name].entries


@pytest.mark.parametrize("model", MODELS)
def test_unhindered_sizes_are_emptied_at_one_pace(model):
    """Surfaces at one potential: j₂ = s·j₁, and each lags by j·R/(5·F·D) behind.

    Once the slowest mode has died away, as exp(-π²τ); 0.2 % are left since the slope
    of the potential changes meanwhile.
    """
    diffusivity, radius = 1e-13, 4e-6
    times = 9 * radius**2 / diffusivity * np.linspace(1.5, 2, 5)
    solution, mean = shared(
        model,
        times,
        UNHINDERED | {"Positive particle diffusivity [m2.s-1]": diffusivity},
    )
    shares = np.array([0.6, 0.4 / 3]) / (0.6 + 0.4 / 3)
    small = mean / (shares[0] + 3 * shares[1])
    cell = pybamm.ParameterValues("Cao2021_thin_halide")
    c_max = cell["Maximum concentration in positive electrode [mol.m-3]"]
    for size, ratio in (("small", 1.0), ("large", 3.0)):
        j = ratio * small
        np.testing.assert_allclose(current(solution, size)[-5:], j, rtol=3e-3)
        surface, average = (
            solution[f"{which} positive {size} particle {what}"].entries[-5:]
            for which, what in (
                ("X-averaged", "surface stoichiometry"),
                ("Average", "stoichiometry"),
            )
        )
        np.testing.assert_allclose(
            c_max * (average - surface),
            j * ratio * radius / (5 * FARADAY * diffusivity),
            rtol=3e-3,
        )


@pytest.mark.parametrize("model", MODELS)
def test_sizes_share_by_surface_what_an_interphase_lets_through(model):
    """15 mV in the interphase, beside which 1 s changes no potential."""
    solution, mean = shared(model, np.linspace(0, 1, 5), UNHINDERED | {INTERPHASE: 1.0})
    for size in ("small", "large"):
        np.testing.assert_allclose(current(solution, size)[1:], mean, rtol=1e-3)
