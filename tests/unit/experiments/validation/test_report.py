"""Files, figures and summary of the comparison with the paper."""

import json

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from aslb.experiments.output.figure_style import MUTED
from aslb.experiments.output.files import write_report
from aslb.experiments.validation.comparison import Validation
from aslb.experiments.validation.report import (
    plot_parity,
    plot_rate_capability,
    report,
)
from aslb.experiments.validation.roles import ROLES

UNBLINDED = "after unblinding"
THICK, THIN = "Cao2021_thick_halide", "Cao2021_thin_halide"


def row(quantity, cell, c_rate, unit, paper, model, half_width, role):
    return {
        "quantity": quantity,
        "cell": cell,
        "c_rate": c_rate,
        "unit": unit,
        "paper": paper,
        "model": model,
        "lower": model - half_width,
        "upper": model + half_width,
        "difference": model - paper,
        "role": role,
    }


@pytest.fixture
def table():
    nothing = np.nan
    found = pd.DataFrame(
        [
            row("rate capability", THIN, 0.05, "mAh/g", 178, 177.5, 2, "calibrated"),
            row("rate capability", THIN, 1.0, "mAh/g", 124, 118.25, 9, "calibrated"),
            row("recovered capacity", THIN, 0.05, "mAh/g", 177, 178, 2, "predicted"),
            row("first discharge", THICK, 0.5, "mAh/g", 101, 108, 7, UNBLINDED),
            row("rate capability", THICK, 0.05, "mAh/g", nothing, 170, 3, "predicted"),
            row("rate capability", THICK, 1.0, "mAh/g", nothing, 91, 20, "predicted"),
            row("charge voltage", THICK, 0.05, "mV", 55, 61, nothing, "input"),
        ]
    )
    return found


@pytest.fixture
def limits():
    return pd.DataFrame({"cell": [THIN], "Separator [V]": [0.25], "largest": ["Kine"]})


def close_after(figure):
    plt.close(figure)
    return figure.axes[0]


def test_parity_draws_every_printed_capacity_on_its_number(table):
    axes = close_after(plot_parity(table))
    marks = [line for line in axes.lines if line.get_marker() not in ("None", None, "")]
    drawn = sorted(
        point for mark in marks for point in np.column_stack(mark.get_data()).tolist()
    )
    assert drawn == [[101, 108], [124, 118.25], [177, 178], [178, 177.5]]
    (diagonal,) = [line for line in axes.lines if line not in marks]
    np.testing.assert_array_equal(*diagonal.get_data())


def test_parity_draws_fitted_values_open_and_predictions_filled(table):
    axes = close_after(plot_parity(table))
    faces = {
        line.get_label().split(", ")[-1]: (
            line.get_markerfacecolor(),
            line.get_fillstyle(),
        )
        for line in axes.lines
        if ", " in str(line.get_label())
    }
    assert set(faces) == {"calibrated", UNBLINDED, "predicted"}
    assert faces["calibrated"] == ("white", "full")
    assert faces[UNBLINDED] == (MUTED[2], "bottom")
    assert faces["predicted"] == (MUTED[0], "full")


def test_rate_capability_draws_each_cell_over_its_rates(table):
    axes = close_after(plot_rate_capability(table))
    curves = [line for line in axes.lines if "paper" not in str(line.get_label())]
    found = {tuple(line.get_ydata()) for line in curves if line.get_marker() != "*"}
    assert found == {(177.5, 118.25), (170.0, 91.0)}
    stars = [line for line in axes.lines if "paper" in str(line.get_label())]
    assert [tuple(line.get_ydata()) for line in stars] == [(178, 124)]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["C/20", "1C"]
    assert len(axes.collections) == 2  # a band for each cell


def test_report_writes_what_it_was_given(table, limits, tmp_path):
    opened = plt.get_fignums()
    found = Validation(table, limits, [], {})
    write_report(report(found), tmp_path, {"command": "aslb validate"})
    pd.testing.assert_frame_equal(
        pd.read_csv(tmp_path / "validate.csv"), table, check_dtype=False
    )
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "limits.csv"), limits)
    for name in ("parity", "capability"):
        for ending in ("png", "svg"):
            assert (tmp_path / f"{name}.{ending}").stat().st_size > 10_000
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest == {"command": "aslb validate"}
    assert plt.get_fignums() == opened  # none is left open


def test_summary_has_a_line_for_each_row_and_says_what_the_bands_rest_on(table, limits):
    rests = {"samples": 64, "model_error": 2.54}
    refused = ["No bands: why"]
    lines = report(Validation(table, limits, refused, rests)).summary.splitlines()
    assert lines[0].split()[:4] == ["quantity", "cell", "rate", "unit"]
    assert lines[2].split()[-7:] == [
        *("mAh/g", "124.0", "118.2", "109.2", "127.2", "-5.8", "calibrated")
    ]
    assert lines[5].split()[-6] == "-"  # the paper prints nothing
    assert lines[-2:] == [
        "Bands: 90 % of 64 samples, with a model error of 2.5 mAh/g",
        "No bands: why",
    ]
    assert "ands: " not in report(Validation(table, limits, [], {})).summary
    for role in ("calibrated", UNBLINDED, "predicted", "input"):
        assert f"{role}: {ROLES[role]}" in lines
    assert not any(line.startswith("known: ") for line in lines)


@pytest.mark.parametrize("name", ["parity", "capability"])
def test_figures_say_what_their_bands_rest_on(table, limits, name):
    for rests, title in (
        ({"samples": 8, "model_error": 2.0}, "Bands: 90 % of 8 samples, with a model "),
        ({}, ""),
    ):
        figures = report(Validation(table, limits, [], rests)).figures
        (legend,) = close_after(figures[name]()).figure.legends
        said = legend.get_title().get_text()
        assert said.startswith(title)
        assert bool(said) == bool(title)
