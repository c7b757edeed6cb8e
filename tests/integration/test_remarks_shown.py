"""A row with a remark is marked wherever it is shown, by the same sign."""

import matplotlib.pyplot as plt
import pytest
from figure_texts import internal_names
from in_process import InProcess
from matplotlib.colors import to_rgb

from aslb.experiments import Study, cccv, energy_density, rate, rate_test
from aslb.experiments.output.remarks import remarks_of
from aslb.present import report

CELL = "Cao2021_thin_halide"
SPM = {"model": "SolidStateSPM"}
LAYER = "membrane thickness [um]"
FAST, SAID = 4.0, "charge was at its cut-off from the start: hold only"
KEPT = {"quantities": ["discharge_capacity", "specific_energy"]}
CLOSED = {"energy_breakdown"}  # of masses alone


def rate_study():
    return rate(CELL, [(0.5, 1), (FAST, 1)], executor=InProcess(), **SPM)


def energy_study():
    study = energy_density(CELL, [47e-6], [0.5, 1.0], executor=InProcess(), **SPM)
    study = study.assign(reason=study.reason.astype(object))
    study.reason[:] = SAID  # a slow charge has none
    return study


def grid_study():
    vary = {LAYER: [20, 60], "c_rate": [0.2, 1.0, FAST]}
    return Study(CELL, cccv(), vary, **SPM, **KEPT).run(executor=InProcess())


def cycles_study():
    test = rate_test([(0.2, 1), (FAST, 1)])
    return Study(CELL, test, {LAYER: [20, 60]}, **SPM).run(executor=InProcess())


STUDIES = (rate_study, energy_study, grid_study, cycles_study)


@pytest.fixture(scope="module", params=STUDIES, ids=lambda make: make.__name__)
def study(request):
    return request.param()


def plain(study):
    """The study, with nothing to be said about it."""
    none = {name: study[name].copy() for name in ("reason", "remarks") if name in study}
    for values in none.values():
        values[:] = ""
    return study.assign(none)


def open_markers(figure):
    return sum(
        len(line.get_xdata())
        for axes in figure.axes
        for line in axes.lines
        if line.get_marker() not in ("", "None", None)
        and str(line.get_markerfacecolor()) != "none"
        and to_rgb(line.get_markerfacecolor()) == (1, 1, 1)
    )


def test_tables_have_a_sign_and_say_below_what_it_stands_for(study):
    told = report(study).summary
    assert f"\n*1 {SAID}" in told or f"; {SAID}" in told
    assert told.count("*1") > 1  # at a number too
    assert "*" not in report(plain(study)).summary


def test_figures_have_open_markers_and_say_where_the_remark_is(study):
    assert (remarks_of(study) != "").any()
    for name, draw in report(study).figures.items():
        if name in CLOSED:
            continue
        figure = draw()
        figure.draw_without_rendering()
        labels = [t.get_text() for key in figure.legends for t in key.get_texts()]
        assert sum(label.startswith("remark in ") for label in labels) == 1, name
        assert open_markers(figure) > 0, name
        plt.close(figure)


def test_figures_have_no_name_that_only_the_program_knows(study):
    for name, draw in report(study).figures.items():
        figure = draw()
        assert internal_names(figure) == [], name
        plt.close(figure)


def test_without_a_remark_no_marker_is_open(study):
    for name, draw in report(plain(study)).figures.items():
        figure = draw()
        labels = [t.get_text() for key in figure.legends for t in key.get_texts()]
        assert not [label for label in labels if label.startswith("remark in ")], name
        assert open_markers(figure) == 0, name
        plt.close(figure)


def test_the_file_that_a_figure_names_is_written(study):
    told = report(study)
    for name, draw in told.figures.items():
        figure = draw()
        for key in figure.legends:
            for text in key.get_texts():
                if text.get_text().startswith("remark in "):
                    file = text.get_text().removeprefix("remark in ")
                    assert file.removesuffix(".csv") in told.tables, name
        plt.close(figure)
