"""What a discharge gives and what it dissipates is what both electrodes lose."""

import pytest
from energy_balance import balance

INTERPHASE = {"Positive electrode interphase resistance [Ohm.m2]": 2e-3}


@pytest.fixture(
    scope="module",
    params=[
        ("Cao2021_thin_halide", 1.0, INTERPHASE),
        ("Cao2021_thick_halide", 0.5, {}),
        ("Schlautmann2023_M", 0.5, {}),
        ("LCO_Li3YCl6_60C", 0.5, {}),  # diffusion is faster at 60 °C
    ],
    ids=lambda param: param[0],
)
def energies(request):
    return balance(*request.param)


def test_energy_is_conserved(energies):
    """To 0.02 % of the work, which the points through the cathode leave."""
    work, free_energy, heats, _ = energies
    assert work + sum(heats.values()) == pytest.approx(free_energy, abs=2e-4 * work)
    assert sum(heats.values()) > 0.01 * work  # so that there is something to miss


def test_every_component_dissipates(energies):
    """The second law, component by component."""
    *_, heats, _ = energies
    assert min(heats.values()) >= 0


def test_the_sum_of_losses_is_what_is_dissipated_over_a_discharge(energies):
    """As long as little free energy is left in differences of lithiation.

    One by one they are not: of electrons the mean is up to 1.6 times the heat.
    """
    *_, heats, means = energies
    assert sum(means.values()) == pytest.approx(sum(heats.values()), rel=0.06)
