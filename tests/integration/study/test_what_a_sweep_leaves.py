"""What `aslb sweep` leaves behind and prints, without a folder being named."""

import matplotlib.pyplot as plt
import pandas as pd
from in_process import InProcess

from aslb.experiments import Study, cccv, rate_test
from aslb.experiments.study.report import figures, report

CELLS = ["Cao2021_thick_halide", "Cao2021_thin_halide"]
TEST = rate_test([(1, 2)])
NAME = "separator.thickness [um]"
SETTINGS = {"model": "SolidStateSPM", "quantities": ["discharge_capacity"]}
FILE = """
model = "SolidStateSPM"
[protocol]
name = "rate_test"
rates = [["1C", 2]]
[vary]
"membrane thickness [um]" = [20, 50]
"""


def test_each_study_has_a_folder_and_a_table_of_its_own(aslb, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(FILE)
        done = aslb(f"sweep {name}.toml")
        assert done.returncode == 0, done.stderr
        assert "discharge_capacity [mAh/g]\n  lowest " in done.stdout
        out = tmp_path / "results" / name
        assert len(pd.read_csv(out / "study.csv")) == 4
        assert (out / "discharge_capacity-cycles.png").stat().st_size > 10_000
    asked = aslb("sweep one.toml --status")
    assert asked.stdout.startswith("results/one/study.sqlite: 2 points, 2 ok")
    nothing = aslb("sweep --status")
    assert nothing.returncode == 2
    assert "STUDY is missing; accepted: a file, --status and --out" in nothing.stderr


def drawn(study):
    (draw,) = figures(study.run(executor=InProcess())).values()
    figure = draw()
    plt.close(figure)
    return figure


def test_cycles_are_drawn_a_panel_a_cell():
    figure = drawn(Study(CELLS, TEST, {NAME: [20, 50]}, **SETTINGS))
    assert [axes.get_title("left") for axes in figure.axes] == [
        "thick halide",
        "thin halide",
    ]
    marked, unmarked = figure.axes
    assert marked.get_legend_handles_labels()[1] == ["20", "50"]
    # the thick membrane keeps a charge at 1C from its constant-current part
    assert len(marked.lines) == 4
    assert len(unmarked.lines) == 2


def test_cycles_are_drawn_of_one_point_and_of_a_list():
    (axes,) = drawn(Study(CELLS[1], TEST, **SETTINGS)).axes
    assert len(axes.lines) == 1
    both = {NAME: [20, 50], "foil.thickness_um": [50, 90]}
    (axes,) = drawn(Study(CELLS, TEST, both, method="list", **SETTINGS)).axes
    assert axes.lines[0].get_label() == "thick halide, 20, 50"


def test_a_parameter_without_effect_is_named():
    vary = {"Negative current collector thickness [um]": [8, 9], "c_rate": [0.5, 1]}
    study = Study(CELLS[1], cccv(), vary, **SETTINGS).run(executor=InProcess())
    lines = report(study).summary.splitlines()
    said = (
        "'Negative current collector thickness [um]' changes nothing of what was kept"
    )
    assert [line for line in lines if "changes nothing" in line] == [said]
