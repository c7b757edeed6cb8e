"""Sentences that several reports share."""

import numpy as np
import xarray as xr

from aslb import Cell
from aslb.experiments.study.summary import banded, of_fits, outside

EXPLAINED = (
    ". A value is the best fit of one reading of the data, a band is 90 % of the "
    "samples of all readings, and the band says better what is known."
)


def test_what_is_fitted_is_counted_by_the_data():
    cells = [Cell("Cao2021_thick_halide"), Cell("Asano2018_chloride")]
    (line,) = of_fits(cells)  # of the second nothing was fitted
    both, own = (
        cells[0].fit.fitted_to,
        f"{cells[0].fit.data.source}, with what cells share",
    )
    assert line == (
        f"Fitted values of Cao2021_thick_halide: 7 to [{both}] and 1 to [{own}]. That "
        "the model agrees with these data is no test of it."
    )


def test_a_value_outside_of_its_band_is_named_once():
    values = [
        ("a", 2.0, 1.0, 3.0),
        ("b", 0.5, 1.0, 3.0),
        ("c", 3.5, 1.0, 3.0),
        ("b", 0.6, 1.0, 3.0),
        ("unknown", np.nan, 1.0, 3.0),
        ("no band", 1.0, np.nan, np.nan),
    ]
    assert outside(values) == "Outside of its band: b and c" + EXPLAINED
    assert outside(values[:1]) == ""


def test_of_many_values_outside_the_first_are_named():
    values = [(name, 0.0, 1.0, 2.0) for name in "abcdef"]
    assert outside(values).startswith("Outside of its band: a, b, c and 3 more. ")
    assert outside(values[:4]).startswith("Outside of its band: a, b, c and d. ")


def test_values_are_named_by_their_coordinates():
    study = xr.Dataset({"x": ("rate", [1.0, 2.0])}, {"rate": [0.5, 1.0]})
    assert banded(study, "x", str) == []
    study = study.assign(x_lower=("rate", [0.0, 3.0]), x_upper=("rate", [1.5, 4.0]))
    assert banded(study, "x", lambda at: f"x at {at['rate']}") == [
        ("x at 0.5", 1.0, 0.0, 1.5),
        ("x at 1.0", 2.0, 3.0, 4.0),
    ]
