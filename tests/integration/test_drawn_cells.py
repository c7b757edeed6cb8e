"""A cell of a paper charges and discharges, as it is and as it is drawn."""

import numpy as np
import pybamm
import pytest

from aslb.experiments import cccv
from aslb.models.registry import SPM, model_for
from aslb.parameters.cells.published import PUBLISHED
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.drawn import drawn

NAME = "Cao2026_thin_film"


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_a_cell_delivers_at_most_what_its_oxide_holds(seed):
    cell = Cell(NAME)
    values = cell.parameter_values()
    changed = {} if seed is None else drawn(cell, np.random.default_rng(seed)).values
    values.update(changed)
    cutoffs = {
        f"{end}_cutoff": values[f"{end.title()} voltage cut-off [V]"]
        for end in ("lower", "upper")
    }
    test = PUBLISHED[NAME]
    solution = pybamm.Simulation(
        model_for(SPM, values),
        parameter_values=values,
        experiment=cccv(test.c_rates[1], hold=test.hold.number, **cutoffs),
    ).solve()
    charge, discharge = solution.cycles[0].steps
    passed = [
        np.ptp(step["Discharge capacity [A.h]"].entries) for step in (charge, discharge)
    ]
    oxide = (
        values["Positive electrode active material areal mass [kg.m-2]"]
        * values["Electrode height [m]"] ** 2
    )
    most = 274 * values["Positive electrode active fraction"]  # mAh/g, all lithium
    assert 0 < passed[1] <= passed[0]
    assert passed[1] / oxide < most
    assert discharge["Voltage [V]"].entries[-1] == pytest.approx(
        cutoffs["lower_cutoff"], abs=1e-3
    )
    # the first charge may oxidise catholyte, whose lithium stays in the cell
    lithium = solution["Total lithium in electrodes [mol]"].entries
    volume = (
        values["Positive electrode conductor volume fraction"]
        * values["Positive electrode active fraction"]
        * values["Positive electrode thickness [m]"]
        * values["Electrode height [m]"] ** 2
    )
    surface = 3 * volume / values["Positive particle radius [m]"]
    oxidised = values["Catholyte oxidation capacity [A.h.m-2]"] * surface
    gain = (lithium - lithium[0]) * pybamm.constants.F.value / 3600
    assert -1e-9 * oxide < gain.min()
    assert 0 < gain.max() <= oxidised
