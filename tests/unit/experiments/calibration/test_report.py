"""Files, figures and summary of a calibration."""

import json
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from figure_texts import internal_names, texts_of
from scipy.special import ndtr

from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.fit_figure import plot_fit
from aslb.experiments.calibration.observables import observables
from aslb.experiments.calibration.posterior import Posterior
from aslb.experiments.calibration.posterior_figures import (
    plot_autocorrelation,
    plot_posterior,
)
from aslb.experiments.calibration.report import report, residual_table
from aslb.experiments.calibration.unknowns import Unknown
from aslb.experiments.calibration.verdict import verdict
from aslb.experiments.output.files import write_report
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

ACTIVE = Unknown("Positive electrode active fraction", 0.4, 0.8, False)
EXCHANGE = Unknown("Negative electrode resistance [Ohm.m2]", 1e-4, 1e-2, True)
DATA = Measured(
    (0.05, 1.0),
    (1, 1),
    (178.0, 124.0),
    (3.0, 2.0),
    first_efficiency=(0.98, 0.003),
    source="mine.csv",
)
OBSERVABLES = [
    "capacity at 0.05C [mAh/g]",
    "capacity at 1C [mAh/g]",
    "first coulombic efficiency",
]


@pytest.fixture
def found(spread):
    return Calibration(
        unknowns=[ACTIVE],
        position=np.array([0.5]),
        observables=OBSERVABLES,
        measured=np.array([178.0, 124.0, 0.98]),
        modelled=np.array([181.0, 120.0, 0.986]),
        uncertainty=np.array([3.0, 2.0, 0.003]),
        cost=9.0,
        starts=[{"cost": 9.0}, {"cost": 41.0}],
        posterior=spread,
        data=[DATA],
        bases=[Cell("Cao2021_thin_halide")],
        only={},
    )


@pytest.fixture
def spread():
    rng = np.random.default_rng(0)
    covariance = [[0.04, 0.1], [0.1, 1.0]]  # correlation 0.5
    pair = rng.multivariate_normal([0.3, 0.0], covariance, size=(200, 8))
    positions = np.concatenate([pair, rng.standard_normal((200, 8, 1))], axis=-1)
    errors, offsets = np.full(1600, 2.345), np.zeros((1600, 2))
    said = errors, np.array([0.05, 1.0]), offsets, -12.34, 0.12, 7000, 0.6
    return Posterior([ACTIVE, EXCHANGE], positions, *said)


def test_residuals_are_fitted_less_measured(found):
    table = residual_table(found)
    assert table.observable.tolist() == OBSERVABLES
    np.testing.assert_allclose(table.difference, [3, -4, 0.006])
    np.testing.assert_allclose(table.difference, table.fitted - table.measured)
    assert table.uncertainty.tolist() == [3, 2, 0.003]


def test_fit_is_drawn_against_the_data_with_its_residuals(found):
    figure = plot_fit(found)
    plt.close(figure)
    above, below = figure.axes
    measured, fitted = above.containers[0].lines[0], above.lines[-1]
    np.testing.assert_allclose(measured.get_ydata(), [178, 124])
    np.testing.assert_allclose(fitted.get_ydata(), [181, 120])
    residuals = next(line for line in below.lines if len(line.get_ydata()) == 2)
    np.testing.assert_allclose(residuals.get_xydata(), [[0.05, 1], [1, -2]])
    assert [tick.get_text() for tick in below.get_xticklabels()] == ["C/20", "1C"]
    said = figure.legends[0].get_title().get_text()
    assert "first coulombic efficiency: measured 0.980, fitted 0.986 (+2.0 σ)" in said
    assert internal_names(figure) == []


def test_curves_are_drawn_beside_capacities(found):
    curve = (0.05, (10.0, 50.0, 90.0), (3.4, 3.2, 3.0))
    data = replace(DATA, curves=(curve,))
    names, measured, uncertainty = observables(data)
    off = np.array([0, 0, 0, 1, -1, 0])
    figure = plot_fit(
        replace(
            found,
            data=[data],
            observables=names,
            measured=measured,
            uncertainty=uncertainty,
            modelled=measured + off * uncertainty,
        )
    )
    plt.close(figure)
    _, curves, _, residuals = figure.axes
    np.testing.assert_allclose(curves.lines[0].get_ydata(), curve[2])
    (drawn,) = [line for line in residuals.lines if len(line.get_ydata()) == 3]
    np.testing.assert_allclose(drawn.get_ydata(), [1, -1, 0], atol=1e-9)
    assert "C/20" in texts_of(figure)


def test_posterior_is_drawn_within_its_ranges_with_its_correlations(spread):
    figure = plot_posterior(spread.unknowns, ndtr(spread.flat))
    plt.close(figure)
    intervals, correlations = figure.axes[:2]
    (values,) = intervals.lines
    np.testing.assert_allclose(values.get_xdata(), [0.618], atol=0.03)
    names = ["Cathode active fraction", "Foil resistance"]
    for labels in (intervals.get_yticklabels(), correlations.get_xticklabels()):
        assert [label.get_text() for label in labels] == names
    drawn = [part.get_segments()[0][:, 0] for part in intervals.collections[1:]]
    np.testing.assert_allclose(drawn, [[0.49, 0.736], [0.05, 0.95]], atol=0.03)
    (image,) = correlations.images
    np.testing.assert_allclose(image.get_array(), [[1, 0.5], [0.5, 1]], atol=0.05)
    assert internal_names(figure) == []


def test_what_the_data_did_not_see_is_said_and_the_rest_has_its_value(spread):
    figure = plot_posterior(spread.unknowns, ndtr(spread.flat))
    plt.close(figure)
    seen, unseen = (text.get_text() for text in figure.axes[0].texts)
    assert float(seen) == pytest.approx(0.647, abs=0.02)
    assert unseen == "not seen by the data"


def test_autocorrelation_names_the_slowest(spread):
    figure = plot_autocorrelation(spread)
    plt.close(figure)
    (axes,) = figure.axes
    assert axes.get_legend_handles_labels()[1][0].startswith("slowest: ")
    assert axes.lines[0].get_ydata()[0] == pytest.approx(1)


def test_report_writes_tables_figures_and_the_calibration(found, tmp_path):
    opened = plt.get_fignums()
    write_report(report(found, {"more.csv": "a,b\n"}), tmp_path, {"seed": 1})
    contents = json.loads((tmp_path / "calibration.json").read_text())
    assert contents["values"] == {ACTIVE.name: pytest.approx(0.6)}
    assert (tmp_path / "more.csv").read_text() == "a,b\n"
    assert json.loads((tmp_path / "manifest.json").read_text()) == {"seed": 1}
    parameters = pd.read_csv(tmp_path / "parameters.csv")
    assert parameters.name.tolist() == [ACTIVE.name, EXCHANGE.name]
    assert parameters.value.tolist() == pytest.approx([0.647, 10**-3], rel=0.1)
    assert (parameters.lower < parameters.value).all()
    assert (parameters.r_hat < 1.05).all()
    residuals = pd.read_csv(tmp_path / "residuals.csv")
    assert residuals.difference.tolist() == pytest.approx([3, -4, 0.006])
    seen = pd.read_csv(tmp_path / "identifiability.csv")
    assert seen.verdict.tolist() == ["identifiable"]
    correlation = pd.read_csv(tmp_path / "correlation.csv", index_col="name")
    assert correlation.loc[ACTIVE.name, EXCHANGE.name] == pytest.approx(0.5, abs=0.05)
    for name in ("residuals", "parameters", "autocorrelation"):
        for ending in ("png", "svg"):
            assert (tmp_path / f"{name}.{ending}").stat().st_size > 5_000
    assert plt.get_fignums() == opened  # none is left open


def test_summary_has_fitted_values_residuals_and_searches(found):
    said = report(found).summary
    fitted = next(line for line in said.splitlines() if ACTIVE.name in line)
    best, median, *_ = fitted.removeprefix(ACTIVE.name).split()[-4:]
    assert (float(best), float(median)) == pytest.approx((0.6, 0.647), abs=0.01)
    # over the two capacities, and not the efficiency: sqrt((9 + 16)/2)
    assert "RMS over the capacities: 3.54 mAh/g" in said
    assert "Model error besides what reading the data explains: 2.35 mAh/g" in said
    assert "2 searches; sums of squares from 9 to 41" in said
    assert "Posterior: 1600 draws, for which the model was solved 7000 times" in said
    assert said.endswith("Nothing to warn of.")


def test_a_bad_fit_is_said(found, spread):
    far = replace(found, modelled=np.array([181.0, 117.0, 0.986]))
    said = verdict(far)
    assert said.startswith("Bad fit: the model misses, in standard uncertainties")
    assert said.endswith("capacity at 1C [mAh/g] by -3.5")
    wide = replace(found, posterior=replace(spread, errors=np.full(1600, 20.0)))
    assert "a model error of 20 mAh/g is 11% of the largest capacity" in verdict(wide)


@pytest.mark.parametrize(("at", "end"), [(0.0, "lower"), (1.0, "upper")])
def test_a_value_at_its_bound_is_said(found, at, end):
    said = verdict(replace(found, position=np.array([at])))
    assert said == (
        f"At its bound: '{ACTIVE.name}' sits at the {end} end of its range, "
        f"{0.4 if end == 'lower' else 0.8}; a better value may lie beyond"
    )


def test_a_direction_that_the_data_do_not_see_is_said(found):
    both = replace(found, unknowns=[ACTIVE, EXCHANGE], position=np.array([0.5, 0.5]))
    said = "Not seen: the data narrow 'Negative electrode resistance' alone by less"
    assert verdict(both).startswith(said)


def test_chains_that_disagree_are_said(found, spread):
    apart = spread.positions + 0.3 * np.arange(8)[:, None]
    said = verdict(replace(found, posterior=replace(spread, positions=apart)))
    assert "Not converged: R-hat is" in said


@pytest.mark.parametrize(("modelled", "status"), [(120.0, 0), (117.0, 1)])
def test_the_command_says_whether_the_fit_describes_the_data(
    found, modelled, status, aslb, monkeypatch
):
    at = np.array([181.0, modelled, 0.986])
    monkeypatch.setattr(
        "aslb.experiments.calibration.fit.calibrate",
        lambda *args, **options: replace(found, modelled=at),
    )
    done = aslb("calibrate --data mine.csv")
    assert done.returncode == status
    assert "Fitted values" in done.stdout
    told = "aslb: Bad fit: the model misses, in standard uncertainties of the data, cap"
    assert done.stderr.startswith(told if status else "")
    assert done.stderr.count("\n") == status
