"""The gallery's fit and design by PyBOP run, and find what they claim to find."""

import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

pytest.importorskip("pybop", reason="PyBOP is not installed")
GALLERY = Path(__file__).resolve().parents[2] / "docs" / "gallery"


@pytest.fixture(autouse=True)
def _nothing_left():
    with plt.rc_context():  # an example sets its style
        yield
    plt.close("all")


def test_the_fit_meets_the_rate_test():
    ran = runpy.run_path(str(GALLERY / "10_pybop_fit.py"))
    problem, start = ran["problem"], ran["start"]
    # sums of squares over uncertainties, of eight observables
    assert problem(ran["found"]) < 20 < 100 < problem(start)
    drawn = {line.get_label(): line.get_ydata() for line in ran["axes"].get_lines()}
    assert abs(drawn["found"][0] - 178) < 5 < abs(drawn["started from"][0] - 178)


def test_the_design_is_better_than_thinner_and_thicker_cathodes():
    ran = runpy.run_path(str(GALLERY / "11_pybop_design.py"))
    thin, _, thick, _ = ran["axes"].get_lines()
    for line in (thin, thick):
        energies = line.get_ydata()
        assert 0 < energies.argmax() < len(energies) - 1
    # a thicker membrane is heavier, and loses more
    assert max(thin.get_ydata()) > max(thick.get_ydata()) + 10
