"""What is kept of the cycles at a rate."""

import numpy as np
import xarray as xr

from aslb.experiments.analyses.thickness.conditions import Conditions, last_cycle
from aslb.parameters.composition.cell import Cell


def test_the_last_cycle_is_kept_with_what_is_said_about_it():
    data = xr.Dataset(
        {
            "status": ("point", ["ok", "failed"]),
            "reason": ("point", ["of the first", "cycle 3: no"]),
            "remarks": (["point", "cycle"], [["of the first", "", ""], ["", "", ""]]),
            "discharge_capacity": (["point", "cycle"], [[35, 62, 64], [1, 2, np.nan]]),
        }
    )
    last = last_cycle(data)
    assert last.discharge_capacity[0] == 64
    assert np.isnan(last.discharge_capacity[1])
    assert last.reason.values.tolist() == ["", "cycle 3: no"]


def test_a_formed_cell_is_cycled_three_times_and_one_as_assembled_once():
    cell = Cell("Cao2021_thin_halide")
    for start, cycles in (("formed", 3), ("as assembled", 1)):
        protocol = Conditions("SolidStateSPM", 2.0, start).protocol(cell)
        assert len(protocol.cycle_lengths) == cycles
        assert protocol.steps[0].hold == 2.0
        assert protocol.steps[0].value == cell.cutoffs()["upper_cutoff"]
