"""A state of charge moves lithium between the electrodes, and makes or loses none."""

import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM

CELL = "Cao2021_thin_halide"
TOTAL = "Total lithium in electrodes [mol]"


def start(model, soc=None, current=1e-4, experiment=None):
    """The solution of a moment, and the parameter values."""
    values = pybamm.ParameterValues(CELL)
    values.update({"Current function [A]": current})
    simulation = pybamm.Simulation(
        model(), parameter_values=values, experiment=experiment
    )
    times = None if experiment else [0, 1]
    return simulation.solve(times, initial_soc=soc)


@pytest.fixture(params=[SolidStateDFN, SolidStateSPM])
def model(request):
    return request.param


@pytest.mark.parametrize("soc", [0.2, 0.5, 0.9])
def test_total_lithium_is_that_as_assembled(model, soc):
    assembled = start(model, current=-1e-4)[TOTAL].entries[0]
    assert start(model, soc)[TOTAL].entries[0] == pytest.approx(assembled, rel=1e-12)


def test_lithium_is_told_in_ampere_hours_too(model):
    solution = start(model)
    faraday = pybamm.constants.F.value / 3600  # A.h.mol-1
    for amount, capacity in (
        ("Total lithium [mol]", "Total lithium capacity [A.h]"),
        (
            "Total lithium in particles [mol]",
            "Total lithium capacity in particles [A.h]",
        ),
    ):
        expected = faraday * solution[amount].entries
        assert solution[capacity].entries == pytest.approx(expected, rel=1e-12)


def test_foil_gains_what_the_cathode_has_given(model):
    solutions = [start(model, current=-1e-4), start(model, 0.5)]
    cathode, foil = (
        [s[f"Total lithium in {side} electrode [mol]"].entries[0] for s in solutions]
        for side in ("positive", "negative")
    )
    assert foil[1] > foil[0]
    assert foil[1] - foil[0] == pytest.approx(cathode[0] - cathode[1], rel=1e-9)


@pytest.mark.parametrize(
    ("soc", "current", "cutoff"), [(0, -1e-6, 2.5), (1, 1e-6, 3.85)]
)
def test_ends_of_the_scale_are_the_cutoffs_at_rest(model, soc, current, cutoff):
    """Against the foil, although PyBaMM is told them against lithium."""
    voltage = start(model, soc, current)["Open-circuit voltage [V]"].entries[0]
    assert voltage == pytest.approx(cutoff, abs=1e-4)


def test_half_charged_is_halfway_between_the_ends(model):
    lithiations = [
        start(model, soc, current)["Positive electrode stoichiometry"].entries[0]
        for soc, current in ((0, -1e-6), (0.5, 1e-6), (1, 1e-6))
    ]
    assert lithiations[1] == pytest.approx((lithiations[0] + lithiations[2]) / 2)


def test_experiment_starts_from_it_as_well(model):
    experiment = pybamm.Experiment(["Discharge at C/10 for 10 minutes"])
    solution = start(model, 0.5, experiment=experiment)
    plain = start(model, 0.5)
    name = "Positive electrode stoichiometry"
    assert solution[name].entries[0] == pytest.approx(plain[name].entries[0], rel=1e-9)
    assert solution[TOTAL].entries[-1] == pytest.approx(plain[TOTAL].entries[0])
