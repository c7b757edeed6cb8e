"""Table and figure of a sensitivity study."""

import json

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from figure_texts import internal_names

from aslb.experiments.analyses.sensitivity.report import plot_sensitivity, report
from aslb.experiments.output.files import write_report

PARAMETERS = [
    "Positive electrode active fraction",
    "Negative electrode interface resistance [Ohm.m2]",
    "Separator electrolyte conductivity [S.m-1]",
]
TOTALS = {"capacity at 1C": (0.2, 0.6, 0.1), "critical thickness": (0.4, 0.05, 0.7)}
TABLE = pd.DataFrame(
    [
        {
            "output": output,
            "parameter": parameter,
            "first_order": total / 2,
            "first_order_half_width": 0.01,
            "total": total,
            "total_half_width": 0.02,
            "resolved": True,
            "first_order_resolved": True,
        }
        for output, totals in TOTALS.items()
        for parameter, total in zip(PARAMETERS, totals, strict=True)
    ]
)


@pytest.fixture
def panels():
    figure = plot_sensitivity(TABLE)
    yield figure.axes
    plt.close(figure)


def test_figure_has_a_panel_for_each_output(panels):
    assert [axes.get_title("left").lower() for axes in panels] == [
        name.lower() for name in TOTALS
    ]
    assert internal_names(panels[0].figure) == []
    assert {axes.get_xlabel() for axes in panels} == {
        "Sobol index\n0 of 6 left out:\nno larger than their error"
    }
    legend = panels[-1].get_legend()
    assert [text.get_text() for text in legend.texts] == ["total", "first order"]


def test_bars_are_the_indices_with_the_most_important_on_top(panels):
    for axes, totals in zip(panels, TOTALS.values(), strict=True):
        bars = [bar.get_width() for bar in axes.patches]
        assert bars[:3] == sorted(totals)
        assert bars[3:] == pytest.approx([total / 2 for total in sorted(totals)])
    labels = [label.get_text() for label in panels[0].get_yticklabels()]
    assert labels == [
        "Separator conductivity",
        "Cathode active fraction",
        "Foil interface resistance",
    ]


def test_panels_have_one_scale_that_holds_all_indices(panels):
    assert {axes.get_xlim() for axes in panels} == {panels[0].get_xlim()}
    largest = max(map(max, TOTALS.values())) + 0.02  # with its interval
    assert panels[0].get_xlim()[0] == 0
    assert panels[0].get_xlim()[1] > largest


def test_what_is_said_below_a_panel_is_inside_of_the_figure():
    longest = "Positive electrode Bruggeman coefficient (electrolyte)"
    named = TABLE.replace({"parameter": {PARAMETERS[0]: longest}})
    lost = named.assign(resolved=False, first_order_resolved=False)
    figure = plot_sensitivity(pd.concat([named, lost, lost, lost]))
    figure.draw_without_rendering()
    for axes in figure.axes:
        extent = axes.xaxis.label.get_window_extent()
        assert figure.bbox.x0 <= extent.x0
        assert extent.x1 <= figure.bbox.x1
    plt.close(figure)


def bars_of(table):
    figure = plot_sensitivity(table)
    panels = [
        (
            [label.get_text() for label in axes.get_yticklabels()],
            [bar.get_width() for bar in axes.patches],
            axes.get_xlabel(),
        )
        for axes in figure.axes
    ]
    plt.close(figure)
    return panels


def test_what_is_within_its_error_is_not_drawn_but_counted():
    table = TABLE.copy()
    table.loc[0, "first_order_resolved"] = False
    table.loc[1, ["resolved", "first_order_resolved"]] = False
    first, second = bars_of(table)
    labels, bars, said = first
    assert labels == [
        "Separator conductivity",
        "Cathode active fraction",
    ]
    assert bars == pytest.approx([0.1, 0.2, 0.05])
    assert said == "Sobol index\n3 of 6 left out:\nno larger than their error"
    assert len(second[1]) == 6
    told = report(table).summary
    assert "Figure, capacity at 1C: 3 of 6 left out: no larger" in told
    assert "Figure, critical thickness: 0 of 6 left out" in told


def test_without_anything_resolved_there_are_no_bars():
    table = TABLE.assign(resolved=False, first_order_resolved=False)
    for labels, bars, said in bars_of(table):
        assert labels == bars == []
        assert "6 of 6" in said


def test_report_writes_table_figure_and_manifest(tmp_path):
    opened = plt.get_fignums()
    found = report(TABLE)
    write_report(found, tmp_path, {"command": "aslb sensitivity"})
    said = found.summary
    written = pd.read_csv(tmp_path / "sobol.csv")
    assert list(written) == list(TABLE)
    assert written.total.tolist() == [0.6, 0.2, 0.1, 0.7, 0.4, 0.05]
    assert said.splitlines()[1].split()[0] == "capacity"
    assert "0.600" in said.splitlines()[1]
    for ending in ("png", "svg"):
        assert (tmp_path / f"sobol.{ending}").stat().st_size > 10_000
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest == {"command": "aslb sensitivity"}
    assert plt.get_fignums() == opened  # none is left open
