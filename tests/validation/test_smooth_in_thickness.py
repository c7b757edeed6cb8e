"""Capacity falls steadily with thickness, whatever a charge does in its first seconds.

Where LiCoO2 is insulating the cell is at its upper cut-off as its charge begins, from
some thickness on: of the thin cell at 0.4C within the range. Nothing may jump there.
"""

import pybamm
import pytest
from in_process import InProcess

from aslb.experiments import Study, cccv

THIN, THICK = "Cao2021_thin_halide", "Cao2021_thick_halide"
LAYER = "separator.thickness [um]"
RATES = [0.2, 0.4, 0.5, 1.0]
SOLVER = 0.05  # mAh/g, what two points may differ by without a reason
LARGEST = 1.0  # mAh/g, from one thickness to the next


def steps(cell, protocol, rates, model="SolidStateSPM", start="formed"):
    """Change of capacity from one thickness to the next [mAh/g]."""
    vary = {LAYER: {"linear": [20, 1000], "points": 200}, "c_rate": rates}
    # at the default tolerance points differ by up to 0.07 mAh/g
    kept = {"start": start, "quantities": ["discharge_capacity"], "rtol": 1e-5}
    data = Study(cell, protocol, vary, model=model, **kept).run(executor=InProcess())
    assert (data.status == "ok").all()
    return data.discharge_capacity.diff(LAYER)


@pytest.mark.parametrize("cell", [THIN, THICK])
@pytest.mark.parametrize("start", ["formed", "as assembled"])
def test_capacity_falls_without_a_jump(cell, start):
    found = steps(cell, cccv(), RATES, start=start)
    assert found.max() < SOLVER
    assert found.min() > -LARGEST


@pytest.mark.slow
def test_so_does_that_of_the_whole_model():
    found = steps(THIN, cccv(), [0.4], model="SolidStateDFN")
    assert found.max() < SOLVER
    assert found.min() > -LARGEST


def test_it_jumps_if_a_charge_ends_where_it_first_touches_its_cutoff():
    rate, end = pybamm.InputParameter("c_rate"), pybamm.step.VoltageTermination
    at_most = {"duration": "1000 hours"}
    cycle = (
        pybamm.step.c_rate(-rate, termination=end(3.85, ">"), **at_most),
        pybamm.step.voltage(3.85, duration="1 hour"),
        pybamm.step.c_rate(rate, termination=end(2.5, "<"), **at_most),
    )
    found = steps(THIN, pybamm.Experiment([cycle]), [0.4])
    assert found.min() < -10
