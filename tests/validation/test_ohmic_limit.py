"""How much of a thick cathode a current can use, if nothing but ions limits it.

With fast kinetics, fast diffusion, perfect electrons and a flat potential U the
particles next to the separator are filled first, and the reaction moves on as a front.
The whole current i flows through the catholyte up to the front, which at depth x costs
i·x/κ. The discharge ends when that is all there is between U and the cut-off, ΔU:

    x = κ·ΔU / i,    and the capacity per area is x·q,

with κ the effective conductivity of the catholyte and q the capacity per volume of
cathode. Capacity times current is then the same at any current that does not use the
whole thickness. The potential has a slope of 10 mV and falls within a few per cent of
the filling, which together with the mesh is what the tolerance is for.
"""

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN

FARADAY = 96485.33212  # C/mol
PLATEAU, FOIL, SPAN = 4.0, 0.62, 0.3  # V
FIRST = 0.05  # filling before the discharge
THICKNESS = 300e-6  # m
KAPPA = 0.02  # S/m, effective


def flat(sto):
    return PLATEAU - 0.01 * sto - 0.3 * np.exp((sto - 1) / 0.02)


def thick_cell():
    """A thick cathode in which only ions are slow, charged."""
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    c_max = values["Maximum concentration in positive electrode [mol.m-3]"]
    ions = (
        values["Positive electrode porosity"]
        ** values["Positive electrode Bruggeman coefficient (electrolyte)"]
    )
    values.update(
        {
            "Positive electrode OCP [V]": flat,
            "Positive electrode thickness [m]": THICKNESS,
            "Positive electrode conductivity [S.m-1]": 1e5,
            "Positive electrode exchange-current density [A.m-2]": 50.0,
            "Positive particle radius [m]": 1e-6,
            "Positive particle diffusivity [m2.s-1]": 1e-12,
            "Positive electrode stoichiometry as assembled": FIRST,
            "Initial concentration in positive electrode [mol.m-3]": FIRST * c_max,
            "Catholyte conductivity [S.m-1]": KAPPA / ions,
            "Catholyte conductivity activation energy [J.mol-1]": 0.0,
            "Separator electrolyte conductivity [S.m-1]": 1e3,
            "Separator-catholyte junction resistance [Ohm.m2]": 0.0,
            "Positive electrode interphase resistance [Ohm.m2]": 0.0,
            "Negative electrode interface resistance [Ohm.m2]": 0.0,
            "Exchange-current density for lithium metal electrode [A.m-2]": 1e6,
            "Negative electrode thickness [m]": 1e-3,
            "Negative electrode lithium-to-host ratio as assembled": 0.6,
            "Ambient temperature [K]": 298.15,
            "Initial temperature [K]": 298.15,
            "Reference temperature [K]": 298.15,
            "Lower voltage cut-off [V]": PLATEAU - FOIL - SPAN,
        }
    )
    return values


def discharged(current, span=SPAN):
    """Capacity per area [A.h.m-2] at a current density [A.m-2], and that of all."""
    values = thick_cell()
    values["Lower voltage cut-off [V]"] = PLATEAU - FOIL - span
    area = values["Electrode height [m]"] * values["Electrode width [m]"]
    values["Current function [A]"] = current * area
    active = values.evaluate(
        values["Positive electrode active material volume fraction"]
    )
    c_max = values["Maximum concentration in positive electrode [mol.m-3]"]
    per_volume = active * c_max * FARADAY / 3600 * (1 - FIRST)
    model = SolidStateDFN()
    solution = pybamm.Simulation(
        model,
        parameter_values=values,
        var_pts={**model.default_var_pts, "x_p": 60, "r_p": 6},
        solver=pybamm.IDAKLUSolver(rtol=1e-5, atol=1e-5),
    ).solve([0, 1.2 * per_volume * THICKNESS / current * 3600])
    assert solution.termination == "event: Minimum voltage [V]"
    return solution["Discharge capacity [A.h]"].entries[-1] / area, per_volume


@pytest.mark.parametrize(("used", "span"), [(0.6, 0.3), (0.3, 0.3), (0.6, 0.15)])
def test_a_current_uses_the_depth_that_ohm_s_law_leaves_it(used, span):
    current = KAPPA * span / (used * THICKNESS)
    capacity, per_volume = discharged(current, span)
    assert capacity == pytest.approx(KAPPA * span / current * per_volume, rel=0.025)


def test_a_current_that_is_small_enough_uses_all():
    capacity, per_volume = discharged(KAPPA * SPAN / (3 * THICKNESS))
    assert capacity == pytest.approx(THICKNESS * per_volume, rel=0.02)
