"""The shipped calibration's procedure, with cells that are solved."""

from dataclasses import replace

import numpy as np
import pytest
from in_process import InProcess

from aslb.experiments import rate
from aslb.experiments.calibration.posterior import wide_posterior
from aslb.experiments.calibration.unknowns import (
    NUISANCES,
    UNKNOWNS,
    those_of,
    unknowns_of,
)
from aslb.experiments.validation.cao2021.calibration import sulfide_active_fraction
from aslb.parameters.cells.cao2021.cell import thick_sulfide_composition
from aslb.parameters.composition.cell import Cell

CELL, SPM = "Cao2021_thin_halide", "SolidStateSPM"
ACTIVE = "Positive electrode active fraction"
DIFFUSIVITY = "Positive particle lithiated diffusivity [m2.s-1]"


def first_discharge(fraction, **changes):
    """Capacity of cell-1 in its first cycle at C/20, in mAh/g."""
    known = Cell(thick_sulfide_composition()).quantities[ACTIVE]
    composition = thick_sulfide_composition(replace(known, value=fraction))
    cell = Cell(composition).parameter_values()
    cell.update(changes)
    study = rate([cell], [(1 / 20, 1)], model=SPM, executor=InProcess())
    return float(study.discharge_capacity[0, 0])


@pytest.mark.parametrize("changes", [{}, {DIFFUSIVITY: 3e-16}])
def test_active_fraction_of_the_sulfide_cell_gives_its_printed_discharge(changes):
    known = Cell("Cao2021_thick_sulfide").quantities[ACTIVE]
    # the fraction of the halide cell is no business of the sulfide cell
    found = sulfide_active_fraction({**changes, ACTIVE: 0.9}, SPM)
    assert known.lower < found < known.upper
    assert first_discharge(found, **changes) == pytest.approx(112, abs=0.1)


def test_wide_posterior_is_narrower_than_the_ranges():
    cell = Cell(CELL)
    every = those_of(cell.quantities, [*UNKNOWNS, *NUISANCES])
    unknowns = unknowns_of(cell.quantities, every[:3])
    position = np.array([u.unit(cell.quantities[u.name].number) for u in unknowns])
    wide = wide_posterior([cell], [cell.fit.data], unknowns, position, SPM, InProcess())
    assert [unknown.name for unknown in wide.unknowns] == every
    np.testing.assert_allclose(wide.covariance, wide.covariance.T, atol=1e-12)
    spreads = np.linalg.eigvalsh(wide.covariance)
    assert 0 < spreads.min()
    assert spreads.max() <= 1 / 12 * (1 + 1e-9)
    # a rate test says much of the cathode and nothing of a thin membrane
    narrowed = np.sqrt(12 * np.diag(wide.covariance))
    told = dict(zip([u.name for u in wide.unknowns], narrowed, strict=True))
    assert told[ACTIVE] < 0.2
    assert told[DIFFUSIVITY] < 0.2
    assert told["Separator electrolyte conductivity [S.m-1]"] > 0.9
