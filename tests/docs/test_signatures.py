"""Defaults in the reference of Python are short."""

import pytest

from reference_pages.signatures import readable


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (
            "(at=(np.float64(2e-05), np.float64(0.001)), rates=((0.05, 3), (0.1, 5)))",
            "(at=(2e-05, 0.001), rates=((0.05, 3), (0.1, 5)))",
        ),
        ("(c_rates=(0.2, 0.3333333333333333))", "(c_rates=(0.2, 0.333))"),
        ("(x=(1, 2, 3, 4, 5, 6, 7, 8, 9), hold=1.0)", "(x=(1, 2, …, 9), hold=1.0)"),
        ("(folder=PosixPath('.'), of=<function _value>)", "(folder='.', of=_value)"),
        ("(cell='Cao2021_thin_halide')", "(cell='Cao2021_thin_halide')"),
    ],
)
def test_defaults_are_written_as_a_person_would(printed, shown):
    assert readable(printed) == shown
