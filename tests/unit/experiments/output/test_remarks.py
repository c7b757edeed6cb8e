"""Signs of remarks in tables, and open markers in figures."""

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr

from aslb.experiments.output.figure_style import mark_remarks, remark_handles
from aslb.experiments.output.remarks import Signs, remarks_of


def test_only_what_was_solved_has_a_remark():
    study = xr.Dataset(
        {
            "status": ("point", ["ok", "ok", "failed", "pending"]),
            "reason": ("point", ["", "hold only", "no solution", ""]),
        }
    )
    assert remarks_of(study).values.tolist() == ["", "hold only", "", ""]


def test_cycles_have_remarks_of_their_own():
    study = xr.Dataset(
        {
            "status": ("point", ["failed"]),
            "reason": ("point", ["cycle 2: no solution"]),
            "remarks": (["point", "cycle"], [["hold only", ""]]),
        }
    )
    assert remarks_of(study).values.tolist() == [["hold only", ""]]


def test_a_sign_stands_for_one_remark_in_all_tables():
    signs = Signs()
    first = signs.marked([[1.0, 20.0], [np.nan, 4.0]], [["", "a"], ["", "b"]])
    assert first.tolist() == [["1.0  ", "20.0*1"], ["failed  ", "4.0*2"]]
    assert signs.marked([5.0], ["b"]).tolist() == ["5.0*2"]
    assert signs.marked([5.0]).tolist() == ["5.0"]
    assert signs.notes() == ["*1 a", "*2 b"]


def test_without_remarks_there_is_no_sign():
    signs = Signs()
    assert signs.marked([1.0, 2.0], ["", ""]).tolist() == ["1.0", "2.0"]
    assert signs.notes() == []


def test_points_with_a_remark_are_open_and_explained():
    _, axes = plt.subplots()
    mark_remarks(axes, [[1.0], [2.0]], [[3.0, 4.0]], [["", "a"], ["", ""]], "red")
    (marked,) = axes.lines
    assert marked.get_xydata().tolist() == [[1.0, 4.0]]
    assert marked.get_markerfacecolor() == "white"
    mark_remarks(axes, [1.0], [1.0], [""], "red")
    assert len(axes.lines) == 1
    plt.close("all")
    assert [h.get_label() for h in remark_handles(["", "a"], "x.csv")] == [
        "remark in x.csv"
    ]
    assert remark_handles(["", ""], "x.csv") == []
