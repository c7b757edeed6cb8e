"""Where the physics is the same, the answer is that of PyBaMM's own half-cell.

With a cation transference number of one a liquid electrolyte has no salt gradient, and
PyBaMM's Doyle-Fuller-Newman model becomes ours, by other equations: it solves for the
potential in the separator, takes the current as a function of the overpotential, and
does not count the foil's lithium.
"""

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN

ACTIVATED = (
    "Exchange-current density for lithium metal electrode",
    "Negative electrode interface resistance",
    "Separator-catholyte junction resistance",
    "Positive electrode conductivity",
    "Positive electrode exchange-current density",
    "Positive electrode interphase resistance",
    "Positive particle diffusivity",
)


def liquid_cell(conductivity):
    """PyBaMM's Xu2019 with a single-ion electrolyte of constant conductivity."""
    values = pybamm.ParameterValues("Xu2019")
    values.update(
        {
            "Cation transference number": 1.0,
            "Electrolyte conductivity [S.m-1]": conductivity,
            # so that electrons have a say as well
            "Positive electrode conductivity [S.m-1]": 0.5,
        }
    )
    return values


def solid_cell(liquid):
    """The same cell, in the words of `SolidStateDFN`."""
    values = liquid.copy()
    conductivity = values["Electrolyte conductivity [S.m-1]"]
    separator = (
        values["Separator porosity"]
        ** values["Separator Bruggeman coefficient (electrolyte)"]
    )
    c_max = values["Maximum concentration in positive electrode [mol.m-3]"]
    initial = values["Initial concentration in positive electrode [mol.m-3]"]
    values.update(
        {
            "Separator electrolyte conductivity [S.m-1]": conductivity * separator,
            "Separator electrolyte conductivity activation energy [J.mol-1]": 0.0,
            "Catholyte conductivity [S.m-1]": conductivity,
            "Catholyte conductivity activation energy [J.mol-1]": 0.0,
            "Negative electrode interface resistance [Ohm.m2]": 0.0,
            "Separator-catholyte junction resistance [Ohm.m2]": 0.0,
            "Positive electrode interphase resistance [Ohm.m2]": 0.0,
            "Catholyte oxidation capacity [A.h.m-2]": 0.0,
            "Catholyte oxidation charge scale [A.h.m-2]": 1.0,
            # PyBaMM lets all that is not electrolyte carry electrons
            "Positive electrode conductor volume fraction": (
                1 - values["Positive electrode porosity"]
            ),
            "Positive electrode active material areal mass [kg.m-2]": 0.1,
            "Positive electrode stoichiometry as assembled": initial / c_max,
            # 0.7 mm of lithium: no cathode could empty it
            "Negative electrode host concentration [mol.m-3]": 76_900.0,
            "Negative electrode lithium-to-host ratio as assembled": 1.0,
            "Interface and particle reference temperature [K]": 298.15,
            **{f"{name} activation energy [J.mol-1]": 0.0 for name in ACTIVATED},
        },
        check_already_exists=False,
    )
    return values


@pytest.mark.parametrize("c_rate", [0.5, 3])
@pytest.mark.parametrize("conductivity", [0.05, 0.5])
def test_discharge_is_that_of_pybamm(c_rate, conductivity):
    """The voltage within 1 µV, and the fields behind it likewise."""
    liquid = liquid_cell(conductivity)
    half_cell = pybamm.lithium_ion.DFN({"working electrode": "positive"})
    models = {half_cell: liquid, SolidStateDFN(): solid_cell(liquid)}
    theirs, ours = (
        pybamm.Simulation(
            model,
            parameter_values=values,
            # one mesh for both, so that its error cancels
            submesh_types=half_cell.default_submesh_types,
            var_pts=half_cell.default_var_pts,
            C_rate=c_rate,
            solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8),
        ).solve([0, 3600 / c_rate])
        for model, values in models.items()
    )
    assert ours.termination == theirs.termination
    assert ours.t[-1] == pytest.approx(theirs.t[-1], rel=1e-6)
    times = np.linspace(0, 0.999 * theirs.t[-1], 300)
    np.testing.assert_allclose(
        ours["Voltage [V]"](times), theirs["Voltage [V]"](times), rtol=0, atol=1e-6
    )
    left = sum(
        liquid[f"{layer} thickness [m]"]
        for layer in ("Negative electrode", "Separator")
    )
    depths = left + liquid["Positive electrode thickness [m]"] * np.linspace(
        0.03, 0.97, 20
    )
    for name, tolerance in (
        ("Electrolyte potential [V]", 1e-6),
        ("Positive electrode potential [V]", 1e-6),
        ("Positive particle surface stoichiometry", 1e-5),
    ):
        np.testing.assert_allclose(
            ours[name](times, x=depths),
            theirs[name](times, x=depths),
            rtol=0,
            atol=tolerance,
            err_msg=name,
        )
