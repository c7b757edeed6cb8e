"""A lithium foil in the place of the indium-lithium one, by numbers alone."""

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM
from aslb.parameters import Quantity, values
from aslb.parameters.materials import lithium_metal

PLATEAU = 0.62  # V, of In-Li against Li/Li+
UPPER = 3.85  # V, of the cell against In-Li


def cycle(model, cell, lower, upper):
    return pybamm.Simulation(
        model(),
        parameter_values=cell,
        experiment=pybamm.Experiment(
            [
                (
                    f"Charge at C/10 until {upper} V",
                    f"Hold at {upper} V for 1 hour",
                    f"Discharge at C/10 until {lower} V",
                )
            ]
        ),
        solver=pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-7),
    ).solve()


@pytest.mark.parametrize("model", [SolidStateDFN, SolidStateSPM])
def test_lithium_cell_is_the_indium_cell_raised_by_its_plateau(model):
    """Same kinetics at the foil, so that nothing else can differ."""
    indium = pybamm.ParameterValues("Cao2021_thin_halide")
    foil = lithium_metal.foil(Quantity(50e-6, "m", "setting", "this test"))
    lithium = indium.copy()
    lithium.update(
        {
            **values(foil),
            "Lower voltage cut-off [V]": 2.5 + PLATEAU,
            "Upper voltage cut-off [V]": UPPER + PLATEAU,
        }
    )
    low = cycle(model, indium, 2.5, UPPER)
    high = cycle(model, lithium, 2.5 + PLATEAU, UPPER + PLATEAU)
    for mine, other in zip(high.cycles[0].steps, low.cycles[0].steps, strict=True):
        passed = [s["Discharge capacity [A.h]"].entries[-1] for s in (mine, other)]
        # near its fuller end the foil is 0.3 mV/100 off its plateau, and the LCO less
        # steep than at 4.2 V
        assert passed[0] == pytest.approx(passed[1], rel=5e-3)
    charge, indium_charge = high.cycles[0].steps[0], low.cycles[0].steps[0]
    t = np.linspace(0, 0.95, 200) * indium_charge.t[-1]
    np.testing.assert_allclose(
        charge["Voltage [V]"](t) - indium_charge["Voltage [V]"](t),
        PLATEAU,
        rtol=0,
        atol=1e-4,
    )
    lithium_total = high["Total lithium in electrodes [mol]"].entries
    np.testing.assert_allclose(lithium_total, lithium_total[0], rtol=1e-8)
