"""The studies as functions, in this process so that nothing is started."""

from concurrent.futures import Future

import numpy as np
import pybamm
import pytest
from in_process import InProcess

from aslb.experiments import InputError, cccv, rate, thickness
from aslb.parameters.composition.cell import Cell

SPM = {"model": "SolidStateSPM"}


def has_100_um(tasks):
    return any(task.inputs == {"Separator thickness [m]": 100e-6} for task in tasks)


@pytest.fixture
def executor():
    return InProcess()


def test_a_point_is_what_a_plain_simulation_gives(executor):
    layers = [60e-6, 600e-6]
    study = thickness(
        thicknesses=layers,
        c_rates=[1.0],
        start="as assembled",
        holds=(),
        executor=executor,
    )
    limits = Cell("Cao2021_thin_halide").cutoffs()
    for k, layer in enumerate(layers):
        values = pybamm.ParameterValues("Cao2021_thin_halide")
        values["Separator thickness [m]"] = layer
        solution = pybamm.Simulation(
            pybamm.Model("SolidStateDFN"),
            parameter_values=values,
            experiment=cccv(1.0, **limits),
        ).solve()
        charge = solution.cycles[0].steps[1]["Discharge capacity [A.h]"].entries
        # 200 mAh/g is 1C
        mass = values["Nominal cell capacity [A.h]"] / 200
        assert float(study.discharge_capacity[k, 0]) == pytest.approx(
            (charge[-1] - charge[0]) / mass, rel=3e-4
        )


def test_critical_thickness_has_the_capacity_it_says(executor):
    study = thickness(
        thicknesses=[50e-6, 5e-3],
        c_rates=[1.0],
        fraction=0.7,
        holds=(),
        executor=executor,
        **SPM,
    )
    critical = float(study.critical_thickness[0])
    again = thickness(
        thicknesses=[critical], c_rates=[1.0], holds=(), executor=executor, **SPM
    )
    assert float(again.fraction_of_thin_limit[0, 0]) == pytest.approx(0.7, abs=2e-3)


def test_capacity_falls_with_thickness_and_losses_explain_the_voltage(executor):
    study = thickness(
        thicknesses=np.geomspace(20e-6, 2e-3, 5),
        c_rates=[1.0],
        holds=(),
        executor=executor,
        **SPM,
    )
    assert (np.diff(study.discharge_capacity[:, 0]) < 0).all()
    separator = study["loss"].sel(component="Separator")
    ratio = separator.isel(thickness=-1) / separator.isel(thickness=0)
    np.testing.assert_allclose(ratio, 100, rtol=1e-6)
    assert study.discharge_capacity.attrs["units"] == "mAh/g"


def test_what_cannot_be_solved_is_a_row_with_its_reason(executor):
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    values["Separator electrolyte conductivity [S.m-1]"] = 0.0
    study = rate([values, "Cao2021_thin_halide"], ((1.0, 1),), executor=executor, **SPM)
    assert study.status.values[:, 0].tolist() == ["failed", "ok"]
    assert study.reason.values[0, 0]
    assert np.isnan(study.discharge_capacity[0, 0])
    assert study.discharge_capacity[1, 0] > 100


def test_a_lost_worker_is_a_failed_point(executor):
    class Losing(InProcess):
        def submit(self, function, /, *args, **kwargs):
            if has_100_um(args[1]):
                future = Future()
                future.set_exception(RuntimeError("worker lost"))
                return future
            return super().submit(function, *args, **kwargs)

    study = thickness(
        thicknesses=[50e-6, 100e-6],
        c_rates=[1.0],
        holds=(),
        executor=Losing(),
        **SPM,
    )
    assert study.status.values[:, 0].tolist() == ["ok", "failed"]
    assert study.reason.values[1, 0] == "worker lost: RuntimeError: worker lost"


@pytest.mark.parametrize("layer", [0, -1e-6, np.nan, np.inf])
def test_impossible_thickness_is_named(layer):
    with pytest.raises(InputError, match=f"thickness {layer:g}; accepted: a positive"):
        thickness(thicknesses=[layer])


def test_thickness_in_micrometres_is_warned_of(executor):
    with pytest.warns(UserWarning, match="read as 0.047 m: is the unit right"):
        thickness(
            thicknesses=[0.047], c_rates=[0.1], holds=(), executor=executor, **SPM
        )


@pytest.mark.filterwarnings("ignore:separator thickness read as 47 m")
def test_a_thickness_of_metres_is_refused():
    with pytest.raises(InputError, match=r"thickness \[m\]: 47; accepted: 0 to 1"):
        thickness(thicknesses=[47.0])


def test_empty_requests_are_refused():
    with pytest.raises(InputError, match="no thickness given"):
        thickness(thicknesses=[])
    with pytest.raises(InputError, match="no cell given"):
        rate([])
    with pytest.raises(InputError, match="unknown cell 'cell-3'"):
        rate(["cell-3"])


def test_rate_test_tells_the_cells_apart(executor):
    study = rate(
        ["Cao2021_thick_halide", "Cao2021_thin_halide"],
        ((0.1, 1), (1.0, 1)),
        executor=executor,
    )
    thick, thin = study.discharge_capacity.sel(cycle=2).values
    assert thin > thick
    assert (study.energy_efficiency < 1).all()
    assert (study.coulombic_efficiency <= 1 + 1e-6).all()
    assert study.discharge_voltage.dims == ("cell", "cycle", "depth")


def test_a_rate_test_says_how_many_cycles_were_solved(executor):
    study = rate(
        ["Cao2021_thin_halide"], ((0.2, 4), (1.0, 1)), executor=executor, **SPM
    )
    assert (study.status == "ok").all()
    assert 3 <= int(study.cycles_solved[0]) < 5


def test_an_interruption_leaves_a_study_with_what_is_missing_said(executor):
    class Interrupting(Future):
        def exception(self, timeout=None):
            raise KeyboardInterrupt

    class Interrupted(InProcess):
        def submit(self, function, /, packed, tasks, *args):
            future = super().submit(function, packed, tasks, *args)
            if has_100_um(tasks):
                future = Interrupting()
                future.set_result(None)
            return future

    study = thickness(
        thicknesses=[50e-6, 100e-6], c_rates=[1.0], executor=Interrupted(), **SPM
    )
    assert study.thin_limit_capacity[0] > 100
    assert study.status.values[1, 0] == "failed"
    assert study.reason.values[1, 0] == "interrupted"
