"""Maps are sampled where they bend, the same way every time, and end."""

import copy
import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mistakes import lines_of
from scipy.interpolate import LinearNDInterpolator, RegularGridInterpolator

from aslb.experiments import InputError
from aslb.experiments.study.adaptive_map import AdaptiveMap
from aslb.experiments.study.study_file import read_study, study_from

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"
VALID = {
    "model": "SolidStateSPM",
    "method": "adaptive",
    "goal": "discharge_capacity",
    "points": 60,
    "loss": 0.01,
    "vary": {
        "membrane thickness [um]": {"log": [20, 1000]},
        "c_rate": {"linear": [0.1, 2]},
    },
    "outputs": {"quantities": ["discharge_capacity"], "losses_at_depth": [0.5]},
}
THICKNESS = {"membrane thickness [um]": {"log": [20, 1000]}}
REFUSED = {
    "goal: None; accepted with method 'adaptive': discharge_capacity, Anode": (
        "goal",
        None,
    ),
    "goal: 'charge_capacity'; accepted with method 'adaptive'": (
        "goal",
        "charge_capacity",
    ),
    "points: 3; accepted: 4 to 10000": ("points", 3),
    "points: 10.5; accepted: a whole number": ("points", 10.5),
    "loss: 0; accepted: a positive number": ("loss", 0),
    "loss: 'low'; accepted: a number": ("loss", "low"),
    "seed: not accepted with method 'adaptive'": ("seed", 1),
    "goal: not accepted with method 'sobol'": ("method", "sobol"),
    "cells: 2 cells; accepted with method 'adaptive': one": (
        "cells",
        ["Cao2021_thin_halide", "Cao2021_thick_halide"],
    ),
    "vary: 1 varied; accepted with method 'adaptive': two": (
        "vary",
        {"c_rate": {"log": [1, 2]}},
    ),
    "vary: 3 varied": (
        "vary",
        {**VALID["vary"], "Ambient temperature [K]": {"linear": [290, 300]}},
    ),
    "c_rate: unknown key 'points'; accepted: linear, log": (
        "vary",
        {**THICKNESS, "c_rate": {"log": [1, 2], "points": 3}},
    ),
    "c_rate: [1, 2]; accepted: linear = [low, high] or log": (
        "vary",
        {**THICKNESS, "c_rate": [1, 2]},
    ),
    "c_rate: 0; accepted: a positive number": (
        "vary",
        {**THICKNESS, "c_rate": {"linear": [0, 2]}},
    ),
    "c_rate: range 1.0 to 1.0000000000000002; accepted: ends that leave": (
        "vary",
        {**THICKNESS, "c_rate": {"linear": [1, 1 + 2**-52]}},
    ),
    "c_rate is missing": (
        "vary",
        {**THICKNESS, "Ambient temperature [K]": {"linear": [290, 300]}},
    ),
}


@pytest.mark.parametrize("message", REFUSED)
def test_a_mistake_is_named_in_one_line(message):
    key, value = REFUSED[message]
    with pytest.raises(InputError) as error:
        study_from({**copy.deepcopy(VALID), key: value})
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_something_must_end_it():
    content = {key: VALID[key] for key in VALID if key not in ("points", "loss")}
    with pytest.raises(InputError, match="points: missing; accepted with method"):
        study_from(content)
    assert len(study_from({**content, "points": 7})) == 7
    assert study_from({**content, "loss": 0.1}).adaptive.loss == 0.1


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "adaptive", None)
    with pytest.raises(InputError, match=r'pip install "aslb\[adaptive\]"'):
        study_from(VALID)


def test_the_example_is_a_map():
    study = read_study(EXAMPLES / "adaptive_map.toml")
    assert study.adaptive.goal in study.outputs.columns


def test_the_hash_covers_goal_ranges_and_end():
    hashes = {study_from(VALID).hash}
    for key, value in {
        "goal": "Separator loss at 0.5 [V]",
        "points": 61,
        "loss": 0.02,
        "vary": {**VALID["vary"], "c_rate": {"log": [0.1, 2]}},
    }.items():
        hashes.add(study_from({**VALID, key: value}).hash)
    assert len(hashes) == 5


def sample(adaptive, function, points=None):
    """Solve a map with a function in the place of a model."""
    if points is None:
        corners = [[low, high] for low in (0, 1) for high in (0, 1)]
        points = adaptive.at(np.array(corners, float))
    while True:
        new, loss = adaptive.propose(points, function(adaptive.unit(points)))
        if len(new) == 0:
            return points, loss
        points = np.vstack([points, new])


def a_map(points=100, loss=None):
    return AdaptiveMap(("log", "linear"), ((20, 1000), (0.1, 2)), "x", points, loss)


def crease(unit):
    return np.maximum(0, unit[:, 0] + 0.7 * unit[:, 1] - 0.9)


def test_a_crease_is_resolved_with_fewer_points_than_a_grid_needs():
    adaptive = a_map(200)
    points, _ = sample(adaptive, crease)
    unit = adaptive.unit(points)
    assert len(points) == len(np.unique(points, axis=0)) == 200
    fine = np.stack(np.meshgrid(*2 * [np.linspace(0, 1, 101)]), -1).reshape(-1, 2)
    found = LinearNDInterpolator(unit, crease(unit))(fine)
    side = np.linspace(0, 1, 20)  # twice the points
    mesh = np.stack(np.meshgrid(side, side, indexing="ij"), -1)
    grid = RegularGridInterpolator(
        (side, side), crease(mesh.reshape(-1, 2)).reshape(20, 20)
    )(fine)
    exact = crease(fine)
    assert np.sqrt(np.mean((found - exact) ** 2)) < np.sqrt(
        np.mean((grid - exact) ** 2)
    )


def test_the_first_points_are_the_same_whatever_ends_the_map():
    whole, _ = sample(a_map(90), crease)
    for end in (4, 5, 8, 37, 58):
        short, _ = sample(a_map(end), crease)
        np.testing.assert_array_equal(short, whole[:end])
        np.testing.assert_array_equal(sample(a_map(90), crease, short)[0], whole)


def test_a_loss_ends_it():
    points, loss = sample(a_map(500, 0.02), crease)
    assert loss <= 0.02
    assert 10 < len(points) < 500
    fewer, loss = sample(a_map(500, 0.1), crease)
    assert loss <= 0.1
    assert len(fewer) < len(points)


@pytest.mark.parametrize(
    "fails",
    [
        lambda u: u[:, 0] > 0.6,
        lambda u: u.sum(axis=1) % 2 == 0,  # corners
        lambda u: u[:, 0] >= 0,
    ],
    ids=["half", "corners", "all"],
)
def test_failures_neither_stop_nor_hold_it(fails):
    def partly(unit):
        return np.where(fails(unit), np.nan, crease(unit))

    adaptive = a_map(80)
    points, loss = sample(adaptive, partly)
    assert len(points) == len(np.unique(points, axis=0)) == 80
    assert math.isfinite(loss)


def test_failures_do_not_draw_points():
    adaptive = a_map(120)

    def lost(unit):
        return np.where(unit[:, 0] > 0.75, np.nan, crease(unit))

    unit = adaptive.unit(sample(adaptive, lost)[0])
    assert np.mean(unit[:, 0] > 0.75) < 0.4


@settings(max_examples=200, deadline=None)
@given(
    scale=st.sampled_from(["log", "linear"]),
    low=st.floats(1e-12, 1e12),
    ratio=st.floats(1.01, 1e9),
    unit=st.lists(st.floats(0, 1), min_size=2, max_size=2),
)
def test_coordinates_go_there_and_back(scale, low, ratio, unit):
    ends = (low, low * ratio)
    adaptive = AdaptiveMap((scale, scale), (ends, ends), "x", 10, None)
    points = adaptive.at(np.array([unit, [0, 1]]))
    assert tuple(points[1]) == ends
    assert (points >= low * (1 - 1e-12)).all()
    assert (points <= ends[1] * (1 + 1e-12)).all()
    np.testing.assert_allclose(adaptive.unit(points), [unit, [0, 1]], atol=1e-9)
    if scale == "log":
        middle = adaptive.at(np.full((1, 2), 0.5))
        np.testing.assert_allclose(middle, math.sqrt(low) * math.sqrt(ends[1]))


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["a\nb", "c_rate", "log", "discharge_capacity", "adaptive"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["log", "linear", "points", "c_rate", "a\nb"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=5,
)
PLACES = [
    ("goal",),
    ("points",),
    ("loss",),
    ("seed",),
    ("file",),
    ("cells",),
    ("vary",),
    ("outputs",),
    ("vary", "c_rate"),
    ("vary", "c_rate", "linear"),
    ("vary", "membrane thickness [um]", "log"),
]


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(PLACES), junk=JUNK)
def test_anything_else_is_a_map_or_refused_in_a_line_a_mistake(place, junk):
    content = copy.deepcopy(VALID)
    section = content
    for key in place[:-1]:
        section = section[key]
    section[place[-1]] = junk
    message = "refused"
    try:
        study = study_from(content)
    except InputError as error:
        message = str(error)
    else:
        assert study.points.shape == (4, 2)
        wanted = study.adaptive.loss
        points, loss = study.adaptive.propose(study.points, np.array([0, 0, 0, 1.0]))
        assert np.isfinite(points).all()
        if wanted is not None and wanted >= loss:
            assert len(points) == 0
        else:
            assert len(points) == min(4, study.adaptive.points - 4)
    lines_of(message)
