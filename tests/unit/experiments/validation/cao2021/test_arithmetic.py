"""What follows from the paper's numbers is what was put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aslb.experiments.validation.cao2021.arithmetic import (
    areal_capacity,
    discharge_energy,
    sheet_cell,
    weighed_areal_mass,
)
from aslb.parameters.cells.cao2021.printed import paper_numbers


@given(
    energy=st.floats(0.1, 1e3),
    thickness=st.floats(1, 500),
    mass=st.floats(1, 100),
    density=st.floats(0.5, 5),
)
def test_sheet_cell_is_the_one_put_in(energy, thickness, mass, density):
    separators = (1000.0, 20.0)
    per_mass = [1e3 * energy / (mass + 0.1 * density * um) for um in separators]
    per_volume = [1e4 * energy / (thickness + um) for um in separators]
    found = sheet_cell(separators, per_mass, per_volume)
    assert found.energy == pytest.approx(energy, rel=1e-6)
    assert found.thickness == pytest.approx(thickness, rel=1e-6)
    assert found.areal_mass == pytest.approx(mass, rel=1e-6)
    assert found.separator_density == pytest.approx(density, rel=1e-6)


def test_energy_of_e2_is_its_specific_energy_times_what_is_weighed():
    paper = paper_numbers()
    assert weighed_areal_mass(paper) == pytest.approx(19.84 + 7.9)
    assert discharge_energy(paper) == pytest.approx(325 * 27.74e-3)
    assert areal_capacity(paper) == pytest.approx(0.172 * 15.87)
