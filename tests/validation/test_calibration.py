"""Calibration on data made by the model itself, where the truth is known."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from fitted import offsets_of

from aslb.experiments import rate
from aslb.experiments.calibration import emulation, sampling
from aslb.experiments.calibration.bands import ends_of, sample
from aslb.experiments.calibration.fit import calibrate
from aslb.experiments.calibration.likelihood import ERROR_SHARE
from aslb.experiments.calibration.observables import (
    observables,
    observe,
    observe_all,
    rate_test_of,
)
from aslb.experiments.calibration.priors import known_of
from aslb.experiments.calibration.unknowns import NUISANCES, UNKNOWNS
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured
from aslb.parameters.ranges import has_range

CELL = "Cao2021_thin_halide"
SPM = "SolidStateSPM"
TRUTH = {
    "Positive electrode active fraction": 0.62,
    "Positive particle lithiated diffusivity [m2.s-1]": 2e-15,
}
BLANK = Measured((0.1, 0.5, 1.0), (2, 2, 2), (1.0,) * 3, (1.0,) * 3, source="made")


@pytest.fixture(autouse=True)
def short_chains(monkeypatch):
    """As long as these tests need them."""
    monkeypatch.setattr(emulation, "ROUNDS", 3)
    monkeypatch.setattr(emulation, "BLOCK", 1000)
    monkeypatch.setattr(sampling, "MOST", 80)


@pytest.fixture(scope="module")
def executor():
    with ThreadPoolExecutor(1) as one:
        yield one


def synthetic(truth, noise, seed, cell=CELL, off=0.0):
    """Rate capability at known values, off by an error of the model, with noise."""
    cell = Cell.of(cell)
    exact = observe([rate_test_of(cell, BLANK, SPM, truth)], truth)
    noisy = exact + off + np.random.default_rng(seed).normal(0, noise, exact.size)
    return replace(BLANK, capacities=tuple(noisy), uncertainties=(noise,) * 3)


def fitted(data, names, executor, starts=1):
    return calibrate(
        CELL,
        data,
        names,
        starts=starts,
        model=SPM,
        executor=executor,
    )


@pytest.mark.slow
def test_bands_hold_what_they_say(executor):
    """Synthetic cells, each drawn from what is known: 90 % intervals hold 90 %.

    Their data have the error of a model that is a little wrong, and noise; another
    capacity, of a thicker membrane, is predicted.
    """
    rng = np.random.default_rng(0)
    unknowns = known_of(Cell(CELL), list(TRUTH))
    values, bands = [], []
    for seed in range(24):
        truth = {u.name: u.value(rng.uniform(0.1, 0.9)) for u in unknowns}
        error = abs(rng.normal(0, ERROR_SHARE * 170))
        off = rng.normal(0, error, 3)
        data = synthetic(truth, 2.0, seed, off=off)
        found = fitted(data, list(TRUTH), executor)
        table = found.posterior.table().set_index("name")
        values += [
            table.lower[name] <= value <= table.upper[name]
            for name, value in truth.items()
        ]
        thick = Cell(CELL).vary({"separator.thickness_um": 500})
        names = {**truth, **{n: Cell(CELL).numbers[n] for n in found.cell.fit.names}}
        test = rate_test_of(thick, BLANK, SPM, names)
        real = observe([test], truth)[1] + off[1]
        drawn = sample(found.cell, 100, seed)
        capacities = observe_all([test], drawn)[:, 1]
        capacities += offsets_of(found.cell, 100, seed, [0.5])[:, 0]
        lower, upper = ends_of(capacities)
        bands.append(lower <= real <= upper)
    print(f"{sum(values)} of 48 values, {sum(bands)} of 24 bands")
    # of 48 and 24: fewer would happen once in 200 times by chance
    assert 37 <= sum(values)
    assert 17 <= sum(bands)


@pytest.mark.slow
def test_known_values_are_found_within_their_intervals(executor):
    inside = []
    for seed in range(2):
        found = fitted(synthetic(TRUTH, 1.0, seed), list(TRUTH), executor)
        table = found.posterior.table().set_index("name")
        inside += [table.lower[n] <= TRUTH[n] <= table.upper[n] for n in TRUTH]
    # 90 % of 4: fewer than 2 would happen once in 270 times by chance
    assert sum(inside) >= 2


def test_exact_data_give_the_exact_values(executor):
    found = fitted(synthetic(TRUTH, 1e-3, 0), list(TRUTH), executor)
    for name, value in found.values.items():
        assert value == pytest.approx(TRUTH[name], rel=2e-2)


def known_but_for(names, cell):
    """The cell, of which all but these is known to a tenth of a percent."""
    known = {
        name: item
        for name, item in cell.quantities.items()
        if name in (*UNKNOWNS, *NUISANCES) and name not in names and has_range(item)
    }
    sure = {
        name: replace(
            item,
            value=item.number,
            lower=0.999 * item.number,
            upper=1.001 * item.number,
            formula=None,
            inputs={},
        )
        for name, item in known.items()
    }
    return cell.with_values(sure)


@pytest.mark.slow
def test_cells_that_differ_in_their_membrane_tell_its_resistance_from_another(
    executor,
):
    # in series in each cell: one alone cannot tell them apart
    truth = {
        "Separator electrolyte conductivity [S.m-1]": 0.14,
        "Negative electrode interface resistance [Ohm.m2]": 1e-3,
    }
    thin = known_but_for(truth, Cell(CELL))
    foil = thin.quantities[list(truth)[1]]
    # where an unknown starts in each cell is no matter
    other = thin.with_values({list(truth)[1]: replace(foil, value=3e-4)})
    cells = [thin, other.vary({"separator.thickness_um": 800})]
    data = [synthetic(truth, 0.1, 0, cell) for cell in cells]
    found = calibrate(cells, data, list(truth), starts=1, model=SPM, executor=executor)
    seen = found.posterior.directions(list(truth))
    assert seen["verdict"].tolist() == ["identifiable"] * 2
    table = found.posterior.table().set_index("name").loc[list(truth)]
    assert (table.r_hat < 1.1).all()
    assert ((table.lower < [*truth.values()]) & (table.upper > [*truth.values()])).all()
    assert found.observables[0] == f"{CELL}: capacity at 0.1C [mAh/g]"
    assert len(found.observables) == len(found.measured) == 6
    for cell, base, one in zip(found.cells, cells, data, strict=True):
        thickness = "Separator thickness [m]"
        assert cell.numbers[thickness] == base.numbers[thickness]
        assert cell.fit.data == one
        for name, value in truth.items():
            assert cell.numbers[name] == pytest.approx(value, rel=5e-2)
    assert found.cell is found.cells[0]
    alone = calibrate(
        thin, data[0], list(truth), starts=1, model=SPM, executor=executor
    )
    seen = alone.posterior.directions(list(truth))
    assert seen["verdict"].iloc[-1] == "not identifiable"


@pytest.mark.slow
def test_what_the_model_cannot_follow_is_its_error(executor):
    # an activation that no value of an unknown gives: up at both ends, down between
    off, read = np.array([8.0, -16.0, 8.0]), 2.0
    exact = synthetic(TRUTH, 1e-9, 0)
    data = replace(
        exact,
        capacities=tuple(np.add(exact.capacities, off)),
        uncertainties=(read,) * 3,
    )
    found = fitted(data, list(TRUTH), executor)
    left = found.modelled - found.measured
    error = found.posterior.model_error
    assert error > 6
    assert found.cell.fit.model_error == pytest.approx(error, rel=0.05)
    # what is left of the data, but for reading them
    offsets = offsets_of(found.cell, 400, 0, [0.1, 0.5, 1.0]).mean(axis=0)
    assert (np.sign(offsets) == -np.sign(left)).all()
    # surer than the model is, the data leave its values more uncertain
    sure = fitted(exact, list(TRUTH), executor)
    assert sure.posterior.model_error < error
    spread, alone = (f.posterior.flat[:, :2].std(axis=0) for f in (found, sure))
    assert (spread > alone).all()


@pytest.mark.slow
def test_two_resistances_in_series_are_not_identifiable(executor):
    names = [
        "Separator-catholyte junction resistance [Ohm.m2]",
        "Negative electrode interface resistance [Ohm.m2]",
    ]
    truth = dict(zip(names, (2e-3, 1e-3), strict=True))
    found = fitted(synthetic(truth, 1.0, 0), names, executor)
    seen = found.posterior.directions(list(truth))
    assert seen["verdict"].iloc[-1] == "not identifiable"


@pytest.mark.slow
def test_a_finished_search_is_not_run_again(executor, tmp_path):
    data, journal = synthetic(TRUTH, 1.0, 0), tmp_path / "searches.jsonl"
    arguments = {"starts": 1, "model": SPM, "journal": journal, "executor": executor}
    first = calibrate(CELL, data, list(TRUTH), **arguments)
    lines = journal.read_text()
    again = calibrate(CELL, data, list(TRUTH), **arguments)
    assert journal.read_text() == lines
    assert again.values == first.values


def test_shipped_calibration_fits_cell_3():
    """RMS of the five rates within 5 mAh/g, every parameter inside its range."""
    cell = Cell(CELL)
    data, known = cell.fit.data, cell.quantities
    for name in cell.fit.values:
        assert known[name].kind == "fitted"
        assert known[name].lower < known[name].number < known[name].upper
    modelled = observe([rate_test_of(cell, data, "SolidStateDFN", ())], {})
    names, measured, _ = observables(data)
    rates = [k for k, name in enumerate(names) if name.startswith("capacity at")]
    rms = np.sqrt(np.mean((modelled[rates] - measured[rates]) ** 2))
    assert rms <= 5
    efficiency = modelled[names.index("first coulombic efficiency")]
    assert efficiency == pytest.approx(0.983, abs=5e-3)


@pytest.mark.slow
def test_two_cycles_stand_for_all_of_a_block():
    """The shortened rate test gives the averages of the one that was run."""
    cell = Cell(CELL)
    data = cell.fit.data
    short = observe([rate_test_of(cell, data, "SolidStateDFN", ())], {})
    full = rate([cell], list(zip(data.c_rates, data.cycles, strict=True)))
    capacity = full.discharge_capacity.values[0]
    ends = np.cumsum((0, *data.cycles))
    means = [np.mean(capacity[start:end]) for start, end in pairwise(ends)]
    np.testing.assert_allclose(short[: len(means)], means, atol=0.1)
