"""Points of a study: grids, lists, samples and tables."""

import math

import numpy as np
import pytest
from study_contents import VALID

from aslb.experiments import InputError
from aslb.experiments.study.study_file import study_from


def test_a_grid_is_every_combination_and_a_list_is_not():
    grid = study_from(VALID)
    assert grid.points.shape == (6, 2)
    assert grid.is_grid
    vary = {"membrane thickness [um]": [20, 30], "c_rate": [1, 2]}
    listed = study_from({**VALID, "method": "list", "vary": vary})
    np.testing.assert_array_equal(listed.points, [[20, 1], [30, 2]])
    with pytest.raises(InputError, match="1 values where membrane thickness"):
        study_from({**VALID, "method": "list", "vary": {**vary, "c_rate": [1]}})


@pytest.mark.parametrize("method", ["sobol", "latin hypercube"])
def test_samples_fill_the_ranges_and_repeat_with_their_seed(method):
    vary = {
        "membrane thickness [um]": {"log": [20, 1000]},
        "c_rate": {"linear": [1, 2]},
    }
    content = {**VALID, "method": method, "points": 64, "seed": 3, "vary": vary}
    points = study_from(content).points
    np.testing.assert_array_equal(points, study_from(content).points)
    assert not np.array_equal(points, study_from({**content, "seed": 4}).points)
    assert points[:, 0].min() >= 20
    assert points[:, 0].max() <= 1000
    assert np.median(points[:, 0]) == pytest.approx(math.sqrt(20 * 1000), rel=0.1)
    if method == "sobol":
        with pytest.raises(InputError, match="a power of two, as 128"):
            study_from({**content, "points": 100})


def test_points_come_from_a_csv(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text("c_rate,membrane thickness [um]\n0.5,47\n1,100\n")
    content = {key: VALID[key] for key in ("model", "outputs")}
    content |= {"method": "csv", "file": "points.csv"}
    study = study_from(content, folder=tmp_path)
    np.testing.assert_array_equal(study.points, [[0.5, 47], [1, 100]])
    for rows, message in {
        "0.5,47\n0.5,47\n": "is given twice",
        "0.5,\n": "'nan' in line 2; accepted: a finite number",
        "0.5,inf\n": "'inf' in line 2",
        "": "0 points; accepted: 1 to",
    }.items():
        file.write_text("c_rate,membrane thickness [um]\n" + rows)
        with pytest.raises(InputError, match=message):
            study_from(content, folder=tmp_path)
    with pytest.raises(InputError, match="No such file"):
        study_from({**content, "file": "none.csv"}, folder=tmp_path)
