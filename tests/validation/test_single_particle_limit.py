"""The single-particle model is the limit of the DFN for an unhindered cathode."""

import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM

IONIC = "Catholyte conductivity [S.m-1]"
LITHIATED = "Positive electrode lithiated conductivity [S.m-1]"
DELITHIATED = "Positive electrode delithiated conductivity [S.m-1]"
KINETIC = "Positive electrode reference exchange-current density [A.m-2]"


def difference(c_rate, scaled=(), factor=1.0):
    """Largest difference in voltage [V] and capacity [-] over a charge.

    The voltage is compared over the middle 90 % of the charge, since at its ends a
    difference in time is one of voltage.
    """
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    values.update({name: factor * values[name] for name in scaled})
    dfn, spm = (
        pybamm.Simulation(
            model(),
            parameter_values=values,
            experiment=pybamm.Experiment([f"Charge at {c_rate}C until 4.2 V"]),
            solver=pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-7),
        ).solve()
        for model in (SolidStateDFN, SolidStateSPM)
    )
    t = np.linspace(0.05, 0.95, 300) * min(dfn.t[-1], spm.t[-1])
    voltage = np.abs(dfn["Voltage [V]"](t) - spm["Voltage [V]"](t)).max()
    charge = [s["Discharge capacity [A.h]"].entries[-1] for s in (dfn, spm)]
    return voltage, abs(charge[0] / charge[1] - 1)


def test_models_agree_as_the_rate_falls():
    differences = np.array([difference(rate) for rate in (1 / 5, 1 / 50, 1 / 500)])
    assert (differences[1:] < differences[:-1]).all()
    # once it is slow, a tenth of the rate leaves at most a tenth of the difference
    assert (differences[2] < differences[1] / 10).all()
    voltage, capacity = differences[-1]
    assert voltage < 1e-4
    assert capacity < 1e-6


@pytest.mark.parametrize(
    "scaled",
    [
        (IONIC, LITHIATED, DELITHIATED),
        (IONIC, LITHIATED, DELITHIATED, KINETIC),
    ],
    ids=["conductivities", "conductivities and kinetics"],
)
def test_models_agree_as_the_cathode_conducts_better(scaled):
    # a cathode of low conductivity and much surface is close to the limit only at 1000
    differences = np.array(
        [difference(1 / 2, scaled, factor) for factor in (1, 10, 100, 1000)]
    )
    assert (differences[1:] < differences[:-1] / 10).all()
    voltage, capacity = differences[-1]
    assert voltage < 1e-4
    assert capacity < 1e-5


def test_models_differ_at_the_rates_of_the_reference_cell():
    """So that the agreement above is not for want of a difference."""
    voltage, _ = difference(1 / 2)
    assert voltage > 5e-3
