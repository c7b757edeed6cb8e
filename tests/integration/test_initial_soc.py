"""A state of charge moves lithium between the electrodes, and makes or loses none."""

import subprocess
import sys

import pybamm
import pytest

from aslb import Cell, InputError
from aslb.models import SolidStateDFN, SolidStateSPM
from aslb.parameters.composition.anode import with_anode

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


VOLTS = "Open-circuit voltage [V]"
HALF_CELL = {"working electrode": "positive"}


@pytest.mark.parametrize("soc", ["3.6 V", "2.6V"])
def test_a_start_voltage_is_against_the_foil(model, soc):
    solution = start(model, soc, current=0)
    assert solution[VOLTS].entries[0] == pytest.approx(float(soc[:-1]), abs=1e-9)
    assembled = start(model, current=-1e-4)[TOTAL].entries[0]
    assert solution[TOTAL].entries[0] == pytest.approx(assembled, rel=1e-12)


def test_it_is_too_where_the_foil_has_left_its_plateau():
    """A foil so thin that a charge fills it with lithium."""
    values = pybamm.ParameterValues(CELL)
    values["Negative electrode thickness [m]"] = 11e-6
    values["Current function [A]"] = 0
    simulation = pybamm.Simulation(SolidStateSPM(), parameter_values=values)
    solution = simulation.solve([0, 1], initial_soc="3.7 V")
    assert solution[VOLTS].entries[0] == pytest.approx(3.7, abs=1e-9)
    foil = "Negative electrode bulk open-circuit potential [V]"
    assert solution[foil].entries[0] < 0.5  # the plateau is at 0.62 V


def test_parameter_values_and_inputs_start_there_too():
    values, length = pybamm.ParameterValues(CELL), "Positive electrode thickness [m]"
    values.update({"Current function [A]": 0, length: "[input]"})
    given = {length: 50e-6}
    started = values.set_initial_state(
        "3.6 V", inplace=False, options=HALF_CELL, inputs=given
    )
    for cell, soc in ((started, None), (values, "3.6 V")):
        simulation = pybamm.Simulation(SolidStateSPM(), parameter_values=cell)
        solution = simulation.solve([0, 1], inputs=given, initial_soc=soc)
        assert solution[VOLTS].entries[0] == pytest.approx(3.6, abs=1e-9)


def test_of_a_cell_with_lithium_it_is_against_lithium():
    values, _ = with_anode(Cell(CELL).parameter_values(), "Li")
    values["Current function [A]"] = 0
    simulation = pybamm.Simulation(SolidStateSPM(), parameter_values=values)
    solution = simulation.solve([0, 1], initial_soc="4.2 V")
    assert solution[VOLTS].entries[0] == pytest.approx(4.2, abs=1e-9)


@pytest.mark.parametrize(
    ("soc", "line"),
    [
        ("9 V", r"voltage '9 V' against the foil; accepted: 1\.\d\d to 5\.\d\d V"),
        ("nan V", "start 'nan V'; accepted: a state of charge from 0 to 1, or an open"),
        ("full", "start 'full'; accepted: a state of charge from 0 to 1, or an open"),
    ],
)
def test_what_is_no_start_is_refused_in_a_line(soc, line):
    values = pybamm.ParameterValues(CELL)
    with pytest.raises(InputError, match=line):
        values.set_initial_state(soc, options=HALF_CELL)


def test_beyond_the_cutoffs_it_is_warned_of_as_pybamm_does():
    values = pybamm.ParameterValues(CELL)
    with pytest.warns(UserWarning, match="beyond the cut-offs, 2.5 and 3.85 V against"):
        values.set_initial_state("4 V", options=HALF_CELL)


def test_a_cell_of_pybamm_starts_as_before():
    values = pybamm.ParameterValues("Xu2019")
    values["Current function [A]"] = 0
    model = pybamm.lithium_ion.SPM(HALF_CELL)
    simulation = pybamm.Simulation(model, parameter_values=values)
    solution = simulation.solve([0, 1], initial_soc="4 V")
    assert solution["Voltage [V]"].entries[0] == pytest.approx(4, abs=1e-4)


def test_it_is_so_before_a_model_was_made():
    name = "Initial concentration in positive electrode [mol.m-3]"
    code = (
        f"import pybamm; values = pybamm.ParameterValues({CELL!r}); "
        f"values.set_initial_state('3.6 V', options={HALF_CELL}); "
        f"print(values[{name!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    values = pybamm.ParameterValues(CELL)
    values.set_initial_state("3.6 V", options=HALF_CELL)
    assert float(done.stdout) == pytest.approx(values[name], rel=1e-12)
