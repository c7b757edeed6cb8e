"""Nothing on a front is beaten, and all else is."""

import numpy as np
import pytest
import xarray as xr
from figure_texts import internal_names
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from aslb.experiments.study.pareto import (
    capacity_retention,
    pareto_front,
    plot_pareto,
)

# few distinct numbers, so that there are ties
VALUES = st.integers(0, 6).map(float) | st.floats(-1e3, 1e3) | st.just(np.nan)
POINTS = st.integers(0, 30).flatmap(lambda n: arrays(float, (n, 2), elements=VALUES))


def dominates(one, other):
    return (one >= other).all() and (one > other).any()


@given(points=POINTS)
def test_no_point_of_the_front_is_dominated_and_every_other_is(points):
    front = pareto_front(points[:, 0], points[:, 1])
    assert front.shape == (len(points),)
    for point, is_on in zip(points, front, strict=True):
        beaten = any(dominates(other, point) for other in points)
        known = np.isfinite(point).all()
        assert is_on == (known and not beaten)


@given(points=POINTS)
def test_the_front_alone_beats_the_rest(points):
    front = points[pareto_front(*points.T)]
    assert pareto_front(*front.T).all()


def study(c_rates=(1.0, 0.1, 0.5)):
    rng = np.random.default_rng(1)
    dims = ("cathode.thickness [um]", "c_rate")
    data = xr.Dataset(
        coords={dims[0]: [50.0, 100.0, 5000.0], "c_rate": list(c_rates)},
        attrs={"cell": "Cao2021_thin_halide", "model": "SolidStateSPM"},
    )
    shape = (3, len(c_rates))
    data["status"] = dims, np.full(shape, "ok")
    data["reason"] = dims, np.full(shape, "")
    data["discharge_capacity"] = dims, rng.uniform(50, 150, shape)
    data["specific_energy"] = (
        dims,
        rng.uniform(50, 300, shape),
        {"units": "Wh/kg", "long_name": "Specific energy", "boundary": "cathode"},
    )
    return data


def test_retention_is_counted_from_the_lowest_rate_wherever_it_stands():
    data = study()
    retention = capacity_retention(data)
    assert retention.c_rate.values.tolist() == [0.5, 1.0]
    capacity = data.discharge_capacity
    np.testing.assert_allclose(
        retention.sel(c_rate=1.0), capacity.sel(c_rate=1.0) / capacity.sel(c_rate=0.1)
    )
    data.discharge_capacity[1, 1] = 0.0
    assert capacity_retention(data).isel({"cathode.thickness [um]": 1}).isnull().all()


def test_the_figure_says_energy_rates_and_boundary():
    figure = plot_pareto(study())
    axes, colours = figure.axes
    assert axes.get_ylabel() == "Specific energy [Wh/kg]"
    assert axes.get_xlabel() == "Capacity retention from C/10 [%]"
    assert "cathode" in axes.get_title("left")
    assert colours.get_ylabel() == "Cathode thickness [µm]"
    assert internal_names(figure) == []
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["Front at C/2", "Front at 1C"]
    dots = np.concatenate([group.get_offsets() for group in axes.collections])
    assert len(dots) == 6
    for line in axes.lines:  # every vertex of a front is a dot of its rate
        for vertex in line.get_xydata():
            assert np.isclose(dots, vertex).all(axis=1).any()


@pytest.mark.parametrize("broken", ["all", "one"])
def test_failed_points_are_left_out_of_the_figure(broken):
    data = study()
    at = (slice(None) if broken == "all" else 0, 0)
    data.discharge_capacity.values[at] = np.nan
    data.specific_energy.values[at] = np.nan
    figure = plot_pareto(data)
    figure.draw_without_rendering()
    assert len(figure.axes[0].lines) == 2
