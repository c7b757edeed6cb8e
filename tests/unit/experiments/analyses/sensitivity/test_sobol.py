"""Sobol indices against functions whose indices are known in closed form."""

import math

import numpy as np
import pytest
import xarray as xr
from in_process import InProcess

import aslb.experiments.analyses.sensitivity.sobol as study
from aslb.errors import InputError
from aslb.experiments.calibration.unknowns import (
    NUISANCES,
    UNKNOWNS,
    those_of,
    unknowns_of,
)
from aslb.parameters.composition.cell import Cell

CELL = "Cao2021_thin_halide"
NAMES = those_of(Cell(CELL).quantities, [*UNKNOWNS, *NUISANCES])
CAPACITY, CRITICAL = "capacity at 1C", "critical thickness"
COLUMNS = [
    "output",
    "parameter",
    "first_order",
    "first_order_half_width",
    "total",
    "total_half_width",
    "resolved",
    "first_order_resolved",
]


def indices(monkeypatch, function, **options):
    """Table of a study whose cell is a function of positions in the ranges."""
    unknowns = unknowns_of(Cell(CELL).quantities, NAMES)

    def evaluate(cell, sets, c_rate, model, executor):
        rows = np.array([[u.unit(values[u.name]) for u in unknowns] for values in sets])
        return np.array([function(row) for row in rows], dtype=float)

    monkeypatch.setattr(study, "capacity_and_critical_thickness", evaluate)
    options = {"samples": 256, "executor": InProcess(), **options}
    return study.sensitivity(CELL, **options)


def test_a_sum_gives_each_parameter_its_share_of_the_variance(monkeypatch):
    slopes = np.arange(1.0, len(NAMES) + 1)
    table = indices(monkeypatch, lambda x: (slopes @ x, -3 * slopes @ x))
    assert list(table) == COLUMNS
    shares = slopes**2 / (slopes**2).sum()
    for output in (CAPACITY, CRITICAL):
        part = table[table.output == output].set_index("parameter")
        assert sorted(part.index) == sorted(NAMES)
        for index in ("first_order", "total"):
            found = part.loc[NAMES, index].to_numpy()
            np.testing.assert_allclose(found, shares, atol=0.04)


def test_a_product_has_what_no_parameter_explains_alone(monkeypatch):
    # of two factors from -1/2 to 1/2 neither does anything by itself
    def factors(x):
        return (x[0] - 0.5) * (x[1] - 0.5), x[2]

    # a short sequence is uneven in some pairs of its many dimensions
    table = indices(monkeypatch, factors, samples=1024)
    product = table[table.output == CAPACITY].set_index("parameter").loc[NAMES]
    assert product.first_order.to_numpy() == pytest.approx(0, abs=0.15)
    assert product.total.to_numpy()[:2] == pytest.approx(1, abs=0.15)
    assert product.total.to_numpy()[2:] == pytest.approx(0, abs=1e-12)
    alone = table[table.output == CRITICAL].set_index("parameter").loc[NAMES]
    assert alone.total.to_numpy() == pytest.approx(np.eye(len(NAMES))[2], abs=0.05)


def test_intervals_narrow_with_samples_and_hold_the_answer(monkeypatch):
    tables = [
        indices(monkeypatch, lambda x: (x[0] + x[3], x[0]), samples=samples)
        for samples in (16, 1024)
    ]
    few, many = (
        t[(t.output == CAPACITY) & (t.parameter == NAMES[3])].iloc[0] for t in tables
    )
    assert 0 < many.total_half_width < few.total_half_width / 2
    assert many.total == pytest.approx(0.5, abs=2 * many.total_half_width)


@pytest.mark.parametrize("samples", [4, 256])
def test_resolved_is_what_is_larger_than_its_error(monkeypatch, samples):
    slopes = 2.0 ** -np.arange(len(NAMES))
    slopes[-2:] = 0  # without any effect
    table = indices(monkeypatch, lambda x: (slopes @ x, x[0]), samples=samples)
    columns = {"total": "resolved", "first_order": "first_order_resolved"}
    for index, resolved in columns.items():
        larger = table[index] > table[f"{index}_half_width"]
        assert table[resolved].tolist() == larger.tolist()
    part = table[table.output == CAPACITY].set_index("parameter").resolved
    if samples == 256:
        assert part[NAMES[:3]].all()
    assert not part[NAMES[-2:]].any()


def test_same_seed_gives_the_same_table_and_another_seed_does_not(monkeypatch):
    first, again, other = (
        indices(monkeypatch, lambda x: (x.sum(), x[0]), samples=8, seed=seed)
        for seed in (3, 3, 4)
    )
    assert first.equals(again)
    assert not first.equals(other)


def test_output_says_its_rate(monkeypatch):
    table = indices(monkeypatch, lambda x: (x[0], x[1]), samples=2, c_rate=0.5)
    assert table.output.unique().tolist() == ["capacity at 0.5C", CRITICAL]


@pytest.mark.parametrize("samples", [-4, 0, 1, 3, 100])
def test_a_number_of_samples_that_is_no_power_of_two_is_refused(samples):
    with pytest.raises(InputError, match=f"{samples} samples; accepted: a power of"):
        study.sensitivity(CELL, samples=samples)


def capacity_falls(scale):
    """A cell that delivers less with thickness, to 80 % at a known one."""

    def solved(cell, experiment, points, **_):
        layers = np.array([point["Separator thickness [m]"] for point in points])
        return xr.Dataset({"discharge_capacity": ("point", np.exp(-layers / scale))})

    return solved


def evaluated(monkeypatch, solved):
    """Capacity and critical thickness of the cell, at its own values."""
    monkeypatch.setattr(study, "solved", solved)
    (found,) = study.capacity_and_critical_thickness(Cell(CELL), [{}], 1.0, "SPM")
    return found


@pytest.mark.parametrize("scale", [1e-4, 1e-3, 1e-2])
def test_critical_thickness_is_that_of_an_exponential_fall(monkeypatch, scale):
    capacity, critical = evaluated(monkeypatch, capacity_falls(scale))
    assert capacity == pytest.approx(math.exp(-47e-6 / scale))
    assert math.exp(critical) == pytest.approx(-math.log(0.8) * scale, rel=0.05)


def test_critical_thickness_beyond_the_thickest_is_the_thickest(monkeypatch):
    _, critical = evaluated(monkeypatch, capacity_falls(10.0))
    assert math.exp(critical) == pytest.approx(10e-3)


def test_where_nothing_can_be_solved_there_is_no_critical_thickness(monkeypatch):
    capacity, critical = evaluated(monkeypatch, capacity_falls(math.nan))
    assert math.isnan(capacity)
    assert math.isnan(critical)


def test_failed_samples_are_said_or_leave_no_index(monkeypatch):
    positions = []

    def some_fail(x):
        positions.append(x)
        if len(positions) % 5 == 0:
            return math.nan, math.nan
        return x[0] + x[1], x[0]

    table = indices(monkeypatch, some_fail, samples=16)
    for _, part in table.groupby("output"):
        said = "failed" in part and (part["failed"] == len(positions) // 5).all()
        assert said or part[["first_order", "total"]].isna().all(axis=None)


def test_where_every_sample_fails_there_is_no_index(monkeypatch):
    table = indices(monkeypatch, lambda x: (math.nan, math.nan), samples=2)
    assert len(table) == 2 * len(NAMES)
    assert table[["first_order", "total"]].isna().all(axis=None)
    assert not table[["resolved", "first_order_resolved"]].any(axis=None)
