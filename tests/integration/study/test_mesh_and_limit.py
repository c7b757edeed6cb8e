"""Points of the mesh that a study asks for, and how long a point may take."""

import pybamm
import pytest
from in_process import InProcess

from aslb.experiments import InputError, Study, cccv, rate_test
from aslb.experiments.engine.checked_mesh import OUTSIDE
from aslb.experiments.engine.cycle import RTOL
from aslb.experiments.engine.outputs import Outputs
from aslb.experiments.engine.public_path import simulate_cycles
from aslb.parameters.composition.cell import Cell

CELL = "Cao2021_thin_halide"
COARSE = {"x_p": 5, "r_p": 4}


def capacity(engine, mesh):
    study = Study(
        CELL,
        cccv(1.0),
        start="as assembled",
        quantities=["discharge_capacity"],
        var_pts=mesh,
    )
    return study.run(engine=engine, executor=InProcess()).discharge_capacity.item()


@pytest.mark.parametrize("engine", ["lanes", "IDAKLU"])
def test_a_study_is_solved_on_the_mesh_it_asks_for(engine):
    cell = Cell(CELL)
    plain = simulate_cycles(
        cell.parameter_values(),
        "SolidStateDFN",
        cccv(1.0),
        Outputs(("discharge_capacity",)),
        var_pts=COARSE,
        rtol=RTOL,
    )
    asked = plain.cycles[0].discharge[0] / cell.active_mass
    assert capacity(engine, COARSE) == pytest.approx(asked, rel=3e-4)
    assert abs(capacity(engine, {}) / asked - 1) > 3e-3


def test_the_mesh_is_part_of_what_a_study_is():
    plain, coarse = (Study(CELL, cccv(1.0), var_pts=mesh) for mesh in ({}, COARSE))
    assert plain.hash != coarse.hash


@pytest.mark.parametrize("engine", ["lanes", "IDAKLU"])
def test_a_point_outside_carries_the_remark(engine):
    study = Study(
        CELL,
        rate_test([(0.5, 1), (3, 1)]),
        {"cathode.thickness [um]": [55, 400]},
        start="as assembled",
    )
    data = study.run(engine=engine, executor=InProcess())
    assert (data.status == "ok").all()
    thick, fast = "cathode of 400 µm (20 to 250 µm)", "rate of 3C (0.05 to 2C)"
    held = "charge was at its cut-off from the start: hold only"
    ended = f"discharge met its cut-off within a minute; {held}"
    assert data.remarks.values.tolist() == [
        ["", f"{held}; {OUTSIDE}: {fast}"],
        [f"{ended}; {OUTSIDE}: {thick}", f"{ended}; {OUTSIDE}: {thick}, {fast}"],
    ]
    # what is said of both cycles is said once
    assert data.reason.values.tolist() == [
        f"{held}; {OUTSIDE}: {fast}",
        f"{ended}; {OUTSIDE}: {thick}; {OUTSIDE}: {thick}, {fast}",
    ]


@pytest.mark.parametrize(
    "other", [{"model": "SolidStateSPM"}, {"var_pts": COARSE}], ids=str
)
def test_nothing_is_said_of_another_mesh(other):
    rates = {"c_rate": [0.5, 3.0]}
    study = Study(CELL, cccv(), rates, start="as assembled", **other)
    data = study.run(executor=InProcess())
    assert (data.status == "ok").all()
    assert "mesh" not in " ".join(data.reason.values)


@pytest.mark.parametrize(
    ("mesh", "said"),
    [
        ({"x_s": 5}, "var_pts: {'x_s': 5}; accepted: a table with x_p, r_p"),
        ({"x_p": 0}, "var_pts: 0; accepted: 4 to 1000"),
        (20, "var_pts: 20; accepted: a table with x_p, r_p"),
    ],
)
def test_a_mesh_that_cannot_be_is_refused(mesh, said):
    with pytest.raises(InputError) as refused:
        Study(CELL, cccv(1.0), var_pts=mesh)
    assert str(refused.value) == said


def test_a_point_that_takes_too_long_has_failed_with_the_reason():
    study = Study(CELL, cccv, {"c_rate": [0.5, 1.0]}, model="SolidStateSPM")
    data = study.run(engine="IDAKLU", executor=InProcess(), limit=1e-6)
    assert (data.status == "failed").all()
    assert (data.reason == "took longer than the limit of 1e-06 s").all()
    assert (data.attempts == 1).all()


def test_pybamms_simulation_gives_up_as_well():
    # a protocol that only it can follow
    protocol = pybamm.Experiment(
        [("Charge at C/2 for 1 hour", "Discharge at 1 Ohm for 1 minute")]
    )
    study = Study(CELL, protocol, model="SolidStateSPM")
    data = study.run(executor=InProcess(), limit=1e-6)
    assert data.reason.item() == "took longer than the limit of 1e-06 s"


def test_points_solved_again_keep_to_the_limit(tmp_path):
    study = Study(CELL, cccv, {"c_rate": [0.5, 1.0]}, model="SolidStateSPM")
    options = {"engine": "lanes", "executor": InProcess(), "recheck": 1}
    data = study.run(tmp_path / "short", limit=1e-6, **options)
    assert (data.status == "ok").all()  # lanes count their steps instead
    again = "Solved again with IDAKLU: 2 of 2 points"
    assert data.attrs["recheck"] == f"{again}, 2 of which failed"
    data = study.run(tmp_path / "long", **options)
    assert data.attrs["recheck"].startswith(f"{again}; largest difference in")


def test_a_limit_is_positive():
    study = Study(CELL, cccv(1.0), model="SolidStateSPM")
    with pytest.raises(InputError, match="limit of 0 s; accepted: a positive number"):
        study.run(limit=0)
