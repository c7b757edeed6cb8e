"""What PyBaMM finds by name is complete: every set runs with every model."""

from importlib.metadata import entry_points

import pybamm
import pytest


def ours(group):
    return sorted(
        point.name
        for point in entry_points(group=group)
        if point.value.startswith("aslb.")
    )


def test_reference_cells_and_models_are_registered():
    assert {
        "Cao2021_thick_sulfide",
        "Cao2021_thick_halide",
        "Cao2021_thin_halide",
    } <= set(ours("pybamm_parameter_sets"))
    assert {"SolidStateDFN", "SolidStateSPM"} == set(ours("pybamm_models"))


@pytest.mark.parametrize("name", ours("pybamm_parameter_sets"))
@pytest.mark.parametrize("model", ours("pybamm_models"))
def test_every_parameter_set_charges_with_every_model(name, model):
    values = pybamm.ParameterValues(name)
    solution = pybamm.Simulation(
        pybamm.Model(model), parameter_values=values, C_rate=-1 / 20
    ).solve([0, 600])
    assert solution.termination == "final time"
    charge = solution["Discharge capacity [A.h]"].entries[-1]
    nominal = values["Nominal cell capacity [A.h]"]
    # a plain simulation of ours charges at 1C; a C-rate of PyBaMM scales the nominal
    assert abs(charge) == pytest.approx(nominal / 20 / 6, rel=1e-6)


def test_sets_do_not_share_state():
    first = pybamm.ParameterValues("Cao2021_thin_halide")
    original = first["Separator thickness [m]"]
    first["Separator thickness [m]"] = 1.0
    assert pybamm.ParameterValues("Cao2021_thin_halide")[
        "Separator thickness [m]"
    ] == pytest.approx(original, rel=0)
