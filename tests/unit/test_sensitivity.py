"""Sobol indices against functions whose indices are known in closed form."""

import math

import numpy as np
import pytest
from in_process import InProcess

import aslb.experiments.analyses.sensitivity.sobol as study
from aslb.errors import InputError
from aslb.experiments.calibration.fit import NUISANCES, UNKNOWNS, unknowns_of
from aslb.experiments.engine.simulate import RunResult
from aslb.parameters.cells.shipped import quantities

CELL = "Cao2021_thin_halide"
NAMES = [*UNKNOWNS, *NUISANCES]
CAPACITY, CRITICAL = "capacity at 1C", "critical thickness"
COLUMNS = [
    "output",
    "parameter",
    "first_order",
    "first_order_half_width",
    "total",
    "total_half_width",
]


def indices(monkeypatch, function, **options):
    """Table of a study whose cell is a function of positions in the ranges."""
    unknowns = unknowns_of(quantities(CELL), NAMES)

    def evaluate(packed, values, built):
        return function(np.array([u.unit(values[u.name]) for u in unknowns]))

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
    table = indices(monkeypatch, lambda x: ((x[0] - 0.5) * (x[1] - 0.5), x[2]))
    product = table[table.output == CAPACITY].set_index("parameter").loc[NAMES]
    assert product.first_order.to_numpy() == pytest.approx(0, abs=0.15)
    assert product.total.to_numpy()[:2] == pytest.approx(1, abs=0.15)
    assert product.total.to_numpy()[2:] == pytest.approx(0, abs=1e-12)
    alone = table[table.output == CRITICAL].set_index("parameter").loc[NAMES]
    assert alone.total.to_numpy() == pytest.approx([0, 0, 1, *[0] * 9], abs=0.05)


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

    def run(packed, inputs):
        result = RunResult()
        total = math.exp(-inputs["Separator thickness [m]"] / scale)
        half = type("Half", (), {"total": total})
        result.cycles.append(type("Cycle", (), {"discharge": half}))
        return result

    return run


@pytest.mark.parametrize("scale", [1e-4, 1e-3, 1e-2])
def test_critical_thickness_is_that_of_an_exponential_fall(monkeypatch, scale):
    monkeypatch.setattr(study, "run", capacity_falls(scale))
    built = 47e-6
    capacity, critical = study.capacity_and_critical_thickness(b"", {}, built)
    assert capacity == pytest.approx(math.exp(-built / scale))
    assert math.exp(critical) == pytest.approx(-math.log(0.8) * scale, rel=0.05)


def test_critical_thickness_beyond_the_thickest_is_the_thickest(monkeypatch):
    monkeypatch.setattr(study, "run", capacity_falls(10.0))
    _, critical = study.capacity_and_critical_thickness(b"", {}, 47e-6)
    assert math.exp(critical) == pytest.approx(20e-3)


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="a comparison with NaN is taken for a thick separator: 1.02 um",
)
def test_where_nothing_can_be_solved_there_is_no_critical_thickness(monkeypatch):
    monkeypatch.setattr(study, "run", lambda *_: RunResult(failure="solver: no"))
    capacity, critical = study.capacity_and_critical_thickness(b"", {}, 47e-6)
    assert math.isnan(capacity)
    assert math.isnan(critical)


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="failed samples are replaced by the median, and nothing says so",
)
def test_failed_samples_are_said_or_leave_no_index(monkeypatch):
    positions = []

    def some_fail(x):
        positions.append(x)
        if len(positions) % 5 == 0:
            raise RuntimeError("solver: no")
        return x[0] + x[1], x[0]

    table = indices(monkeypatch, some_fail, samples=16)
    for _, part in table.groupby("output"):
        said = "failed" in part and (part["failed"] == len(positions) // 5).all()
        assert said or part[["first_order", "total"]].isna().all(axis=None)


@pytest.mark.xfail(
    strict=True,
    raises=(AssertionError, RuntimeWarning),
    reason="the median of nothing is taken, with a warning of NumPy's",
)
def test_where_every_sample_fails_there_is_no_index(monkeypatch):
    table = indices(monkeypatch, lambda x: (math.nan, math.nan), samples=2)
    assert len(table) == 2 * len(NAMES)
    assert table[["first_order", "total"]].isna().all(axis=None)
