"""The cathode's resistance against the porous electrode of Newman and Tobias.

With linear kinetics, a flat open-circuit potential and uniform properties the current
distribution has a closed form (J. S. Newman, C. W. Tobias, J. Electrochem. Soc. 1962,
109, 1183, doi:10.1149/1.2425269), and with it the resistance of the electrode.

The losses of the model are plain means over the cathode, but their sum is exact, so the
resistance is what the whole voltage leaves after the layers before the cathode.
"""

import math

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM

FARADAY = 96485.33212  # C/mol
THERMAL_VOLTAGE = 8.314462618 * 298.15 / FARADAY  # V
KAPPA = 0.01  # S/m, effective
CURRENT = 1e-5  # A: linear, so that any within the cut-offs will do
AREA = math.pi / 4 * 12.7e-3**2  # m2

EXCHANGE = "Positive electrode exchange-current density [A.m-2]"
IONIC = "Catholyte conductivity [S.m-1]"
ELECTRONIC = "Positive electrode conductivity [S.m-1]"
BEFORE_CATHODE = ("Anode kinetic", "Anode interface", "Separator", "Junction")


def newman_tobias(thickness, kappa, sigma, nu):
    """Resistance of a porous electrode [Ohm.m2]."""
    ratios = sigma / kappa + kappa / sigma
    return (
        thickness
        / (kappa + sigma)
        * (1 + (2 + ratios * math.cosh(nu)) / (nu * math.sinh(nu)))
    )


def linear_cell():
    """The thin cell with uniform properties and a flat potential."""
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    c_max = values["Maximum concentration in positive electrode [mol.m-3]"]
    values.update(
        {
            # flat, and no change of lithiation that would reach PyBaMM's barriers
            "Positive electrode OCP [V]": 4.0,
            "Positive electrode stoichiometry as assembled": 0.5,
            "Initial concentration in positive electrode [mol.m-3]": c_max / 2,
            "Positive particle diffusivity [m2.s-1]": 1e-10,
            "Catholyte conductivity activation energy [J.mol-1]": 0.0,
            "Ambient temperature [K]": 298.15,
            "Initial temperature [K]": 298.15,
            "Reference temperature [K]": 298.15,
            "Current function [A]": -CURRENT,
            # beyond the open circuit, 3.38 V, and the largest loss, 0.5 V
            "Upper voltage cut-off [V]": 4.2,
            EXCHANGE: "[input]",
            IONIC: "[input]",
            ELECTRONIC: "[input]",
        }
    )
    return values


def resistances(model, cases, points=20):
    """Resistance of the cathode and its closed form, for each (ν, σ/κ)."""
    values = linear_cell()
    thickness = values["Positive electrode thickness [m]"]
    ions = (
        values["Positive electrode porosity"]
        ** values["Positive electrode Bruggeman coefficient (electrolyte)"]
    )
    electrons = (
        values["Positive electrode conductor volume fraction"]
        ** values["Positive electrode Bruggeman coefficient (electrode)"]
    )
    active = (
        values["Positive electrode conductor volume fraction"]
        * values["Positive electrode active fraction"]
    )
    surface = 3 * active / values["Positive particle radius [m]"]
    foil = (
        values["Negative electrode thickness [m]"]
        / values["Negative electrode conductivity [S.m-1]"]
    )

    model = model({"intercalation kinetics": "linear"})
    simulation = pybamm.Simulation(
        model,
        parameter_values=values,
        var_pts={**model.default_var_pts, "x_p": points, "r_p": 5},
        solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8),
    )
    for nu, ratio in cases:
        sigma = ratio * KAPPA
        exchange = (
            (nu / thickness) ** 2 / (1 / KAPPA + 1 / sigma) * THERMAL_VOLTAGE / surface
        )
        solution = simulation.solve(
            [0, 1],
            inputs={
                EXCHANGE: exchange,
                IONIC: KAPPA / ions,
                ELECTRONIC: sigma / electrons,
            },
        )
        drop = (
            solution["Open-circuit voltage [V]"].entries[-1]
            - solution["Voltage [V]"].entries[-1]
            - sum(
                solution[f"{component} loss [V]"].entries[-1]
                for component in BEFORE_CATHODE
            )
        )
        charge_transfer = THERMAL_VOLTAGE / (surface * exchange * thickness)
        yield (
            drop / (-CURRENT / AREA) - foil,
            newman_tobias(thickness, KAPPA, sigma, nu),
            charge_transfer + thickness / 3 * (1 / KAPPA + 1 / sigma),
        )


RATIOS = (0.01, 0.1, 1, 10, 100)


@pytest.mark.parametrize("nu", [0.3, 1, 3, 10])
def test_resistance_is_that_of_newman_and_tobias(nu):
    """Within 0.1 % on 20 points per reaction zone, which is L/ν thick."""
    points = max(20, round(20 * nu))
    cases = [(nu, ratio) for ratio in RATIOS]
    for (_, ratio), (found, expected, _) in zip(
        cases, resistances(SolidStateDFN, cases, points), strict=True
    ):
        assert found == pytest.approx(expected, rel=1e-3), f"σ/κ = {ratio}"


@pytest.mark.parametrize("nu", [1, 3])
def test_resistance_converges_quadratically_to_newman_and_tobias(nu):
    """Extrapolated to an infinitely fine mesh, the closed form to 1e-5."""
    cases = [(nu, ratio) for ratio in RATIOS]
    coarse, fine = (
        np.array(list(resistances(SolidStateDFN, cases, points)))
        for points in (80, 160)
    )
    expected = fine[:, 1]
    np.testing.assert_allclose((4 * fine[:, 0] - coarse[:, 0]) / 3, expected, rtol=1e-5)


def test_single_particle_resistance_is_a_third_of_each_path_and_the_kinetics():
    cases = [(nu, ratio) for nu in (0.3, 1, 10) for ratio in RATIOS]
    for found, _, uniform in resistances(SolidStateSPM, cases):
        assert found == pytest.approx(uniform, rel=1e-9)


def test_single_particle_resistance_is_the_limit_of_a_narrow_current_distribution():
    """Newman and Tobias' resistance is that of the kinetics times 1 + O(ν²) + O(ν⁴).

    The single-particle model has all of the ν² term, so its error falls as ν⁴.
    """
    ((wide, full_wide, _),) = resistances(SolidStateSPM, [(0.2, 1)])
    ((narrow, full_narrow, _),) = resistances(SolidStateSPM, [(0.1, 1)])
    errors = abs(wide / full_wide - 1), abs(narrow / full_narrow - 1)
    assert errors[0] / errors[1] == pytest.approx(16, rel=0.05)
