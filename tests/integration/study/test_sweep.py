"""Sweeps give what plain simulations give, and survive what happens to them."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pybamm
import pytest
from in_process import InProcess
from stored_rows import rows

from aslb.experiments import InputError, cccv, open_study, sweep
from aslb.experiments.analyses.energy.study import energy_density
from aslb.experiments.study.run import SweepInterrupted
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.study_file import study_from
from aslb.parameters.composition.masses import BOUNDARIES, active_mass

CELL = "Cao2021_thin_halide"
EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lco_li3ycl6.toml"
SPM = {
    "model": "SolidStateSPM",
    "vary": {
        "membrane thickness [um]": {"log": [20, 1000], "points": 10},
        "c_rate": [0.2, 0.5, 1.0, 2.0],
    },
    "outputs": {"quantities": ["discharge_capacity"], "losses_at_depth": [0.5]},
}


@pytest.mark.parametrize("model", ["SolidStateDFN", "SolidStateSPM"])
def test_random_points_are_what_plain_simulations_give(model, tmp_path):
    study = study_from(
        {
            "model": model,
            "start": "as assembled",
            "rtol": 1e-6,
            "method": "sobol",
            "points": 4,
            "seed": 20,
            "vary": {
                "membrane thickness [um]": {"log": [20, 500]},
                "catholyte.conductivity [mS.cm-1]": {"log": [0.5, 5]},
                "cathode.particle_radius [um]": {"linear": [2, 5]},
                "Separator-catholyte junction resistance [Ohm.m2]": {
                    "linear": [0, 1e-3]
                },
                "c_rate": {"log": [0.1, 1]},
            },
            "outputs": {
                "quantities": ["charge_capacity", "discharge_capacity"],
                "losses_at_depth": [0.5],
                "curve_points": 5,
            },
        }
    )
    data = sweep(study, tmp_path, executor=InProcess())
    assert (data.status == "ok").all()
    own = study.cells[CELL].cutoffs()
    for k, row in enumerate(study.points):
        chosen, values = study.inputs(row)
        cell = pybamm.ParameterValues(CELL)
        cell.update(values)
        solution = pybamm.Simulation(
            pybamm.Model(model),
            parameter_values=cell,
            experiment=cccv(chosen.c_rate, **own),
            solver=pybamm.IDAKLUSolver(rtol=1e-6, atol=1e-8),
        ).solve(calc_esoh=False)
        passed = [
            np.ptp(step["Discharge capacity [A.h]"].entries)
            for step in solution.cycles[0].steps
        ]
        mass = active_mass(cell)
        point = data.isel(point=k)
        charge, discharge = (
            float(point.charge_capacity),
            float(point.discharge_capacity),
        )
        assert charge == pytest.approx(passed[0] / mass, rel=1e-5)
        assert discharge == pytest.approx(passed[1] / mass, rel=1e-5)
        end = solution.cycles[0].steps[1]
        half = (end.t[0] + end.t[-1]) / 2
        for component in ("Separator", "Catholyte", "Kinetic"):
            name = f"{component} loss at 0.5 [V]"
            assert float(point[name]) == pytest.approx(
                float(end[f"{component} loss [V]"](half)), abs=1e-5
            )
        assert point.discharge_voltage.values[-1] == pytest.approx(
            own["lower_cutoff"], abs=1e-5
        )


@pytest.mark.parametrize("model", ["SolidStateDFN", "SolidStateSPM"])
def test_energies_are_those_of_the_energy_study(model, tmp_path):
    thicknesses = [20.0, 47.0, 300.0]
    content = {
        "model": model,
        "protocol": {"c_rate": 0.05},
        "vary": {"separator.thickness_um": thicknesses},
        "outputs": {
            "quantities": ["specific_energy", "energy_density"],
            "boundaries": list(BOUNDARIES),
        },
    }
    data = sweep(content, tmp_path, executor=InProcess())
    expected = energy_density(
        CELL, 1e-6 * np.array(thicknesses), [0.05], model=model, executor=InProcess()
    ).isel(c_rate=0)
    for name in ("specific_energy", "energy_density"):
        assert data[name].dims == ("separator.thickness_um", "boundary")
        assert data[name].boundary.values.tolist() == list(BOUNDARIES)
        np.testing.assert_allclose(data[name], expected[name], rtol=2e-4)
    # at one thickness the ratio of two boundaries is that of their masses
    ratio = data.specific_energy / data.specific_energy.sel(boundary="cathode")
    own = expected.specific_energy / expected.specific_energy.sel(boundary="cathode")
    np.testing.assert_allclose(ratio, own, rtol=1e-9)


@pytest.mark.parametrize("model", ["SolidStateDFN", "SolidStateSPM"])
def test_a_thicker_cathode_is_a_cell_made_that_way(model, tmp_path):
    text = EXAMPLE.read_text(encoding="utf-8")
    (tmp_path / "as_built.toml").write_text(text, encoding="utf-8")
    for old, new in {
        "thickness_um = 40\n": "thickness_um = 60\n",
        "areal_mass_mg_cm2 = 13.8": "areal_mass_mg_cm2 = 20.7",
        "thickness_um = [600, 500, 700]": "thickness_um = 300",
        "areal_mass_mg_cm2 = 98": "areal_mass_mg_cm2 = 49",
        "thickness_um = 100": "thickness_um = 50",
    }.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    (tmp_path / "thicker.toml").write_text(text, encoding="utf-8")
    content = {
        "model": model,
        "rtol": 1e-6,
        "protocol": {"c_rate": 0.2, "upper_cutoff_V": 3.6, "lower_cutoff_V": 1.9},
        "outputs": {
            "quantities": ["discharge_capacity", "specific_energy"],
            "boundaries": ["cathode+membrane"],
        },
    }
    made = sweep(
        {
            **content,
            "cells": [str(tmp_path / "thicker.toml")],
            "vary": {"separator.thickness_um": [300]},
        },
        tmp_path / "made",
        executor=InProcess(),
    )
    varied = sweep(
        {
            **content,
            "cells": [str(tmp_path / "as_built.toml")],
            "vary": {
                "separator.thickness_um": [600, 300],
                "cathode.areal_mass [mg.cm-2]": [13.8, 20.7],
                "foil.thickness_um": [100, 50],
            },
        },
        tmp_path / "varied",
        executor=InProcess(),
    )
    for name in ("discharge_capacity", "specific_energy"):
        both = varied[name].values
        assert both[1, 1, 1] == pytest.approx(float(made[name].item()), rel=1e-5)
        assert abs(both[0, 0, 0] / both[1, 1, 1] - 1) > 1e-3  # it is another cell


def test_answers_do_not_depend_on_what_was_solved_before(tmp_path):
    sweep(SPM, tmp_path / "whole", executor=InProcess())
    thickness = study_from(SPM).points[::4, 0].tolist()
    for k in (6, 3):
        vary = {
            "membrane thickness [um]": thickness[k:],
            "c_rate": [2.0, 0.2, 1.0, 0.5],
        }
        sweep({**SPM, "vary": vary}, tmp_path / str(k), executor=InProcess())
        whole = {row[1:4]: row for row in rows(tmp_path / "whole")}
        for row in rows(tmp_path / str(k)):
            # all but the number, and the checksum that covers it
            assert row[1:-1] == whole[row[1:4]][1:-1]


def test_failures_are_rows_and_can_be_retried(tmp_path):
    vary = {
        "c_rate": [1.0],
        "Ambient temperature [K]": [298.15, 1e-3],
    }
    content = {**SPM, "vary": vary}
    data = sweep(content, tmp_path, executor=InProcess())
    assert data.status.values.tolist() == [["ok", "failed"]]
    assert data.reason.values[0, 1]
    assert data.attempts.values.tolist() == [[1, 3]]
    assert np.isnan(data.discharge_capacity.values[0, 1])
    again = sweep(content, tmp_path, executor=InProcess(), retry_failed=True)
    assert again.status.values.tolist() == [["ok", "failed"]]


def test_an_interruption_keeps_what_is_finished(tmp_path):
    class Interrupted(InProcess):
        left = 2

        def submit(self, function, /, *args, **kwargs):
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            return super().submit(function, *args, **kwargs)

        _max_workers = 1

    with pytest.raises(SweepInterrupted, match="are kept in"):
        sweep(SPM, tmp_path, engine="IDAKLU", executor=Interrupted())
    kept = StudyStore(tmp_path / FILE).counts()
    assert kept["pending"] > 0
    data = sweep(SPM, tmp_path, executor=InProcess())
    assert (data.status == "ok").all()


def test_a_lost_worker_costs_its_point_only(tmp_path):
    class Losing(InProcess):
        def submit(self, function, /, packed, tasks):
            if any(task.id == 7 for task in tasks):
                future = Future()
                future.set_exception(RuntimeError("worker lost"))
                return future
            return super().submit(function, packed, tasks)

    data = sweep(SPM, tmp_path, executor=Losing())
    assert int((data.status == "failed").sum()) == 1
    assert "RuntimeError: worker lost" in data.reason.values.ravel()[6]


def test_another_study_needs_another_folder_or_extend(tmp_path):
    sweep(SPM, tmp_path, executor=InProcess())
    vary = {"membrane thickness [um]": [20, 33], "c_rate": [0.2]}
    with pytest.raises(InputError, match="holds another study; accepted: another fold"):
        sweep({**SPM, "vary": vary}, tmp_path)
    data = sweep({**SPM, "vary": vary}, tmp_path, extend=True, executor=InProcess())
    assert data.sizes["point"] == 41
    assert (data.status == "ok").all()


def test_any_executor_will_do(tmp_path):
    with ThreadPoolExecutor(1) as executor:
        data = sweep(SPM, tmp_path, executor=executor)
    assert (data.status == "ok").all()
    assert data.identical(open_study(tmp_path))
