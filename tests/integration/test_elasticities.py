"""Elasticities are what closed forms say, and are ranked."""

import numpy as np
import pandas as pd
import pytest
from in_process import InProcess

from aslb.experiments import InputError
from aslb.experiments.analyses.sensitivity.elasticities import (
    PARAMETERS,
    elasticities,
    plot_elasticities,
    with_bands,
)
from aslb.experiments.calibration.bands import sample
from aslb.parameters.composition.cell import Cell

CELL = "Cao2021_thin_halide"


def test_thickness_and_conductivity_of_the_separator_are_opposite(tmp_path):
    names = (
        "Separator thickness [m]",
        "Separator electrolyte conductivity [S.m-1]",
        "Catholyte conductivity [S.m-1]",
    )
    table = elasticities(
        parameters=names, model="SolidStateSPM", step=0.02, out=tmp_path
    )
    found = table.set_index("parameter").elasticity
    # only their ratio matters
    assert found[names[0]] == pytest.approx(-found[names[1]], rel=0.05)
    assert found[names[0]] < 0
    assert (np.diff(table.elasticity.abs()) <= 0).all()
    assert plot_elasticities(table).axes


def test_bands_are_those_of_cells_with_the_sampled_parameters():
    names = (
        "Separator thickness [m]",
        "Catholyte conductivity [S.m-1]",  # its samples differ
    )
    options = {"parameters": names, "model": "SolidStateSPM", "executor": InProcess()}
    table = elasticities(CELL, **options)
    before = table.copy()
    banded = with_bands(table, CELL, 3, 2, InProcess())
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(banded[[*table]], table)
    one_by_one = []
    for values in sample(Cell(CELL), 3, 2):
        own = Cell(CELL).parameter_values()
        own.update(values)
        found = elasticities(own, **options).set_index("parameter").elasticity
        one_by_one.append(found[[*table.parameter]])
    expected = np.quantile(one_by_one, [0.05, 0.95], axis=0)
    assert banded.elasticity_lower.to_numpy() == pytest.approx(expected[0], rel=0.02)
    assert banded.elasticity_upper.to_numpy() == pytest.approx(expected[1], rel=0.02)
    (bands,) = plot_elasticities(banded).axes[0].collections
    assert len(bands.get_segments()) == 2
    with pytest.raises(InputError, match="bands need a calibration"):
        with_bands(table, "Asano2018_chloride", 2)


def test_sensitivity_ranks_elasticities_with_bands(aslb, monkeypatch, tmp_path):
    def quick(cell, sets, *others):
        return np.array([[*values.values()][:2] for values in sets])

    module = "aslb.experiments.analyses.sensitivity.sobol"
    monkeypatch.setattr(f"{module}.capacity_and_critical_thickness", quick)
    done = aslb("sensitivity --model SolidStateSPM --samples 2 --bands 2")
    assert done.returncode == 0, done.stderr
    assert "Percent of the capacity per percent" in done.stdout
    out = tmp_path / "results" / "sensitivity"
    table = pd.read_csv(out / "elasticities.csv")
    assert len(table) == len(PARAMETERS)
    assert (table.elasticity_lower <= table.elasticity_upper).all()
    assert (out / "elasticities.png").exists()
    refused = aslb("sensitivity --cell Asano2018_chloride --bands 2")
    assert refused.returncode == 2
    assert "bands need a calibration" in refused.stderr


def test_mistakes_are_named():
    with pytest.raises(InputError, match="step 2; accepted"):
        elasticities(step=2)
    with pytest.raises(InputError, match="unknown parameter 'x'"):
        elasticities(parameters=["x"])
