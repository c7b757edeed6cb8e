"""The models are plain PyBaMM models: what PyBaMM offers works on them unchanged."""

import matplotlib.pyplot as plt
import numpy as np
import pybamm
import pytest

from aslb.models import SolidStateDFN, SolidStateSPM

MODELS = [SolidStateDFN, SolidStateSPM]
C20 = -1 / 20  # a charge, at a rate that every cell can take
THIN, THICK = "Cao2021_thin_halide", "Cao2021_thick_halide"


@pytest.fixture(params=MODELS)
def model(request):
    return request.param()


@pytest.fixture(autouse=True)
def _no_figures_left():
    yield
    plt.close("all")


def test_default_simulation_charges_the_cell_as_assembled(model):
    """What a newcomer types first: no parameter, no protocol, ten minutes."""
    solution = pybamm.Simulation(model).solve([0, 600])
    assert solution.termination == "final time"
    current = model.default_parameter_values["Current function [A]"]
    assert current < 0
    charge = solution["Discharge capacity [A.h]"].entries[-1]
    assert charge == pytest.approx(current / 6, rel=1e-6)


@pytest.mark.parametrize("name", ["SolidStateDFN", "SolidStateSPM"])
def test_model_is_found_by_name(name):
    model = pybamm.Model(name)
    assert type(model).__name__ == name
    assert type(model).__module__.startswith("aslb.models.")


def test_experiment_of_strings_runs_to_its_end(model):
    experiment = pybamm.Experiment(
        [
            (
                "Charge at C/5 until 4.2 V",
                "Hold at 4.2 V for 1 hour",
                "Rest for 10 minutes",
                "Discharge at C/5 until 2.5 V",
            )
        ]
        * 2
    )
    solution = pybamm.Simulation(model, experiment=experiment).solve()
    assert [len(cycle.steps) for cycle in solution.cycles] == [4, 4]
    ends = [
        step["Voltage [V]"].entries[-1]
        for cycle in solution.cycles
        for step in cycle.steps
    ]
    for charged, held, _, discharged in (ends[:4], ends[4:]):
        assert charged == pytest.approx(4.2, abs=1e-6)
        assert held == pytest.approx(4.2, abs=1e-6)
        assert discharged == pytest.approx(2.5, abs=1e-6)


@pytest.mark.parametrize(
    ("mode", "parameter", "value"),
    [
        ("voltage", "Voltage function [V]", 3.7),
        ("power", "Power function [W]", -5e-4),
        ("resistance", "Resistance function [Ohm]", -8e3),
    ],
)
@pytest.mark.parametrize("kind", MODELS)
def test_operating_mode_sets_what_it_names(kind, mode, parameter, value):
    """From half charge: a full cathode hardly conducts, and power has two solutions."""
    values = pybamm.ParameterValues(THIN)
    values.update({parameter: value}, check_already_exists=False)
    solution = pybamm.Simulation(
        kind({"operating mode": mode}),
        parameter_values=values,
        solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8),
    ).solve([0, 60], initial_soc=0.5)
    voltage, current = (
        solution[name].entries for name in ("Voltage [V]", "Current [A]")
    )
    found = {
        "voltage": voltage,
        "power": voltage * current,
        "resistance": voltage / current,
    }
    np.testing.assert_allclose(found[mode], value, rtol=1e-5)
    assert (current < 0).all()  # all three charge


def test_quick_plot_shows_the_default_variables(model):
    simulation = pybamm.Simulation(model, C_rate=C20)
    simulation.solve([0, 600])
    quick_plot = simulation.plot(show_plot=False)
    quick_plot.slider_update(300)
    assert len(quick_plot.fig.axes) > len(model.default_quick_plot_variables)


# PyBaMM gives the legend a label a solution, and a line a solution and a panel
@pytest.mark.filterwarnings("ignore:Mismatched number of handles:UserWarning")
def test_quick_plot_compares_the_models():
    solutions = [
        pybamm.Simulation(kind(), C_rate=C20).solve([0, 600]) for kind in MODELS
    ]
    quick_plot = pybamm.QuickPlot(
        solutions, ["Voltage [V]", "Electrolyte potential [V]"], time_unit="minutes"
    )
    quick_plot.plot(5)
    (voltage, *_) = quick_plot.fig.axes
    assert len(voltage.get_lines()) >= len(MODELS)


# as above
@pytest.mark.filterwarnings("ignore:Mismatched number of handles:UserWarning")
def test_quick_plot_compares_cells_with_the_default_variables(model):
    """Of any thickness: PyBaMM draws profiles on the mesh of the first cell only."""
    cells = (THIN, THICK, "Cao2021_thick_sulfide")
    solutions = [
        pybamm.Simulation(
            model, parameter_values=pybamm.ParameterValues(cell), C_rate=C20
        ).solve([0, 600])
        for cell in cells
    ]
    quick_plot = pybamm.dynamic_plot(solutions, labels=cells, show_plot=False)
    quick_plot.slider_update(5)
    _, voltage, *_, stack, _, _ = quick_plot.fig.axes[:7]
    shown = {
        label: [line.get_ydata()[-1] for line in axes.get_lines()]
        for label, axes in (("voltage", voltage), ("stack", stack))
    }
    for solution in solutions:
        for label, name in (
            ("voltage", "Voltage [V]"),
            ("stack", "Separator loss [V]"),
        ):
            value = solution[name].entries[-1]
            assert np.isclose(shown[label], value, rtol=1e-6, atol=0).any(), name


def test_model_with_an_option_of_its_own_is_read_from_a_file(tmp_path):
    saved = SolidStateSPM({"interface relaxation": "true"})
    saved.to_json(tmp_path / "model.json")
    loaded = pybamm.BaseModel.from_json(tmp_path / "model.json")
    assert type(loaded) is SolidStateSPM
    assert loaded.options == saved.options
    solution = pybamm.Simulation(loaded).solve([0, 60])
    assert solution.termination == "final time"


@pytest.mark.parametrize("by_electrode", [True, False])
def test_voltage_components_of_pybamm_close(model, by_electrode):
    """PyBaMM's own picture of the voltage, without an interphase, adds up to it."""
    simulation = pybamm.Simulation(
        model, C_rate=C20, solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8)
    )
    solution = simulation.solve([0, 600])
    _, axes = pybamm.plot_voltage_components(
        solution, split_by_electrode=by_electrode, show_plot=False
    )
    # the last filled area ends at the voltage
    vertices = axes.collections[-1].get_paths()[0].vertices
    final = solution["Time [h]"].entries[-1]
    ends = vertices[np.isclose(vertices[:, 0], final), 1]
    assert np.abs(ends - solution["Voltage [V]"].entries[-1]).min() < 1e-6


def test_batch_study_runs_every_combination():
    """PyBaMM asks for its eSOH summary by default, which no half-cell has."""
    study = pybamm.BatchStudy(
        models={kind.__name__: kind() for kind in MODELS},
        parameter_values={name: pybamm.ParameterValues(name) for name in (THIN, THICK)},
        C_rates={"C/20": C20},
        permutations=True,
    )
    study.solve([0, 600], calc_esoh=False)
    ends = [sim.solution["Voltage [V]"].entries[-1] for sim in study.sims]
    assert len(ends) == 4
    # the pellet costs voltage, whatever the model
    assert ends[1] > ends[0]
    assert ends[3] > ends[2]
