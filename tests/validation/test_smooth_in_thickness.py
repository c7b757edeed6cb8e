"""Capacity falls steadily with thickness, whatever a charge does in its first seconds.

Where LiCoO2 is insulating the cell is at its upper cut-off as its charge begins, from
some thickness on: of this cell at 0.6C within the range. Nothing may jump there.
"""

import pybamm
import pytest
from in_process import InProcess

from aslb.experiments import Study, cccv

CELL = "Cao2021_thick_halide"
LAYER = "separator.thickness [um]"
RATES = [0.2, 0.5, 0.6, 1.0]
SOLVER = 0.05  # mAh/g, what two points may differ by without a reason
LARGEST = 1.0  # mAh/g, from one thickness to the next


def steps(protocol, rates, model="SolidStateSPM", start="formed"):
    """Change of capacity from one thickness to the next [mAh/g]."""
    vary = {LAYER: {"linear": [20, 1000], "points": 200}, "c_rate": rates}
    kept = {"start": start, "quantities": ["discharge_capacity"]}
    data = Study(CELL, protocol, vary, model=model, **kept).run(executor=InProcess())
    assert (data.status == "ok").all()
    return data.discharge_capacity.diff(LAYER)


@pytest.mark.parametrize("start", ["formed", "as assembled"])
def test_capacity_falls_without_a_jump(start):
    found = steps(cccv(), RATES, start=start)
    assert found.max() < SOLVER
    assert found.min() > -LARGEST


@pytest.mark.slow
def test_so_does_that_of_the_whole_model():
    found = steps(cccv(), [0.6], model="SolidStateDFN")
    assert found.max() < SOLVER
    assert found.min() > -LARGEST


def test_it_jumps_if_a_charge_ends_where_it_first_touches_its_cutoff():
    rate, end = pybamm.InputParameter("c_rate"), pybamm.step.VoltageTermination
    at_most = {"duration": "1000 hours"}
    cycle = (
        pybamm.step.c_rate(-rate, termination=end(4.2, ">"), **at_most),
        pybamm.step.voltage(4.2, duration="1 hour"),
        pybamm.step.c_rate(rate, termination=end(2.5, "<"), **at_most),
    )
    found = steps(pybamm.Experiment([cycle]), [0.6])
    assert found.min() < -20
