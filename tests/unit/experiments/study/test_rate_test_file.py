"""A rate test in a study file has its rates as they are meant, or is refused."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study_contents import RATE_TEST

from aslb.experiments import InputError
from aslb.experiments.study.study_file import study_from


def with_rates(rates):
    return {**RATE_TEST, "protocol": {"name": "rate_test", "rates": rates}}


def test_a_rate_test_has_a_rate_for_each_cycle():
    study = study_from(RATE_TEST)
    assert study.cycles == 3
    assert len(study) == 2
    _, values = study.inputs(study.points[1])
    assert study.c_rates == (0.1, 0.1, 1.0)
    assert values == pytest.approx({"Separator thickness [m]": 1e-3})
    for other in ([[0.1, 3], [1, 1]], [[0.1, 2]], [[1, 1], [0.1, 2]]):
        assert study_from(with_rates(other)).hash != study.hash


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        ([], r"protocol.rates: \[\]; accepted: a list of \[c_rate, cycles\]"),
        ({"0.1": 2}, "accepted: a list of"),
        ([0.1, 2], "protocol.rates: 0.1; accepted: a list of"),
        ([[0.1]], r"protocol.rates: \[0.1\]; accepted: a list of"),
        ([[0.1, 2, 3]], "accepted: a list of"),
        ([["D/10", 2]], "protocol.rates: 'D/10' is not a C-rate; accepted"),
        ([[math.nan, 2]], "protocol.rates: nan; accepted: a finite number"),
        ([[-0.1, 2]], "protocol.rates: -0.1; accepted: a positive rate"),
        ([[0, 2]], "protocol.rates: 0; accepted: a positive rate"),
        ([[0.1, 0]], "protocol.rates: 0; accepted: 1 to 1000"),
        ([[0.1, 2.0]], "protocol.rates: 2.0; accepted: a whole number"),
        ([[0.1, True]], "protocol.rates: True; accepted: a whole number"),
        ([[0.1, 1001]], "protocol.rates: 1001; accepted: 1 to 1000"),
        ([[0.1, 600], [1, 600]], "protocol.rates: 1200 cycles; accepted: at most 1000"),
    ],
)
def test_rates_that_make_no_test_are_named_in_one_line(rates, message):
    with pytest.raises(InputError, match=message) as error:
        study_from(with_rates(rates))
    assert "\n" not in str(error.value)


def test_a_rate_test_needs_rates_and_no_other():
    with pytest.raises(InputError, match=r"protocol\.rates is missing; accepted"):
        study_from({**RATE_TEST, "protocol": {"name": "rate_test"}})
    given = {**RATE_TEST["protocol"], "c_rate": 1}
    with pytest.raises(InputError, match="c_rate: not accepted with protocol 'rate_te"):
        study_from({**RATE_TEST, "protocol": given})


@settings(max_examples=100, deadline=None)
@given(
    blocks=st.lists(
        st.tuples(
            st.floats(allow_nan=True, allow_infinity=True) | st.integers(-5, 5),
            st.integers(-2, 1200),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_rates_are_read_as_they_are_meant_or_refused(blocks):
    sound = all(1e-3 <= c_rate <= 1e3 and count >= 1 for c_rate, count in blocks)
    sound = sound and sum(count for _, count in blocks) <= 1000
    content = with_rates([list(block) for block in blocks])
    if not sound:
        with pytest.raises(InputError, match=r"protocol\.rates: |C-rate ") as error:
            study_from(content)
        assert len(str(error.value).splitlines()) == 1
        return
    study = study_from(content)
    c_rates = study.c_rates
    assert len(c_rates) == study.cycles == sum(count for _, count in blocks)
    assert [*dict.fromkeys(c_rates)] == [*dict.fromkeys(float(c) for c, _ in blocks)]
