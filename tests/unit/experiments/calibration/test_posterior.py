"""What a posterior tells, of chains that were made by hand."""

import numpy as np
import pytest

from aslb.experiments.calibration.posterior import Posterior, own_of
from aslb.experiments.calibration.unknowns import Unknown
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.fit import MODEL_ERROR

PAIR = [Unknown("a", 0.0, 1.0, False), Unknown("b", 1e-3, 1e3, True)]
STEPS, WALKERS = 250, 8


def posterior_with(covariance, seed=0):
    """Of a normal posterior in standard deviations of what was known."""
    rng = np.random.default_rng(seed)
    shape = (STEPS, WALKERS)
    pair = rng.multivariate_normal([0, 0], covariance, size=shape)
    positions = np.concatenate([pair, rng.standard_normal((*shape, 1))], axis=-1)
    errors = np.full(STEPS * WALKERS, 4.0)
    offsets = rng.normal(2, 1, (STEPS * WALKERS, 1))
    rates = np.array([0.5])
    return Posterior(PAIR, positions, errors, rates, offsets, -20.0, 0.1, 9000, 0.6)


def test_table_has_the_medians_and_the_90_percent_intervals():
    table = posterior_with(np.eye(2)).table().set_index("name")
    # nothing was learnt: the range, evenly in the value and in its logarithm
    assert table.value["a"] == pytest.approx(0.5, abs=0.04)
    assert table.lower["a"] == pytest.approx(0.05, abs=0.02)
    assert table.upper["a"] == pytest.approx(0.95, abs=0.02)
    assert np.log10(table.upper["b"]) == pytest.approx(2.7, abs=0.15)
    assert (table.r_hat < 1.02).all()
    assert (table.effective_samples > 1000).all()


def test_directions_that_the_data_do_not_see_are_said():
    narrow, wide = 0.01, 1.0  # the sum is known, the difference is not
    turn = np.array([[1, 1], [1, -1]]) / np.sqrt(2)
    seen = posterior_with(turn @ np.diag([narrow, wide]) @ turn.T).directions(
        ["a", "b"]
    )
    assert seen["verdict"].tolist() == ["identifiable", "not identifiable"]
    assert seen["spread"].tolist() == pytest.approx([0.1, 1.0], rel=0.1)
    worst = seen.iloc[-1]
    assert worst["a"] == pytest.approx(-worst["b"], rel=0.1)


def test_one_direction_is_seen_alone():
    seen = posterior_with(np.diag([0.01, 1.0])).directions(["a"])
    assert seen["verdict"].tolist() == ["identifiable"]


def test_draws_have_all_that_a_fit_carries():
    found = posterior_with(np.diag([0.04, 1.0]))
    draws = found.draws(200)
    assert draws.columns.tolist() == ["a", "b", MODEL_ERROR, "offset at 0.5C [mAh/g]"]
    assert len(draws) == 200
    assert draws["a"].between(0, 1).all()
    assert (draws[MODEL_ERROR] == 4.0).all()
    assert found.model_error == 4.0


def test_correlation_is_that_of_the_chains():
    found = posterior_with(np.array([[1.0, 0.6], [0.6, 1.0]]))
    assert found.correlation[0, 1] == pytest.approx(0.6, abs=0.05)


def test_what_another_cell_has_otherwise_is_its_own():
    thin, thick = (Cell(f"Cao2021_{name}_halide") for name in ("thin", "thick"))
    names = ["Separator electrolyte conductivity [S.m-1]", "Ambient temperature [K]"]
    assert own_of(thick, thin, names) == (names[0],)
    assert own_of(thin, thin, names) == ()
