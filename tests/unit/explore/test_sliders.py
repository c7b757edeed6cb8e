"""How far sliders go, and what is known of their numbers."""

import pytest

from aslb import Cell
from aslb.explore.sliders import SLIDERS, scales_of
from aslb.parameters.cells.shipped import SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_cell_stands_on_its_sliders_with_its_range(name):
    cell = Cell(name)
    scales = scales_of(cell)
    assert scales.keys() == SLIDERS.keys()
    for scale in scales.values():
        assert scale.stop in scale.steps
        assert scale.stop == pytest.approx(scale.own, rel=1e-3)
        # what a browser shows of a stop
        assert len(str(scale.stop).strip("0.").replace(".", "")) <= 4
        assert list(scale.steps) == sorted(scale.steps)
        low, high = scale.known
        assert scale.steps[0] <= low * (1 + 1e-9)
        assert high <= scale.steps[-1] * (1 + 1e-9)
        assert not scale.beyond(scale.own)
        changed = cell.vary({scale.slider.name: scale.own})
        name = scale.parameter.pybamm_name
        assert changed.numbers[name] == pytest.approx(cell.numbers[name], rel=1e-9)


def test_a_range_is_that_of_the_source():
    scale = scales_of(Cell("Cao2021_thin_halide"))["thickness_um"]
    assert scale.kind == "measured"
    assert scale.known == pytest.approx((45, 52))
    assert scale.beyond(44.9)
    assert scale.beyond(52.1)
    assert not scale.beyond(52)
    places = [scale.place(one) for one in (scale.steps[0], 45, 52, scale.steps[-1])]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == 1
