"""Elasticities are what closed forms say, and are ranked."""

import numpy as np
import pytest

from aslb.experiments import InputError
from aslb.experiments.analyses.sensitivity.elasticities import (
    elasticities,
    plot_elasticities,
)


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


def test_mistakes_are_named():
    with pytest.raises(InputError, match="step 2; accepted"):
        elasticities(step=2)
    with pytest.raises(InputError, match="unknown parameter 'x'"):
        elasticities(parameters=["x"])
