"""Files, figures and summary of a calibration."""

import json
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from aslb.experiments.calibration.fit import Calibration
from aslb.experiments.calibration.posterior import Posterior
from aslb.experiments.calibration.report import (
    plot_fit,
    plot_posterior,
    report,
    residual_table,
)
from aslb.experiments.calibration.unknowns import Unknown
from aslb.experiments.output.files import write_report
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured import Measured

ACTIVE = Unknown("Positive electrode active fraction", 0.4, 0.8, False)
EXCHANGE = Unknown("Negative electrode resistance [Ohm.m2]", 1e-4, 1e-2, True)
DATA = Measured((0.05, 1.0), (1, 1), (178.0, 124.0), (3.0, 2.0), source="mine.csv")
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
        jacobian=np.array([[30.0], [10.0], [0.0]]),
        cost=9.0,
        starts=[{"cost": 9.0}, {"cost": 41.0}],
        posterior=spread,
        data=[DATA],
        bases=[Cell("Cao2021_thin_halide")],
        only={},
    )


@pytest.fixture
def spread():
    covariance = np.array([[1e-4, 2.5e-4], [2.5e-4, 2.5e-3]])  # correlation 0.5
    at = np.array([0.5, 0.25])
    return Posterior([ACTIVE, EXCHANGE], at, covariance, model_error=2.345)


def test_residuals_are_fitted_less_measured(found):
    table = residual_table(found)
    assert table.observable.tolist() == OBSERVABLES
    np.testing.assert_allclose(table.difference, [3, -4, 0.006])
    np.testing.assert_allclose(table.difference, table.fitted - table.measured)
    assert table.uncertainty.tolist() == [3, 2, 0.003]


def test_fit_is_drawn_in_uncertainties_of_the_data(found):
    figure = plot_fit(found)
    plt.close(figure)
    (axes,) = figure.axes
    points = axes.lines[-1]
    np.testing.assert_allclose(points.get_xdata(), [1, -2, 2])
    assert points.get_ydata().tolist() == [0, 1, 2]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels == OBSERVABLES
    assert "uncertainty of the data" in axes.get_xlabel()
    assert axes.yaxis_inverted()


def test_posterior_is_drawn_within_its_ranges_with_its_correlations(spread):
    figure = plot_posterior(spread)
    plt.close(figure)
    intervals, correlations = figure.axes[:2]
    (values,) = intervals.lines
    assert values.get_xdata().tolist() == [0.5, 0.25]
    labels = [label.get_text() for label in intervals.get_yticklabels()]
    assert labels == ["active fraction", "foil resistance"]
    drawn = [segment[:, 0] for segment in intervals.collections[1].get_segments()]
    np.testing.assert_allclose(drawn, [[0.4804, 0.5196], [0.152, 0.348]])
    (image,) = correlations.images
    np.testing.assert_allclose(image.get_array(), [[1, 0.5], [0.5, 1]])


def test_report_writes_tables_figures_and_the_calibration(found, tmp_path):
    opened = plt.get_fignums()
    contents = {"cell": "mine", "values": {ACTIVE.name: 0.6}}
    write_report(report(found, contents), tmp_path, {"seed": 1})
    assert json.loads((tmp_path / "calibration.json").read_text()) == contents
    assert json.loads((tmp_path / "manifest.json").read_text()) == {"seed": 1}
    parameters = pd.read_csv(tmp_path / "parameters.csv")
    assert parameters.name.tolist() == [ACTIVE.name, EXCHANGE.name]
    assert parameters.value.tolist() == pytest.approx([0.6, 10**-3.5])
    assert parameters.lower[0] == pytest.approx(0.6 - 1.96 * 0.01 * 0.4)
    assert parameters.upper[0] == pytest.approx(0.6 + 1.96 * 0.01 * 0.4)
    residuals = pd.read_csv(tmp_path / "residuals.csv")
    assert residuals.difference.tolist() == pytest.approx([3, -4, 0.006])
    seen = pd.read_csv(tmp_path / "identifiability.csv")
    assert seen.verdict.tolist() == ["identifiable"]
    correlation = pd.read_csv(tmp_path / "correlation.csv", index_col="name")
    assert correlation.loc[ACTIVE.name, EXCHANGE.name] == pytest.approx(0.5)
    for name in ("residuals", "parameters"):
        for ending in ("png", "svg"):
            assert (tmp_path / f"{name}.{ending}").stat().st_size > 5_000
    assert plt.get_fignums() == opened  # none is left open


def test_summary_has_fitted_values_residuals_and_searches(found):
    said = report(found).summary
    (fitted,) = [line for line in said.splitlines() if line.endswith("0.6078")]
    assert fitted.split()[-3:] == ["0.6", "0.5922", "0.6078"]
    assert EXCHANGE.name not in said  # a nuisance is not fitted
    # over the two capacities, and not the efficiency: sqrt((9 + 16)/2)
    assert "RMS over the capacities: 3.54 mAh/g" in said
    assert "Model error beyond the uncertainty of the data: 2.35 mAh/g" in said
    assert "The bands hold all that was fitted" in said
    assert "identifiable" in said
    assert said.endswith("2 searches; sums of squares from 9 to 41")


def test_summary_names_what_the_bands_would_miss(found, spread):
    missing = replace(found, posterior=replace(spread, missed=(OBSERVABLES[1],)))
    said = report(missing).summary
    assert "No bands, for they would miss: capacity at 1C [mAh/g]\n" in said
    assert "hold" not in said
