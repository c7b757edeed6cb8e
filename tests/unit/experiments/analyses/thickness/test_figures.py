"""Names of lines, and the numbers of rates that figures show."""

import xarray as xr

from aslb.cli.thickness import beside_of
from aslb.experiments.analyses.thickness.figures import line_labels

THIN, THICK = "Cao2021_thin_halide", "Cao2021_thick_halide"


def labels(**attrs):
    return line_labels(xr.Dataset(attrs=attrs))


def test_lines_of_the_paper_say_what_changes_and_others_are_cells():
    both = ["membrane made thicker", "pellet with its own contact"]
    assert labels(cell=THIN, beside=THICK) == both
    assert labels(cell=f"{THIN}:literal", beside=f"{THICK}:literal") == both
    assert labels(cell=THICK, beside=THIN) == ["thick halide", "thin halide"]
    assert labels(cell=THIN) == ["thin halide"]


def test_the_cell_beside_is_in_the_same_reading():
    assert beside_of(THIN) == THICK
    assert beside_of(f"{THIN}:literal:log-linear") == f"{THICK}:literal:log-linear"
    assert beside_of(THICK) is beside_of("mine.toml") is None
