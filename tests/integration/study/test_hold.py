"""How long a charge is held is an axis of a study, as its rate is."""

from functools import partial

import numpy as np
import pytest
from in_process import InProcess

from aslb.experiments import Study, cccv, export_study, rate_test, sweep

CELL, MODEL = "Cao2021_thick_halide", "SolidStateSPM"
HOLDS = [0.1, 0.5, 2.0]


def solved(protocol, vary=None, **options):
    settings = {"model": MODEL, "quantities": ["discharge_capacity"], **options}
    data = Study(CELL, protocol, vary, **settings).run(executor=InProcess())
    assert (data.status == "ok").all()
    return data.discharge_capacity


def test_a_longer_hold_is_more_capacity():
    capacity = solved(cccv(0.5), {"hold_h": HOLDS})
    assert capacity.dims == ("hold_h",)
    assert capacity.hold_h.units == "h"
    assert (capacity.diff("hold_h") > 1).all()


def test_it_is_the_study_whose_protocol_has_the_hold():
    """To the bit; the hold of the cycles before is not touched."""
    capacity = solved(cccv(), {"hold_h": HOLDS, "c_rate": [0.5, 1.0]})
    for hold in HOLDS:
        own = solved(cccv(hold=hold), {"c_rate": [0.5, 1.0]})
        np.testing.assert_array_equal(capacity.sel(hold_h=hold), own)


def test_it_is_that_of_every_cycle():
    rates = [(1.0, 2), (0.5, 1)]
    capacity = solved(rate_test(rates), {"hold_h": [0.2]})
    own = solved(rate_test(rates, hold=0.2))
    np.testing.assert_array_equal(capacity.sel(hold_h=0.2), own)


@pytest.mark.parametrize("start", ["formed", "as assembled"])
def test_a_file_has_it_and_the_start(start, tmp_path):
    content = {
        "cells": [CELL],
        "model": MODEL,
        "start": start,
        "protocol": {"c_rate": 1.0},
        "vary": {"hold_h": {"log": [0.1, 2.0], "points": 2}},
        "outputs": {"quantities": ["discharge_capacity"]},
    }
    data = sweep(content, tmp_path, executor=InProcess())
    expected = solved(partial(cccv, 1.0), {"hold_h": [0.1, 2.0]}, start=start)
    np.testing.assert_array_equal(data.discharge_capacity, expected)
    header, *lines = export_study(tmp_path, "csv").read_text().splitlines()
    assert "hold_h" in header
    assert len(lines) == 2
