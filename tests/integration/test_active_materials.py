"""Cells with another active material than LCO solve, and lose no lithium."""

from pathlib import Path

import numpy as np
import pybamm
import pytest

from aslb.experiments import cccv
from aslb.models.registry import SPM, model_for
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.cell_file import ACTIVE_MATERIALS

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "lco_li3ycl6.toml"


def with_material(name, folder):
    """The example with another active material, up to 4.2 V against Li/Li⁺."""
    text = EXAMPLE.read_text(encoding="utf-8")
    changed = text.replace("[cathode]", f'[cathode]\nactive_material = "{name}"')
    path = folder / f"{name}.toml"
    path.write_text(changed.replace("one_C_mA_g = 140", "one_C_mA_g = 180"))
    return Cell(path)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    # contacted: 80 %, so that 150 is 188 mAh/g of what ions reach
    [
        ("LCO", 95, 125),
        ("LCO log-linear", 95, 125),
        ("LCO two sizes", 90, 125),
        ("NMC811", 110, 165),
        ("NMC83", 110, 165),
        ("NMC532", 100, 150),
    ],
)
def test_a_cell_delivers_what_its_material_can(name, least, most, tmp_path):
    cell = with_material(name, tmp_path)
    values = cell.parameter_values()
    solution = pybamm.Simulation(
        model_for(SPM, values),
        parameter_values=values,
        experiment=cccv(0.1, **cell.cutoffs()),
    ).solve()
    step = solution.cycles[0].steps[1]
    delivered = np.ptp(step["Discharge capacity [A.h]"].entries) / cell.active_mass
    assert least < delivered < most
    lithium = solution["Total lithium in electrodes [mol]"].entries
    np.testing.assert_allclose(lithium, lithium[0], rtol=1e-9)


def test_every_material_is_one_that_a_file_may_name(tmp_path):
    for name in ACTIVE_MATERIALS:
        cell = with_material(name, tmp_path)
        assert (
            name
            in cell.quantities["Positive electrode conductor volume fraction"].source
        )
        for quantity in cell.quantities.values():
            assert len(quantity.source) > 3


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("NMC811", "Chen2020"),
        ("NMC83", "Chen2020"),
        ("NMC532", "Mohtat2020"),
    ],
)
def test_the_paper_of_the_potential_is_cited(name, key, tmp_path):
    pybamm.citations._reset()
    with_material(name, tmp_path).parameter_values()
    assert key in pybamm.citations._papers_to_cite
