import pytest

from aslb.experiments.output.figure_style import cell_label, rate_label


@pytest.mark.parametrize(
    ("c_rate", "label"),
    [(0.05, "C/20"), (1 / 3, "C/3"), (1, "1C"), (2.5, "2.5C"), (0.4, "0.4C")],
)
def test_rates_read_as_they_are_spoken(c_rate, label):
    assert rate_label(c_rate) == label


def test_cells_read_as_words():
    assert cell_label("Cao2021_thin_halide") == "thin halide"
