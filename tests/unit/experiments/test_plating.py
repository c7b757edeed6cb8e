"""Stepped plating is what the paper's figure S14 does."""

import numpy as np
import pytest

from aslb import InputError
from aslb.experiments.plating import plating_steps


def test_each_density_passes_the_same_charge_to_and_fro():
    area = 1.2e-4
    steps = plating_steps(area).steps
    assert len(steps) == 4 * 6
    for density, (there, pause, back, _) in zip(
        range(1, 7), zip(*[iter(steps)] * 4, strict=True), strict=True
    ):
        assert there.value == pytest.approx(area * density)
        assert back.value == pytest.approx(-area * density)
        assert there.duration * density == pytest.approx(3600)  # 0.1 mAh/cm2
        assert pause.value == 0
        assert pause.duration == 300


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"area": 0}, "area 0; accepted: a positive number"),
        ({"area": 1e-4, "charge": -1}, "charge -1; accepted"),
        ({"area": 1e-4, "densities": []}, "no current density"),
        ({"area": 1e-4, "densities": [1, np.nan]}, "current density nan; accepted"),
    ],
)
def test_what_cannot_be_is_named(how, said):
    with pytest.raises(InputError, match=said):
        plating_steps(**how)
