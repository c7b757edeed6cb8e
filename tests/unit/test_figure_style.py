import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from aslb.experiments.output.figure_style import (
    ONE_COLUMN,
    SMALL,
    TWO_COLUMNS,
    apart,
    cell_label,
    published_label,
    rate_label,
    spread,
    styled,
)
from aslb.experiments.output.files import write_report
from aslb.experiments.output.report import Report


@pytest.mark.parametrize(
    ("c_rate", "label"),
    [(0.05, "C/20"), (1 / 3, "C/3"), (1, "1C"), (2.5, "2.5C"), (0.4, "0.4C")],
)
def test_rates_read_as_they_are_spoken(c_rate, label):
    assert rate_label(c_rate) == label


def test_cells_read_as_words():
    assert cell_label("Cao2021_thin_halide") == "thin halide"
    assert cell_label("Cao2021_thin_halide:literal") == "thin halide, literal"
    assert cell_label("Asano2018_chloride") == "Asano 2018 chloride"
    assert cell_label("cells/my_own.toml") == "my own"
    assert published_label("Cao2021_thin_halide") == "Cao 2021 thin halide"


@given(st.lists(st.floats(-1e3, 1e3), max_size=8), st.floats(0.1, 100))
def test_labels_never_come_closer_than_the_gap_and_keep_their_order(values, gap):
    moved = apart(values, gap)
    assert (np.diff(moved[np.argsort(values)]) >= gap * (1 - 1e-9) - 1e-9).all()


def test_labels_move_no_more_than_they_must():
    assert apart([5, 0, 100], 4).tolist() == [5, 0, 100]
    assert apart([1.0, 0.0, np.nan, 50], 4).tolist()[:2] == [2.5, -1.5]
    assert np.isnan(apart([1.0, np.nan], 4)[1])


def test_few_of_many_are_spread_with_the_ends():
    assert spread(6, 4) == [0, 2, 3, 5]
    assert spread(3, 4) == [0, 1, 2]
    assert spread(1, 6) == [0]


@styled
def drawn(width):
    figure, axes = plt.subplots(figsize=(width, 2))
    axes.plot([0, 1], [0, 1])
    return figure


@pytest.mark.parametrize("width", [ONE_COLUMN, TWO_COLUMNS])
def test_files_are_of_300_dpi_and_as_wide_as_a_column(width, tmp_path):
    write_report(Report("", {}, {"it": lambda: drawn(width)}), tmp_path, {})
    figure = drawn(width)
    figure.savefig(tmp_path / "by-hand.png")
    plt.close(figure)
    for name in ("it", "by-hand"):
        with Image.open(tmp_path / f"{name}.png") as image:
            assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
            assert image.width == pytest.approx(300 * width, abs=1)
    assert f'width="{72 * width:.6f}pt"' in (tmp_path / "it.svg").read_text()


def test_a_vector_is_the_same_each_time_it_is_written(tmp_path):
    for folder in ("first", "second"):
        figures = {"it": lambda: drawn(ONE_COLUMN)}
        write_report(Report("", {}, figures), tmp_path / folder, {})
    first, second = (
        (tmp_path / folder / "it.svg").read_text().split("</metadata>")[1]
        for folder in ("first", "second")
    )
    assert first == second


def test_labels_are_in_the_style_though_it_is_saved_outside_of_it(tmp_path):
    figure = drawn(ONE_COLUMN)
    figure.savefig(tmp_path / "it.png")
    plt.close(figure)
    for label in figure.axes[0].get_xticklabels():
        assert label.get_fontsize() == SMALL
