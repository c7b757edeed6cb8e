"""Adaptive maps are drawn in the coordinates they were sampled in, or not at all."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xarray as xr

from aslb.experiments.study.figures import (
    has_triangle,
    plot_adaptive_map,
)


def a_map(values, scale="log", low=1e-12, high=1e-9):
    first = [low, low, high, high, np.sqrt(low * high)]
    values = np.array(values, float)
    return xr.Dataset(
        {
            "discharge_capacity": ("point", values, {"units": "mAh/g"}),
            "status": ("point", np.where(np.isnan(values), "failed", "ok")),
            "reason": ("point", np.where(np.isnan(values), "a reason", "")),
        },
        coords={
            "D [m2.s-1]": ("point", first, {"scale": scale}),
            "c_rate": ("point", [1, 2, 1, 2, 1.5], {"scale": "linear"}),
        },
        attrs={"sampled": ["D [m2.s-1]", "c_rate"], "cell": "one", "model": "SPM"},
    )


@pytest.mark.parametrize("scale", ["log", "linear"])
@pytest.mark.parametrize(
    "values", [[0, 1, 2, 3, 1.5], [0, 0, 0, 0, 0], [0, 1, 2, np.nan, np.nan]]
)
def test_a_map_is_drawn_with_its_failures(values, scale):
    study = a_map(values, scale)
    assert has_triangle(study, "discharge_capacity")
    figure = plot_adaptive_map(study, "discharge_capacity")
    figure.canvas.draw()
    axes = figure.axes[0]
    solved, failed = axes.lines
    assert len(solved.get_xdata()) == np.isfinite(values).sum()
    assert len(failed.get_xdata()) == np.isnan(values).sum()
    if scale == "log":
        assert min(solved.get_xdata()) == pytest.approx(-12)
        assert [label.get_text() for label in axes.get_xticklabels()][:3] == [
            "1e-12",
            "2e-12",
            "5e-12",
        ]
    plt.close(figure)


@pytest.mark.parametrize(
    "values", [[0, np.nan, np.nan, 3, 1], [np.nan] * 5, [1, 2] + [np.nan] * 3]
)
def test_points_in_a_line_are_no_map(values):
    assert not has_triangle(a_map(values), "discharge_capacity")
