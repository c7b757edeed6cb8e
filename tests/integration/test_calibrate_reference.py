"""What a rate test says of everything that is uncertain, with a cell that is solved."""

import pytest

from aslb.experiments.calibration import emulation, sampling
from aslb.experiments.calibration.posterior import posterior
from aslb.experiments.calibration.unknowns import NUISANCES, UNKNOWNS, those_of
from aslb.parameters.composition.cell import Cell

CELL, SPM = "Cao2021_thin_halide:narrow:two levels", "SolidStateSPM"
ACTIVE = "Positive electrode active fraction"
DIFFUSIVITY = "Positive particle lithiated diffusivity [m2.s-1]"


@pytest.mark.slow
def test_posterior_is_narrower_where_the_data_see(monkeypatch):
    monkeypatch.setattr(emulation, "ROUNDS", 4)
    monkeypatch.setattr(emulation, "BLOCK", 500)
    monkeypatch.setattr(sampling, "MOST", 40)
    cell = Cell(CELL)
    every = those_of(cell.quantities, [*UNKNOWNS, *NUISANCES])
    values = {name: cell.quantities[name].number for name in every[:3]}
    found = posterior([cell], [cell.fit.data], values, {}, SPM, "published", 0)
    assert [unknown.name for unknown in found.unknowns] == every
    # a rate test says much of the cathode and nothing of a thin membrane
    told = dict(zip(every, found.flat.std(axis=0), strict=True))
    assert told[ACTIVE] < 0.4
    assert told[DIFFUSIVITY] < 0.3
    assert told["Separator electrolyte conductivity [S.m-1]"] == pytest.approx(1, 0.2)
