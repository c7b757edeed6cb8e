"""What a rate test says of everything that is uncertain, with a cell that is solved."""

import numpy as np

from aslb.experiments.calibration.posterior import wide_posterior
from aslb.experiments.calibration.unknowns import (
    NUISANCES,
    UNKNOWNS,
    those_of,
    unknowns_of,
)
from aslb.parameters.composition.cell import Cell

CELL, SPM = "Cao2021_thin_halide", "SolidStateSPM"
ACTIVE = "Positive electrode active fraction"
DIFFUSIVITY = "Positive particle lithiated diffusivity [m2.s-1]"


def test_wide_posterior_is_narrower_than_the_ranges():
    cell = Cell(CELL)
    every = those_of(cell.quantities, [*UNKNOWNS, *NUISANCES])
    unknowns = unknowns_of(cell.quantities, every[:3])
    position = np.array([u.unit(cell.quantities[u.name].number) for u in unknowns])
    wide = wide_posterior([cell], [cell.fit.data], unknowns, {}, position, SPM)
    assert [unknown.name for unknown in wide.unknowns] == every
    np.testing.assert_allclose(wide.covariance, wide.covariance.T, atol=1e-12)
    spreads = np.linalg.eigvalsh(wide.covariance)
    assert 0 < spreads.min()
    assert spreads.max() <= 1 / 12 * (1 + 1e-9)
    # a rate test says much of the cathode and nothing of a thin membrane
    narrowed = np.sqrt(12 * np.diag(wide.covariance))
    told = dict(zip([u.name for u in wide.unknowns], narrowed, strict=True))
    assert told[ACTIVE] < 0.25
    assert told[DIFFUSIVITY] < 0.1
    assert told["Separator electrolyte conductivity [S.m-1]"] > 0.9
