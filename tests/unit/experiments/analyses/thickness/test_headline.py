"""The answer in words, of numbers that are made up."""

import numpy as np
import pytest
import xarray as xr

from aslb.experiments.analyses.thickness.headline import (
    by_hold,
    headline,
    largest_loss,
    limits,
    too_thick,
)

LAYERS = np.array([20e-6, 80e-6, 1e-3])
COMPONENTS = ["Separator", "Kinetic"]


@pytest.fixture
def study():
    loss = np.zeros((3, 2, 2, 2))  # thickness, rate, depth, component
    loss[..., 0] = np.array([0.01, 0.03, 0.5])[:, None, None]
    loss[..., 1] = 0.02
    loss[:, 1, 1, 1] = 0.4  # at the end, at 1C
    found = xr.Dataset(
        {
            "discharge_capacity": (
                ["thickness", "c_rate"],
                [[150, 100], [150, 99], [149, 60]],
            ),
            "fraction_of_thin_limit": (
                ["thickness", "c_rate"],
                [[1, 1], [1, 0.99], [0.99, 0.6]],
            ),
            "critical_thickness": ("c_rate", [np.nan, 432.1e-6]),
            "loss": (["thickness", "c_rate", "depth", "component"], loss),
            "charge_loss": (["thickness", "c_rate", "depth", "component"], -loss),
            "hold_capacity": (
                ["hold_h", "at", "c_rate"],
                [[[150, 99], [149, 60]], [[151, 99.5], [150, 66]]],
            ),
        },
        {
            "thickness": LAYERS,
            "c_rate": [0.05, 1.0],
            "depth": [0.5, 1.0],
            "component": COMPONENTS,
            "hold_h": [1.0, 5.0],
            "at": ["as built", "thickest"],
            "at_thickness": ("at", [40e-6, 1e-3]),
        },
    )
    return found.assign_attrs(
        cell="mine", fraction=0.95, as_built_thickness=40e-6, hold=1.0
    )


def test_each_rate_has_the_thickness_at_which_it_loses(study):
    said = "How thin: mine has lost 5 % of its thin limit "
    assert too_thick(study) == said + "beyond 1000 µm for C/20, at 432 µm for 1C."


def test_rates_of_one_answer_are_told_together(study):
    study["critical_thickness"] = ("c_rate", [np.nan, np.nan])
    study["fraction_of_thin_limit"] *= 0 * study.fraction_of_thin_limit + 0.5
    assert too_thick(study).endswith("limit below 20 µm for C/20 and 1C.")


def test_a_band_and_what_is_unknown_are_said(study):
    study["critical_thickness_lower"] = ("c_rate", [1e-3, 250e-6])
    study["critical_thickness_upper"] = ("c_rate", [1e-3, 700e-6])
    assert too_thick(study).endswith(
        "beyond 1000 µm for C/20, at 432 µm (250 µm to 700 µm) for 1C."
    )
    study["fraction_of_thin_limit"] *= np.nan
    assert "as no point was solved, for C/20" in too_thick(study)


def test_what_lies_outside_of_its_band_is_said_below(study):
    capacity = study.discharge_capacity
    banded = study.assign(
        critical_thickness_lower=("c_rate", [1e-3, 300e-6]),
        critical_thickness_upper=("c_rate", [1e-3, 400e-6]),
        discharge_capacity_lower=capacity - 1,
        discharge_capacity_upper=capacity - [0.5, -1],
    )
    first, below = headline(banded).split("\n\n")[0].splitlines()
    assert first == too_thick(banded)
    assert below.startswith("Outside of its band: 432 µm for 1C and capacity at C/20. ")
    assert "Outside" not in headline(study)
    inside = banded.assign(
        critical_thickness_upper=("c_rate", [1e-3, 500e-6]),
        discharge_capacity_upper=study.discharge_capacity + 1,
    )
    assert "Outside" not in headline(inside)


def test_the_largest_loss_is_told_between_thicknesses_of_either_sign(study):
    at = study["loss"].isel(c_rate=0, depth=0)
    # 40 um is halfway from 20 to 80: 20 mV of the separator, as of the kinetics
    assert largest_loss(at, 41e-6) == "Separator 20 mV"
    assert largest_loss(-at, 39e-6) == "Kinetic 20 mV"
    assert largest_loss(-at, 1e-3) == "Separator 500 mV"
    assert largest_loss(at * np.nan, 40e-6) == "unknown"


def test_limits_are_those_as_built_one_line_a_rate(study):
    study.attrs["as_built_thickness"] = 30e-6
    head, slow, fast = limits(study).splitlines()
    assert "the largest loss at 30 µm, at half of the charge and at the end" in head
    assert slow == "   C/20  Kinetic 20 mV; Kinetic 20 mV"
    assert fast == "     1C  Kinetic 20 mV; Kinetic 400 mV"
    study.attrs["as_built_thickness"] = np.nan
    assert limits(study) == ""


def test_what_a_hold_brings_is_that_of_the_longest_at_the_thickest(study):
    assert by_hold(study) == (
        "What the hold does: at 1000 µm one of 5 h instead of 1 h brings +1.0 at C/20 "
        "and +6.0 at 1C mAh/g."
    )
    study.attrs["hold"] = 5.0
    assert by_hold(study) == ""
    assert by_hold(study.drop_vars("hold_capacity")) == ""
