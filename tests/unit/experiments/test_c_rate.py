"""Rates are taken as they are spoken, wherever they are written."""

import numpy as np
import pytest

from aslb.errors import InputError
from aslb.experiments import cccv, cycling, rate_test
from aslb.experiments.c_rate import rate_of, rates_of
from aslb.experiments.study.study_file import study_from


@pytest.mark.parametrize(
    ("said", "rate"), [("C/20", 0.05), ("0.5c", 0.5), (" 1C ", 1.0), ("2", 2.0)]
)
def test_a_rate_is_what_is_said(said, rate):
    assert rate_of(said) == rate
    assert rates_of((said, 3)) == [rate, 3]


@pytest.mark.parametrize("said", ["", "C/0", "1D", "C", "fast"])
def test_what_is_no_rate_is_refused(said):
    with pytest.raises(InputError, match=r"is not a C-rate; accepted: C/20, 0\.5C, 1C"):
        rate_of(said)


def test_protocols_take_it():
    assert cccv("C/20").cycles[0][1].value == 0.05
    assert cycling(1, "C/5").cycles[0][1].value == 0.2
    assert rate_test([("1C", 1)]).cycles[0][0].c_rate == 1.0


def test_study_files_take_it(tmp_path):
    of_one = study_from({"protocol": {"c_rate": "C/20"}, "vary": {"hold_h": [1]}})
    assert of_one.setting["c_rate"] == 0.05
    listed = study_from({"vary": {"c_rate": ["C/20", 1]}})
    assert listed.points.tolist() == [[0.05], [1.0]]
    ends = {"log": ["C/20", "1C"], "points": 2}
    assert study_from({"vary": {"c_rate": ends}}).points.ravel() == pytest.approx(
        [0.05, 1]
    )
    blocks = {"name": "rate_test", "rates": [["C/20", 1], [1, 2]]}
    vary = {"membrane thickness [um]": [50]}
    assert study_from({"protocol": blocks, "vary": vary}).c_rates == (0.05, 1.0, 1.0)
    (tmp_path / "points.csv").write_text("c_rate\nC/20\n1C\n")
    table = study_from({"method": "csv", "file": "points.csv"}, folder=tmp_path)
    assert np.array_equal(table.points, listed.points)
