"""Published cells: how they are drawn, and what is told of predictions of them."""

from datetime import date

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import xarray as xr

from aslb.errors import InputError
from aslb.experiments.output.figure_style import cell_label
from aslb.experiments.validation.published import blind
from aslb.experiments.validation.published import predictions as published_predictions
from aslb.experiments.validation.published.draws import (
    CHARGE_TRANSFER,
    DIFFUSION,
    draw,
    with_form,
)
from aslb.experiments.validation.published.league import _measurement, league, shares
from aslb.experiments.validation.published.predictions import (
    LABORATORIES,
    Prediction,
    _protocols,
    predicted,
)
from aslb.experiments.validation.published.report import report
from aslb.parameters.cells.cao2021.readings import FORMS
from aslb.parameters.cells.published import PUBLISHED
from aslb.parameters.composition.cell import Cell
from aslb.parameters.materials.active_material import REFERENCE_CURRENT

NAME = "Schlautmann2023_S"
TODAY = date(2026, 11, 28)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_drawn_cell_has_numbers_that_the_cell_has(name):
    rng = np.random.default_rng(0)
    for _ in range(4):
        way = draw(name, rng)
        cell = with_form(Cell(name), way.form) if way.form else Cell(name)
        assert {*way.values} <= {*cell.numbers}
        assert np.isfinite([*way.values.values()]).all()
        assert way.model_error > 0
        for calibrated in {*DIFFUSION} & {*way.inputs}:
            if not calibrated.endswith("[m2.s-1]"):  # which depend on temperature
                assert way.values[calibrated] == way.inputs[calibrated]
        assert CHARGE_TRANSFER in way.inputs
        assert REFERENCE_CURRENT not in way.inputs  # it follows from that
        assert (way.form in FORMS) == name.startswith(("Cao", "Zhou", "LCO", "Kato"))


def test_charge_transfer_of_a_draw_is_that_of_its_surface():
    way = draw("Kato2018_thin", np.random.default_rng(1))
    known = {**Cell("Kato2018_thin").numbers, **way.values}
    surface = (
        3
        * known["Positive electrode conductor volume fraction"]
        / known["Positive particle radius [m]"]
        * known["Positive electrode thickness [m]"]
    )
    slow = 8.314462618 * 298.15 / 96485.33 / (way.inputs[CHARGE_TRANSFER] * surface)
    warm = known["Ambient temperature [K]"] / 298.15
    assert known[REFERENCE_CURRENT] == pytest.approx(slow, rel=0.15 + abs(warm - 1))


def test_what_a_cell_says_itself_stands_against_the_calibration():
    name = "Positive electrode lithiated conductivity [S.m-1]"
    carbon = Cell("Kato2018_thick").quantities[name]
    for seed in range(20):
        way = draw("Kato2018_thick", np.random.default_rng(seed))
        assert carbon.lower <= way.values[name] <= carbon.upper


def test_what_is_warmer_is_faster():
    def median(name):
        ways = [draw(name, np.random.default_rng(k)) for k in range(40)]
        return np.median([way.values[REFERENCE_CURRENT] for way in ways])

    warm, cool = median("LCO_Li3YCl6_60C"), median("Zhou_LCO_Li2InScCl")
    assert warm > 2 * cool
    for seed in range(10):  # the same draw of the calibration for both
        hot, mild = (
            draw(name, np.random.default_rng(seed)).values
            for name in ("LCO_Li3YCl6_60C", "Zhou_LCO_Li2InScCl")
        )
        for law in {name for name in DIFFUSION if name.endswith("[m2.s-1]")} & {*hot}:
            assert 1.5 < hot[law] / mild[law] < 8  # 0.2 to 0.4 eV, 25 to 60 degrees


def test_same_seed_draws_the_same_cell():
    one, same = (draw(NAME, np.random.default_rng(5)) for _ in range(2))
    assert one == same


def test_protocols_have_each_level_with_each_other():
    cell = Cell(NAME)
    rng = np.random.default_rng(0)
    chosen = pd.DataFrame(_protocols(cell, PUBLISHED[NAME].hold, 2000, rng))
    ends = cell.quantities["Upper voltage cut-off [V]"]
    assert set(chosen.upper_cutoff) == {ends.lower, ends.number, ends.upper}
    for one in ("upper_cutoff", "lower_cutoff"):
        pairs = chosen.groupby([one, "hold"]).size()
        assert len(pairs) == 9
        assert pairs.min() > 150


def test_a_prediction_is_the_third_cycle_and_all_it_may_be_off_by(monkeypatch):
    def third_gives_100(cell, experiment, points, **settings):
        assert len(experiment.steps) == 2 * 3  # a charge and a discharge a cycle
        cycles = np.tile([120.0, 110.0, 100.0], (len(points), 1))
        return xr.Dataset({"discharge_capacity": (("point", "cycle"), cycles)})

    monkeypatch.setattr(published_predictions, "solved", third_gives_100)
    found = predicted(NAME, 2000)
    assert (found.capacities == 100).all()
    rng = np.random.default_rng([0, *NAME.encode()])
    model_errors = [draw(NAME, rng).model_error for _ in range(2000)]
    laboratory = 100 * LABORATORIES
    expected = np.hypot(np.sqrt(np.mean(np.square(model_errors))), laboratory)
    assert found.errors.std(axis=0) == pytest.approx([expected] * 2, rel=0.1)
    # a laboratory's is the same at each rate
    shared = np.cov(found.errors.T)[0, 1]
    assert shared == pytest.approx(laboratory**2, rel=0.2)


def test_nothing_delivers_less_than_nothing():
    at_zero = np.linspace(0, 4, 101)[:, None]
    errors = -20 * np.ones_like(at_zero)
    found = Prediction(NAME, (1.0,), at_zero, errors, pd.DataFrame())
    assert found.bands()[["lower", "median", "upper"]].to_numpy().tolist() == [
        [0.0] * 3
    ]


@pytest.fixture
def predictions():
    rng = np.random.default_rng(0)
    transfer, layer = np.exp(rng.standard_normal(400)), rng.random(400)
    slow = 160 - 2 * layer + 0.1 * rng.standard_normal(400)
    fast = 120 - 20 * np.log(transfer) - 5 * layer
    inputs = pd.DataFrame(
        {
            CHARGE_TRANSFER: transfer,
            "separator.thickness": layer,
            "protocol.hold": 0.1,
            "size ratio, of one form only": np.where(layer > 0.5, 1.0, np.nan),
        }
    )
    capacities = np.column_stack([slow, fast])
    errors = 3 * rng.standard_normal(capacities.shape)
    return [Prediction(NAME, (0.05, 1.0), capacities, errors, inputs)]


def test_share_of_an_input_is_the_squared_rank_correlation(predictions):
    table = shares(predictions[0])
    assert table[0.05].idxmax() == "separator.thickness"
    assert table[1.0].idxmax() == CHARGE_TRANSFER
    assert table[1.0][CHARGE_TRANSFER] > 0.9
    assert table[1.0]["protocol.hold"] == 0
    assert "size ratio, of one form only" not in table.index


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_measurement_tells_each_that_is_drawn(name):
    # by the first part that fits: a current density is no density
    unknown = [*draw(name, np.random.default_rng(0)).inputs]
    told = {one: _measurement(one) for one in unknown}
    for one, measurement in told.items():
        assert ("pycnometry" in measurement) == one.endswith((".density", "[kg.m-3]"))
    assert told["cathode.active_fraction"].startswith("charge at C/50")
    assert told["foil.exchange_current_density"].startswith("impedance")


def test_league_names_what_to_measure_and_what_would_be_left(predictions):
    table = league(predictions, {(NAME, 1.0): 111.0})
    slow, fast = table.to_dict("records")
    assert fast["measure"] == "impedance spectrum at half charge"
    assert slow["measure"] == "micrograph of the separator"
    assert fast["measured"] == 111.0
    assert np.isnan(slow["measured"])
    assert fast["lower"] < fast["median"] < fast["upper"]
    # the errors are nearly all of what is left
    assert fast["remaining"] == pytest.approx(3 / np.hypot(20, 3), rel=0.6)
    assert slow["remaining"] > 0.95
    assert fast["assumed"] > 5


def test_report_draws_and_tells_the_league(predictions):
    found = report(predictions)
    assert "league" in found.tables
    assert f"{LABORATORIES:.1%} between laboratories" in found.summary
    (axes,) = found.figures["league"]().axes
    assert [one.get_text() for one in axes.get_yticklabels()] == [
        f"{cell_label(NAME)}, C/20",
        f"{cell_label(NAME)}, 1C",
    ]
    plt.close("all")


def test_blind_predictions_are_only_ever_added_to(predictions, tmp_path):
    file = tmp_path / "predictions" / "blind.csv"
    table = blind.rows(predictions, TODAY)
    blind.append(table, file)
    first = file.read_bytes()
    blind.append(table, file)
    assert file.read_bytes().startswith(first)
    kept = pd.read_csv(file)
    assert tuple(kept) == blind.COLUMNS
    assert kept.c_rate.tolist() == [0.05, 1.0] * 2
    assert set(kept["date"]) == {"2026-11-28"}
    assert set(kept.quantity) == {"discharge_capacity_mAh_g"}
    assert (kept.lower <= kept["median"]).all()
    assert (kept["median"] <= kept.upper).all()


def test_a_file_of_something_else_is_left_alone(predictions, tmp_path):
    file = tmp_path / "blind.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="its first line is 'a,b'; accepted: a new"):
        blind.append(blind.rows(predictions, TODAY), file)
    assert file.read_text() == "a,b\n1,2\n"
