import math
import pickle
import re

import numpy as np
import pybamm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.experiments import InputError, cccv, cycling, rate, rate_test
from aslb.experiments.engine.description import described
from aslb.experiments.protocols import formation


def test_rate_test_is_that_of_the_paper():
    rates = [0.05] * 3 + [0.1] * 5 + [0.2] * 5 + [0.5] * 5 + [1.0] * 5 + [0.05] * 5
    assert [charge.c_rate for charge, _ in rate_test().cycles] == rates
    assert [discharge.value for _, discharge in rate_test().cycles] == rates


def test_protocols_are_pybamm_experiments_that_can_be_copied_and_stored():
    for experiment in (cccv(0.1), rate_test(), cycling(3, 0.2)):
        assert isinstance(experiment, pybamm.Experiment)
        for other in (experiment.copy(), pickle.loads(pickle.dumps(experiment))):
            assert described(other) == described(experiment)


@given(
    c_rate=st.floats(1e-3, 100),
    lower=st.floats(0, 4),
    window=st.floats(0.01, 2),
    hold=st.floats(0.01, 100),
    cycles=st.integers(1, 5),
)
def test_cccv_charges_holds_and_discharges(c_rate, lower, window, hold, cycles):
    experiment = cccv(
        c_rate,
        upper_cutoff=lower + window,
        lower_cutoff=lower,
        hold=hold,
        cycles=cycles,
    )
    assert len(experiment.cycles) == cycles
    charge, discharge = experiment.cycles[-1]
    assert (charge.c_rate, discharge.value) == (c_rate, c_rate)
    assert (charge.value, charge.hold) == (lower + window, hold)
    assert discharge.termination[0].value == lower


def test_a_cell_is_formed_as_the_rate_test_begins():
    formed = formation(upper_cutoff=4.0, lower_cutoff=3.0)
    first = rate_test([(0.05, 3)], upper_cutoff=4.0, lower_cutoff=3.0)
    assert described(formed) == described(first)


@pytest.mark.parametrize("c_rate", [0, -1, math.nan, math.inf, 1e-9, 1e9])
def test_impossible_rate_is_named(c_rate):
    with pytest.raises(InputError, match=re.escape(f"C-rate {c_rate:g}")):
        cccv(c_rate)


@pytest.mark.parametrize("cutoffs", [(2.5, 4.2), (3.0, 3.0), (math.nan, 2.5)])
def test_crossed_cutoffs_are_refused(cutoffs):
    upper, lower = cutoffs
    with pytest.raises(InputError, match="is not below upper cut-off"):
        cccv(1, upper_cutoff=upper, lower_cutoff=lower)


@pytest.mark.parametrize("cutoffs", [(1e18, 2.5), (math.inf, 2.5), (4, -math.inf)])
def test_cutoffs_of_no_battery_are_refused(cutoffs):
    upper, lower = cutoffs
    with pytest.raises(InputError, match="V; accepted: -1 to 6 V"):
        cccv(1, upper_cutoff=upper, lower_cutoff=lower)


@pytest.mark.parametrize("hold", [0, -1, math.nan, math.inf, 1e100])
def test_impossible_hold_is_named(hold):
    with pytest.raises(InputError, match="hold of"):
        cccv(1, hold=hold)


def test_cycles_are_counted():
    with pytest.raises(InputError, match="0 cycles"):
        cycling(0, 1)


BLOCKS = "accepted: a list of [c_rate, cycles]"
REFUSED = {
    "upper cut-off: '3.85'; accepted: a number of volts": (
        lambda: cccv(1, upper_cutoff="3.85")
    ),
    "lower cut-off: []; accepted": lambda: cycling(2, 1, lower_cutoff=[]),
    "hold: '1 h'; accepted: a number of hours": lambda: cccv(1, hold="1 h"),
    "C-rate: [1, 2]; accepted: C/20, 0.5C": lambda: cccv([1, 2]),
    "C-rate: True; accepted": lambda: cccv(True),
    "cycles: 1.5; accepted: a whole number": lambda: cccv(1, cycles=1.5),
    "cycles: '3'; accepted": lambda: cycling("3", 1),
    f"rates: []; {BLOCKS}": lambda: rate_test([]),
    f"rates: 0.1; {BLOCKS}": lambda: rate_test([0.1, 1]),
    f"rates: 'C/5'; {BLOCKS}": lambda: rate("Kato2018_thin", rates=["C/5"]),
    f"rates: '1C'; {BLOCKS}": lambda: rate_test("1C"),
    f"rates: (1, 2, 3); {BLOCKS}": lambda: rate_test([(1, 2, 3)]),
    f"rates: 3; {BLOCKS}": lambda: rate_test(3),
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_is_no_number_and_no_list_is_named_in_one_line(message):
    with pytest.raises(InputError) as error:
        REFUSED[message]()
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_numbers_of_numpy_are_numbers():
    made = cccv(np.float32(0.5), upper_cutoff=np.int64(4), cycles=np.int64(2))
    assert described(made) == described(cccv(0.5, upper_cutoff=4, cycles=2))
    assert described(rate_test((r, 1) for r in (1.0, 2.0))) == described(
        rate_test([[1.0, 1], [2.0, 1]])
    )
